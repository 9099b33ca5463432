"""One fault, from an index that is well to one that is well again."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass

from benchmarks.opensearch.processes import serving
from benchmarks.opensearch_faults.articles import changing_id, stream
from benchmarks.opensearch_faults.contents import compared
from benchmarks.opensearch_faults.counted import Counted, judged
from benchmarks.opensearch_faults.faults import Fault, Moment
from benchmarks.opensearch_faults.hammer import hammering
from benchmarks.opensearch_faults.observer import Seen, observing
from benchmarks.opensearch_faults.report import Outcome
from benchmarks.opensearch_faults.site import Command, Site
from index.corpus.reader import CorpusReader
from web.serving.indexer import has_indexer

SETTLE_S = 600.0
"""Seconds that the index gets until it is whole again, and covers all."""

LOOK_S = 0.2
AFTER_S = 2.0
"""Searches go on for so long when all is well again."""

DELETED = 10
"""Articles that are deleted while the cluster is broken, and again so many others when all are stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How many articles a run has that are counted, and of a fault that strikes a settled index how many come
    while it lasts."""

    articles: int
    backlog: int = 1_000

    @property
    def first(self) -> int:
        """How many there are before anything runs."""
        return max(50, self.articles // 20)


@dataclass(frozen=True, slots=True)
class _Broken:
    """What happened while the cluster was broken, and from when to when it was."""

    what: str
    struck: float
    logged: int
    """Bytes that the log had when it was struck."""
    mended: float
    ingest: Command
    stored: int
    """Counted articles, in all."""


def run(fault: Fault, site: Site, size: Size) -> Outcome:
    """Break the cluster once, mend it, and compare everything.

    Raises TimeoutError where the index is not well before that, and RuntimeError where articles cannot be
    counted.
    """
    site.ingest(stream(0, size.first), "first")
    with (
        site.indexing(),
        serving(site.target, site.folder.root, 1) as server,
        observing(site.target.urls, site.target.prefix, server.port) as seen,
        hammering(server.port) as asked,
    ):
        wait_for(lambda: has_indexer(site.folder) and seen.is_settled(0.0, site.last_entry()))
        broken = (_while_indexing if fault.moment is Moment.INDEXING else _settled)(fault, site, size, seen)
        site.delete(map(changing_id, range(DELETED, 2 * DELETED)))
        last = site.last_entry()
        settled = _holds_within(lambda: seen.is_settled(broken.mended, last), SETTLE_S)
        time.sleep(AFTER_S)
    found = site.check()
    counted = _counted(site, broken.stored)
    during = [one for one in asked if broken.struck <= one.moment < broken.mended]
    return Outcome(
        fault=fault.name,
        moment=fault.moment,
        what=broken.what,
        answers=judged(asked, counted, seen.published),
        during=judged(during, counted, seen.published),
        contents=compared(site),
        check=found.said.strip() if found.status else "",
        ingest_s=broken.ingest.seconds if fault.moment is Moment.SETTLED else None,
        mended_s=broken.mended - broken.struck,
        yellow_s=_since(broken.struck, seen.first_health(broken.mended, "yellow", "green")),
        green_s=_since(broken.struck, seen.first_health(broken.mended, "green")),
        covered_s=_since(broken.struck, seen.first_covered(last) if settled else None),
        named=tuple(_named(site, seen, broken)),
    )


def _while_indexing(fault: Fault, site: Site, size: Size, seen: Seen) -> _Broken:
    """Strike when a quarter of the articles is indexed, or all are stored."""
    ingest = site.start_ingest(stream(size.first, size.articles - size.first), "all")
    wait_for(lambda: ingest.has_ended or seen.first_covered(size.articles // 4) is not None)
    struck, logged = time.monotonic(), site.log.stat().st_size
    what = fault.strike(site)
    site.delete(map(changing_id, range(DELETED)))
    mended = _mended(fault, site, struck)
    return _Broken(what, struck, logged, mended, ingest.end(), size.articles)


def _settled(fault: Fault, site: Site, size: Size, seen: Seen) -> _Broken:
    """Strike when all articles are indexed; then the backlog comes."""
    site.ingest(stream(size.first, size.articles - size.first), "all")
    last = site.last_entry()
    wait_for(lambda: seen.is_settled(0.0, last))
    struck, logged = time.monotonic(), site.log.stat().st_size
    what = fault.strike(site)
    ingest = site.ingest(stream(size.articles, size.backlog), "backlog")
    site.delete(map(changing_id, range(DELETED)))
    mended = _mended(fault, site, struck)
    return _Broken(what, struck, logged, mended, ingest, size.articles + size.backlog)


def _mended(fault: Fault, site: Site, struck: float) -> float:
    """Mend the cluster when it has been broken for as long as it should; the moment at which that began.

    Nodes that are started take a while, in which the others may be well already.
    """
    time.sleep(max(0.0, struck + fault.hold_s - time.monotonic()))
    began = time.monotonic()
    fault.mend(site)
    return began


def _counted(site: Site, stored: int) -> Counted:
    """Raises RuntimeError where an article that is counted may have entered the journal twice."""
    records = list(stream(0, stored))
    with closing(CorpusReader.open(site.folder)) as reader:
        if reader.copy_counts(record["id"] for record in records):
            raise RuntimeError(
                "among the articles that were made are copies: their entries are not the first"
            )
        return Counted.of(records, dict(reader.newest_entries("", 2 * len(records))))


def _named(site: Site, seen: Seen, broken: _Broken) -> Iterator[str]:
    """What those have said since the strike that tell an operator."""
    log = site.log.read_bytes()[broken.logged :].decode()
    yield from (f"log: {line}" for line in log.splitlines() if "WARNING" in line or "ERROR" in line)
    yield from (f"/readyz: {reason}" for reason, at in seen.reasons.items() if at >= broken.struck)
    if "not indexed yet" in broken.ingest.said:
        yield f"ingest: {broken.ingest.said.splitlines()[-1]}"


def _since(struck: float, moment: float | None) -> float | None:
    return None if moment is None else max(0.0, moment - struck)


def _holds_within(condition: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(LOOK_S)
    return True


def wait_for(condition: Callable[[], bool]) -> None:
    """Raises TimeoutError where it does not come true."""
    if not _holds_within(condition, SETTLE_S):
        raise TimeoutError("the cluster or the index is not well before it is broken")

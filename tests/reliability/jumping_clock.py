"""What becomes of a data folder while the clock jumps: `python -m tests.reliability.jumping_clock`.

Takes FOLDER, CLOCK, the file from which libfaketime reads by how much the clock is wrong, and HARM, which
names a variant of the program that is broken on purpose; empty: the program as it is. Prints a Report.
"""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec
import pytest

from index import generation
from index.analysis.setup import load_analyzer
from index.analysis.user_words import UserWords
from index.check import check_folder
from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from index.errors import WriterBusy
from index.generation import Generation, current
from index.journal import StoredArticle
from index.text.folding import Folding
from index.writer_lock import WriterLock
from search.deadline import Deadline
from search.errors import SearchTimeout, SnapshotGone
from search.request import FIRST_CURSOR, Collapse, SearchRequest
from tests.index.corpus.samples import numbered, store
from web.errors import TooManyWrongTokens, WrongToken
from web.http.admin_token import AdminToken
from web.http.bearer import BearerCheck
from web.http.limits import MAX_WRONG
from web.serving.opening import Opened, open_search

JUMPS: Final = ("+0", "+1d", "-1d", "-2d", "+1d", "+0")
FIRST: Final = 20
"""Articles that a walk begins with; it gives three at a time, and ends after the last jump."""
BATCH: Final = 4
SEARCHED: Final = SearchRequest(q="通知", limit=3, cursor=FIRST_CURSOR, collapse=Collapse.NONE)
ADDRESS: Final = "192.0.2.1"
NAMED_BY_TIME: Final = "names generations by the time"


class Report(msgspec.Struct, kw_only=True):
    """What happened between the jumps, in their order.

    `clocks` are what the clock said, `sequences` the newest entry of the journal, `generations` the number of
    the folder after a rebuild. `walked` are the ids that one walk by cursors gave, begun before the first
    jump. `added` is when articles say that they were stored. `broken` is what should have held and did not.
    """

    clocks: list[float]
    sequences: list[int]
    generations: list[int]
    walked: list[str]
    added: list[str]
    broken: list[str]
    findings: list[str]
    found: int


@dataclass(slots=True)
class Walk:
    """Goes through the hits of a search, a page at a time."""

    opened: Opened
    report: Report
    cursor: str | None = FIRST_CURSOR

    def go_on(self) -> None:
        """The next page, if there is one."""
        if self.cursor is None:
            return
        try:
            page = self.opened.service.search(replace(SEARCHED, cursor=self.cursor))
        except SnapshotGone:
            self.report.broken.append("a cursor expired early")
        else:
            self.report.walked += (hit.article.id for hit in page.hits)
            self.cursor = page.next_cursor


def run(opened: Opened, clock: Path) -> Report:
    folder = opened.upkeep.folder
    report = Report(
        clocks=[], sequences=[], generations=[], walked=[], added=[], broken=[], findings=[], found=0
    )
    opened.upkeep.catch_up(lambda _: None)
    walk = Walk(opened, report)
    walk.go_on()
    for number, jump in enumerate(JUMPS, start=1):
        deadline, bearer = Deadline.after(600), wrong_bearer()
        clock.write_text(f"{jump}\n")
        report.clocks.append(time.time())
        report.broken += broken(deadline, bearer, folder)
        store(folder, *(numbered(1_000 * number + at) for at in range(BATCH)))
        opened.upkeep.rebuild(lambda _: None, "asked for")
        report.sequences.append(opened.articles.last_sequence())
        report.generations.append(current(folder.index).number)
        walk.go_on()
    report.found = opened.service.search(SEARCHED).total
    report.added = list(added(opened.articles))
    report.findings = [finding.detail for finding in check_folder(folder, opened.upkeep.store)]
    return report


def wrong_bearer() -> BearerCheck:
    """One that has just been shown as many wrong tokens as are let pass."""
    bearer = BearerCheck(AdminToken.of("right" * 8))
    for _ in range(MAX_WRONG):
        with pytest.raises(WrongToken):
            bearer.admit_token("wrong", ADDRESS)
    return bearer


def broken(deadline: Deadline, bearer: BearerCheck, folder: DataFolder) -> Iterator[str]:
    """What a jump of the clock has moved of what is counted in seconds."""
    try:
        deadline.check()
    except SearchTimeout:
        yield "a deadline came early"
    try:
        bearer.admit_token("wrong", ADDRESS)
    except TooManyWrongTokens as error:
        if error.retry_after > 60:
            yield "an address waits longer than a minute"
    except WrongToken:
        yield "an address may guess again"
    with WriterLock(folder.lock):
        try:
            # It tries once: libfaketime refuses a sleep until a moment after it has set the clock back.
            with WriterLock(folder.lock, wait=0.0):
                yield "two writers"
        except WriterBusy:
            pass


def added(articles: CorpusReader) -> Iterator[str]:
    for change in articles.changes(0, 1_000, 10**9):
        if isinstance(change.state, StoredArticle):
            yield change.state.added.isoformat()


@contextmanager
def harmed(harm: str) -> Iterator[None]:
    def create(root: Path) -> Generation:
        made = original(root)
        number = int(datetime.now(UTC).timestamp() * 1_000) % 10**8
        return Generation(made.folder.rename(root / f"new-gen-{number:08}"))

    original = generation.create
    with pytest.MonkeyPatch.context() as patch:
        if harm == NAMED_BY_TIME:
            patch.setattr(generation, "create", create)
        yield


def main() -> None:
    folder, clock, harm = DataFolder(Path(sys.argv[1])), Path(sys.argv[2]), sys.argv[3]
    folder.create()
    store(folder, *map(numbered, range(FIRST)))
    analyzer = load_analyzer(Folding.load(), UserWords())
    with harmed(harm), open_search(folder, analyzer) as opened:
        report = run(opened, clock)
    sys.stdout.buffer.write(msgspec.json.encode(report))


if __name__ == "__main__":
    main()

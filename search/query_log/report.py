"""What people search for, and what they do not find, from the query log."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from index.text.folding import Folding
from search.query_log.files import ReadLine
from search.query_log.record import QueryRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuery:
    """Searches whose queries are equal after folding; `q` is the spelling that most of them have.

    `without_hits` of the `searches` found nothing, `in_part` only articles that have a part of the query.
    `filtered` of those without hits had filters, which may be why. `last` is the hour (aware) of the newest
    search.
    """

    q: str
    searches: int
    without_hits: int
    in_part: int
    filtered: int
    last: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryReport:
    """The queries that were asked for, and counts over all searches of the period.

    `lost` searches could not be recorded; `damaged` lines of the log could not be read.
    """

    queries: tuple[AskedQuery, ...]
    searches: int
    without_hits: int
    lost: int
    damaged: int


def zero_hits(lines: Iterable[ReadLine], folding: Folding, limit: int) -> QueryReport:
    """The queries that found nothing, those that did so most often first, then the newest."""
    tallies = _Tallies(folding, lines)
    asked = (query for query in tallies.asked() if query.without_hits)
    return tallies.report(sorted(asked, key=lambda query: (-query.without_hits, *_newest(query)))[:limit])


def most_asked(lines: Iterable[ReadLine], folding: Folding, limit: int) -> QueryReport:
    """The queries that were asked most often, then the newest."""
    tallies = _Tallies(folding, lines)
    return tallies.report(
        sorted(tallies.asked(), key=lambda query: (-query.searches, *_newest(query)))[:limit]
    )


def _newest(query: AskedQuery) -> tuple[float, str]:
    return -query.last.timestamp(), query.q


@dataclass(slots=True)
class _Tally:
    """What is known of the searches for one folded query."""

    last: datetime
    spellings: Counter[str] = field(default_factory=Counter)
    without_hits: int = 0
    in_part: int = 0
    filtered: int = 0

    def add(self, record: QueryRecord, hour: datetime) -> None:
        self.last = max(self.last, hour)
        self.spellings[record.q] += 1
        self.without_hits += record.total == 0
        self.in_part += record.full == 0 < record.total
        self.filtered += record.total == 0 and bool(record.filters)


class _Tallies:
    """The searches of a period, counted by their folded queries."""

    def __init__(self, folding: Folding, lines: Iterable[ReadLine]) -> None:
        self._by_query: dict[str, _Tally] = {}
        self._lost = 0
        self._damaged = 0
        for read in lines:
            if read.line is None:
                self._damaged += 1
                continue
            self._lost += read.line.lost
            if (record := read.line.search) is not None:
                key = " ".join(folding.fold(record.q).split())
                self._by_query.setdefault(key, _Tally(read.hour)).add(record, read.hour)

    def asked(self) -> Iterator[AskedQuery]:
        for tally in self._by_query.values():
            yield AskedQuery(
                q=min(tally.spellings, key=lambda spelling: (-tally.spellings[spelling], spelling)),
                searches=tally.spellings.total(),
                without_hits=tally.without_hits,
                in_part=tally.in_part,
                filtered=tally.filtered,
                last=tally.last,
            )

    def report(self, queries: Iterable[AskedQuery]) -> QueryReport:
        return QueryReport(
            queries=tuple(queries),
            searches=sum(tally.spellings.total() for tally in self._by_query.values()),
            without_hits=sum(tally.without_hits for tally in self._by_query.values()),
            lost=self._lost,
            damaged=self._damaged,
        )

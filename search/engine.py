"""The Protocol of an engine's reading half."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from search.deadline import Deadline
from search.plan import Interval, Node, Plan

PIN_SECONDS = 900.0
"""How long a state is kept for those who page through it (design: cursors live at least 15 minutes)."""


@dataclass(frozen=True, slots=True)
class ScoredId:
    """A hit; in an order by date its score is still that of the query."""

    id: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetCounts:
    """Values of a field with the articles that have each: those that a Facet wants, and those that it names,
    in its order.

    `distinct` counts all values with the facet's prefix that any of the articles has, `total` is the sum of
    their counts: an article of two values counts twice. `missing` articles have no value of the field.
    """

    field: str
    values: tuple[tuple[str, int], ...]
    named: tuple[tuple[str, int], ...]
    distinct: int
    total: int
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DateCounts:
    """The periods that articles lie in, rising, with how many lie in each, which is above 0.

    A period is the number of years, months or days since the first of 1970 in China's time. Articles that are
    `undated` lie in none.
    """

    field: str
    interval: Interval
    periods: tuple[tuple[int, int], ...]
    undated: int


@dataclass(frozen=True, slots=True)
class Matches:
    """`total` matching articles and the `clusters` that they are in, both exact, and the wanted page of hits.

    `clusters` counts an article without copies as one; it is None unless the plan groups by clusters.
    `facets` and `histograms` come in the order of the plan's.
    """

    total: int
    hits: tuple[ScoredId, ...]
    clusters: int | None = None
    facets: tuple[FacetCounts, ...] = ()
    histograms: tuple[DateCounts, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a node gives an article its score: where it has parts, exactly the sum of their scores, added in
    order, one by one, in double precision.

    `facts` are the numbers that a word's score is made of: frequency, length, average_length, documents,
    documents_with_it, idf. Parts that do not match the article are left out.
    """

    node: Node
    score: float
    parts: tuple["Explanation", ...] = ()
    facts: Mapping[str, float] | None = None


@dataclass(frozen=True, slots=True)
class WordCounts:
    """How many of all `documents` hold each of some words: the numbers that rarity is reckoned from.

    Deleted articles may count among both until they are merged away.
    """

    documents: int
    holding: Mapping[str, int]


class Snapshot(Protocol):
    """One state of the index. Immutable, and safe to share between threads.

    Laws: the same plan always gives the same answer; match sets are those of the folded text without
    white space and controls, whatever the engine stores. What takes longer than the deadline raises
    SearchTimeout, between two steps.
    """

    @property
    def generation(self) -> str:
        """`folder.commit`, such as `3.118`."""
        ...

    @property
    def committed(self) -> datetime | None:
        """When this state was made (aware); None where that is not known."""
        ...

    @property
    def sequence(self) -> int:
        """The journal sequence that this state covers."""
        ...

    def search(self, plan: Plan, deadline: Deadline) -> Matches: ...

    def explain(self, query: Node, article_id: str, deadline: Deadline) -> Explanation | None:
        """Why an article scores what it scores; None where it does not match, or is not in this state."""
        ...

    def explain_each(
        self, query: Node, ids: Iterable[str], deadline: Deadline
    ) -> Iterator[tuple[str, Explanation | None]]:
        """Each of these articles with what `explain` says of it, in this order, some of them at a time; what
        has come when the time is over counts."""
        ...

    def scores(self, query: Node, ids: Iterable[str], deadline: Deadline) -> dict[str, float]:
        """What these articles score, without those that do not match or are not in this state: what a search
        and `explain` say, at the price of one search for all of them."""
        ...

    def words_with(self, prefix: str) -> int:
        """How many words begin with this; what a Prefix node stands for.

        Words of deleted articles may count until they are merged away, or the index is made anew.
        """
        ...

    def count_words(self, words: Iterable[str]) -> WordCounts:
        """How many articles hold each of these words."""
        ...

    def words(self) -> Iterable[tuple[str, int]]:
        """Every word once, in any order, with how many articles hold it; deleted ones may count.

        For those who read all of them: it takes seconds where there are many.
        """
        ...


class SearchEngine(Protocol):
    """Gives the newest published state. Raises IndexUnavailable while there is none."""

    def snapshot(self) -> Snapshot: ...

    def pin(self, generation: str) -> Snapshot:
        """The state of this name, kept for PIN_SECONDS from now on, whatever is published meanwhile.

        A process keeps only so many states at once: beyond that the one that was asked for longest ago goes
        before its time. Raises SnapshotGone where it was not kept, and IndexUnavailable.
        """
        ...

    def passed_over(self) -> tuple[str, ...]:
        """What of the index is damaged or cannot be read, though there is a snapshot, one reason each.

        Whoever keeps the index up to date has to mend that. Empty if all is well.
        """
        ...

    def close(self) -> None: ...

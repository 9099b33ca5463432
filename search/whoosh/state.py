"""What a plan is run on: one state of the index, as the executor sees it."""

from collections.abc import Callable
from typing import Protocol

from index.article import Part
from search.plan import Node
from search.ranking import Ranking
from search.whoosh.columns import Columns
from search.whoosh.reading import Frequencies
from search.whoosh.sets import DocumentSet
from search.whoosh.words import WordPostings


class State(Protocol):
    """An immutable state of the index, safe to share between threads; documents are numbered over its parts.

    `live` is None where no document is deleted. `norms` are what BM25 adds to the frequency of a word in each
    document, `character_norms` to that of a pair of characters in some parts.
    """

    @property
    def columns(self) -> Columns: ...

    @property
    def live(self) -> DocumentSet | None: ...

    @property
    def norms(self) -> Frequencies: ...

    def character_norms(self, parts: tuple[Part, ...]) -> Frequencies: ...

    @property
    def average_length(self) -> float: ...

    @property
    def ranking(self) -> Ranking: ...

    def matches(self, node: Node, make: Callable[[], DocumentSet]) -> DocumentSet:
        """The documents of a node without children: as they were made before, or made now."""
        ...

    def postings(self, word: str) -> WordPostings: ...

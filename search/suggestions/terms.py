"""Reads what can be suggested: from the index its words and exact values, from the articles their titles."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import nlargest
from operator import itemgetter
from typing import Final, Protocol

from index.analysis.classes import is_ideograph
from index.regions.tree import Regions
from search.deadline import Deadline
from search.engine import Snapshot
from search.plan import ByScore, Every, Facet, Plan
from search.suggestions.suggestion import SuggestionKind
from search.suggestions.vocabulary import Term

MAX_TITLES: Final = 200_000
MAX_WORDS: Final = 100_000
MAX_VALUES: Final = 20_000
"""How many titles (the newest), words and values of a field (the commonest) are suggested at most: they bound
the memory and the time that a vocabulary takes."""

LONGEST_WORD: Final = 12
"""Code points of the longest word that is suggested: longer ones are noise, or names that titles have too."""

FIELDS: Final = (
    SuggestionKind.REGION,
    SuggestionKind.TOPIC,
    SuggestionKind.AGENCY,
    SuggestionKind.SOURCE,
)
"""The kinds that are exact values; each is called as its field is."""


class TitleReader(Protocol):
    """Reads the titles of the stored articles; `index.corpus.reader.CorpusReader` does."""

    def titles(self, limit: int) -> Iterable[str]:
        """The titles of at most so many articles, the newest first, each as often as it occurs."""
        ...


class TermReader(Protocol):
    """Gives what can be suggested in a state of the index: the seam to engine and database."""

    def terms(self, snapshot: Snapshot) -> Iterator[Term]: ...


@dataclass(frozen=True, slots=True)
class IndexedTerms:
    """The terms of a state of the index, and the titles that are stored now, indexed or not."""

    titles: TitleReader
    regions: Regions

    def terms(self, snapshot: Snapshot) -> Iterator[Term]:
        """All of them, kind by kind."""
        yield from self._values(snapshot)
        for word, count in nlargest(MAX_WORDS, filter(_is_suggested, snapshot.words()), key=itemgetter(1)):
            yield Term(SuggestionKind.WORD, word, word, count)
        for title in self.titles.titles(MAX_TITLES):
            if shown := " ".join(title.split()):
                yield Term(SuggestionKind.TITLE, shown, shown, 1)

    def _values(self, snapshot: Snapshot) -> Iterator[Term]:
        facets = tuple(Facet(kind.value, (), MAX_VALUES) for kind in FIELDS)
        plan = Plan(query=Every(), filters=(), order=ByScore(), offset=0, limit=0, facets=facets)
        for kind, facet in zip(FIELDS, snapshot.search(plan, Deadline.never()).facets, strict=True):
            for value, count in facet.values:
                text = self._name(value) if kind is SuggestionKind.REGION else value
                if text is not None:
                    yield Term(kind, text, value, count)

    def _name(self, code: str) -> str | None:
        """What a region is called; None for one that is no more, which nobody can filter by."""
        unit = self.regions.find(code)
        return None if unit is None else unit.name


def _is_suggested(counted: tuple[str, int]) -> bool:
    """Whether a word is worth suggesting: no single character, no number, nothing endless."""
    word, _ = counted
    return 2 <= len(word) <= LONGEST_WORD and any(map(is_ideograph, word))

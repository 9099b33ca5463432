"""Suggestions over a few articles that are made by hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from index.analysis.analyzer import Analyzer
from index.article import Article
from index.regions.tree import Regions
from search.suggestions.opening import Suggestions, suggestions_now
from tests.engines import ArticleLibrary, Library


@dataclass(frozen=True, slots=True)
class Titles:
    """The titles of a library, the newest first."""

    library: ArticleLibrary

    def titles(self, limit: int) -> Iterable[str]:
        return islice((article.title for article in reversed(self.library.stored.values())), limit)


def open_shelf(library: ArticleLibrary) -> Suggestions:
    """The suggestions of what is in the library."""
    return suggestions_now(
        library.engine(), library.service(), Titles(library), library.analyzer, Regions.load()
    )


def shelf(place: Path, analyzer: Analyzer, articles: Sequence[Article]) -> Suggestions:
    """The suggestions of these articles."""
    library = Library(place, analyzer)
    library.build(articles)
    return open_shelf(library)

"""Searching whose parts are exchanged while it goes on: one side answers, and another one takes its place."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from index.article import Part
from index.article_reader import CorpusStats
from search.deadline import Deadline
from search.engine import SearchEngine
from search.errors import IndexUnavailable
from search.language.query import EVERYWHERE
from search.plan import Interval
from search.request import Match, SearchRequest, SimilarRequest, Wording
from search.results import ArticleView, CopyView, Readiness, SearchResult
from search.service import SearchService
from search.similar import SimilarResult
from search.suggestions.opening import Suggestions
from search.suggestions.query_help import QueryHelp
from search.suggestions.suggestion import Suggestion, SuggestionKind
from search.text_analysis import TextAnalysis, TextUse
from search.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Side:
    """A search service with its index, both of one analyzer, and the suggestions that go with them."""

    engine: SearchEngine
    service: SearchService
    suggestions: Suggestions


SideT = TypeVar("SideT", bound=Side)


class SideSearch(Generic[SideT]):
    """Answers by the side that there is at that moment; safe to share between threads.

    To exchange it is to exchange one reference: searches that run end on the one that they began with. While
    there is none everything but `readiness` raises IndexUnavailable.
    """

    def __init__(self, side: SideT | None = None) -> None:
        self._answering = side

    @property
    def _side(self) -> SideT:
        side = self._answering
        if side is None:
            raise IndexUnavailable("there is nothing to search yet")
        return side

    def search(self, request: SearchRequest) -> SearchResult:
        return self._side.service.search(request)

    def version(self, request: SearchRequest) -> str | None:
        return self._side.service.version(request)

    def walk(self, request: SearchRequest) -> Iterator[SearchResult]:
        return self._side.service.walk(request)

    def timeline(self, request: SearchRequest, interval: Interval) -> Timeline:
        return self._side.service.timeline(request, interval)

    def similar(self, article_id: str, request: SimilarRequest) -> SimilarResult:
        return self._side.service.similar(article_id, request)

    def count(self, request: SearchRequest, deadline: Deadline) -> int:
        return self._side.service.count(request, deadline)

    def article(
        self,
        article_id: str,
        q: str = "",
        match: Match = Match.SMART,
        wording: Wording = Wording.ANY,
        parts: tuple[Part, ...] = EVERYWHERE,
    ) -> ArticleView:
        return self._side.service.article(article_id, q, match, wording, parts)

    def copies(self, article_id: str, most: int) -> tuple[CopyView, ...]:
        return self._side.service.copies(article_id, most)

    def analyze(self, text: str, use: TextUse) -> TextAnalysis:
        return self._side.service.analyze(text, use)

    def suggest(self, typed: str, limit: int, kinds: Collection[SuggestionKind]) -> tuple[Suggestion, ...]:
        return self._side.suggestions.suggest(typed, limit, kinds)

    def query_help(self, request: SearchRequest, result: SearchResult) -> QueryHelp:
        return self._side.suggestions.query_help(request, result)

    def vocabulary_version(self) -> str:
        return self._side.suggestions.vocabulary_version()

    def stats(self) -> CorpusStats:
        return self._side.service.stats()

    def readiness(self) -> Readiness:
        return self._side.service.readiness()

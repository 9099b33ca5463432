"""What the web face needs from the search service; `search.service.SearchService` is the one that serves."""

from typing import Protocol

from index.article_reader import CorpusStats
from search.request import Match, SearchRequest, Wording
from search.results import ArticleView, Readiness, SearchResult
from search.text_analysis import TextAnalysis, TextUse


class Searching(Protocol):
    """The one door to searching; safe to call from several threads."""

    def search(self, request: SearchRequest) -> SearchResult:
        """One page of hits.

        Raises QueryTooLong, QueryTooComplex, QuerySyntax (or a kind of it), ResultWindow or IndexUnavailable.
        """
        ...

    def article(
        self, article_id: str, q: str = "", match: Match = Match.SMART, wording: Wording = Wording.ANY
    ) -> ArticleView:
        """One article, marked as it is as a hit of a search for `q`.

        Raises ArticleNotFound, ArticleDeleted, ArticleDamaged, QueryTooLong or QueryTooComplex.
        """
        ...

    def analyze(self, text: str, use: TextUse) -> TextAnalysis:
        """How a text is read: as one of an article, repaired first, or as a query."""
        ...

    def readiness(self) -> Readiness: ...

    def stats(self) -> CorpusStats: ...

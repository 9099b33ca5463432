"""What the web face needs from the search service; `search.service.SearchService` is the one that serves."""

from collections.abc import Iterator
from typing import Protocol

from index.article import Part
from index.article_reader import CorpusStats
from search.deadline import Deadline
from search.language.query import EVERYWHERE
from search.plan import Interval
from search.request import Match, SearchRequest, SimilarRequest, Wording
from search.results import ArticleView, CopyView, Readiness, SearchResult
from search.similar import SimilarResult
from search.text_analysis import TextAnalysis, TextUse
from search.timeline import Timeline


class Searching(Protocol):
    """The one door to searching; safe to call from several threads."""

    def search(self, request: SearchRequest) -> SearchResult:
        """One page of hits.

        Raises QueryTooLong, QueryTooComplex, QuerySyntax (or a kind of it), FilterInvalid, ResultWindow,
        SemanticOff, SearchTimeout or IndexUnavailable; InvalidCursor or SnapshotGone with a cursor.
        """
        ...

    def version(self, request: SearchRequest) -> str | None:
        """What the answer to this request depends on: while it is the same, so is the answer, but for what
        there was no time for. None where the answer depends on more.

        Raises IndexUnavailable and SemanticOff.
        """
        ...

    def walk(self, request: SearchRequest) -> Iterator[SearchResult]:
        """All hits of the newest state of the index, `limit` (1 or more) at a time.

        Raises what `search` raises, each page in its own time.
        """
        ...

    def timeline(self, request: SearchRequest, interval: Interval) -> Timeline:
        """The articles that the request finds, by the period in which they were published.

        Raises TooManyBuckets, and what `search` raises.
        """
        ...

    def similar(self, article_id: str, request: SimilarRequest) -> SimilarResult:
        """The articles most similar to this one, neither itself nor its copies.

        Raises ArticleNotFound, ArticleDeleted, ArticleDamaged, FilterInvalid, SearchTimeout or
        IndexUnavailable.
        """
        ...

    def count(self, request: SearchRequest, deadline: Deadline) -> int:
        """How many articles have all that the request asks for. Raises what `search` raises of a query."""
        ...

    def article(
        self,
        article_id: str,
        q: str = "",
        match: Match = Match.SMART,
        wording: Wording = Wording.ANY,
        parts: tuple[Part, ...] = EVERYWHERE,
    ) -> ArticleView:
        """One article, marked as it is as a hit of a search for `q` in these parts.

        Raises ArticleNotFound, ArticleDeleted, ArticleDamaged, QueryTooLong or QueryTooComplex.
        """
        ...

    def copies(self, article_id: str, most: int) -> tuple[CopyView, ...]:
        """At most so many of the others with the same text, in the order of publication. Raises
        CorpusDamaged."""
        ...

    def analyze(self, text: str, use: TextUse) -> TextAnalysis:
        """How a text is read: as one of an article, repaired first, or as a query."""
        ...

    def readiness(self) -> Readiness: ...

    def stats(self) -> CorpusStats: ...

"""The one door for pages, API and command line: a request in, a shaped answer out."""

import logging
import time

from index.analysis.analyzer import Analyzer
from index.article import Article
from index.article_reader import ArticleReader, CorpusStats
from search.engine import ScoredId, SearchEngine
from search.errors import ArticleDeleted, ArticleNotFound, IndexUnavailable, ResultWindow
from search.highlights import highlight
from search.parser import ParseResult, parse
from search.plan import Plan, order_of, plan_filters, plan_query
from search.query import wanted
from search.ranking import Ranking
from search.request import MAX_WINDOW, SearchRequest, Sort
from search.results import ArticleView, Hit, Readiness, SearchResult
from search.snippets import snippets

_log = logging.getLogger(__name__)


class SearchService:
    """Answers searches on the newest state of the index. Safe to share between threads."""

    def __init__(
        self, engine: SearchEngine, articles: ArticleReader, analyzer: Analyzer, ranking: Ranking
    ) -> None:
        self._engine = engine
        self._articles = articles
        self._analyzer = analyzer
        self._ranking = ranking

    def search(self, request: SearchRequest) -> SearchResult:
        """One page of hits. Raises QueryTooLong, QueryTooComplex, ResultWindow and IndexUnavailable."""
        started = time.perf_counter()
        if request.offset + request.limit > MAX_WINDOW:
            raise ResultWindow(
                f"only the first {MAX_WINDOW} hits can be paged through; narrow the query or the filters"
            )
        parsed = parse(request.q, self._analyzer.folding)
        sort = request.sort or (Sort.RELEVANCE if request.q.strip() else Sort.NEWEST)
        plan = Plan(
            query=plan_query(parsed.query, self._analyzer, self._ranking),
            filters=plan_filters(request.filters, self._analyzer),
            order=order_of(sort),
            offset=request.offset,
            limit=request.limit,
        )
        snapshot = self._engine.snapshot()
        matches = snapshot.search(plan)
        articles = self._articles.articles(hit.id for hit in matches.hits)
        hits = tuple(
            self._hit(articles[hit.id], hit, parsed, request) for hit in matches.hits if hit.id in articles
        )
        if len(hits) < len(matches.hits):
            _log.info(
                "%d hits were deleted after generation %s", len(matches.hits) - len(hits), snapshot.generation
            )
        return SearchResult(
            q=request.q,
            read_as=parsed.read_as,
            notices=parsed.notices,
            repaired=parsed.repaired,
            sort=sort,
            total=matches.total,
            offset=request.offset,
            limit=request.limit,
            hits=hits,
            generation=snapshot.generation,
            took_ms=(time.perf_counter() - started) * 1000,
        )

    def article(self, article_id: str, q: str = "") -> ArticleView:
        """One article, marked for a query.

        Raises ArticleNotFound, ArticleDeleted, QueryTooLong and QueryTooComplex.
        """
        parsed = parse(q, self._analyzer.folding)
        article = self._articles.articles([article_id]).get(article_id)
        original = self._articles.original(article_id)
        if article is None or original is None:
            if self._articles.is_deleted(article_id):
                raise ArticleDeleted(f"the article {article_id} was deleted")
            raise ArticleNotFound(f"there is no article {article_id}")
        marks = highlight(article, wanted(parsed.query), self._analyzer)
        return ArticleView(
            article=article,
            original=original,
            highlights=marks.spans,
            highlights_truncated=marks.truncated,
            read_as=parsed.read_as,
        )

    def stats(self) -> CorpusStats:
        """Counts over all stored articles."""
        return self._articles.stats()

    def readiness(self) -> Readiness:
        """Whether a search could be answered now; `lag` counts journal entries that are not indexed yet."""
        sequence = self._articles.stats().sequence
        try:
            snapshot = self._engine.snapshot()
        except IndexUnavailable as error:
            return Readiness(ready=False, generation=None, sequence=0, lag=sequence, reasons=(str(error),))
        return Readiness(
            ready=True,
            generation=snapshot.generation,
            sequence=snapshot.sequence,
            lag=sequence - snapshot.sequence,
            reasons=(),
        )

    def _hit(self, article: Article, scored: ScoredId, parsed: ParseResult, request: SearchRequest) -> Hit:
        marks = highlight(article, wanted(parsed.query), self._analyzer)
        return Hit(
            article=article,
            score=scored.score,
            highlights=marks.spans,
            highlights_truncated=marks.truncated,
            snippets=snippets(article, marks.spans, request.snippets, request.snippet_length),
        )

"""The one door for pages, API and command line: a request in, a shaped answer out."""

import logging
import time
from collections.abc import Mapping, Sequence

from index.analysis.analyzer import Analyzer
from index.article import Article
from index.article_reader import ArticleReader, CorpusStats, DamagedArticle
from index.regions.resolve import RegionResolver
from index.reposts.cluster import Cluster
from index.text.repair import Repairer
from search.deadline import SEARCH_SECONDS, Deadline
from search.demand import Demand
from search.engine import ScoredId, SearchEngine, Snapshot
from search.errors import ArticleDamaged, ArticleDeleted, ArticleNotFound, IndexUnavailable, ResultWindow
from search.expanding import Expanded, expanded
from search.highlights import Highlighter, Highlights
from search.lookups import with_narrow_prefixes, with_regions
from search.match_modes import attempts
from search.parser import ParseResult, parse, parse_exact
from search.pinned_first import search_pinned_first
from search.plan import Every, Plan
from search.planner import order_of, plan_filters
from search.query import Query, TextLeaf, wanted
from search.query_rules import QueryRules
from search.ranking import Ranking
from search.relaxing import Found, dropped_words
from search.request import MAX_WINDOW, Match, Reading, SearchRequest, Sort, Wording, implied_sort
from search.results import ArticleView, CopyView, Hit, Readiness, Relaxed, SearchResult
from search.snippets import snippets
from search.strictness import refuse
from search.text_analysis import TextAnalysis, TextUse, analyze_text

MAX_COPIES = 100
"""Copies of an article that are shown (API contract, duplicates)."""

_log = logging.getLogger(__name__)


class SearchService:
    """Answers searches on the newest state of the index. Safe to share between threads."""

    def __init__(
        self,
        engine: SearchEngine,
        articles: ArticleReader,
        analyzer: Analyzer,
        ranking: Ranking,
        repairer: Repairer,
        *,
        regions: RegionResolver,
        rules: QueryRules,
    ) -> None:
        self._engine = engine
        self._articles = articles
        self._analyzer = analyzer
        self._ranking = ranking
        self._repairer = repairer
        self._regions = regions
        self._rules = rules

    def search(self, request: SearchRequest) -> SearchResult:
        """One page of hits.

        Raises QueryTooLong, QueryTooComplex, ResultWindow, IndexUnavailable and SearchTimeout; QuerySyntax or
        a kind of it where a strict reading was asked for.
        """
        started = time.perf_counter()
        if request.offset + request.limit > MAX_WINDOW:
            raise ResultWindow(
                f"only the first {MAX_WINDOW} hits can be paged through; narrow the query or the filters"
            )
        parsed = self._parsed(request.q, request.match)
        snapshot = self._engine.snapshot()
        parsed = with_narrow_prefixes(parsed, request.q, self._analyzer.folding, snapshot.words_with)
        if request.reading is Reading.STRICT:
            refuse(parsed.notices)
        sort = request.sort or implied_sort(request.q)
        plan = Plan(
            query=Every(),
            filters=plan_filters(request.filters, self._analyzer),
            order=order_of(sort),
            offset=request.offset,
            limit=request.limit,
        )
        deadline = Deadline.after(SEARCH_SECONDS)
        understood = self._understood(parsed.query, request)
        asked = attempts(understood.query, request.match, sort, self._analyzer, self._ranking)
        pins = self._rules.pinned.ids(request.q, self._analyzer.folding) if sort is Sort.RELEVANCE else ()
        on_top = search_pinned_first(snapshot, plan, asked, pins, deadline)
        found, matches = on_top.found, on_top.found.matches
        articles = self._read(matches.hits, snapshot.generation)
        leaves = wanted(understood.query) if request.needs_places else ()
        highlighter = Highlighter(leaves, self._analyzer, _demanded(request.match, found))
        hits = tuple(
            _hit(articles[hit.id], hit, highlighter, request, pinned=hit.id in on_top.pinned)
            for hit in matches.hits
            if hit.id in articles
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
            relaxed=self._relaxed(found, understood.query, snapshot, deadline),
            synonyms=understood.changes,
            took_ms=(time.perf_counter() - started) * 1000,
        )

    def article(self, article_id: str, q: str = "") -> ArticleView:
        """One article, marked for a query.

        Raises ArticleNotFound, ArticleDeleted, ArticleDamaged, QueryTooLong and QueryTooComplex.
        """
        parsed = self._parsed(q, Match.SMART)
        article = self._articles.articles([article_id]).get(article_id)
        original = self._articles.original(article_id)
        if isinstance(article, DamagedArticle):
            raise ArticleDamaged(article.reason)
        if isinstance(original, DamagedArticle):
            raise ArticleDamaged(original.reason)
        if article is None or original is None:
            if self._articles.is_deleted(article_id):
                raise ArticleDeleted(f"the article {article_id} was deleted")
            raise ArticleNotFound(f"there is no article {article_id}")
        understood = expanded(parsed.query, q, self._rules.expander, self._analyzer)
        marks = self._marks(article, wanted(understood.query))
        cluster = self._articles.cluster(article_id)
        return ArticleView(
            article=article,
            original=original,
            highlights=marks.spans,
            highlights_truncated=marks.truncated,
            read_as=parsed.read_as,
            copies=() if cluster is None else self._copies(cluster, article_id),
            copy_count=0 if cluster is None else len(cluster.copies) - 1,
        )

    def analyze(self, text: str, use: TextUse) -> TextAnalysis:
        """How a text is read: as one of an article, repaired first, or as a query."""
        return analyze_text(text, use, self._analyzer, self._repairer)

    def stats(self) -> CorpusStats:
        """Counts over all stored articles."""
        return self._articles.stats()

    def readiness(self) -> Readiness:
        """Whether a search could be answered now, how far the index is behind, and what is amiss."""
        sequence = self._articles.last_sequence()
        try:
            snapshot = self._engine.snapshot()
        except IndexUnavailable as error:
            return Readiness(ready=False, generation=None, sequence=0, lag=sequence, reasons=(str(error),))
        return Readiness(
            ready=True,
            generation=snapshot.generation,
            sequence=snapshot.sequence,
            lag=sequence - snapshot.sequence,
            reasons=self._engine.passed_over(),
        )

    def _marks(self, article: Article, leaves: Sequence[TextLeaf]) -> Highlights:
        """Where an article matches in full; where it does not, the words that it has."""
        full = Highlighter(leaves, self._analyzer).highlight(article)
        if full.spans or full.truncated:
            return full
        return Highlighter(leaves, self._analyzer, Demand.SOME).highlight(article)

    def _understood(self, query: Query, request: SearchRequest) -> Expanded:
        if request.wording is Wording.AS_TYPED:
            return Expanded(query)
        return expanded(query, request.q, self._rules.expander, self._analyzer)

    def _relaxed(self, found: Found, query: Query, snapshot: Snapshot, deadline: Deadline) -> Relaxed | None:
        if found.strict_total is None:
            return None
        ids = [hit.id for hit in found.matches.hits]
        return Relaxed(found.strict_total, dropped_words(query, ids, snapshot, self._analyzer, deadline))

    def _parsed(self, q: str, match: Match) -> ParseResult:
        if match is Match.EXACT:
            return parse_exact(q, self._analyzer.folding)
        return with_regions(parse(q, self._analyzer.folding), q, self._regions)

    def _copies(self, cluster: Cluster, article_id: str) -> tuple[CopyView, ...]:
        """The others of a cluster; those that are damaged or were deleted since are left out."""
        others = [copy for copy in cluster.copies if copy.id != article_id][:MAX_COPIES]
        stored = self._articles.articles(copy.id for copy in others)
        return tuple(
            CopyView(article, copy.similarity, copy.id == cluster.earliest, copy.id == cluster.best)
            for copy in others
            if isinstance(article := stored.get(copy.id), Article)
        )

    def _read(self, hits: tuple[ScoredId, ...], generation: str) -> Mapping[str, Article]:
        """The articles of hits; those that were deleted since, and damaged ones, are left out and logged."""
        stored = self._articles.articles(hit.id for hit in hits)
        for article in stored.values():
            if isinstance(article, DamagedArticle):
                _log.error("a hit of generation %s is left out: %s", generation, article.reason)
        if deleted := len(hits) - len(stored):
            _log.info("%d hits were deleted after generation %s", deleted, generation)
        return {name: article for name, article in stored.items() if isinstance(article, Article)}


def _demanded(match: Match, found: Found) -> Demand:
    """What the hits of a search had to have of the words of a run."""
    if match is Match.ANY:
        return Demand.ANY
    return Demand.ALL if found.strict_total is None else Demand.SOME


def _hit(
    article: Article, scored: ScoredId, highlighter: Highlighter, request: SearchRequest, *, pinned: bool
) -> Hit:
    marks = highlighter.highlight(article)
    return Hit(
        article=article,
        score=scored.score,
        highlights=marks.spans,
        highlights_truncated=marks.truncated,
        snippets=snippets(article, marks.spans, request.snippets, request.snippet_length),
        pinned=pinned,
    )

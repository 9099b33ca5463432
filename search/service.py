"""The one door for pages, API and command line: a request in, a shaped answer out."""

import time
from collections.abc import Callable

from index.analysis.analyzer import Analyzer
from index.article_reader import ArticleReader, CorpusStats
from index.regions.resolve import RegionResolver
from index.text.repair import Repairer
from search.counting import Counter
from search.deadline import SEARCH_SECONDS, Deadline
from search.demand import Demand
from search.engine import ScoredId, SearchEngine, Snapshot
from search.errors import IndexUnavailable, ResultWindow
from search.fetching import Scored, fetch_hits
from search.highlights import Highlighter
from search.match_modes import attempts
from search.pinned_first import PinnedFound, search_pinned_first
from search.plan import Every, Plan
from search.planner import grouping_of, order_of, plan_filters
from search.query import Query, wanted
from search.query_rules import QueryRules
from search.ranking import Ranking
from search.recency import recency_curve, with_recency
from search.relaxing import Found, dropped_words
from search.request import (
    MAX_WINDOW,
    Explaining,
    Match,
    Reading,
    SearchRequest,
    Sort,
    Wording,
    implied_sort,
)
from search.results import ArticleView, Matched, Readiness, Relaxed, SearchResult
from search.score_parts import ScorePart, score_parts
from search.semantic.meaning import NO_MEANING, Meaning
from search.semantic.search import FoundByMeaning
from search.strictness import refuse
from search.text_analysis import TextAnalysis, TextUse, analyze_text
from search.understanding import Understanding
from search.viewing import Viewer


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
        meaning: Meaning = NO_MEANING,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`clock` gives seconds since 1970 UTC, by which articles are new or old."""
        self._engine = engine
        self._articles = articles
        self._analyzer = analyzer
        self._ranking = ranking
        self._repairer = repairer
        self._pinned = rules.pinned
        self._meaning = meaning
        self._clock = clock
        self._understanding = Understanding(analyzer, regions, rules.expander)
        self._viewer = Viewer(articles, self._understanding)
        self._counter = Counter(engine, analyzer, ranking, self._understanding)

    def search(self, request: SearchRequest) -> SearchResult:
        """One page of hits.

        Raises QueryTooLong, QueryTooComplex, ResultWindow, IndexUnavailable, SearchTimeout and SemanticOff;
        QuerySyntax or a kind of it where a strict reading was asked for.
        """
        started = time.perf_counter()
        if request.offset + request.limit > MAX_WINDOW:
            raise ResultWindow(
                f"only the first {MAX_WINDOW} hits can be paged through; narrow the query or the filters"
            )
        read = self._understanding.read(request.q, request.match)
        snapshot = self._engine.snapshot()
        read = self._understanding.read_on(snapshot, read, request.q)
        if request.reading is Reading.STRICT:
            refuse(read.notices)
        sort = request.sort or implied_sort(request.q)
        deadline = Deadline.after(SEARCH_SECONDS)
        understood = self._understanding.in_other_ways(read.query, request.q, request.wording)
        by_meaning = self._search(
            request, read.query, understood.query, sort=sort, snapshot=snapshot, deadline=deadline
        )
        on_top = by_meaning.on_top
        matches = on_top.found.matches
        leaves = wanted(understood.query) if request.needs_places else ()
        highlighter = Highlighter(leaves, self._analyzer, _demanded(request.match, on_top.found))
        shown = _shown(by_meaning, request, snapshot, deadline)
        return SearchResult(
            q=request.q,
            read_as=read.read_as,
            notices=read.notices,
            repaired=read.repaired,
            sort=sort,
            total=matches.total,
            clusters=matches.total if matches.clusters is None else matches.clusters,
            offset=request.offset,
            limit=request.limit,
            hits=fetch_hits(shown, self._articles, highlighter, request, snapshot.generation),
            generation=snapshot.generation,
            relaxed=self._relaxed(on_top.found, understood.query, request.q, snapshot, deadline),
            synonyms=understood.changes,
            semantic=by_meaning.answer,
            took_ms=(time.perf_counter() - started) * 1000,
        )

    def count(self, request: SearchRequest, deadline: Deadline) -> int:
        """How many articles have all that the request asks for.

        Raises QueryTooLong, QueryTooComplex, IndexUnavailable and SearchTimeout.
        """
        return self._counter.count(request, deadline)

    def article(
        self, article_id: str, q: str = "", match: Match = Match.SMART, wording: Wording = Wording.ANY
    ) -> ArticleView:
        """One article, marked as it is as a hit of such a search.

        Raises ArticleNotFound, ArticleDeleted, ArticleDamaged, QueryTooLong and QueryTooComplex.
        """
        return self._viewer.view(article_id, q, match, wording)

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

    def _search(
        self,
        request: SearchRequest,
        typed: Query,
        query: Query,
        *,
        sort: Sort,
        snapshot: Snapshot,
        deadline: Deadline,
    ) -> FoundByMeaning:
        """The page of hits by their ids, those that are pinned on top; `query` is the typed one with other
        ways to write."""
        plan = Plan(
            query=Every(),
            filters=plan_filters(request.filters, self._analyzer),
            order=order_of(sort),
            offset=request.offset,
            limit=request.limit,
            grouping=grouping_of(request.collapse),
        )
        asked = with_recency(
            attempts(query, request.match, sort, self._analyzer, self._ranking),
            recency_curve(request, query, sort, self._ranking, self._clock()),
        )
        pins = self._pinned.ids(request.q, self._analyzer.folding) if sort is Sort.RELEVANCE else ()

        def by_words(page: Plan) -> PinnedFound:
            return search_pinned_first(snapshot, page, asked, deadline, ids=pins, copies_of=self._copies_of)

        return self._meaning.page(
            request,
            typed,
            sort,
            plan,
            by_words=by_words,
            snapshot=snapshot,
            copies_of=self._copies_of,
            deadline=deadline,
        )

    def _copies_of(self, article_id: str) -> tuple[str, ...]:
        cluster = self._articles.cluster(article_id)
        return () if cluster is None else tuple(copy.id for copy in cluster.copies)

    def _relaxed(
        self, found: Found, query: Query, q: str, snapshot: Snapshot, deadline: Deadline
    ) -> Relaxed | None:
        if found.strict_total is None:
            return None
        ids = [hit.id for hit in found.matches.hits]
        dropped = dropped_words(query, q, ids, self._analyzer, snapshot=snapshot, deadline=deadline)
        return Relaxed(found.strict_total, dropped)


def _demanded(match: Match, found: Found) -> Demand:
    """What the hits of a search had to have of the words of a run."""
    if match is Match.ANY:
        return Demand.ANY
    return Demand.ALL if found.strict_total is None else Demand.SOME


def _shown(
    by_meaning: FoundByMeaning, request: SearchRequest, snapshot: Snapshot, deadline: Deadline
) -> tuple[Scored, ...]:
    """The hits of the page, with what is known of them before their articles are read."""
    on_top = by_meaning.on_top
    found = on_top.found

    def explained(article_id: str) -> tuple[ScorePart, ...] | None:
        if request.explaining is Explaining.NONE:
            return None
        explanation = snapshot.explain(found.scored, article_id, deadline)
        return () if explanation is None else score_parts(explanation)

    return tuple(
        Scored(
            id=hit.id,
            score=found.shown(hit.score),
            matched=_matched(hit, by_meaning),
            pinned=hit.id in on_top.pinned,
            score_parts=explained(hit.id),
        )
        for hit in found.matches.hits
    )


def _matched(hit: ScoredId, by_meaning: FoundByMeaning) -> Matched:
    if hit.id in by_meaning.brought_in:
        return Matched.MEANING
    on_top = by_meaning.on_top
    return Matched.NONE if hit.id in on_top.unmatched else on_top.found.matched(hit.score)

"""The one door for pages, API and command line: a request in, a shaped answer out."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Final

from index.analysis.analyzer import Analyzer
from index.article import Part
from index.article_reader import ArticleReader, CorpusStats
from index.documents import PUBLISHED
from index.errors import PolicySearchError
from index.regions.resolve import RegionResolver
from index.text.repair import Repairer
from search.answer_versions import AnswerVersions, setup_version
from search.counting import Counter
from search.deadline import MARKING_SECONDS, Deadline
from search.engine import ScoredId, SearchEngine, Snapshot
from search.errors import ResultWindow
from search.facets import facet_result
from search.fetching import Scored, fetch, marked_hits
from search.language.query import EVERYWHERE, Query, wanted
from search.language.understanding import Understanding
from search.marking.folded_texts import FoldedTexts
from search.marking.highlights import Highlighter
from search.plan import Histogram, Interval, Plan
from search.planning.demand import Demand
from search.planning.pinned_first import PinnedFound, search_pinned_first
from search.planning.query_plans import QueryPlans
from search.planning.relaxing import Found, dropped_words, search_in_steps
from search.planning.request_planner import PlannedRequest, RequestPlanner
from search.ranking import Ranking
from search.recent_states import RecentStates
from search.request import MAX_WINDOW, Explaining, Match, SearchRequest, SimilarRequest, Wording
from search.results import ArticleView, CopyView, Matched, Readiness, Relaxed, SearchResult
from search.rules.query_rules import QueryRules
from search.score_parts import parts_of_hits
from search.semantic.answer import SemanticMode
from search.semantic.meaning import NO_MEANING, Meaning
from search.semantic.search import FoundByMeaning
from search.similar import SimilarFinder, SimilarResult
from search.text_analysis import TextAnalysis, TextUse, analyze_text
from search.timeline import Timeline, buckets_of
from search.timings import Stopwatch, Timings
from search.viewing import Viewer, copies_of
from search.walking import Place, cursor_behind, place_of

FOLDED_TEXT_BYTES: Final = 32 << 20
"""Of texts that were marked last: those of 4,000 articles of 700 characters. Chosen by hand."""


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
        self._repairer = repairer
        self._meaning = meaning
        self._clock = clock
        self._folded_texts = FoldedTexts(analyzer.folding, FOLDED_TEXT_BYTES)
        understanding = Understanding(analyzer, regions, rules.expander)
        self._planner = RequestPlanner(
            analyzer, ranking, QueryPlans(analyzer, ranking, understanding), rules.pinned
        )
        self._viewer = Viewer(articles, understanding, self._folded_texts)
        self._counter = Counter(engine, analyzer, ranking, understanding)
        self._similar = SimilarFinder(articles, analyzer, ranking)
        self._recent = RecentStates()
        setup = setup_version(analyzer.version, rules.version, ranking)
        self._versions = AnswerVersions(articles, ranking, setup)

    def search(self, request: SearchRequest) -> SearchResult:
        """One page of hits.

        Raises QueryTooLong, QueryTooComplex, FilterInvalid, ResultWindow, IndexUnavailable, SearchTimeout and
        SemanticOff; InvalidCursor and SnapshotGone with a cursor, which leads through what words find;
        QuerySyntax or a kind of it where a strict reading was asked for.
        """
        if (cursor := request.cursor) is not None:
            self._newest()
            request = _by_words(request)
            return self._page(request, place_of(cursor, request, self._engine, self._clock()))
        if request.offset + request.limit > MAX_WINDOW:
            raise ResultWindow(
                f"only the first {MAX_WINDOW} hits can be paged through; narrow the query or the filters, or "
                "use a cursor"
            )
        return self._page(request, self._place(request.offset))

    def version(self, request: SearchRequest) -> str | None:
        """What the answer to this request depends on: while it is the same, so is the answer, but for what
        there was no time for. None where the answer depends on more: on meaning, which may be late,
        and on a cursor, which may expire.

        Raises IndexUnavailable and SemanticOff.
        """
        if request.cursor is not None or self._meaning.mode(request.semantic) is not SemanticMode.OFF:
            return None
        return self._versions.of(self._newest(), self._clock())

    def walk(self, request: SearchRequest) -> Iterator[SearchResult]:
        """All hits of the newest state from `offset` on, `limit` (1 or more) at a time, by words alone.

        Counts of values come with the first page.

        Raises the same as `search`, each page in its own time.
        """
        request, place = _by_words(request), self._place(request.offset)
        while True:
            page = self._page(request, place)
            yield page
            place = replace(place, offset=place.offset + request.limit)
            if place.offset >= page.clusters or not request.limit:
                return
            request = replace(request, facets=())

    def timeline(self, request: SearchRequest, interval: Interval) -> Timeline:
        """The articles that the request finds, by the period in which they were published. What is pinned and
        not found by the query does not count.

        Raises TooManyBuckets, and what `search` raises.
        """
        planned = self._planner.planned(request, self._place(0))
        plan = replace(planned.plan, limit=0, facets=(), histograms=(Histogram(PUBLISHED, interval),))
        snapshot = planned.place.snapshot
        matches = search_in_steps(snapshot, plan, planned.attempts, planned.deadline).matches
        (counts,) = matches.histograms
        return Timeline(
            interval=interval,
            buckets=buckets_of(counts),
            undated=counts.undated,
            total=matches.total,
            generation=snapshot.generation,
        )

    def similar(self, article_id: str, request: SimilarRequest) -> SimilarResult:
        """The articles most similar to this one, neither itself nor its copies.

        Raises ArticleNotFound, ArticleDeleted, ArticleDamaged, FilterInvalid, IndexUnavailable and
        SearchTimeout.
        """
        return self._similar.find(article_id, request, self._newest())

    def _page(self, request: SearchRequest, place: Place) -> SearchResult:
        """The page of hits that begins there."""
        watch = Stopwatch()
        planned = self._planner.planned(request, place)
        read, understood = planned.read, planned.understood
        parse = watch.lap()
        snapshot, deadline = place.snapshot, planned.deadline
        by_meaning = self._found(planned)
        on_top = by_meaning.on_top
        matches = on_top.found.matches
        clusters = matches.total if matches.clusters is None else matches.clusters
        relaxed = self._relaxed(on_top.found, understood.query, request.q, snapshot, deadline)
        shown = _shown(by_meaning, request, snapshot, deadline)
        engine = watch.lap()
        fetched = fetch(shown, self._articles, snapshot.generation)
        fetching = watch.lap()
        leaves = wanted(understood.query) if request.needs_places else ()
        highlighter = Highlighter(
            leaves, self._analyzer, self._folded_texts, _demanded(request.match, on_top.found)
        )
        hits = marked_hits(fetched, highlighter, request, deadline.or_after(MARKING_SECONDS))
        timings = Timings(parse=parse, engine=engine, fetch=fetching, snippets=watch.lap())
        return SearchResult(
            q=request.q,
            read_as=read.read_as,
            notices=read.notices,
            repaired=read.repaired,
            sort=planned.sort,
            total=matches.total,
            clusters=clusters,
            offset=place.offset,
            limit=request.limit,
            hits=hits,
            generation=snapshot.generation,
            committed=snapshot.committed,
            relaxed=relaxed,
            synonyms=understood.changes,
            facets=tuple(
                facet_result(facet, counts, request.filters, self._analyzer)
                for facet, counts in zip(request.facets, matches.facets, strict=True)
            ),
            next_cursor=(
                None
                if request.cursor is None
                else cursor_behind(place, request, planned.fingerprint, clusters)
            ),
            semantic=by_meaning.answer,
            took_ms=timings.total,
            timings=timings,
        )

    def count(self, request: SearchRequest, deadline: Deadline) -> int:
        """How many articles have all that the request asks for.

        Raises QueryTooLong, QueryTooComplex, IndexUnavailable and SearchTimeout.
        """
        return self._counter.count(request, deadline)

    def article(
        self,
        article_id: str,
        q: str = "",
        match: Match = Match.SMART,
        wording: Wording = Wording.ANY,
        parts: tuple[Part, ...] = EVERYWHERE,
    ) -> ArticleView:
        """One article, marked as it is as a hit of such a search.

        Raises ArticleNotFound, ArticleDeleted, ArticleDamaged, QueryTooLong and QueryTooComplex.
        """
        return self._viewer.view(article_id, q, match, wording, parts)

    def copies(self, article_id: str, most: int) -> tuple[CopyView, ...]:
        """At most so many of the others with the same text, in the order of publication. Raises
        CorpusDamaged."""
        return self._viewer.copies(article_id, most)

    def analyze(self, text: str, use: TextUse) -> TextAnalysis:
        """How a text is read: as one of an article, repaired first, or as a query."""
        return analyze_text(text, use, self._analyzer, self._repairer)

    def stats(self) -> CorpusStats:
        """Counts over all stored articles."""
        return self._articles.stats()

    def readiness(self) -> Readiness:
        """Whether a search could be answered now, how far the index is behind, and what is amiss."""
        sequence = 0
        try:
            sequence = self._articles.last_sequence()
            snapshot = self._newest()
        except PolicySearchError as error:
            # Whatever keeps articles or engine from answering, those who operate them are told of it.
            return Readiness(ready=False, generation=None, sequence=0, lag=sequence, reasons=(str(error),))
        return Readiness(
            ready=True,
            generation=snapshot.generation,
            sequence=snapshot.sequence,
            lag=sequence - snapshot.sequence,
            reasons=self._engine.passed_over(),
        )

    def _found(self, planned: PlannedRequest) -> FoundByMeaning:
        """The page of hits by their ids, those that are pinned on top."""
        snapshot, deadline = planned.place.snapshot, planned.deadline
        copies = partial(copies_of, self._articles)

        def by_words(page: Plan) -> PinnedFound:
            return search_pinned_first(
                snapshot, page, planned.attempts, deadline, ids=planned.pins, copies_of=copies
            )

        return self._meaning.page(
            planned.request,
            planned.read.query,
            planned.sort,
            planned.plan,
            by_words=by_words,
            snapshot=snapshot,
            copies_of=copies,
            deadline=deadline,
        )

    def _place(self, offset: int) -> Place:
        """Behind so many hits of the newest state. Raises IndexUnavailable."""
        return Place(self._newest(), offset, self._clock())

    def _newest(self) -> Snapshot:
        """The newest state of the index. Raises IndexUnavailable."""
        return self._recent.saw(self._engine.snapshot())

    def _relaxed(
        self, found: Found, query: Query, q: str, snapshot: Snapshot, deadline: Deadline
    ) -> Relaxed | None:
        if found.strict_total is None:
            return None
        ids = [hit.id for hit in found.matches.hits]
        dropped = dropped_words(query, q, ids, self._analyzer, snapshot=snapshot, deadline=deadline)
        return Relaxed(found.strict_total, dropped)


def _by_words(request: SearchRequest) -> SearchRequest:
    """The same without meaning: what that does may come too late on one page and not on the next."""
    return replace(request, semantic=SemanticMode.OFF)


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
    explained = [] if request.explaining is Explaining.NONE else [hit.id for hit in found.matches.hits]
    parts = parts_of_hits(found.scored, explained, snapshot, deadline)
    return tuple(
        Scored(
            id=hit.id,
            score=found.shown(hit.score),
            matched=_matched(hit, by_meaning),
            pinned=hit.id in on_top.pinned,
            score_parts=parts.get(hit.id),
        )
        for hit in found.matches.hits
    )


def _matched(hit: ScoredId, by_meaning: FoundByMeaning) -> Matched:
    if hit.id in by_meaning.brought_in:
        return Matched.MEANING
    on_top = by_meaning.on_top
    return Matched.NONE if hit.id in on_top.unmatched else on_top.found.matched(hit.score)

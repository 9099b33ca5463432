"""Runs a plan on a state of the index: documents that match, their order, the page and the counts."""

import numpy as np
from numpy.typing import NDArray

from index.whoosh.codec.columns import NO_DATE
from search.deadline import Deadline
from search.engine import DateCounts, FacetCounts, Matches, ScoredId
from search.plan import ByDate, ByScore, Direction, Facet, FacetOrder, Grouping, Histogram, Node, Plan
from search.whoosh.collapse import WIDENING, best_of_clusters, count_clusters
from search.whoosh.matching import Matching
from search.whoosh.periods import count_periods
from search.whoosh.reading import Numbers, Scores
from search.whoosh.scoring import Scoring, may_score
from search.whoosh.sets import DocumentSet, intersection
from search.whoosh.state import State
from search.whoosh.top import Keys, best


class Execution:
    """One run of one plan, by one thread."""

    def __init__(self, state: State, deadline: Deadline) -> None:
        self._state = state
        self._deadline = deadline
        self._matching = Matching(state, deadline)
        self._scoring = Scoring(state, self._matching)

    def run(self, plan: Plan) -> Matches:
        """The page of hits that the plan wants, exact totals, and the facets. Raises SearchTimeout."""
        queried = self._matching.find(plan.query)
        if self._state.live is not None:
            queried = intersection(queried, self._state.live)
        filtered = self._filtered(queried, plan.filters)
        return Matches(
            total=len(filtered),
            hits=self._page(plan, filtered),
            clusters=self._clusters(plan.grouping, filtered),
            facets=tuple(
                self._facet(
                    facet,
                    filtered if facet.filters == plan.filters else self._filtered(queried, facet.filters),
                )
                for facet in plan.facets
            ),
            histograms=tuple(self._histogram(histogram, filtered) for histogram in plan.histograms),
        )

    def _filtered(self, found: DocumentSet, filters: tuple[Node, ...]) -> DocumentSet:
        for node in filters:
            found = intersection(found, self._matching.find(node))
        return found

    def _page(self, plan: Plan, found: DocumentSet) -> tuple[ScoredId, ...]:
        """The hits of the wanted page, in order."""
        if not plan.limit or plan.offset >= len(found):
            return ()
        if not isinstance(plan.order, ByScore):
            page, scores = self._by_date(plan, plan.order, found)
        elif may_score(plan.query):
            page, scores = self._by_score(plan, found)
        else:
            page, scores = self._by_id(plan, found), None
        ids = self._state.columns.ids.ids_of(page.tolist())
        return tuple(map(ScoredId, ids, [0.0] * len(page) if scores is None else scores.tolist()))

    def _by_score(self, plan: Plan, found: DocumentSet) -> tuple[Numbers, Scores | None]:
        """The documents of the page and their scores; None where all are 0."""
        wanted = plan.offset + plan.limit
        entries = self._scoring.entries(plan.query, found, wanted)
        while entries is not None:
            documents, best_scores = entries.best(wanted)
            places = self._places(plan, documents, -best_scores)
            if len(places) == plan.limit or len(documents) == len(found):
                return documents[places], best_scores[places]
            # Too many of the best are copies of one another.
            wanted *= WIDENING
        documents = found.documents
        scores = self._scoring.scores(plan.query, documents)
        places = self._places(plan, documents, None if scores is None else -scores)
        return documents[places], None if scores is None else scores[places]

    def _by_date(self, plan: Plan, order: ByDate, found: DocumentSet) -> tuple[Numbers, Scores | None]:
        documents = found.documents
        dates = self._state.columns.dates(order.field)[documents]
        page = documents[self._places(plan, documents, _date_keys(dates, order.direction))]
        return page, self._scores_of(plan.query, page)

    def _by_id(self, plan: Plan, found: DocumentSet) -> Numbers:
        self._deadline.check()
        ids, last = self._state.columns.ids, plan.offset + plan.limit
        if plan.grouping is Grouping.CLUSTERS:
            documents = found.documents
            return documents[self._places(plan, documents, None)]
        first = ids.first(found.documents, last) if found.is_listed else ids.first_in(found.mask, last)
        return first[np.argsort(ids.ranks(first))][plan.offset :]

    def _places(self, plan: Plan, documents: Numbers, keys: Keys | None) -> Numbers:
        """Where among rising documents those of the page are, in its order."""
        self._deadline.check()
        columns, last = self._state.columns, plan.offset + plan.limit
        if plan.grouping is Grouping.CLUSTERS:
            chosen = best_of_clusters(
                documents, keys, plan.offset, last, columns=columns, deadline=self._deadline
            )
            return documents.searchsorted(chosen)
        return best(documents, keys, plan.offset, last, columns.ids)

    def _scores_of(self, query: Node, page: Numbers) -> Scores | None:
        """The scores of a few documents, in any order."""
        order = np.argsort(page)
        scores = self._scoring.scores(query, page[order])
        if scores is None:
            return None
        shown = np.empty_like(scores)
        shown[order] = scores
        return shown

    def _clusters(self, grouping: Grouping, found: DocumentSet) -> int | None:
        if grouping is Grouping.ARTICLES:
            return None
        return count_clusters(found.documents, self._state.columns)

    def _facet(self, facet: Facet, counted: DocumentSet) -> FacetCounts:
        self._deadline.check()
        columns = self._state.columns
        values = columns.values(facet.field)
        counts = values.counts(counted.documents, columns.bases)
        named = tuple((value, values.counted(counts, value)) for value in facet.named)
        if facet.prefix:
            counts = np.where(values.beginning(facet.prefix), counts, 0)
        first = values.commonest if facet.order is FacetOrder.COMMONEST else values.smallest
        return FacetCounts(
            field=facet.field,
            values=first(counts, facet.limit),
            named=named,
            distinct=int(np.count_nonzero(counts)),
            total=int(counts.sum()),
            missing=len(intersection(counted, self._matching.without_value(facet.field))),
        )

    def _histogram(self, histogram: Histogram, counted: DocumentSet) -> DateCounts:
        self._deadline.check()
        dates = self._state.columns.dates(histogram.field)[counted.documents]
        dated = dates[dates != NO_DATE]
        return DateCounts(
            field=histogram.field,
            interval=histogram.interval,
            periods=count_periods(dated, histogram.interval),
            undated=len(dates) - len(dated),
        )


def _date_keys(dates: NDArray[np.int64], direction: Direction) -> Keys:
    """What documents with these dates are ordered by, the smallest first; no date is the greatest."""
    if direction is Direction.NEWEST_FIRST:
        # -1 - date: falls as the date rises, and cannot overflow.
        return ~dates
    return np.where(dates == NO_DATE, np.iinfo(np.int64).max, dates)

"""Runs a plan on a state of the index: documents that match, their order, the page and the facets."""

import numpy as np
from numpy.typing import NDArray

from index.whoosh.codec.columns import NO_DATE
from search.deadline import Deadline
from search.engine import FacetCounts, Matches, ScoredId
from search.plan import ByScore, Direction, Facet, Grouping, Node, Plan
from search.whoosh.collapse import best_of_clusters, count_clusters
from search.whoosh.matching import Matching
from search.whoosh.reading import Numbers, Scores
from search.whoosh.scoring import Scoring
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
        documents = filtered.documents
        return Matches(
            total=len(documents),
            hits=self._page(plan, documents),
            clusters=self._clusters(plan.grouping, documents),
            facets=tuple(
                self._facet(
                    facet,
                    filtered if facet.filters == plan.filters else self._filtered(queried, facet.filters),
                )
                for facet in plan.facets
            ),
        )

    def _filtered(self, found: DocumentSet, filters: tuple[Node, ...]) -> DocumentSet:
        for node in filters:
            found = intersection(found, self._matching.find(node))
        return found

    def _page(self, plan: Plan, documents: Numbers) -> tuple[ScoredId, ...]:
        """The hits of the wanted page, in order."""
        last = plan.offset + plan.limit
        if not plan.limit or plan.offset >= len(documents):
            return ()
        scores: Scores | None = None
        keys: Keys | None = None
        if isinstance(plan.order, ByScore):
            scores = self._scoring.scores(plan.query, documents)
            if scores is not None:
                keys = -scores
        else:
            keys = _date_keys(self._state.columns.dates(plan.order.field)[documents], plan.order.direction)
        self._deadline.check()
        columns = self._state.columns
        if plan.grouping is Grouping.CLUSTERS:
            chosen = best_of_clusters(documents, keys, last, columns, self._deadline)
            places = documents.searchsorted(chosen[plan.offset :])
        else:
            places = best(documents, keys, plan.offset, last, columns.ids)
        page = documents[places]
        if isinstance(plan.order, ByScore):
            shown = None if scores is None else scores[places]
        else:
            shown = self._scores_of(plan.query, page)
        ids = map(columns.ids.id_of, page.tolist())
        return tuple(map(ScoredId, ids, [0.0] * len(page) if shown is None else shown.tolist()))

    def _scores_of(self, query: Node, page: Numbers) -> Scores | None:
        """The scores of a few documents, in any order."""
        order = np.argsort(page)
        scores = self._scoring.scores(query, page[order])
        if scores is None:
            return None
        shown = np.empty_like(scores)
        shown[order] = scores
        return shown

    def _clusters(self, grouping: Grouping, documents: Numbers) -> int | None:
        if grouping is Grouping.ARTICLES:
            return None
        return count_clusters(documents, self._state.columns)

    def _facet(self, facet: Facet, counted: DocumentSet) -> FacetCounts:
        self._deadline.check()
        columns = self._state.columns
        values = columns.values(facet.field)
        counts = values.counts(counted.documents, columns.bases)
        return FacetCounts(
            field=facet.field,
            values=values.commonest(counts, facet.limit),
            distinct=int(np.count_nonzero(counts)),
        )


def _date_keys(dates: NDArray[np.int64], direction: Direction) -> Keys:
    """What documents with these dates are ordered by, the smallest first; no date is the greatest."""
    if direction is Direction.NEWEST_FIRST:
        # -1 - date: falls as the date rises, and cannot overflow.
        return ~dates
    return np.where(dates == NO_DATE, np.iinfo(np.int64).max, dates)

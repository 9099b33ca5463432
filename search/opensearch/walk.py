"""Hits that are further down than the cluster gives by their place: they are walked to.

The cluster does not go on from a place where each cluster of copies is one hit. So articles are gone through,
and those that are not the first of their clusters are passed over.
"""

from collections.abc import Hashable, Iterator, Sequence
from typing import Any, Final

from index.opensearch.mapping import SHARED
from search.deadline import Deadline
from search.opensearch.answer import Hit, SortValue
from search.opensearch.places import Place, Places
from search.opensearch.request import WINDOW, PlanQuery, collapsed
from search.opensearch.state import State
from search.plan import Grouping

STEP: Final = 1_000
"""Articles of one request while clusters are walked over; of each its cluster is looked at."""


def hits_behind(asked: PlanQuery, state: State, places: Places, deadline: Deadline) -> Sequence[Hit]:
    """The hits of the plan's page, wherever it is. Raises what `State.search` does.

    Where the page before was asked for on the same state, only this one's articles are gone through.
    """
    return _Walk(asked, state, places, deadline).page()


class _Walk:
    def __init__(self, asked: PlanQuery, state: State, places: Places, deadline: Deadline) -> None:
        self._asked = asked
        self._state = state
        self._places = places
        self._deadline = deadline
        plan = asked.plan
        self._name: Hashable = (plan.query, plan.filters, plan.order, plan.grouping)

    def page(self) -> Sequence[Hit]:
        plan = self._asked.plan
        start = self._start()
        if start is None:
            return ()
        page: list[Hit] = []
        skipped = start.offset
        for hit in self._hits(start.after, plan.offset - start.offset + plan.limit):
            if skipped < plan.offset:
                skipped += 1
                continue
            page.append(hit)
            if len(page) == plan.limit:
                self._places.remember(self._name, Place(plan.offset + plan.limit, hit.sort))
                break
        return page

    def _start(self) -> Place | None:
        """A place before the page, the nearest one known; None where there are not so many hits."""
        offset = self._asked.plan.offset
        known = self._places.nearest(self._name, offset)
        reached = min(offset, WINDOW)
        if known is not None and known.offset >= reached:
            return known
        if not reached:
            return Place(0)
        body = self._asked.hits() | collapsed(self._asked.plan.grouping) | {"from": reached - 1, "size": 1}
        found = self._search(body)
        return Place(reached, found[0].sort) if found else None

    def _hits(self, after: tuple[SortValue, ...] | None, wanted: int) -> Iterator[Hit]:
        """All hits behind a place, in order; `wanted` is how many are needed."""
        by_clusters = self._asked.plan.grouping is Grouping.CLUSTERS
        size = STEP if by_clusters else min(wanted, WINDOW)
        while True:
            behind = {} if after is None else {"search_after": list(after)}
            found = self._search(self._asked.hits() | behind | {"size": size, "docvalue_fields": [SHARED]})
            yield from self._first_of_clusters(found) if by_clusters else found
            if len(found) < size:
                return
            after = found[-1].sort

    def _first_of_clusters(self, found: Sequence[Hit]) -> Iterator[Hit]:
        """Those that are the first of all hits of their clusters."""
        shared = sorted({str(hit.fields[SHARED][0]) for hit in found if SHARED in hit.fields})
        first: frozenset[str] = frozenset()
        if shared:
            body = self._asked.hits([{"terms": {SHARED: shared}}]) | collapsed(Grouping.CLUSTERS)
            first = frozenset(hit.id for hit in self._search(body | {"size": len(shared)}))
        for hit in found:
            if SHARED not in hit.fields or hit.id in first:
                yield hit

    def _search(self, body: dict[str, Any]) -> Sequence[Hit]:
        return self._state.search(body, self._deadline, self._asked.key).hits.hits

"""Pages in turn far down a list of hits: each hit once, and no page costs more than the one before."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

import pytest

from index.documents import PUBLISHED
from search.deadline import Deadline
from search.engine import ScoredId
from search.opensearch import places, request, state, walk
from search.opensearch.answer import Answer
from search.opensearch.snapshot import OpenSearchSnapshot
from search.plan import ByDate, ByScore, Direction, Every, Grouping, Or, Order, Plan, Word
from tests.plan_trees import document
from tests.search.opensearch.judge import judge
from tests.search.opensearch.library import ClusterLibrary

pytestmark = pytest.mark.opensearch

PAGE = 7
WINDOW = 10
STEP = 2 * PAGE
MOST_SEARCHES = 7
"""Of a page: one for the counts, and two for each step, of which one of clusters takes at most three."""

ORDERS = (
    ByScore(),
    ByDate(PUBLISHED, Direction.NEWEST_FIRST),
    ByDate("signed", Direction.OLDEST_FIRST),
)


@dataclass
class Counted:
    """Searches of the cluster."""

    times: int = 0

    def counting(self, search: Callable[..., Answer]) -> Callable[..., Answer]:
        def counted(*arguments: object, **named: object) -> Answer:
            self.times += 1
            return search(*arguments, **named)

        return counted

    def taken(self) -> int:
        """How many there were since the last time."""
        taken, self.times = self.times, 0
        return taken


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> Counted:
    counted = Counted()
    monkeypatch.setattr(state.State, "search", counted.counting(state.State.search))
    return counted


@pytest.fixture
def filled(library: ClusterLibrary, monkeypatch: pytest.MonkeyPatch) -> ClusterLibrary:
    """Ninety documents, sixty of them in clusters of three; hits are walked over from the tenth on."""
    for module in (request, walk):
        monkeypatch.setattr(module, "WINDOW", WINDOW)
    monkeypatch.setattr(walk, "STEP", STEP)
    random = Random(4)
    documents = [document(random, number) for number in range(90)]
    library.build(
        replace(one, cluster=number % 20 if number < 60 else None) for number, one in enumerate(documents)
    )
    return library


def page_at(offset: int, order: Order, grouping: Grouping) -> Plan:
    query = Or((Word("中国"), Word("新闻"), Every()))
    return Plan(query=query, filters=(), order=order, offset=offset, limit=PAGE, grouping=grouping)


@pytest.mark.parametrize("grouping", Grouping)
@pytest.mark.parametrize("order", ORDERS, ids=repr)
def test_pages_in_turn_hold_each_hit_once_at_the_price_of_a_page(
    order: Order, grouping: Grouping, filled: ClusterLibrary, searches: Counted
) -> None:
    snapshot, oracle = filled.snapshot(), judge(filled.live.values())
    # By the engine's own scores: what is equal in double precision need not be so in single precision.
    own = snapshot.scores(page_at(0, order, grouping).query, filled.live, Deadline.never())
    ranked = oracle.ranked(own, order)
    wanted = ranked if grouping is Grouping.ARTICLES else oracle.collapsed(ranked)
    found: list[ScoredId] = []
    costs: list[int] = []
    searches.taken()
    while page := snapshot.search(page_at(len(found), order, grouping), Deadline.never()).hits:
        found += page
        costs.append(searches.taken())
    assert [hit.id for hit in found] == [hit.id for hit in wanted]
    assert len(costs) == -(-len(wanted) // PAGE) > 6
    assert max(costs) <= MOST_SEARCHES


def test_without_remembered_places_a_page_costs_the_more_the_further_down_it_is(
    filled: ClusterLibrary, searches: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places.Places, "remember", lambda *_: None)
    costs = [cost_of(filled.snapshot(), offset, searches) for offset in range(14, 49, PAGE)]
    assert costs[-1] > MOST_SEARCHES > costs[0]


def cost_of(snapshot: OpenSearchSnapshot, offset: int, searches: Counted) -> int:
    snapshot.search(page_at(offset, ByScore(), Grouping.CLUSTERS), Deadline.never())
    return searches.taken()

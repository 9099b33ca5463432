"""Explanations of a page cost one request, and are those of its articles alone."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest

from search.deadline import Deadline
from search.errors import SearchTimeout
from search.opensearch import snapshot as snapshots
from search.opensearch.answer import Answer
from search.opensearch.state import State
from search.plan import ByScore, Node, Or, Pairs, Plan, Word
from tests.plan_trees import document, document_id
from tests.search.opensearch.library import ClusterLibrary

pytestmark = pytest.mark.opensearch

NEVER = Deadline.never()
QUERY: Node = Or((Word("中国"), Word("新闻"), Pairs("中国新闻", weight=0.5)))
PAGE = Plan(query=QUERY, filters=(), order=ByScore(), offset=0, limit=10)


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The bodies of all searches of a state."""
    sent: list[dict[str, Any]] = []
    search = State.search

    def noted(state: State, body: dict[str, Any], *arguments: Any, **named: Any) -> Answer:
        sent.append(body)
        return search(state, body, *arguments, **named)

    monkeypatch.setattr(State, "search", noted)
    return sent


@pytest.fixture
def filled(sharded: ClusterLibrary) -> ClusterLibrary:
    """Thirty articles; as they lie on three shards, each is explained beside some of its own and others."""
    random = Random(5)
    sharded.build(document(random, number) for number in range(30))
    return sharded


def test_a_page_is_explained_by_one_request(filled: ClusterLibrary, searches: list[dict[str, Any]]) -> None:
    snapshot = filled.snapshot()
    hits = [hit.id for hit in snapshot.search(PAGE, NEVER).hits]
    assert len(hits) == PAGE.limit
    searches.clear()
    together = list(snapshot.explain_each(QUERY, hits, NEVER))
    assert len(searches) == 1
    assert together == [(name, snapshot.explain(QUERY, name, NEVER)) for name in hits]
    assert len(searches) == 1 + len(hits)
    assert len({explanation.score for _, explanation in together if explanation is not None}) > 1


def test_many_are_explained_some_at_a_time_in_their_order(
    filled: ClusterLibrary, searches: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "EXPLAINED_AT_ONCE", 4)
    snapshot = filled.snapshot()
    query = Word("新闻")
    found = {hit.id for hit in snapshot.search(replace(PAGE, query=query, limit=30), NEVER).hits}
    assert 0 < len(found) < 30
    searches.clear()
    names = [document_id(3), "unknown", "", *(document_id(number) for number in range(29, -1, -1))]
    explained = list(snapshot.explain_each(query, names, NEVER))
    assert len(searches) == 9
    assert [name for name, _ in explained] == names
    assert {name for name, explanation in explained if explanation is not None} == found


def test_what_came_in_time_counts(filled: ClusterLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "EXPLAINED_AT_ONCE", 1)
    snapshot = filled.snapshot()
    hits = [hit.id for hit in snapshot.search(PAGE, NEVER).hits]
    explanations = snapshot.explain_each(QUERY, hits, NEVER)
    assert next(explanations)[0] == hits[0]
    late = snapshot.explain_each(QUERY, hits, Deadline.after(-1))
    with pytest.raises(SearchTimeout):
        next(late)

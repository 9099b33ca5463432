"""Which points in time of a state are asked, where it has several."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast

import pytest
from opensearchpy import OpenSearch
from opensearchpy.exceptions import NotFoundError

from index.opensearch.generations import Generation
from index.opensearch.published import Commit
from search.deadline import Deadline
from search.opensearch.state import PINNED_FOR, USED_FOR, State, StateLost
from search.plan import Node, Word

NEVER = Deadline.never()
POINTS = ("of the first copy", "of the second copy", "of the third copy")
WORDS: tuple[Node, ...] = tuple(Word(f"word {number}") for number in range(24))


@dataclass
class Copies:
    """A client of a cluster that has lost these points in time, and holds another commit now."""

    lost: set[str] = field(default_factory=set)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def search(self, body: Mapping[str, Any], **_named: object) -> Mapping[str, Any]:
        point, keep_alive = body["pit"]["id"], body["pit"]["keep_alive"]
        self.asked.append((point, keep_alive))
        if point in self.lost:
            raise NotFoundError(404, "search_context_missing_exception", {})
        shards = {"total": 1, "successful": 1, "failed": 0}
        hits = {"total": {"value": 8, "relation": "eq"}, "hits": []}
        return {
            "timed_out": False,
            "_shards": shards,
            "hits": hits,
            "aggregations": {"highest": {"value": 9}},
        }

    def create_pit(self, **_named: object) -> Mapping[str, Any]:
        return {"pit_id": "a new one"}

    def delete_pit(self, **_named: object) -> Mapping[str, Any]:
        return {}

    def state(self) -> State:
        commit = Commit(commit=1, sequence=7, articles=7, committed=datetime.now(UTC), points_in_time=POINTS)
        return State(cast(OpenSearch, self), Generation("p", 1), commit)


def test_every_point_is_kept_for_those_who_page() -> None:
    copies = Copies()
    copies.state().keep(NEVER)
    assert sorted(copies.asked) == [(point, PINNED_FOR) for point in sorted(POINTS)]


def test_those_that_are_left_are_kept() -> None:
    copies = Copies(lost={POINTS[0]})
    state = copies.state()
    for _ in range(2):
        state.keep(NEVER)
    kept = [point for point, _ in copies.asked]
    assert sorted(kept) == sorted((POINTS[0], *POINTS[1:], *POINTS[1:]))


def test_with_none_left_the_state_is_lost_where_another_has_taken_its_place() -> None:
    with pytest.raises(StateLost, match="a newer one is in its place"):
        Copies(lost=set(POINTS)).state().keep(NEVER)


def test_equal_queries_go_to_one_copy_and_all_copies_have_their_part() -> None:
    copies = Copies()
    for _ in range(2):
        state = copies.state()
        for word in WORDS:
            state.search({}, NEVER, word)
    first, second = copies.asked[: len(WORDS)], copies.asked[len(WORDS) :]
    assert first == second
    assert {point for point, _ in first} == set(POINTS)
    assert {keep_alive for _, keep_alive in first} == {USED_FOR}

"""Counts that are remembered: exact in each state, bounded, and none past a deadline."""

from dataclasses import dataclass, field

import pytest

from index.cache import ENTRY_BYTES
from search.deadline import Deadline
from search.engine import Matches
from search.errors import SearchTimeout
from search.plan import Anchor, Characters, Node, Plan, Word
from search.suggestions.counts import Counts
from tests.plan_checks import AVERAGE_LENGTH
from tests.plan_oracle import Oracle
from tests.search.oracle_index import OracleSnapshot

NEVER = Deadline.never()
PAST = Deadline(float("-inf"))
WORD = Word("政策")
CHARACTERS = Characters("政策")
WHOLE = Characters("政策", anchor=Anchor.WHOLE)


@dataclass
class State(OracleSnapshot):
    """One in which as many articles as it says match anything; it keeps what was asked."""

    total: int = 0
    asked: list[Node] = field(default_factory=list)

    def search(self, plan: Plan, deadline: Deadline) -> Matches:
        deadline.check()
        self.asked.append(plan.query)
        return Matches(self.total, ())


def state(generation: str, total: int) -> State:
    return State(Oracle((), AVERAGE_LENGTH), generation, total=total)


@pytest.mark.parametrize(
    ("asked", "searched"),
    [
        ([WORD, WORD], [WORD]),
        ([WORD, Word("政策")], [WORD]),
        ([WORD, CHARACTERS, WHOLE], [WORD, CHARACTERS, WHOLE]),
    ],
    ids=["the same", "an equal one", "others of the same text"],
)
@pytest.mark.parametrize("total", [7, 0])
def test_what_was_counted_is_not_searched_for_again(
    asked: list[Node], searched: list[Node], total: int
) -> None:
    counts, snapshot = Counts(), state("1.1", total)
    assert [counts.count(snapshot, node, NEVER) for node in asked] == [total] * len(asked)
    assert snapshot.asked == searched


def test_each_state_has_its_own_counts() -> None:
    counts, before, after = Counts(), state("1.1", 7), state("1.2", 5)
    states = [before, after, before, after]
    assert [counts.count(one, WORD, NEVER) for one in states] == [7, 5, 7, 5]


def test_no_more_is_kept_than_fits() -> None:
    counts, snapshot = Counts(2 * ENTRY_BYTES), state("1.1", 7)
    for node in (WORD, CHARACTERS, WHOLE, WHOLE, WORD):
        counts.count(snapshot, node, NEVER)
    assert snapshot.asked == [WORD, CHARACTERS, WHOLE, WORD]


def test_nothing_is_counted_past_the_deadline_not_even_from_memory() -> None:
    counts, snapshot = Counts(), state("1.1", 7)
    with pytest.raises(SearchTimeout):
        counts.count(snapshot, WORD, PAST)
    assert counts.count(snapshot, WORD, NEVER) == 7
    with pytest.raises(SearchTimeout):
        counts.count(snapshot, WORD, PAST)

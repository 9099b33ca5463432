"""States that stay pinnable for a moment after another took their place."""

import weakref

import pytest

from search.recent_states import HANDOVER_SECONDS, MOST_FORMER, RecentStates
from tests.plan_checks import AVERAGE_LENGTH
from tests.plan_oracle import Oracle
from tests.search.oracle_index import OracleSnapshot


class State(OracleSnapshot):
    """One that can be seen to be let go of."""


class Clock:
    """Seconds that go on only when told to."""

    def __init__(self) -> None:
        self.now = 5.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def recent(clock: Clock) -> RecentStates:
    return RecentStates(clock)


def seen(recent: RecentStates) -> weakref.ref[State]:
    state = State(Oracle((), AVERAGE_LENGTH))
    assert recent.saw(state) is state
    return weakref.ref(state)


def test_a_state_is_held_for_its_time_and_no_longer(recent: RecentStates, clock: Clock) -> None:
    first, second = seen(recent), seen(recent)
    newest = second()
    assert newest is not None
    clock.now += HANDOVER_SECONDS - 1
    recent.saw(newest)
    assert first() is not None
    clock.now += 1
    recent.saw(newest)
    assert first() is None
    clock.now += 10 * HANDOVER_SECONDS
    recent.saw(newest)
    assert second() is not None, "the newest one has no end"


def test_only_so_many_former_states_are_held(recent: RecentStates) -> None:
    states = [seen(recent) for _ in range(MOST_FORMER + 3)]
    assert [state() is not None for state in states] == [False] * 2 + [True] * (MOST_FORMER + 1)


def test_a_state_that_is_seen_again_takes_no_second_place(recent: RecentStates) -> None:
    first = seen(recent)
    for _ in range(10):
        state = first()
        assert state is not None
        recent.saw(state)
    others = [seen(recent) for _ in range(MOST_FORMER)]
    assert all(state() is not None for state in (first, *others))

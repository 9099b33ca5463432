"""Waiting for a cluster that is busy or away."""

import logging
from dataclasses import dataclass, field

import pytest

from index.opensearch.errors import ClusterRefused, ClusterUnavailable
from index.opensearch.patience import LONGEST_PAUSE
from tests.index.opensearch.generation import Waits


@dataclass(slots=True)
class Busy:
    """Does it after so many times."""

    times: int
    asked: list[int] = field(default_factory=list)

    def __call__(self) -> str:
        self.asked.append(1)
        if len(self.asked) <= self.times:
            raise ClusterUnavailable("busy")
        return "done"


@pytest.mark.parametrize("times", [0, 1, 8])
def test_it_is_asked_until_it_does_it(times: int, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    waits, action = Waits(), Busy(times)
    assert waits.patience().attempt(action) == "done"
    assert len(action.asked) == times + 1
    assert len(waits.seconds) == times
    assert len(caplog.records) == times, "each failure is told"


def test_pauses_double_up_to_the_longest() -> None:
    waits = Waits()
    waits.patience(1_000).attempt(Busy(40))
    for number, seconds in enumerate(waits.seconds):
        whole = min(0.1 * 2**number, LONGEST_PAUSE)
        assert whole / 2 <= seconds <= whole


def test_patience_ends() -> None:
    waits, action = Waits(), Busy(10_000)
    with pytest.raises(ClusterUnavailable, match="busy"):
        waits.patience(30).attempt(action)
    assert 30 <= sum(waits.seconds) < 30 + LONGEST_PAUSE
    assert len(action.asked) == len(waits.seconds) + 1


def test_without_patience_it_is_asked_once() -> None:
    waits, action = Waits(), Busy(1)
    with pytest.raises(ClusterUnavailable):
        waits.patience(0).attempt(action)
    assert (len(action.asked), waits.seconds) == (1, [])


def test_what_does_not_pass_is_not_waited_for() -> None:
    waits = Waits()

    def refused() -> None:
        raise ClusterRefused("no")

    with pytest.raises(ClusterRefused):
        waits.patience().attempt(refused)
    assert waits.seconds == []


class Stopped(Exception):
    """The process is told to end."""


def test_a_pause_may_end_the_waiting() -> None:
    def stop() -> None:
        raise Stopped

    with pytest.raises(Stopped):
        Waits(then=stop).patience().attempt(Busy(3))

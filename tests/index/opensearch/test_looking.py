"""Looks at what the cluster says: one at a time, waited for by those who have to."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from index.opensearch.looking import Looking
from tests.waiting import wait_for

LONG = 30.0
"""Seconds that nobody here waits to the end."""


class Held:
    """A look that takes until it is let go; it says how many there were before it."""

    def __init__(self) -> None:
        self.let_go = threading.Event()
        self.begun = 0

    def __call__(self) -> int:
        self.begun += 1
        number = self.begun
        assert self.let_go.wait(LONG)
        return number


def test_each_result_is_that_of_a_look_that_ended_later() -> None:
    held = Held()
    held.let_go.set()
    looking = Looking(held)
    assert (looking.result(), looking.result_within(LONG), looking.result()) == (1, 2, 3)


def test_those_who_need_it_wait_for_the_same_look() -> None:
    held = Held()
    looking = Looking(held)
    with ThreadPoolExecutor(8) as threads:
        results = [threads.submit(looking.result) for _ in range(8)]
        wait_for(lambda: held.begun == 1)
        time.sleep(0.05)
        held.let_go.set()
        # One who came later than that may have begun another.
        assert {result.result(LONG) for result in results} <= {1, 2}
    assert held.begun <= 2


def test_who_can_do_without_waits_for_a_while_only_and_never_for_a_look_of_another() -> None:
    held = Held()
    looking = Looking(held)
    began = time.monotonic()
    assert looking.result_within(0.2) is None
    first = time.monotonic() - began
    assert looking.result_within(LONG) is None
    assert first >= 0.2
    assert time.monotonic() - began < LONG / 2
    assert held.begun == 1
    held.let_go.set()
    wait_for(lambda: looking.result_within(LONG) is not None)


def test_what_a_look_raises_is_raised_and_the_next_one_looks_again() -> None:
    def fail() -> int:
        raise LookupError("nothing there")

    looking = Looking(fail)
    for _ in range(2):
        with pytest.raises(LookupError, match="nothing there"):
            looking.result()
        with pytest.raises(LookupError, match="nothing there"):
            looking.result_within(LONG)

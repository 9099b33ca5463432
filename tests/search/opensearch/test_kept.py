"""Snapshots are kept for as long as they were asked for, and no longer."""

from datetime import UTC, datetime
from unittest.mock import Mock

import pytest
from opensearchpy import OpenSearch

from index.averages import Averages
from index.opensearch.generations import Generation
from index.opensearch.published import FORMAT, Commit, Published, Scoring
from search.engine import PIN_SECONDS
from search.opensearch import kept
from search.opensearch.kept import Kept
from search.opensearch.snapshot import OpenSearchSnapshot
from search.opensearch.state import State
from search.opensearch.vocabulary import Vocabulary


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def snapshot(number: int) -> OpenSearchSnapshot:
    """A state of which nothing is asked."""
    client = Mock(spec=OpenSearch)
    commit = Commit(commit=number, sequence=number, articles=0, committed=datetime(2026, 1, 1, tzinfo=UTC))
    published = Published(
        format=FORMAT, analyzer="a", scoring=Scoring(k1=1.0, b=0.5), averages=Averages(), recent=(commit,)
    )
    state = State(client, Generation("a", 1), commit)
    return OpenSearchSnapshot(state, published, Vocabulary(client, "words", state))


def test_what_is_kept_is_found_until_its_time_is_over() -> None:
    clock = Clock()
    states = Kept(clock)
    states.keep(snapshot(1))
    clock.seconds = PIN_SECONDS - 1
    found = states.find("1.1")
    assert found is not None
    states.keep(found)
    del found
    clock.seconds = 2 * PIN_SECONDS - 2
    assert states.find("1.1") is not None
    clock.seconds = 2 * PIN_SECONDS
    assert states.find("1.1") is None


def test_what_somebody_holds_is_found_without_being_kept() -> None:
    states = Kept(Clock())
    held = snapshot(2)
    states.saw(held)
    assert states.find("1.2") is held
    del held
    assert states.find("1.2") is None


def test_of_too_many_the_one_goes_that_was_kept_longest_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MAX_KEPT", 2)
    states = Kept(Clock())
    for number in (1, 2):
        states.keep(snapshot(number))
    again = states.find("1.1")
    assert again is not None
    states.keep(again)
    del again
    states.keep(snapshot(3))
    assert [states.find(f"1.{number}") is not None for number in (1, 2, 3)] == [True, False, True]


def test_what_is_dropped_is_gone_though_somebody_holds_it() -> None:
    states = Kept(Clock())
    held = snapshot(1)
    states.keep(held)
    states.drop(held)
    assert states.find("1.1") is None

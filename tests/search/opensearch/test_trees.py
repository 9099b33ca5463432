"""Random plans on random states of an index in a cluster: all is answered as by the oracle.

`python -m benchmarks.opensearch_trees` tries any number of them.
"""

from random import Random

import pytest

from search.opensearch import counting, request, walk
from tests.plan_checks import trials
from tests.search.opensearch.judge import judge
from tests.search.opensearch.library import ClusterLibrary

pytestmark = pytest.mark.opensearch

DOCUMENTS = 60
STEPS = 8
"""Of a history."""

PLANS = 16
"""After each step; so 512 plans are tried in four tests."""

SLOW = pytest.mark.slow


@pytest.fixture
def as_if_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done otherwise for many hits and values is done for few."""
    for module in (request, walk):
        monkeypatch.setattr(module, "WINDOW", 4)
    monkeypatch.setattr(walk, "STEP", 3)
    monkeypatch.setattr(counting, "MAX_OF_ONE", 1)
    monkeypatch.setattr(counting, "MAX_BUCKETS", 6)
    monkeypatch.setattr(counting, "WALKED", 2)


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=SLOW)])
def test_every_plan_is_answered_as_by_the_oracle(seed: int, library: ClusterLibrary) -> None:
    assert tried(library, seed) == PLANS * STEPS


@pytest.mark.parametrize("seed", [3, pytest.param(4, marks=SLOW)])
def test_every_plan_is_answered_so_over_three_shards(seed: int, sharded: ClusterLibrary) -> None:
    assert tried(sharded, seed) == PLANS * STEPS


@pytest.mark.usefixtures("as_if_large")
@pytest.mark.parametrize("seed", [5, pytest.param(6, marks=SLOW)])
def test_every_plan_is_answered_so_where_hits_and_values_are_walked_over(
    seed: int, sharded: ClusterLibrary
) -> None:
    assert tried(sharded, seed) == PLANS * STEPS


def tried(library: ClusterLibrary, seed: int) -> int:
    """How many plans were answered without a difference; the first one fails the test."""
    count = 0
    for trial in trials(library, Random(seed), DOCUMENTS, PLANS, judge):
        assert trial.differences == (), trial.plan
        count += 1
    return count

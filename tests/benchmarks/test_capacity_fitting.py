"""Costs are those that the figures were made with, and never below nothing."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.capacity.assumptions import MIX
from benchmarks.capacity.fitting import Costs, FiguresTooFew, cluster_costs, machine_costs, non_negative
from benchmarks.opensearch.target import OPENSEARCH, WHOOSH
from tests.benchmarks.capacity_figures import COSTS, figures


def test_mix_is_of_all_queries() -> None:
    assert sum(MIX.values()) == pytest.approx(1)


@pytest.mark.parametrize("name", MIX)
def test_costs_in_the_cluster_are_found_again(name: str) -> None:
    found = cluster_costs(figures())[name]

    assert found.answer == pytest.approx(COSTS.answer, rel=1e-6)
    assert found.shard == pytest.approx(COSTS.shard, rel=1e-6)
    assert found.article == pytest.approx(COSTS.article, rel=1e-6)
    assert found.spread == pytest.approx(COSTS.spread, rel=1e-6)
    assert found.app == pytest.approx(COSTS.app)


def test_costs_of_one_machine_are_found_again() -> None:
    (found, *_) = machine_costs(figures()).values()

    assert found.answer == pytest.approx(COSTS.answer + COSTS.shard, rel=1e-6)
    assert found.article == pytest.approx(COSTS.article, rel=1e-6)
    assert found.shard == 0


def test_a_cost_that_would_be_below_nothing_is_none() -> None:
    falling = np.array([3.0, 2.0, 1.0])

    constant, slope = non_negative((np.ones(3), np.array([1.0, 2.0, 3.0])), falling)

    assert slope == 0
    assert constant > 0


@pytest.mark.parametrize(
    ("engine", "keep"),
    [(OPENSEARCH, "articles"), (OPENSEARCH, "shards"), (WHOOSH, "articles")],
    ids=["cluster-one-size", "cluster-one-number-of-shards", "folder-one-size"],
)
def test_figures_that_cannot_tell_the_parts_apart_are_refused(engine: str, keep: str) -> None:
    whole = figures()
    first = whole.of_engine(engine)[0]
    runs = tuple(
        run for run in whole.runs if run.engine != engine or getattr(run, keep) == getattr(first, keep)
    )

    with pytest.raises(FiguresTooFew):
        (cluster_costs if engine == OPENSEARCH else machine_costs)(replace(whole, runs=runs))


def test_slowest_hundredth_of_tasks_is_that_of_the_drawn_ones() -> None:
    costs = Costs(answer=0, shard=1, article=0, spread=0.5)
    rng = np.random.default_rng(1)

    drawn = np.exp(rng.standard_normal(400_000) * 0.5 - 0.125)

    assert float(np.mean(drawn)) == pytest.approx(1, rel=0.01)
    assert costs.slowest == pytest.approx(float(np.quantile(drawn, 0.99)), rel=0.02)

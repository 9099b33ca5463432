"""Laws of the sizes: more never needs less, and each keeps to the bounds that are assumed."""

from itertools import pairwise
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.capacity.assumptions import (
    BUSIEST,
    DISK_FULL,
    GENERATIONS,
    HOT,
    LEAST_NODES,
    MACHINE,
    MIX,
    SHARD_BYTES,
    SPARE_NODES,
    UNCACHED,
)
from benchmarks.capacity.fitting import Costs
from benchmarks.capacity.one_machine import limit
from benchmarks.capacity.queues import Layout
from benchmarks.capacity.scenarios import part_of, scenario, simulated
from benchmarks.capacity.sizing import Demand, Mean, size, steps
from benchmarks.engines.latency import percentile
from tests.benchmarks.capacity_figures import COSTS

ALL = dict.fromkeys(MIX, COSTS)
FEW = Demand(articles=1_000_000, rate=10, bytes=7_500)

costs_of_all = st.builds(
    lambda answer, shard, article, spread: dict.fromkeys(
        MIX, Costs(answer=answer, shard=shard, article=article, spread=spread, app=5)
    ),
    st.floats(0, 10),
    st.floats(0, 5),
    st.floats(0, 5e-5),
    st.floats(0, 0.8),
)
demands = st.builds(
    lambda articles, rate, size_of_one: Demand(articles=articles, rate=rate, bytes=size_of_one),
    st.floats(1e6, 1e9),
    st.floats(1, 10_000),
    st.floats(2_000, 20_000),
)


def nodes(demand: Demand, costs: dict[str, Costs]) -> float:
    found = size(demand, costs)
    return float("inf") if found is None else found.layout.nodes


@settings(max_examples=25, deadline=None)
@given(demands, costs_of_all, st.floats(1, 3), st.floats(1, 3))
def test_more_articles_or_queries_never_need_fewer_nodes(
    demand: Demand, costs: dict[str, Costs], articles: float, rate: float
) -> None:
    larger = Demand(articles=demand.articles * articles, rate=demand.rate, bytes=demand.bytes)
    busier = Demand(articles=demand.articles, rate=demand.rate * rate, bytes=demand.bytes)

    assert nodes(larger, costs) >= nodes(demand, costs)
    assert nodes(busier, costs) >= nodes(demand, costs)


@settings(max_examples=25, deadline=None)
@given(demands, costs_of_all)
def test_bounds_hold_with_a_node_away(demand: Demand, costs: dict[str, Costs]) -> None:
    found = size(demand, costs)
    if found is None:
        return
    layout, mean = found.layout, Mean.of(costs)
    left = layout.nodes - SPARE_NODES
    held = ceil(layout.shards * layout.copies / left)
    shard = demand.articles / layout.shards
    busy = demand.rate * (held * (mean.shard + mean.article * shard) / layout.copies + mean.answer / left)

    assert layout.nodes >= LEAST_NODES
    assert layout.copies <= left
    assert shard * demand.bytes <= SHARD_BYTES * (1 + 1e-9)
    assert held * shard * demand.bytes * HOT <= MACHINE.memory * (1 - UNCACHED) * (1 + 1e-9)
    assert held * shard * demand.bytes * GENERATIONS <= MACHINE.disk * DISK_FULL * (1 + 1e-9)
    assert busy <= MACHINE.processors * BUSIEST * (1 + 1e-9)


def test_few_articles_and_queries_need_the_fewest_nodes() -> None:
    found = size(FEW, ALL)

    assert found is not None
    assert found.layout.nodes == LEAST_NODES


def test_a_query_that_is_too_slow_on_any_shard_has_no_size() -> None:
    slow = dict.fromkeys(MIX, Costs(answer=0, shard=1_000, article=0, spread=0))

    assert size(FEW, slow) is None
    assert scenario(FEW, slow, 1).size is None


def test_a_scenario_answers_no_faster_than_its_parts() -> None:
    found = scenario(FEW, ALL, 1)

    assert found.size is not None
    assert found.p99 >= found.p50 >= COSTS.app + COSTS.answer


def test_a_part_of_a_large_cluster_answers_as_the_whole() -> None:
    whole, rate = Layout(nodes=72, processors=4, shards=12, copies=12), 60.0
    part, its_rate = part_of(whole, rate)
    waits = [simulated(*one, 60e6, ALL, 1) for one in ((whole, rate), (part, its_rate), (part, rate))]

    assert (part.nodes, part.copies, its_rate) == (12, 2, 10)
    for share in (0.5, 0.99):
        in_whole, in_part, overloaded = (percentile(one, share) for one in waits)
        assert in_part == pytest.approx(in_whole, rel=0.1)
        assert overloaded > 2 * in_whole


def test_a_small_cluster_is_simulated_whole() -> None:
    layout = Layout(nodes=9, processors=4, shards=3, copies=3)

    assert part_of(layout, 10) == (layout, 10)


@pytest.mark.parametrize(
    ("costs", "size_of_one", "reason"),
    [
        (Costs(answer=1, shard=0, article=1e-3, spread=0), 100, "processors"),
        (Costs(answer=1, shard=0, article=1e-9, spread=0), 1_000, "memory"),
        (Costs(answer=1, shard=0, article=1e-3, spread=1.5), 100, "p99"),
    ],
    ids=["processors", "memory", "p99"],
)
def test_one_machine_stops_at_its_narrowest_part(costs: Costs, size_of_one: float, reason: str) -> None:
    rate = 1 if reason == "p99" else 1_000

    assert limit(rate, size_of_one, dict.fromkeys(MIX, costs)).reason == reason


def test_more_queries_leave_one_machine_fewer_articles() -> None:
    limits = [limit(rate, 3_500, ALL).articles for rate in (1, 10, 100, 1_000, 10_000)]

    assert limits == sorted(limits, reverse=True)
    assert limits[0] > limits[-1] == 0


def test_steps_rise_by_a_tenth_at_most_or_by_one() -> None:
    found = steps(2, 500)

    assert found[0] == 2
    assert found[-1] >= 500
    assert all(0 < after - before <= max(1, before / 10) for before, after in pairwise(found))

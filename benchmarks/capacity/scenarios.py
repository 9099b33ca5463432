"""Collections and rates of queries, each with the cluster that it needs and how fast that answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import ceil
from typing import Final

from benchmarks.capacity.assumptions import COPIES, MIX, NETWORK_MS
from benchmarks.capacity.fitting import Costs
from benchmarks.capacity.queues import Layout, Simulation, drawn
from benchmarks.capacity.sizing import Demand, Size, size
from benchmarks.engines.latency import percentile

ARTICLES: Final = (10_000_000, 30_000_000, 100_000_000, 300_000_000, 1_000_000_000)
RATES: Final = (10, 100, 1_000, 10_000)
"""Queries a second."""

TASKS: Final = 300_000
"""Of a simulation, about."""
FEWEST_ANSWERS: Final = 500
MOST_ANSWERS: Final = 20_000
WHOLE_NODES: Final = 64
"""A cluster of so many nodes is simulated whole."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A demand, its cluster, and milliseconds that clients wait. None: no cluster is enough."""

    demand: Demand
    size: Size | None
    p50: float = 0.0
    p99: float = 0.0


def scenarios(bytes_of_article: float, costs: Mapping[str, Costs], seed: int) -> Iterator[Scenario]:
    """All sizes with all rates; the same for the same seed."""
    for articles in ARTICLES:
        for rate in RATES:
            yield scenario(Demand(articles=articles, rate=rate, bytes=bytes_of_article), costs, seed)


def scenario(demand: Demand, costs: Mapping[str, Costs], seed: int) -> Scenario:
    """The smallest cluster, and a simulation of it."""
    found = size(demand, costs)
    if found is None:
        return Scenario(demand, None)
    waits = simulated(*part_of(found.layout, demand.rate), demand.articles, costs, seed)
    besides = NETWORK_MS + sum(share * costs[name].app for name, share in MIX.items())
    return Scenario(demand, found, percentile(waits, 0.5) + besides, percentile(waits, 0.99) + besides)


def part_of(layout: Layout, rate: float) -> tuple[Layout, float]:
    """A large cluster with COPIES of each shard only, as many fewer nodes and queries a second.

    Each copy of a shard gets as many queries as before and shares its node with as many others, so that
    answers wait as long; and the answers that can be simulated are enough for the queues to fill.
    """
    if layout.nodes <= WHOLE_NODES or layout.copies <= COPIES:
        return layout, rate
    share = COPIES / layout.copies
    return replace(layout, nodes=ceil(layout.nodes * share), copies=COPIES), rate * share


def simulated(
    layout: Layout, rate: float, articles: float, costs: Mapping[str, Costs], seed: int
) -> list[float]:
    """Milliseconds that answers of the mix wait."""
    answers = drawn(
        costs,
        MIX,
        articles=articles,
        shards=layout.shards,
        rate=rate,
        answers=max(FEWEST_ANSWERS, min(MOST_ANSWERS, TASKS // layout.shards)),
        seed=seed,
    )
    return Simulation(layout, answers, seed).waits()

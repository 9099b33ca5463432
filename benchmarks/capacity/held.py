"""The model held against a run that it was not fitted to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import geometric_mean

from benchmarks.capacity.fitting import Costs
from benchmarks.capacity.queues import Layout, Simulation, drawn
from benchmarks.engines.latency import percentile
from benchmarks.opensearch.figures import Figures, Run
from benchmarks.opensearch.target import OPENSEARCH

ALONE_RATE = 0.01
"""Queries a second: so few that none waits for another, as with one client."""
ANSWERS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One class of one run, in milliseconds: processor time of the nodes an answer, and the median of what
    the cluster says that it took."""

    name: str
    run: Run
    predicted_cluster: float
    measured_cluster: float
    predicted_p50: float
    measured_p50: float


def comparisons(costs: Mapping[str, Costs], figures: Figures, seed: int) -> Iterator[Comparison]:
    """For each run in the cluster and each class that the model knows.

    All nodes of such a run share the processors of one machine, and so they do in the simulation.
    """
    for run in figures.of_engine(OPENSEARCH):
        layout = Layout(nodes=1, processors=figures.processors, shards=run.shards, copies=1)
        for name, one in run.classes.items():
            if name in costs and one.cluster is not None and one.took_p50 is not None:
                answers = drawn(
                    costs,
                    {name: 1.0},
                    articles=run.articles,
                    shards=run.shards,
                    rate=ALONE_RATE,
                    answers=ANSWERS,
                    seed=seed,
                )
                yield Comparison(
                    name=name,
                    run=run,
                    predicted_cluster=costs[name].of_answer(run.articles, run.shards),
                    measured_cluster=one.cluster,
                    predicted_p50=percentile(Simulation(layout, answers, seed).waits(), 0.5),
                    measured_p50=one.took_p50,
                )


def lines(costs: Mapping[str, Costs], figures: Figures, seed: int) -> Iterator[str]:
    """For people to read; the last two say how far off the model is over all."""
    found = list(comparisons(costs, figures, seed))
    yield f"{'':<20}{'articles':>10}{'shards':>7}{'nodes':>6}{'cluster cpu, ms':>18}{'took p50, ms':>18}"
    for one in found:
        cluster = f"{one.predicted_cluster:.1f} : {one.measured_cluster:.1f}"
        took = f"{one.predicted_p50:.1f} : {one.measured_p50:.1f}"
        run = one.run
        yield f"{one.name:<20}{run.articles:>10,}{run.shards:>7}{run.nodes:>6}{cluster:>18}{took:>18}"
    yield ratios("processor time", [one.predicted_cluster / one.measured_cluster for one in found])
    yield ratios("median", [one.predicted_p50 / one.measured_p50 for one in found if one.measured_p50])


def ratios(name: str, predicted: list[float]) -> str:
    """Predicted over measured: the geometric mean, the least and the most."""
    if not predicted:
        return f"{name}: nothing to compare"
    mean = geometric_mean(predicted)
    return f"{name}, predicted : measured {mean:.2f} ({min(predicted):.2f} to {max(predicted):.2f})"

"""Says how many machines a collection needs, by a model that is fitted to measured figures.

    python -m benchmarks.capacity FIGURES.json [FIGURES.json ...] [--held RUN.json] [--seed N]

All files are written by `benchmarks.opensearch`. FIGURES.json are fitted together: several are of one machine
with other numbers of articles. RUN.json is of another layout, such as three nodes, and the model is compared
with it. What is assumed beside the figures stands in `benchmarks.capacity.assumptions`. Ends with 2 where the
figures are too few to fit, or of machines that differ.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.capacity import held
from benchmarks.capacity.assumptions import GB, MACHINE, TARGET_P99_MS
from benchmarks.capacity.fitting import Costs, cluster_costs, machine_costs
from benchmarks.capacity.one_machine import limit
from benchmarks.capacity.scenarios import RATES, Scenario, scenarios
from benchmarks.opensearch import figures
from benchmarks.opensearch.figures import Figures
from benchmarks.opensearch.target import OPENSEARCH, WHOOSH

SEED = 20_261_128


def main() -> int:
    """Print costs, the bounds of one machine, and the cluster for each size and rate."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("figures", type=Path, nargs="+")
    parser.add_argument("--held", type=Path, help="figures of a run to compare the model with")
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    names = ", ".join(path.name for path in given.figures)
    try:
        measured = figures.together([figures.read(path) for path in given.figures])
        cluster, machine = cluster_costs(measured), machine_costs(measured)
    except ValueError as error:
        print(f"{names}: {error}", file=sys.stderr)
        return 2
    print(
        f"fitted to {names} of {measured.measured}: {measured.processors} processors, "
        f"load {measured.load:.1f} before"
    )
    print("\n".join(cost_lines(cluster, machine)))
    print("\n".join(("", *one_machine_lines(measured, machine))))
    print("\n".join(("", *cluster_lines(measured, cluster, given.seed))))
    if given.held is not None:
        print("\n".join(("", *held.lines(cluster, figures.read(given.held), given.seed))))
    return 0


def cost_lines(cluster: Mapping[str, Costs], machine: Mapping[str, Costs]) -> Iterator[str]:
    heads = ("answer", "shard", "1e6 art.", "spread", "server", "one: answer", "1e6 art.")
    yield f"{'processor ms':<20}" + "".join(f"{head:>12}" for head in heads)
    for name, one in cluster.items():
        alone = machine[name]
        values = (one.answer, one.shard, one.article * 1e6, one.spread, one.app)
        alone_values = (alone.answer, alone.article * 1e6)
        yield f"{name:<20}" + "".join(f"{value:12.2f}" for value in (*values, *alone_values))


def one_machine_lines(measured: Figures, machine: Mapping[str, Costs]) -> Iterator[str]:
    yield (
        f"one machine of {MACHINE.processors} processors and {MACHINE.memory / GB:.0f} GB should stop at "
        f"(p99 {TARGET_P99_MS:.0f} ms)"
    )
    for rate in RATES:
        found = limit(rate, bytes_of(measured, WHOOSH), machine)
        yield f"{rate:>8,} queries/s {found.articles / 1e6:10.1f} million articles: {found.reason}"


def cluster_lines(measured: Figures, costs: Mapping[str, Costs], seed: int) -> Iterator[str]:
    yield (
        f"{'million':>8}{'q/s':>8}{'nodes':>8}{'servers':>8}{'shards':>8}{'copies':>8}{'memory TB':>11}"
        f"{'disk TB':>10}{'p50 ms':>8}{'p99 ms':>8}"
    )
    for one in scenarios(bytes_of(measured, OPENSEARCH), costs, seed):
        yield scenario_line(one)


def scenario_line(one: Scenario) -> str:
    asked = f"{one.demand.articles / 1e6:8,.0f}{one.demand.rate:8,.0f}"
    size = one.size
    if size is None:
        return f"{asked}  no layout that was tried is enough"
    layout = size.layout
    return (
        f"{asked}{layout.nodes:8,}{size.servers:8,}{layout.shards:8,}{layout.copies:8,}"
        f"{size.memory / GB / 1e3:11.2f}{size.disk / GB / 1e3:10.2f}{one.p50:8.0f}{one.p99:8.0f}"
    )


def bytes_of(measured: Figures, engine: str) -> float:
    """What an article takes in the index, of the run with the most articles."""
    return max(measured.of_engine(engine), key=lambda run: run.articles).bytes


if __name__ == "__main__":
    sys.exit(main())

"""The table of a run."""

from collections.abc import Iterator
from typing import Final

from benchmarks.opensearch.figures import ClassFigures, Figures, Load, Run

STAGES: Final = ("parse", "engine", "fetch", "snippets", "render")
"""Of our server, as it says in its answers; at the median."""


def lines(figures: Figures) -> Iterator[str]:
    """For people to read."""
    yield (
        f"{figures.measured}, {figures.processors} processors, load {figures.load:.1f} before; "
        "times in ms, bytes an article without replicas"
    )
    for run in figures.runs:
        yield from ("", *run_lines(run))
    if figures.loaded is not None:
        yield from ("", load_line(figures.loaded))


def run_lines(run: Run) -> Iterator[str]:
    written = run.written
    yield (
        f"{run.engine}, {run.articles:,} articles, shards {run.shards}, replicas {run.replicas}, "
        f"nodes {run.nodes}: "
        f"{run.articles / written.wall_s:.0f} written a second, "
        f"{run.articles / written.processor_s:.0f} a second of processors, {run.bytes:.0f} bytes an article"
    )
    heads = ("p99", "took p50", "p99", "added", "app cpu", "cluster", "requests", "asked", *STAGES)
    yield f"{'':<20}{'http p50':>10}" + "".join(f"{head:>9}" for head in heads)
    for name, one in run.classes.items():
        yield class_line(name, one)


def class_line(name: str, one: ClassFigures) -> str:
    cells = (one.took_p50, one.took_p99, one.added_p50, one.app, one.cluster, one.requests, one.asked_p50)
    stages = (one.stages_p50.get(stage) for stage in STAGES)
    return f"{name:<20}{one.http_p50:10.1f}{one.http_p99:9.1f}{''.join(map(cell, (*cells, *stages)))}"


def cell(value: float | None) -> str:
    return f"{'-':>9}" if value is None else f"{value:9.1f}"


def load_line(load: Load) -> str:
    kinds = "".join(f" ({count} {kind})" for kind, count in sorted(load.kinds.items()))
    return (
        f"{load.connections} connections, {load.seconds:.0f} s, an indexer at work, {load.shards} shards: "
        f"{load.answers / load.seconds:.0f} answers a second, p50 {load.p50_ms:.0f}, p99 {load.p99_ms:.0f}; "
        f"{load.errors} errors{kinds}, {load.generations} generations seen, "
        f"{load.mixed} answers that fit no state"
    )

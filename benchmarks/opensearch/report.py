"""The table of a run."""

from collections.abc import Iterator

from benchmarks.opensearch.figures import ClassFigures, Figures, Load, Run


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
    heads = ("p99", "took p50", "p99", "added", "app cpu", "cluster")
    yield f"{'':<20}{'http p50':>10}" + "".join(f"{head:>9}" for head in heads)
    for name, one in run.classes.items():
        yield class_line(name, one)


def class_line(name: str, one: ClassFigures) -> str:
    return (
        f"{name:<20}{one.http_p50:10.1f}{one.http_p99:9.1f}{cell(one.took_p50)}{cell(one.took_p99)}"
        f"{cell(one.added_p50)}{one.app:9.1f}{cell(one.cluster)}"
    )


def cell(value: float | None) -> str:
    return f"{'-':>9}" if value is None else f"{value:9.1f}"


def load_line(load: Load) -> str:
    return (
        f"{load.connections} connections, {load.seconds:.0f} s, an indexer at work, {load.shards} shards: "
        f"{load.answers / load.seconds:.0f} answers a second, p50 {load.p50_ms:.0f}, p99 {load.p99_ms:.0f}; "
        f"{load.errors} errors, {load.generations} generations seen, {load.mixed} answers that fit no state"
    )

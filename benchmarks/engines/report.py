"""What was measured, as one table and as JSON."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Final

from benchmarks.engines.latency import Latency, Measured
from benchmarks.engines.memory import Opened
from benchmarks.engines.questions import Kind
from benchmarks.engines.writing import Written

OURS: Final = "ours"
RIVAL: Final = "tantivy"
WIDTH: Final = 30
MIB: Final = 2**20


@dataclass(slots=True)
class Results:
    """By engine; empty where it was not measured. `partial`: engines that hold so many articles only."""

    articles: int
    partial: Mapping[str, int] = field(default_factory=dict)
    written: Mapping[str, Written] = field(default_factory=dict)
    end_to_end: Mapping[str, float] = field(default_factory=dict)
    bytes_per_article: Mapping[str, float] = field(default_factory=dict)
    opened: Mapping[str, Opened] = field(default_factory=dict)
    kinds: Mapping[Kind, Mapping[str, Measured]] = field(default_factory=dict)
    life_cycle: Mapping[str, Mapping[str, Latency]] = field(default_factory=dict)
    load: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: a text for each engine, and the ratio of ours to tantivy's."""

    name: str
    cells: Mapping[str, str]
    ratio: float | None = None
    remark: str = ""


def table(results: Results, names: Sequence[str]) -> str:
    """Lines of equal width; ratios are ours : tantivy's."""
    heads = [f"{name} ({results.partial[name]:,})" if name in results.partial else name for name in names]
    lines = [
        f"{f'{results.articles:,} articles':<{WIDTH}}" + "".join(f"{head:>20}" for head in heads) + "   ratio"
    ]
    for row in rows(results):
        cells = "".join(f"{row.cells.get(name, '-'):>20}" for name in names)
        ratio = f"{row.ratio:8.2f}" if row.ratio is not None else " " * 8
        lines.append(f"{row.name:<{WIDTH}}{cells}{ratio}  {row.remark}".rstrip())
    return "\n".join(lines)


def as_json(results: Results) -> dict[str, object]:
    """The same, without the answers to each query, but with how many of these differ from ours."""
    kinds = {
        kind.value: {
            name: {
                "cold": asdict(one.cold),
                "processor": asdict(one.processor),
                "warm": asdict(one.warm),
                "queries": one.queries,
                "hits": one.hits,
                "different": differences(measured, name) if name not in results.partial else None,
            }
            for name, one in measured.items()
        }
        for kind, measured in results.kinds.items()
    }
    return {
        "articles": results.articles,
        "partial": dict(results.partial),
        "written": {name: asdict(one) for name, one in results.written.items()},
        "end_to_end": dict(results.end_to_end),
        "bytes_per_article": dict(results.bytes_per_article),
        "opened": {name: asdict(one) for name, one in results.opened.items()},
        "kinds": kinds,
        "life_cycle": {
            name: {change: asdict(one) for change, one in changes.items()}
            for name, changes in results.life_cycle.items()
        },
        "load": {name: dict(rates) for name, rates in results.load.items()},
    }


def differences(measured: Mapping[str, Measured], name: str) -> int:
    """Queries of a kind whose total or facets an engine gives otherwise than ours (or than the first)."""
    reference = measured.get(OURS) or next(iter(measured.values()))
    pairs = zip(reference.answers, measured[name].answers, strict=True)
    return sum(one != other for one, other in pairs)


def rows(results: Results) -> Iterator[Row]:
    yield from _writing(results)
    yield from _opening(results)
    for kind, measured in results.kinds.items():
        yield _kind(kind, measured, results.partial)
    yield from _changing(results)
    counts = list(dict.fromkeys(count for rates in results.load.values() for count in rates))
    for count in counts:
        rates = {name: rate[count] for name, rate in results.load.items()}
        yield _row(f"queries/s, {count}", rates, lambda rate: f"{rate:,.0f}")


def _writing(results: Results) -> Iterator[Row]:
    written = results.written
    if written:
        yield _row("write, articles/s", {name: one.rate for name, one in written.items()}, _whole)
        processor = {name: one.processor_rate for name, one in written.items()}
        yield _row("  a second of the processor", processor, _whole)
        stages = {
            name: " ".join(f"{each:.1f}" for each in one.seconds.values()) for name, one in written.items()
        }
        named = "; ".join(f"{name}: {' '.join(one.seconds)}" for name, one in written.items())
        yield Row("  seconds by stage", stages, remark=named)
        yield _row(
            "  peak MiB over documents", {name: one.memory / MIB for name, one in written.items()}, _whole
        )
    if results.end_to_end:
        yield _row("analyse + write, articles/s", results.end_to_end, _whole)
    if results.bytes_per_article:
        yield _row("bytes/article", results.bytes_per_article, _whole)


def _opening(results: Results) -> Iterator[Row]:
    opened = results.opened
    if not opened:
        return
    yield _row("open + first query, ms", {name: one.first_ms for name, one in opened.items()}, _decimal)
    yield _row("open again + query, ms", {name: one.next_ms for name, one in opened.items()}, _decimal)
    verified = {name: one.verified_ms for name, one in opened.items() if one.verified_ms is not None}
    yield _row("  its files verified before", verified, _decimal)
    asked = {name: one.asked for name, one in opened.items()}
    loaded = {name: one.loaded for name, one in opened.items()}
    yield Row(
        "library: private dirty, MiB",
        {name: f"{one.private_dirty / MIB:.0f}" for name, one in loaded.items()},
    )
    for title, size in (
        ("all asked: resident, MiB", {name: one.resident / MIB for name, one in asked.items()}),
        ("  PSS, MiB", {name: one.proportional / MIB for name, one in asked.items()}),
        ("  private dirty, MiB", {name: one.private_dirty / MIB for name, one in asked.items()}),
        ("  private clean, MiB", {name: one.private_clean / MIB for name, one in asked.items()}),
    ):
        yield _row(title, size, _whole)


def _kind(kind: Kind, measured: Mapping[str, Measured], partial: Mapping[str, int]) -> Row:
    medians = {name: one.cold.median for name, one in measured.items()}
    cells = {name: _latency(one.cold) for name, one in measured.items()}
    reference = measured.get(OURS) or next(iter(measured.values()))
    counted = {name: differences(measured, name) for name in measured if name not in partial}
    different = ", ".join(f"{count} differ in {name}" for name, count in counted.items() if count)
    processor = " : ".join(f"{one.processor.median:.3f}" for one in measured.values())
    remark = f"{reference.hits:,.0f} hits; warm {_latency(reference.warm)}; processor {processor}; "
    remark += different or "all equal"
    return Row(kind.value, cells, _ratio(medians), remark)


def _changing(results: Results) -> Iterator[Row]:
    changes = list(dict.fromkeys(change for one in results.life_cycle.values() for change in one))
    for change in changes:
        taken = {name: one[change] for name, one in results.life_cycle.items() if change in one}
        medians = {name: one.median for name, one in taken.items()}
        cells = {name: f"{one.median:.1f} / {one.p99:.1f}" for name, one in taken.items()}
        yield Row(f"{change}, ms", cells, _ratio(medians))


def _row(name: str, values: Mapping[str, float], text: Callable[[float], str]) -> Row:
    return Row(name, {engine: text(value) for engine, value in values.items()}, _ratio(values))


def _ratio(values: Mapping[str, float]) -> float | None:
    if OURS not in values or RIVAL not in values:
        return None
    return values[OURS] / values[RIVAL]


def _latency(latency: Latency) -> str:
    return f"{latency.median:.3f} / {latency.p99:.2f}"


def _whole(value: float) -> str:
    return f"{value:,.0f}"


def _decimal(value: float) -> str:
    return f"{value:,.1f}"

"""What `evaluate` found, for people."""

from collections.abc import Iterator, Sequence
from typing import Final

from search.evaluation.bootstrap import Estimate
from search.evaluation.comparison import MeasureChange, QueryChange, SetComparison
from search.evaluation.floors import Shortfall
from search.evaluation.measures import Measure
from search.evaluation.report import Report
from search.evaluation.set_result import SetResult
from web.commands.terminal import print_error, print_line

SHOWN_QUERIES: Final = 5
"""Queries that are named for each direction in which they changed."""


def show_report(report: Report) -> None:
    """Print the measures as a table, then what was compared; what is amiss goes to standard error."""
    for line in _table([_HEADER, *map(_row, report.sets)]):
        print_line(line)
    for comparison in report.comparison:
        for line in _comparison_lines(comparison):
            print_line(line)


def tell_of_faults(report: Report) -> None:
    """Say on standard error which queries could not be measured, and what lies below its floor."""
    for result in report.sets:
        for query in result.queries:
            if query.refusal is not None:
                print_error(f"{result.name}: {query.id} was not answered: {query.refusal}")
        if result.unjudged:
            number, first = len(result.unjudged), result.unjudged[0]
            print_error(f"{result.name}: left out, without a relevant article: {number:,}, {first} for one")
    for shortfall in report.shortfalls:
        print_error(_shortfall(shortfall))


_HEADER: Final = ("set", "queries", *(measure.value for measure in Measure), "no hit")


def _row(result: SetResult) -> tuple[str, ...]:
    return (
        result.name,
        f"{len(result.queries):,}",
        *(_interval(result.means[measure]) for measure in Measure),
        f"{result.without_hits:.1%}",
    )


def _table(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _interval(estimate: Estimate) -> str:
    return f"{estimate.mean:.3f} [{estimate.low:.3f}, {estimate.high:.3f}]"


def _comparison_lines(comparison: SetComparison) -> Iterator[str]:
    alone = f"; {comparison.unpaired:,} more are in one of the results only" if comparison.unpaired else ""
    yield ""
    yield f"{comparison.name}: {comparison.paired:,} queries compared{alone}"
    yield from _table([_change(change) for change in comparison.measures]) if comparison.measures else ()
    down = [change for change in comparison.changed if change.after < change.before]
    up = [change for change in reversed(comparison.changed) if change.after > change.before]
    for title, changes in (("lost most", down), ("gained most", up)):
        for change in changes[:SHOWN_QUERIES]:
            yield f"  {title}: {_query(change)}"


def _change(change: MeasureChange) -> tuple[str, ...]:
    difference = change.difference
    return (
        f"  {change.measure.value}",
        f"{change.before:.3f} → {change.after:.3f}",
        f"{difference.mean:+.3f} [{difference.low:+.3f}, {difference.high:+.3f}]",
        f"{change.wins:,} won, {change.losses:,} lost, {change.ties:,} equal",
        f"p = {change.p:.4f}",
    )


def _query(change: QueryChange) -> str:
    return f"{change.before:.3f} → {change.after:.3f}  {change.id}  {change.text}"


def _shortfall(shortfall: Shortfall) -> str:
    return (
        f"{shortfall.name}: {shortfall.measure.value} is {shortfall.mean:.4f}, below its floor of "
        f"{shortfall.floor:.4f}"
    )

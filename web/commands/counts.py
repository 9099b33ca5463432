"""`facets` and `timeline`: counts on a terminal."""

from rich.console import Console
from rich.text import Text

from search.timeline import Timeline
from web.api.answers.counts import OneFacetAnswer
from web.commands.count_lines import print_counts, print_values


def show_facet(facet: OneFacetAnswer, console: Console) -> None:
    """Print a line for each value, and how much is left out."""
    print_values(console, facet.values)
    left_out = facet.total_values - len(facet.values)
    more = f", {left_out:,} more values" if left_out > 0 else ""
    missing = f", {facet.missing:,} without a value" if facet.missing else ""
    console.print(Text(f"{facet.total:,} found{more}{missing}", style="dim"))


def show_timeline(timeline: Timeline, console: Console) -> None:
    """Print a line for each period."""
    print_counts(console, ((bucket.start, bucket.count, "") for bucket in timeline.buckets))
    undated = f", {timeline.undated:,} without a date" if timeline.undated else ""
    console.print(Text(f"{timeline.total:,} found{undated}", style="dim"))

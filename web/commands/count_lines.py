"""Counts on a terminal: a line with a bar for each value."""

from collections.abc import Iterable

from msgspec import UNSET
from rich.console import Console
from rich.text import Text

from web.api.answers.counts import FacetValueAnswer
from web.commands.terminal import MARK, printable

BAR = 40
"""Characters of the longest bar."""
_CELL = "▇"


def print_values(console: Console, values: Iterable[FacetValueAnswer]) -> None:
    """The values of a facet, those that a filter chooses coloured."""
    print_counts(console, ((_named(value), value.count, MARK if value.selected else "") for value in values))


def print_counts(console: Console, counts: Iterable[tuple[str, int, str]]) -> None:
    """A line for each name with its count and its style, and a bar in proportion to the highest count."""
    rows = tuple(counts)
    highest = max((count for _, count, _ in rows), default=0)
    width = len(f"{highest:,}")
    for name, count, style in rows:
        bar = _CELL * round(BAR * count / highest) if highest else ""
        line = Text.assemble(f"{count:>{width},}  ", (printable(name), style), "  ", (bar, "dim"))
        console.print(line, soft_wrap=True)


def _named(value: FacetValueAnswer) -> str:
    """A region by the names of its path, with its code; another value as it is."""
    return value.value if value.path is UNSET else f"{''.join(value.path)} {value.value}".strip()

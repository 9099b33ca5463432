"""Progress on standard error: a bar on a terminal, nothing elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text


class _Rate(TextColumn):
    """Articles a second since the start."""

    def __init__(self) -> None:
        super().__init__("")

    def render(self, task: Task) -> Text:
        elapsed = task.elapsed or 0
        rate = task.fields["articles"] / elapsed if elapsed else 0.0
        return Text(f"{task.fields['articles']:,} articles, {rate:,.0f}/s")


class Bar:
    """One bar: `advance` moves it by its own unit, `count` adds articles for the rate."""

    def __init__(self, progress: Progress, label: str, total: int | None) -> None:
        self._progress = progress
        self._task = progress.add_task(label, total=total, articles=0)
        self._articles = 0

    def advance(self, amount: int) -> None:
        self._progress.advance(self._task, amount)

    def count(self, articles: int) -> None:
        self._articles += articles
        self._progress.update(self._task, articles=self._articles)


@contextmanager
def progress_bar(label: str, total: int | None) -> Iterator[Bar]:
    """A bar with rate and time left while the block runs; `total` None: it is not known how much there is."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield Bar(progress, label, total)

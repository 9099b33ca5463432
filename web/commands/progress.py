"""Progress on standard error: a bar on a terminal, nothing elsewhere."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from index.stages import Stage


class _Rate(TextColumn):
    """Articles a second since the start."""

    def __init__(self) -> None:
        super().__init__("")

    def render(self, task: Task) -> Text:
        elapsed = task.elapsed or 0
        rate = task.fields["articles"] / elapsed if elapsed else 0.0
        return Text(f"{task.fields['articles']:,} articles, {rate:,.0f}/s")


class _Stages(TextColumn):
    """The share that each stage has of the time, such as `repair 40 %, store 25 %`."""

    def __init__(self) -> None:
        super().__init__("")

    def render(self, task: Task) -> Text:
        seconds: Mapping[Stage, float] = task.fields["stages"]
        total = sum(seconds.values())
        if not total:
            return Text("")
        return Text(", ".join(f"{stage} {taken / total:.0%}" for stage, taken in seconds.items()), "dim")


class Bar:
    """One bar: `advance` moves it by its own unit, `count` adds articles for the rate, `took` seconds."""

    def __init__(self, progress: Progress, label: str, total: int | None) -> None:
        self._progress = progress
        self._task = progress.add_task(label, total=total, articles=0, stages={})
        self._articles = 0
        self._stages: dict[Stage, float] = {}

    def advance(self, amount: int) -> None:
        self._progress.advance(self._task, amount)

    def count(self, articles: int) -> None:
        self._articles += articles
        self._progress.update(self._task, articles=self._articles)

    def took(self, seconds: Mapping[Stage, float]) -> None:
        for stage, taken in seconds.items():
            self._stages[stage] = self._stages.get(stage, 0.0) + taken
        self._progress.update(self._task, stages=dict(self._stages))


@contextmanager
def progress_bar(label: str, total: int | None) -> Iterator[Bar]:
    """A bar with rate and time left while the block runs; `total` None: it is not known how much there is."""
    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        _Rate(),
        TimeRemainingColumn(),
        _Stages(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield Bar(progress, label, total)

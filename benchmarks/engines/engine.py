"""What an engine is to these measurements."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from index.documents import IndexDocument
from search.plan import Plan

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Answer:
    """What all engines have to agree on: the exact total, and how often the values of each facet occur."""

    total: int
    facets: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Search(Generic[Result]):
    """A query that is ready to run. Only `run` is timed: total, hits and facets in the engine's own form."""

    run: Callable[[], Result]
    answer: Callable[[Result], Answer]


class Reader(Protocol):
    """An open index with cold caches."""

    def prepare(self, plan: Plan) -> Search[Any] | None:
        """The engine's own form of a plan; None where it has no such query."""
        ...

    def close(self) -> None: ...


class Updater(Protocol):
    """An index that is open for changes."""

    @property
    def takes_deletes(self) -> bool:
        """Whether it can delete by ids, and so put a document in the place of another."""
        ...

    def change(self, puts: Sequence[IndexDocument], deletes: Sequence[str]) -> None:
        """One durable commit."""
        ...

    def total(self, plan: Plan) -> int:
        """Of the newest state."""
        ...

    def close(self) -> None: ...


class Engine(Protocol):
    """An engine at its best, by its name."""

    @property
    def name(self) -> str: ...

    def build(self, folder: Path, batches: Iterable[Sequence[IndexDocument]]) -> Mapping[str, float]:
        """Write an index, merged as far as the engine merges; the seconds of each stage, batches apart."""
        ...

    def open(self, folder: Path) -> Reader: ...

    def update(self, folder: Path) -> Updater | None:
        """None where the engine takes no changes."""
        ...


@dataclass(frozen=True, slots=True)
class Stopwatch:
    """Adds up seconds by stage."""

    seconds: defaultdict[str, float] = field(default_factory=partial(defaultdict, float))

    @contextmanager
    def measure(self, stage: str) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] += time.perf_counter() - began

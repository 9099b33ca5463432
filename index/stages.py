"""What taking an article in and indexing it consists of, and how long each part takes."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum


class Stage(StrEnum):
    """The stages of an article, in their order: to be stored, then to be found.

    COMPARE is the sketch of an article; looking its copies up is a part of STORE.
    """

    READ = "read"
    PARSE = "parse"
    REPAIR = "repair"
    DESCRIBE = "describe"
    COMPARE = "compare"
    STORE = "store"
    ANALYSE = "analyse"
    INDEX = "index"


class StageClock:
    """Adds up what each stage takes, in seconds of `now`; a stage within another counts for itself alone."""

    def __init__(self, now: Callable[[], float] = time.thread_time) -> None:
        self._now = now
        self._seconds: dict[Stage, float] = {}
        self._inner = 0.0

    @contextmanager
    def measure(self, stage: Stage) -> Iterator[None]:
        """Count the time that the block takes for this stage."""
        outer, self._inner, began = self._inner, 0.0, self._now()
        try:
            yield
        finally:
            took = self._now() - began
            self.add(stage, took - self._inner)
            self._inner = outer + took

    def add(self, stage: Stage, seconds: float) -> None:
        self._seconds[stage] = self._seconds.get(stage, 0.0) + seconds

    def add_all(self, seconds: Mapping[Stage, float]) -> None:
        for stage, value in seconds.items():
            self.add(stage, value)

    def taken(self) -> Mapping[Stage, float]:
        """The seconds of each stage since the last time that this was asked, in the order of the stages."""
        taken, self._seconds = self._seconds, {}
        return {stage: taken[stage] for stage in Stage if stage in taken}

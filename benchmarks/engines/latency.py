"""How long queries take: rounds of all engines in turn, medians of the middle, the quietest tail."""

import gc
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, Final

from benchmarks.engines.catalogue import load_engine
from benchmarks.engines.engine import Answer, Search
from benchmarks.engines.questions import Kind, Questions
from search.plan import Plan

PATIENCE_S: Final = 4.0
"""An engine that needs longer for all queries of a kind is asked once, not in each round."""


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds over the rounds: the median of the medians, the lowest of the 99th percentiles."""

    median: float
    p99: float

    @classmethod
    def of(cls, rounds: Sequence[Sequence[float]]) -> "Latency":
        return cls(median(map(median, rounds)) * 1e3, min(percentile(one, 0.99) for one in rounds) * 1e3)


@dataclass(frozen=True, slots=True)
class Measured:
    """Of one engine and kind. `cold`: each query asked for the first time, of caches that are empty when the
    kind begins, `processor` what of this the thread had a processor; `warm`: asked again. `hits` is the mean
    total. On a busy machine `processor` is the steadier one."""

    cold: Latency
    processor: Latency
    warm: Latency
    queries: int
    hits: float
    answers: tuple[Answer, ...]


@dataclass(slots=True)
class _Series:
    """The rounds of one engine and kind."""

    cold: list[list[float]] = field(default_factory=list)
    processor: list[list[float]] = field(default_factory=list)
    warm: list[list[float]] = field(default_factory=list)
    answers: tuple[Answer, ...] = ()
    is_slow: bool = False


def measure(
    indexes: Mapping[str, Path], questions: Questions, rounds: int
) -> Mapping[Kind, Mapping[str, Measured]]:
    """For each kind the engines that can answer all of its queries."""
    return {kind: _measure_kind(indexes, plans, rounds) for kind, plans in questions.items()}


def _measure_kind(indexes: Mapping[str, Path], plans: Sequence[Plan], rounds: int) -> Mapping[str, Measured]:
    series = {name: _Series() for name in indexes}
    for _ in range(rounds):
        for name, one in series.items():
            if not one.is_slow:
                _measure_round(name, indexes[name], plans, one)
    return {
        name: Measured(
            cold=Latency.of(one.cold),
            processor=Latency.of(one.processor),
            warm=Latency.of(one.warm),
            queries=len(plans),
            hits=sum(answer.total for answer in one.answers) / len(plans),
            answers=one.answers,
        )
        for name, one in series.items()
        if one.cold
    }


def _measure_round(name: str, folder: Path, plans: Sequence[Plan], series: _Series) -> None:
    reader = load_engine(name).open(folder)
    try:
        searches = [search for plan in plans if (search := reader.prepare(plan)) is not None]
        if not searches or len(searches) < len(plans):
            return
        gc.collect()
        _ask(searches, series)
        series.is_slow = sum(series.cold[-1]) > PATIENCE_S
        series.warm.append(series.cold[-1] if series.is_slow else [_seconds(search) for search in searches])
    finally:
        reader.close()


def _ask(searches: Sequence[Search[Any]], series: _Series) -> None:
    """For the first time."""
    cold, processor, answers = [], [], []
    for search in searches:
        used, began = time.thread_time(), time.perf_counter()
        result = search.run()
        ended = time.perf_counter()
        processor.append(time.thread_time() - used)
        cold.append(ended - began)
        answers.append(search.answer(result))
    series.cold.append(cold)
    series.processor.append(processor)
    series.answers = tuple(answers)


def _seconds(search: Search[Any]) -> float:
    began = time.perf_counter()
    search.run()
    return time.perf_counter() - began


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of all does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

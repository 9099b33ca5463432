"""Up to which size one machine without a cluster does."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from benchmarks.capacity.assumptions import (
    BUSIEST,
    DISK_FULL,
    GENERATIONS,
    HOT,
    MACHINE,
    MIX,
    TARGET_P99_MS,
    UNCACHED,
)
from benchmarks.capacity.fitting import Costs


@dataclass(frozen=True, slots=True)
class Limit:
    """So many articles, and what ends there; 0: not even an empty index would do."""

    articles: float
    reason: str


def limit(rate: float, bytes_of_article: float, costs: Mapping[str, Costs]) -> Limit:
    """The size at which one machine should stop, at so many queries a second."""
    answer = sum(share * costs[name].answer for name, share in MIX.items())
    article = sum(share * costs[name].article for name, share in MIX.items())
    room = BUSIEST * MACHINE.processors * 1e3 / rate - answer
    limits = (
        Limit(_quotient(room, article), "processors"),
        Limit(MACHINE.memory * (1 - UNCACHED) / (bytes_of_article * HOT), "memory"),
        Limit(MACHINE.disk * DISK_FULL / (bytes_of_article * GENERATIONS), "disk"),
        Limit(min(_answered_in_time(costs[name]) for name in MIX), "p99"),
    )
    return min(limits, key=lambda one: one.articles)


def _answered_in_time(costs: Costs) -> float:
    """Articles over which the slowest hundredth takes half of what it may; the other half is for waiting."""
    return _quotient(TARGET_P99_MS / 2 / costs.slowest - costs.answer, costs.article)


def _quotient(room: float, article: float) -> float:
    if room <= 0:
        return 0.0
    return room / article if article else inf

"""The smallest cluster that carries a collection and a rate of queries within the bounds assumed."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, inf
from typing import Final

from benchmarks.capacity.assumptions import (
    BUSIEST,
    COPIES,
    DISK_FULL,
    GENERATIONS,
    HOT,
    LEAST_NODES,
    LEAST_SERVERS,
    MACHINE,
    MIX,
    SHARD_BYTES,
    SPARE_NODES,
    TARGET_P99_MS,
    UNCACHED,
)
from benchmarks.capacity.fitting import Costs
from benchmarks.capacity.queues import Layout


def steps(first: int, last: int) -> tuple[int, ...]:
    """Whole numbers from the first on, each at most a tenth above the one before, or one above it."""
    found = [first]
    while found[-1] < last:
        found.append(max(found[-1] + 1, int(found[-1] * 1.1)))
    return tuple(found)


SHARDS: Final = steps(1, 20_000)
COPY_NUMBERS: Final = steps(COPIES, 2_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """Articles, queries a second, and what an article takes in the index, without replicas."""

    articles: float
    rate: float
    bytes: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """A cluster, and the machines that only serve. Bytes are of all nodes: the index with all copies, and the
    memory and the disk that it needs."""

    layout: Layout
    servers: int
    index: float
    memory: float
    disk: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Mean:
    """What a query of the mix costs at the mean, in seconds of a processor."""

    answer: float
    shard: float
    article: float
    app: float

    @classmethod
    def of(cls, costs: Mapping[str, Costs]) -> "Mean":
        shares = [(costs[name], share) for name, share in MIX.items()]
        return cls(
            answer=sum(one.answer * share for one, share in shares) / 1e3,
            shard=sum(one.shard * share for one, share in shares) / 1e3,
            article=sum(one.article * share for one, share in shares) / 1e3,
            app=sum(one.app * share for one, share in shares) / 1e3,
        )


def size(demand: Demand, costs: Mapping[str, Costs]) -> Size | None:
    """The cluster with the fewest nodes, and of those the one with the fewest copies and then shards; None:
    no layout that is tried is enough.

    More articles or queries never need fewer nodes: each layout that carries them carries less as well.
    """
    mean, least = Mean.of(costs), least_shards(demand, costs)
    best: tuple[float, int, int] = (inf, 0, 0)
    for shards in SHARDS:
        if shards >= least:
            for copies in COPY_NUMBERS:
                best = min(best, (nodes_of(demand, mean, shards, copies), copies, shards))
    nodes, copies, shards = best
    if nodes == inf:
        return None
    index = demand.articles * demand.bytes * copies
    return Size(
        layout=Layout(nodes=int(nodes), processors=MACHINE.processors, shards=shards, copies=copies),
        servers=max(LEAST_SERVERS, ceil(demand.rate * mean.app / (BUSIEST * MACHINE.processors))),
        index=index,
        memory=index * HOT / (1 - UNCACHED),
        disk=index * GENERATIONS / DISK_FULL,
    )


def least_shards(demand: Demand, costs: Mapping[str, Costs]) -> float:
    """So many that none is too large to be moved, and that the slowest task of each class takes half of the
    time that an answer may take; the other half is for waiting. Infinite where no number does."""
    needed = demand.articles * demand.bytes / SHARD_BYTES
    for name in MIX:
        one = costs[name]
        room = TARGET_P99_MS / 2 / one.slowest - one.shard
        needed = max(needed, demand.articles * one.article / room if room > 0 else inf)
    return needed


def nodes_of(demand: Demand, mean: Mean, shards: int, copies: int) -> float:
    """The fewest nodes for this layout, with one to spare; infinite where a node cannot carry even one copy
    of a shard."""
    held = demand.articles / shards * demand.bytes
    load = demand.rate * (mean.shard + mean.article * demand.articles / shards) / copies
    room = BUSIEST * MACHINE.processors
    most = min(
        MACHINE.memory * (1 - UNCACHED) / (held * HOT),
        MACHINE.disk * DISK_FULL / (held * GENERATIONS),
        shards,
    )

    def to_hold(number: int) -> float:
        return ceil(shards * copies / number)

    def to_begin(number: int) -> float:
        left = room - number * load
        return ceil(demand.rate * mean.answer / left) if left > 0 else inf

    # The more copies of shards a node holds, the fewer nodes hold all, and the more begin all answers.
    numbers = range(1, int(most) + 1)
    crossing = bisect_left(numbers, x=True, key=lambda number: to_hold(number) <= to_begin(number))
    near = numbers[max(0, crossing - 1) : crossing + 1]
    fewest = min((max(to_hold(number), to_begin(number)) for number in near), default=inf)
    return max(LEAST_NODES, copies + SPARE_NODES, fewest + SPARE_NODES)

"""A cluster under load, simulated by discrete events."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count

import numpy as np

from benchmarks.capacity.fitting import Costs

WARMING = 0.2
"""Share of the answers, the first ones, that are not counted: the queues begin empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Nodes with so many processors each, over which `copies` of each of the `shards` are spread evenly."""

    nodes: int
    processors: int
    shards: int
    copies: int

    def node_of(self, shard: int, copy: int) -> int:
        """Where a copy lies: each copy of a shard on another node, as long as there are enough."""
        return (shard * self.copies + copy) % self.nodes


@dataclass(frozen=True, slots=True)
class Task:
    """Work for one processor, in milliseconds; `is_first` where the node that was asked begins an answer."""

    answer: int
    work: float
    is_first: bool


@dataclass(slots=True)
class Node:
    """Processors and a queue, first come, first served."""

    free: int
    waiting: deque[Task] = field(default_factory=deque)


@dataclass(frozen=True, slots=True)
class Answers:
    """What is drawn before the simulation begins: by answer the moment it is asked for, the work that it
    begins with, and that of each shard (a row an answer). Milliseconds."""

    moments: Sequence[float]
    first: Sequence[float]
    shards: Sequence[Sequence[float]]


def drawn(
    costs: Mapping[str, Costs],
    mix: Mapping[str, float],
    *,
    articles: float,
    shards: int,
    rate: float,
    answers: int,
    seed: int,
) -> Answers:
    """Answers that are asked for at random moments (Poisson), `rate` a second, over so many articles.

    Each task of an answer draws its time for itself, which is the worst case for the slowest of many.
    """
    rng = np.random.default_rng(seed)
    names = list(mix)
    chosen = rng.choice(len(names), answers, p=[mix[name] for name in names])
    first = np.array([costs[name].answer for name in names])[chosen]
    means = np.array([costs[name].of_shard(articles / shards) for name in names])[chosen]
    spread = np.array([costs[name].spread for name in names])[chosen]
    normal = rng.standard_normal((answers, shards))
    work = means[:, None] * np.exp(normal * spread[:, None] - spread[:, None] ** 2 / 2)
    moments = np.cumsum(rng.exponential(1000 / rate, answers))
    return Answers(moments.tolist(), first.tolist(), work.tolist())


class Simulation:
    """One run. An answer begins on a node that is asked at random, goes to one copy of each shard, and is
    there when the last of these is."""

    def __init__(self, layout: Layout, answers: Answers, seed: int) -> None:
        self._layout = layout
        self._answers = answers
        self._rng = np.random.default_rng(seed)
        self._nodes = [Node(layout.processors) for _ in range(layout.nodes)]
        self._left = [layout.shards] * len(answers.moments)
        self._ended = [0.0] * len(answers.moments)
        self._ends: list[tuple[float, int, int, Task]] = []
        self._order = count()

    def waits(self) -> list[float]:
        """By answer, the milliseconds from the moment it was asked for to its end; those after warming."""
        entries = self._rng.integers(0, self._layout.nodes, len(self._answers.moments)).tolist()
        for answer, moment in enumerate(self._answers.moments):
            self._run_until(moment)
            self._submit(moment, entries[answer], Task(answer, self._answers.first[answer], is_first=True))
        self._run_until(float("inf"))
        waits = [end - moment for end, moment in zip(self._ended, self._answers.moments, strict=True)]
        return waits[int(WARMING * len(waits)) :]

    def _run_until(self, moment: float) -> None:
        while self._ends and self._ends[0][0] <= moment:
            now, _, at, task = heappop(self._ends)
            node = self._nodes[at]
            node.free += 1
            if node.waiting:
                self._start(now, at, node.waiting.popleft())
            self._finish(now, task)

    def _submit(self, now: float, at: int, task: Task) -> None:
        if self._nodes[at].free:
            self._start(now, at, task)
        else:
            self._nodes[at].waiting.append(task)

    def _start(self, now: float, at: int, task: Task) -> None:
        self._nodes[at].free -= 1
        heappush(self._ends, (now + task.work, next(self._order), at, task))

    def _finish(self, now: float, task: Task) -> None:
        if task.is_first:
            self._fan_out(now, task.answer)
            return
        self._left[task.answer] -= 1
        if not self._left[task.answer]:
            self._ended[task.answer] = now

    def _fan_out(self, now: float, answer: int) -> None:
        layout = self._layout
        copies = self._rng.integers(0, layout.copies, layout.shards).tolist()
        for shard, work in enumerate(self._answers.shards[answer]):
            self._submit(now, layout.node_of(shard, copies[shard]), Task(answer, work, is_first=False))

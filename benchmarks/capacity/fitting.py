"""What a query costs: t = a + b * articles of the shard, fitted to measured processor times."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from benchmarks.capacity.assumptions import Z99
from benchmarks.opensearch.figures import ClassFigures, Figures, Run
from benchmarks.opensearch.target import OPENSEARCH, WHOOSH

Column = NDArray[np.float64]


class FiguresTooFew(ValueError):
    """The figures do not tell the parts of the cost from each other; the message says what to measure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """One class of queries, in milliseconds of one processor.

    `answer` once for each answer, on the node that was asked; `shard` on each shard (a), `article` for each
    article of the shard (b); `app` on the machine that serves. `spread` is the standard deviation of the
    logarithm of a task's time: tasks are log-normal, with the fitted time as their mean.
    """

    answer: float
    shard: float
    article: float
    spread: float
    app: float = 0.0

    def of_shard(self, articles: float) -> float:
        """The mean time of a task on a shard of so many articles."""
        return self.shard + self.article * articles

    def of_answer(self, articles: float, shards: int) -> float:
        """The mean time of all tasks of an answer together, the server's left out."""
        return self.answer + shards * self.shard + articles * self.article

    @property
    def slowest(self) -> float:
        """How many times the mean the 99th percentile of a task is."""
        return exp(Z99 * self.spread - self.spread**2 / 2)


def cluster_costs(figures: Figures) -> Mapping[str, Costs]:
    """By class, of the cluster. Raises FiguresTooFew."""
    runs = figures.of_engine(OPENSEARCH)
    if len({run.articles for run in runs}) < 2 or len({run.shards for run in runs}) < 2:
        raise FiguresTooFew("measure the cluster with two numbers of articles and two of shards at least")
    return {name: _cluster_class(name, runs) for name in _classes(runs)}


def machine_costs(figures: Figures) -> Mapping[str, Costs]:
    """By class, of the one machine: the server has the index, so all of it is the server's time.

    Raises FiguresTooFew.
    """
    runs = figures.of_engine(WHOOSH)
    if len({run.articles for run in runs}) < 2:
        raise FiguresTooFew("measure the engine in the folder with two numbers of articles at least")
    costs = {}
    for name in _classes(runs):
        ones = np.ones(len(runs))
        articles = np.array([float(run.articles) for run in runs])
        times = np.array([run.classes[name].app for run in runs])
        answer, article = non_negative((ones, articles), times)
        spread = _spread(_largest(runs).classes[name])
        costs[name] = Costs(answer=answer, shard=0.0, article=article, spread=spread)
    return costs


def non_negative(columns: Sequence[Column], values: Column) -> tuple[float, ...]:
    """The weights of the columns, none below 0, that give the values with the least sum of squared relative
    errors. Values have to be above 0.

    All sets of columns are tried: there are three at most.
    """
    best, error = tuple(0.0 for _ in columns), float(len(values))
    for size in range(1, len(columns) + 1):
        for chosen in combinations(range(len(columns)), size):
            scaled = np.column_stack([columns[at] / values for at in chosen])
            weights, *_ = np.linalg.lstsq(scaled, np.ones(len(values)), rcond=None)
            rest = float(np.sum((scaled @ weights - 1) ** 2))
            if np.all(weights >= 0) and rest < error:
                found = dict(zip(chosen, map(float, weights), strict=True))
                best, error = tuple(found.get(at, 0.0) for at in range(len(columns))), rest
    return best


def _cluster_class(name: str, runs: Sequence[Run]) -> Costs:
    shards = np.array([float(run.shards) for run in runs])
    articles = np.array([float(run.articles) for run in runs])
    times = np.array([_cluster_ms(run.classes[name]) for run in runs])
    answer, shard, article = non_negative((np.ones(len(runs)), shards, articles), times)
    figures = [run.classes[name] for run in runs]
    return Costs(
        answer=answer,
        shard=shard,
        article=article,
        spread=_spread(_largest(runs).classes[name]),
        app=sum(one.app for one in figures) / len(figures),
    )


def _cluster_ms(figures: ClassFigures) -> float:
    if not figures.cluster:
        raise FiguresTooFew("the nodes had no processor time: ask more questions, in more rounds")
    return figures.cluster


def _largest(runs: Sequence[Run]) -> Run:
    """The run with the most articles, and with the fewest shards of these."""
    return max(runs, key=lambda run: (run.articles, -run.shards))


def _spread(figures: ClassFigures) -> float:
    return log(figures.http_p99 / figures.http_p50) / Z99


def _classes(runs: Sequence[Run]) -> list[str]:
    return [name for name in runs[0].classes if all(name in run.classes for run in runs)]

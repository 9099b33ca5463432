"""Figures as they would be measured where each class costs exactly what it is said to."""

from benchmarks.capacity.assumptions import MIX
from benchmarks.capacity.fitting import Costs
from benchmarks.opensearch.figures import ClassFigures, Figures, Run, Written
from benchmarks.opensearch.target import OPENSEARCH, WHOOSH

COSTS = Costs(answer=2.0, shard=0.5, article=4e-5, spread=0.4, app=3.0)
WRITTEN = Written(wall_s=1.0, processor_s=1.0)


def figures(costs: Costs = COSTS, articles: tuple[int, ...] = (10_000, 30_000, 90_000)) -> Figures:
    """Of both engines and of all classes; in the cluster with 1, 3 and 6 shards."""
    runs = [run(costs, WHOOSH, count, 1) for count in articles]
    runs += [run(costs, OPENSEARCH, count, shards) for count in articles for shards in (1, 3, 6)]
    return Figures(measured="2026-11-28", processors=2, load=0.0, runs=tuple(runs))


def run(costs: Costs, engine: str, articles: int, shards: int) -> Run:
    """One of these; of the engine in the folder the server's time is that of the whole answer."""
    spent = costs.of_answer(articles, shards)
    in_cluster = engine == OPENSEARCH
    one = ClassFigures(
        answers=100,
        http_p50=10.0,
        http_p99=10.0 * 2.718281828 ** (2.326 * costs.spread),
        app=costs.app if in_cluster else spent,
        took_p50=spent if in_cluster else None,
        cluster=spent if in_cluster else None,
    )
    return Run(
        engine=engine,
        articles=articles,
        shards=shards,
        replicas=0,
        nodes=1,
        bytes=7_500.0 if in_cluster else 3_500.0,
        written=WRITTEN,
        classes=dict.fromkeys(MIX, one),
    )

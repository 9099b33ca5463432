"""The simulation gives what formulas say, where there is one."""

from math import factorial, log

import numpy as np
import pytest

from benchmarks.capacity.fitting import Costs
from benchmarks.capacity.queues import Answers, Layout, Simulation, drawn

ANSWERS = 150_000
SERVICE_MS = 10.0
ONE_NODE = Layout(nodes=1, processors=1, shards=1, copies=1)
COSTS = Costs(answer=1.0, shard=2.0, article=1e-5, spread=0.5)


def exponential(load: float, processors: int, seed: int = 7) -> Answers:
    """Work of one task an answer, all at random, so much of it that processors are busy for this share."""
    rng = np.random.default_rng(seed)
    moments = np.cumsum(rng.exponential(SERVICE_MS / load / processors, ANSWERS))
    work = rng.exponential(SERVICE_MS, (ANSWERS, 1))
    return Answers(moments.tolist(), [0.0] * ANSWERS, work.tolist())


def mean_wait(load: float, servers: int) -> float:
    """Of M/M/c: the service, and Erlang's C times the mean time in the queue of those who wait."""
    offered = load * servers
    waiting = offered**servers / factorial(servers) / (1 - load)
    none = 1 / (sum(offered**busy / factorial(busy) for busy in range(servers)) + waiting)
    return SERVICE_MS + waiting * none * SERVICE_MS / (servers * (1 - load))


@pytest.mark.parametrize("load", [0.3, 0.7], ids=["calm", "busy"])
def test_one_processor_is_the_queue_of_the_formula(load: float) -> None:
    """M/M/1: times are exponential with a mean of s / (1 - load)."""
    waits = Simulation(ONE_NODE, exponential(load, 1), 1).waits()
    mean = SERVICE_MS / (1 - load)

    assert float(np.mean(waits)) == pytest.approx(mean, rel=0.05)
    assert float(np.quantile(waits, 0.5)) == pytest.approx(mean * log(2), rel=0.05)
    assert float(np.quantile(waits, 0.99)) == pytest.approx(mean * log(100), rel=0.1)


def test_the_formula_tells_a_wrong_number_of_processors() -> None:
    """The control: the same answers on two processors are far from it."""
    two = Layout(nodes=1, processors=2, shards=1, copies=1)

    waits = Simulation(two, exponential(0.7, 1), 1).waits()

    assert float(np.mean(waits)) != pytest.approx(SERVICE_MS / 0.3, rel=0.5)


def test_several_processors_are_the_queue_of_the_formula() -> None:
    layout = Layout(nodes=1, processors=4, shards=1, copies=1)

    waits = Simulation(layout, exponential(0.8, 4), 1).waits()

    assert float(np.mean(waits)) == pytest.approx(mean_wait(0.8, 4), rel=0.05)


def test_an_answer_is_there_with_the_last_of_its_shards() -> None:
    layout = Layout(nodes=3, processors=1, shards=3, copies=1)
    rare = Answers([0.0, 1e3, 2e3, 3e3, 4e3], [5.0] * 5, [[1.0, 30.0, 2.0]] * 5)

    assert Simulation(layout, rare, 1).waits() == [35.0] * 4


def test_shards_share_the_processors_of_their_node() -> None:
    layout = Layout(nodes=1, processors=1, shards=3, copies=1)
    rare = Answers([0.0, 1e3, 2e3, 3e3, 4e3], [5.0] * 5, [[1.0, 30.0, 2.0]] * 5)

    assert Simulation(layout, rare, 1).waits() == [38.0] * 4


def test_copies_divide_the_load() -> None:
    """Nodes that are too few for a rate carry it when each shard has three copies."""
    costs, mix = {"word": Costs(answer=0, shard=9, article=0, spread=0)}, {"word": 1.0}
    answers = drawn(costs, mix, articles=1, shards=1, rate=250, answers=4_000, seed=3)
    one, three = (
        Simulation(Layout(nodes=3, processors=1, shards=1, copies=copies), answers, 3).waits()
        for copies in (1, 3)
    )

    assert float(np.median(three)) < 100
    assert float(np.median(one)) > 1_000


def test_same_seed_same_answers() -> None:
    layout = Layout(nodes=4, processors=2, shards=3, copies=2)
    answers = [
        drawn({"word": COSTS}, {"word": 1.0}, articles=1e6, shards=3, rate=100, answers=500, seed=seed)
        for seed in (1, 1, 2)
    ]

    assert answers[0] == answers[1] != answers[2]
    assert Simulation(layout, answers[0], 5).waits() == Simulation(layout, answers[1], 5).waits()


def test_work_that_is_drawn_has_the_fitted_mean() -> None:
    made = drawn({"word": COSTS}, {"word": 1.0}, articles=3e6, shards=3, rate=100, answers=60_000, seed=1)

    assert float(np.mean(made.shards)) == pytest.approx(COSTS.of_shard(1e6), rel=0.02)
    assert set(made.first) == {COSTS.answer}


def test_copies_of_a_shard_lie_on_different_nodes() -> None:
    layout = Layout(nodes=5, processors=1, shards=7, copies=3)

    for shard in range(layout.shards):
        assert len({layout.node_of(shard, copy) for copy in range(layout.copies)}) == layout.copies

"""Random plans on random states of an index: nothing that the oracle answers may be answered otherwise."""

import math
from dataclasses import replace
from itertools import product
from pathlib import Path
from random import Random

import pytest

from index.documents import PUBLISHED
from index.whoosh.codec import packed_lists
from search.engine import Snapshot
from search.plan import ByDate, ByScore, Direction, Every, Grouping, Node, Not, Or, Order, Plan, Prefix, Word
from search.whoosh import collapse, scoring, top, words
from tests.engines import DocumentLibrary
from tests.plan_checks import AVERAGE_LENGTH, differences, trials
from tests.plan_oracle import Oracle
from tests.plan_trees import Change, Optimise, document, history

SEEDS = (*range(3), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(3, 10)))
DOCUMENTS = 60
PLANS = 25
STEPS = 8
"""Of a history; so 2,000 plans are tried over all seeds."""


CROWD = 3_000
MANY = 6_000
"""Documents enough for every way to choose the best of them."""


Shelf = tuple[Oracle, Snapshot]

BROAD: tuple[Node, ...] = (
    Every(),
    Not(Word("x1")),
    Prefix(""),
    Or((Word("中国"), Word("新闻"), Word("国"), Every())),
)
"""Queries that most documents match, with scores that are all equal, or few, or many."""


@pytest.fixture(params=["as they come", "as if large"])
def sizes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done otherwise for many documents, words and places is done for few as well."""
    if request.param == "as if large":
        monkeypatch.setattr(collapse, "DEEP_FROM", 0)
        monkeypatch.setattr(scoring, "MANY", 0)
        monkeypatch.setattr(scoring, "FEWER", math.inf)
        monkeypatch.setattr(words, "PROBED_FROM", 0)
        monkeypatch.setattr(words, "SEARCHING", math.inf)
        monkeypatch.setattr(top, "SAMPLED_FROM", 4)
        monkeypatch.setattr(packed_lists, "PROBED_FROM", 0)
        monkeypatch.setattr(packed_lists, "PROBED", 0)


@pytest.mark.usefixtures("sizes")
@pytest.mark.parametrize("seed", SEEDS)
def test_every_plan_is_answered_as_by_the_oracle(seed: int, tmp_path: Path) -> None:
    assert tried(tmp_path, seed, DOCUMENTS, PLANS) == PLANS * STEPS


@pytest.mark.slow
def test_plans_over_many_documents_are_answered_as_by_the_oracle(tmp_path: Path) -> None:
    assert tried(tmp_path, 1, CROWD, 8) == 8 * STEPS


@pytest.mark.slow
@pytest.mark.parametrize("order", [ByScore(), *(ByDate(PUBLISHED, way) for way in Direction)], ids=repr)
def test_the_best_of_many_are_those_of_the_oracle(many: Shelf, order: Order) -> None:
    oracle, snapshot = many
    seen = 0
    for query, grouping, limit, offset in product(BROAD, Grouping, (1, 2, 20), (0, 1)):
        wanted = Plan(query=query, filters=(), order=order, offset=offset, limit=limit, grouping=grouping)
        assert list(differences(snapshot, oracle, wanted)) == [], wanted
        seen = max(seen, len(oracle.matching(wanted)))
    assert seen == MANY


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Documents without characters, in many clusters of two or three."""
    random = Random(3)
    documents = [
        replace(document(random, number), characters={}, cluster=random.choice((None, number // 5)))
        for number in range(MANY)
    ]
    library = DocumentLibrary(tmp_path_factory.mktemp("many"), AVERAGE_LENGTH)
    library.build(documents)
    return Oracle(documents, AVERAGE_LENGTH), library.snapshot()


def tried(folder: Path, seed: int, documents: int, plans: int) -> int:
    """How many plans were answered without a difference; the first one fails the test."""
    library = DocumentLibrary(folder, AVERAGE_LENGTH)
    count = 0
    for trial in trials(library, Random(seed), documents, plans):
        assert trial.differences == (), trial.plan
        count += 1
    return count


def test_words_are_counted_by_prefix(tmp_path: Path) -> None:
    random = Random(7)
    documents = [document(random, number) for number in range(DOCUMENTS)]
    library = DocumentLibrary(tmp_path, AVERAGE_LENGTH)
    library.build(documents)
    library.apply(Change(tuple(documents[:20]), ()))
    library.apply(Optimise())
    oracle, snapshot = Oracle(documents, AVERAGE_LENGTH), library.snapshot()
    words = {word for one in documents for word in one.words}
    prefixes = {word[:length] for word in words for length in range(len(word) + 1)} | {"没有", "中国x"}
    for prefix in prefixes:
        assert snapshot.words_with(prefix) == oracle.words_with(prefix), prefix


def test_a_history_ends_with_fewer_documents_than_were_put() -> None:
    """Histories replace and delete, or they would try little."""
    steps = [step for step in history(Random(1), DOCUMENTS) if isinstance(step, Change)]
    put = [one.id for step in steps for one in step.puts]
    assert len(set(put)) < len(put)
    assert sum(len(step.deletes) for step in steps) > 5

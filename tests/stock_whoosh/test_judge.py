"""Stock Whoosh, asked by the classes that it answers rightly, agrees with the oracle on random trees."""

from pathlib import Path
from random import Random

import pytest

from index.documents import IndexDocument
from search.plan import And, Every, Node
from tests.plan_oracle import Oracle
from tests.plan_trees import Change, history, tree
from tests.stock_whoosh.index import StockIndex
from tests.stock_whoosh.queries import translate

DOCUMENTS = 30


def disagreements(folder: Path, seed: int, trees: int) -> list[Node]:
    """The trees that are answered in two ways, of so many after each step of a history."""
    random = Random(seed)
    index = StockIndex(folder)
    live: dict[str, IndexDocument] = {}
    found: list[Node] = []
    for step in history(random, DOCUMENTS):
        index.apply(step)
        if isinstance(step, Change):
            live |= {document.id: document for document in step.puts}
            live = {name: document for name, document in live.items() if name not in step.deletes}
        oracle = Oracle(live.values(), 300.0)
        with index.searcher() as searcher:
            for node in (tree(random, list(live.values())) for _ in range(trees)):
                query, right = translate(node), set(oracle.scores(node))
                if not searcher.scored(query) == searcher.unscored(query) == right:
                    found.append(node)
    return found


@pytest.mark.parametrize("seed", range(2))
def test_stock_whoosh_and_the_oracle_agree(seed: int, tmp_path: Path) -> None:
    assert disagreements(tmp_path, seed, trees=5) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 105))
def test_stock_whoosh_and_the_oracle_agree_on_many_trees(seed: int, tmp_path: Path) -> None:
    assert disagreements(tmp_path, seed, trees=12) == []


def test_an_oracle_that_is_wrong_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Equal mistakes of both would be missed; one of the oracle's alone is not."""
    right = Oracle.scores
    monkeypatch.setattr(
        Oracle, "scores", lambda self, node: right(self, Every() if isinstance(node, And) else node)
    )
    assert disagreements(tmp_path, 0, trees=10) != []

"""Stock Whoosh answers as `docs/differences.md` says; where it comes to answer rightly, these tests fail."""

import re
from pathlib import Path
from typing import Any

import pytest
from whoosh import query as whoosh

from index.documents import IndexDocument
from search.plan import Word
from tests.plan_oracle import Oracle
from tests.plan_trees import Change
from tests.stock_whoosh.differences import DIFFERENCES, SCORE_DIFFERENCES, SHELF, Difference
from tests.stock_whoosh.index import WORDS, StockIndex
from tests.stock_whoosh.queries import translate

PAGE = Path(__file__).resolve().parents[2] / "docs" / "differences.md"


def index_of(folder: Path, *documents: IndexDocument) -> StockIndex:
    index = StockIndex(folder)
    index.apply(Change(documents, ()))
    return index


def given_by(ask: Any, query: Any) -> set[str] | type[Exception]:
    """The ids that are given, or what is raised in their place."""
    try:
        return set(ask(query))
    except Exception as error:
        return type(error)


@pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda difference: difference.name)
def test_stock_whoosh_is_wrong_in_this_way(difference: Difference, tmp_path: Path) -> None:
    index = index_of(tmp_path, *SHELF)
    index.apply(Change((), difference.deleted))
    live = [document for document in SHELF if document.id not in difference.deleted]
    right = set(Oracle(live, 2.0).scores(difference.node))
    unscored = difference.answer if isinstance(difference.answer, type) else set(difference.answer)
    scored = unscored if difference.scored is None else set(difference.scored)
    with index.searcher() as searcher:
        assert given_by(searcher.unscored, difference.query) == unscored
        assert given_by(searcher.scored, difference.query) == scored
        assert scored != right
        assert searcher.scored(translate(difference.node)) == right
        assert searcher.unscored(translate(difference.node)) == right


def test_a_constant_of_0_scores_1(tmp_path: Path) -> None:
    with index_of(tmp_path, *SHELF).searcher() as searcher:
        query = whoosh.ConstantScoreQuery(whoosh.Term(WORDS, "x"), 0.0)
        assert searcher.scores(query) == {"a": 1.0, "b": 1.0}


def test_the_length_of_a_field_is_kept_in_one_byte(tmp_path: Path) -> None:
    documents = [
        IndexDocument(
            id=name, characters={}, words={"x": 1, "y": length}, keywords={}, dates={}, cluster=None
        )
        for name, length in (("a", 199), ("b", 200))
    ]
    right = Oracle(documents, 200.0).scores(Word("x"))
    assert right["a"] > right["b"]
    with index_of(tmp_path, *documents).searcher() as searcher:
        found = searcher.scores(whoosh.Term(WORDS, "x"))
        assert found["a"] == found["b"]


def test_the_page_lists_these_differences_and_no_others() -> None:
    listed = re.findall(r"^### (.+)$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert listed == [*(difference.name for difference in DIFFERENCES), *SCORE_DIFFERENCES]

"""The clauses of `tests.query_clauses` judged: each sentence of their law by eye, and what is generated."""

from collections import Counter
from datetime import date, datetime
from random import Random

import pytest

from tests.query_clauses import any_clause, with_numbers
from tests.reference_engine import (
    CHINA,
    Clause,
    Days,
    In,
    Near,
    Node,
    Number,
    Phrase,
    ReferenceArticle,
    ReferenceEngine,
    Run,
    Source,
    Starting,
    Written,
)
from tests.strategies import articles, render

NUMBER = Number("鄂政发", 2024, 12)


def matches(tree: Node, article: ReferenceArticle) -> bool:
    return ReferenceEngine([article]).match(tree) == {article.id}


@pytest.mark.parametrize(
    ("clause", "body", "found"),
    [
        pytest.param(Near("科技", "改革", 1), "科技与改革", True, id="near"),
        pytest.param(
            Near("改革", "科技", 1), "科技 与 改革", True, id="in any order, white space not counted"
        ),
        pytest.param(Near("科技", "改革", 0), "科技与改革", False, id="too far"),
        pytest.param(Near("科技", "技改", 9), "科技改革", False, id="overlapping"),
        pytest.param(Near("科", "科", 1), "科", False, id="once is not twice"),
        pytest.param(Near("科", "科", 1), "科技科", True, id="twice"),
        pytest.param(Starting("gd"), "GDP", True, id="beginning of a word"),
        pytest.param(Starting("dp"), "GDP", False, id="end of a word"),
        pytest.param(Starting("科技创"), "高科技创业", True, id="a stem of two words stands as it is"),
        pytest.param(NUMBER, "按鄂政发[2024]第12号办", True, id="number in other brackets"),
        pytest.param(NUMBER, "按鄂政發（２０２４）12號办", True, id="folded"),
        pytest.param(NUMBER, "按鄂政发〔2024〕112号办", False, id="another number"),
        pytest.param(NUMBER, "按鄂政发〔2024]12号办", False, id="brackets of two kinds"),
    ],
)
def test_clause_matches(clause: Clause, body: str, found: bool) -> None:  # noqa: FBT001
    assert matches(clause, ReferenceArticle(id="a", title="", body=body)) is found
    assert not matches(In(0, clause), ReferenceArticle(id="a", title="", body=body))
    assert matches(In(0, clause), ReferenceArticle(id="a", title=body)) is found


@pytest.mark.parametrize(
    ("run", "title", "body", "found"),
    [
        pytest.param("改革科技", "科技与改革", "", True, id="its words"),
        pytest.param("改革科技", "科技", "改革", False, id="not all there"),
        pytest.param("头发科技", "白头发展示科技", "", True, id="a word by its characters"),
        pytest.param("局科技", "局长谈科技", "", False, id="a single character that is no word"),
        pytest.param("局科技", "局长谈科技", "局。", True, id="one that is a word elsewhere"),
    ],
)
def test_run_in_a_part_matches(run: str, title: str, body: str, found: bool) -> None:  # noqa: FBT001
    assert matches(In(0, Run(run)), ReferenceArticle(id="a", title=title, body=body)) is found


def test_sources_are_whole_and_folded() -> None:
    article = ReferenceArticle(id="a", title="", source="廣東日報 ")
    assert matches(Source("广东日報"), article)
    assert not matches(Source("广东"), article)


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (Days(date(2024, 3, 5), date(2024, 3, 5)), True),
        (Days(date(2024, 3, 5), None), True),
        (Days(None, date(2024, 3, 5)), True),
        (Days(date(2024, 3, 6), None), False),
        (Days(None, date(2024, 3, 4)), False),
    ],
)
def test_days_are_those_of_china(days: Days, found: bool) -> None:  # noqa: FBT001
    late = datetime(2024, 3, 5, 23, 59, tzinfo=CHINA)
    assert matches(days, ReferenceArticle(id="a", title="", published=late)) is found
    assert not matches(days, ReferenceArticle(id="a", title=""))


def test_every_kind_of_clause_is_made_and_finds_some_articles_and_not_all() -> None:
    random = Random(7)
    shelf = with_numbers(random, articles(random, 60))
    engine = ReferenceEngine(shelf)
    telling: Counter[str] = Counter()
    for _ in range(3000):
        node = any_clause(random, random.choice(shelf))
        telling[kind_of(node)] += 0 < len(engine.match(node)) < len(shelf)
        assert render(node, random).strip()
    parts = {f"In {kind}" for kind in ("Run", "Phrase", "Near", "Starting", "Number")}
    assert set(telling) == parts | {"Run", "Phrase", "Near", "Starting", "Number", "Source", "Days"}
    assert min(telling.values()) > 3, telling


def kind_of(node: Node) -> str:
    clause = node.clause if isinstance(node, Written) else node
    return f"In {type(clause.clause).__name__}" if isinstance(clause, In) else type(clause).__name__


def test_runs_are_no_numbers() -> None:
    random = Random(3)
    shelf = with_numbers(random, articles(random, 40))
    runs = [
        node
        for node in (any_clause(random, random.choice(shelf)) for _ in range(2000))
        if isinstance(node, Run)
    ]
    assert len(runs) > 300
    assert not [run for run in runs if "〔20" in run.text]


def test_phrases_stay_as_they_are() -> None:
    assert matches(Phrase("鄂政发〔2024〕"), ReferenceArticle(id="a", title="鄂政发〔2024〕12号"))

"""The laws of `tests.query_facts` and `tests.reference_synonyms` judged: each sentence of them by eye."""

from collections import Counter
from datetime import date
from random import Random

import pytest

from tests.query_facts import (
    Itself,
    Limits,
    Signed,
    Stated,
    StatingArticle,
    Within,
    any_clause_or_fact,
    any_limits,
    stating,
)
from tests.reference_engine import Fact, Number, ReferenceEngine, Written
from tests.reference_synonyms import other_ways
from tests.strategies import articles, render

NUMBER = Number("鄂政发", 2024, 12)
ARTICLE = StatingArticle(
    id="a",
    title="",
    source="湖北科技网",
    number=NUMBER,
    type="通知",
    agency="GDP 办",
    level="provincial",
    signed=date(2024, 2, 28),
    regions=("420100",),
)
SILENT = StatingArticle(id="b", title="")


@pytest.mark.parametrize(
    ("fact", "holds"),
    [
        pytest.param(Stated("type", "通知"), True, id="type"),
        pytest.param(Stated("type", "意见"), False, id="another type"),
        pytest.param(Stated("agency", "ｇｄｐ 辦"), True, id="agency, folded"),
        pytest.param(Stated("agency", "GDP"), False, id="a part of its name"),
        pytest.param(Itself(NUMBER), True, id="number"),
        pytest.param(Itself(Number("鄂政发", 2024, 2)), False, id="another number"),
        pytest.param(Within("420100"), True, id="region"),
        pytest.param(Within("420000"), True, id="what lies in it"),
        pytest.param(Within("440000"), False, id="another region"),
        pytest.param(Signed(date(2024, 2, 28), date(2024, 2, 28)), True, id="the day"),
        pytest.param(Signed(date(2024, 2, 29), date(2024, 3, 1)), False, id="days behind it"),
    ],
)
def test_facts_hold(fact: Fact, holds: bool) -> None:  # noqa: FBT001
    assert ReferenceEngine([ARTICLE, SILENT]).match(fact) == ({"a"} if holds else set())


@pytest.mark.parametrize(
    ("limits", "passing"),
    [
        pytest.param(Limits(), "ab", id="none"),
        pytest.param(Limits(sources=("湖北科技網", "GDP 观察")), "a", id="one of the sources"),
        pytest.param(Limits(other_sources=("湖北科技网",)), "b", id="not this source"),
        pytest.param(Limits(regions=("440000", "420000")), "a", id="one of the regions"),
        pytest.param(Limits(other_regions=("420000",)), "b", id="not this region"),
        pytest.param(Limits(sources=("湖北科技网",), other_regions=("420100",)), "", id="all together"),
    ],
)
def test_limits_pass(limits: Limits, passing: str) -> None:
    assert "".join(article.id for article in (ARTICLE, SILENT) if limits.passes(article)) == passing


@pytest.mark.parametrize(
    ("run", "ways"),
    [
        pytest.param("数字经济", {"云计算产业"}, id="a whole run"),
        pytest.param("發展數字經濟", {"发展云计算产业"}, id="a part of a folded one"),
        pytest.param("人民政府补贴", {"政府补贴", "人民政府专项资金", "政府专项资金"}, id="two parts"),
        pytest.param("智能", set(), id="what would hold the run"),
        pytest.param("人工智能", {"智能"}, id="the longest of those in one place"),
        pytest.param("人民政府机关", {"政府机关"}, id="the other form is no other part"),
        pytest.param("上高新区", {"上高新技术区"}, id="a short form between words"),
        pytest.param("鄂", {"5g"}, id="one character alone"),
        pytest.param("鄂东", set(), id="one character beside others"),
        pytest.param("gdp增长", {"经济总量增长"}, id="Latin letters"),
        pytest.param("gdps", set(), id="letters of a longer word"),
    ],
)
def test_runs_can_be_written(run: str, ways: set[str]) -> None:
    assert set(other_ways(run)) == ways


def test_no_more_than_three_parts_are_written_in_another_way() -> None:
    ways = other_ways("数字经济、人工智能、武汉大学、市场监督、改革")
    assert len(ways) == 7
    assert all(way.endswith("改革") for way in ways)


def test_every_kind_of_fact_is_asked_for_and_tells_articles_apart() -> None:
    random = Random(5)
    shelf = [stating(random, article) for article in articles(random, 60)]
    engine = ReferenceEngine(shelf)
    telling: Counter[str] = Counter()
    for _ in range(1000):
        node = any_clause_or_fact(random, random.choice(shelf))
        if isinstance(node, Written) and isinstance(node.clause, Fact):
            telling[type(node.clause).__name__] += 0 < len(engine.match(node)) < len(shelf)
            assert render(node, random).strip()
    assert {"Stated", "Itself", "Within", "Signed"} <= set(telling)
    assert min(telling.values()) > 3, telling


def test_limits_keep_some_articles_and_drop_others() -> None:
    random = Random(6)
    shelf = [stating(random, article) for article in articles(random, 60)]
    kept = [sum(any_limits(random, shelf).passes(article) for article in shelf) for _ in range(100)]
    assert sum(0 < count < len(shelf) for count in kept) > 25

"""Query trees, filters and orders as the plan that engines run."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from index.analysis.analyzer import Analyzer
from index.article import Part
from index.documents import ADDED, PUBLISHED
from search.language.query import And as QueryAnd
from search.language.query import Everything, Phrase, Query, Run
from search.language.query import Not as QueryNot
from search.language.query import Or as QueryOr
from search.plan import (
    And,
    ByDate,
    ByScore,
    Characters,
    Constant,
    DateRange,
    Direction,
    Every,
    Keyword,
    Maybe,
    Node,
    Not,
    Or,
    Pairs,
    Word,
)
from search.planning.filters import plan_filters
from search.planning.planner import order_of, plan_query
from search.ranking import Ranking
from search.request import Filters, Sort

RANKING = Ranking(
    run_bonus=4.0,
    title_run_bonus=8.0,
    pair_weight=2.0,
    title_most_weight=0.5,
    title_all_weight=3.0,
    title_document_weight=1.5,
)
TITLE = (Part.TITLE,)


def in_title(letters: str, most: int) -> tuple[Node, ...]:
    """What a title scores that has so many of the pairs of a text, or all, and is no explanation."""
    count = len(Pairs(letters).pairs)
    own = And((Pairs(letters, count, 1.5, TITLE), Not(Keyword("document_type", ("解读",)))))
    return Pairs(letters, most, 0.5, TITLE), Pairs(letters, count, 3.0, TITLE), own


def leaf(matching: Node, text: str, *words: str, letters: str | None = None) -> Node:
    """The plan of one run or phrase: what matches, then what its words, its pairs and the run in one piece
    score. `letters` are those with a space for each mark, so few that most of their pairs are all of them."""
    paired = text if letters is None else letters
    pairs = (Pairs(paired, 1, 2.0), *in_title(paired, len(Pairs(paired).pairs)))
    return Maybe(
        Constant(matching, 0.0),
        Or(
            (
                *map(Word, words),
                *(pairs if len(paired) > 1 else ()),
                Constant(Characters(text), 4.0),
                Constant(Characters(text, (Part.TITLE,)), 8.0),
            )
        ),
    )


KEJI = leaf(Characters("科技"), "科技", "科技")
GAIGE = leaf(Characters("改革"), "改革", "改革")


@pytest.mark.parametrize(
    ("query", "plan"),
    [
        pytest.param(Everything(), Every(), id="everything"),
        pytest.param(Run("科技"), KEJI, id="a run that is one word matches where it stands"),
        pytest.param(
            Run("科技改革"),
            leaf(Or((Characters("科技改革"), And((Word("科技"), Word("改革"))))), "科技改革", "科技", "改革"),
            id="a run of words matches as it stands or by its words",
        ),
        pytest.param(
            Run("人民政府"),
            leaf(Characters("人民政府"), "人民政府", "人民政府"),
            id="the words inside a word do not score",
        ),
        pytest.param(Run("局"), leaf(Characters("局"), "局", "局"), id="one character stands anywhere"),
        pytest.param(
            Run("技厅"),
            leaf(Or((Characters("技厅"), And((Word("技"), Word("厅"))))), "技厅", "技", "厅"),
            id="one character inside a longer run is a word",
        ),
        pytest.param(
            Phrase("科技 改革"),
            leaf(Characters("科技改革"), "科技改革", "科技", "改革"),
            id="a phrase matches only as it stands",
        ),
        pytest.param(
            Phrase("發展，改革"),
            leaf(Characters("发展,改革"), "发展,改革", "发展", "改革", letters="发展 改革"),
            id="folded, with its punctuation",
        ),
        pytest.param(
            Run("6%"),
            leaf(Or((Characters("6%"), And((Word("6"),)))), "6%", "6", letters="6"),
            id="punctuation is no word",
        ),
        pytest.param(
            QueryAnd((Run("科技"), Run("改革"))),
            Maybe(
                And((KEJI, GAIGE)),
                Or(
                    (
                        *in_title("科技改革", 3),
                        Constant(Characters("科技改革", TITLE), 8.0),
                    )
                ),
            ),
            id="AND, and both as one title",
        ),
        pytest.param(QueryOr((Run("科技"), Run("改革"))), Or((KEJI, GAIGE)), id="OR"),
        pytest.param(QueryNot(Run("科技")), Not(KEJI), id="NOT"),
        pytest.param(
            QueryAnd((QueryNot(QueryOr((Run("科技"), Run("改革")))), Run("科技"))),
            And((Not(Or((KEJI, GAIGE))), KEJI)),
            id="nested",
        ),
    ],
)
def test_query_is_planned_as(query: Query, plan: Node, analyzer: Analyzer) -> None:
    assert plan_query(query, analyzer, RANKING) == plan


T0 = datetime(2024, 3, 5, 9, 0, tzinfo=timezone(timedelta(hours=8)))
S0 = int(T0.timestamp())


@pytest.mark.parametrize(
    ("filters", "plan"),
    [
        pytest.param(Filters(), (), id="none"),
        pytest.param(
            Filters(source=("湖北科技網 ",)), (Keyword("source", ("湖北科技网",)),), id="source, folded"
        ),
        pytest.param(Filters(source=("A", "乙")), (Keyword("source", ("a", "乙")),), id="one of several"),
        pytest.param(
            Filters(exclude_source=("A", "乙")), (Not(Keyword("source", ("a", "乙"))),), id="none of several"
        ),
        pytest.param(
            Filters(source=("甲",), exclude_source=("乙",)),
            (Keyword("source", ("甲",)), Not(Keyword("source", ("乙",)))),
            id="both",
        ),
        pytest.param(
            Filters(region=("420000", "110000")), (Keyword("region", ("420000", "110000")),), id="regions"
        ),
        pytest.param(
            Filters(exclude_region=("420100",)), (Not(Keyword("region", ("420100",))),), id="no region"
        ),
        pytest.param(Filters(published_after=T0), (DateRange(PUBLISHED, S0, None),), id="after"),
        pytest.param(Filters(published_before=T0), (DateRange(PUBLISHED, None, S0),), id="before"),
        pytest.param(
            Filters(published_after=T0, published_before=T0.astimezone(UTC) + timedelta(days=1)),
            (DateRange(PUBLISHED, S0, S0 + 86400),),
            id="between, in two zones",
        ),
        pytest.param(
            Filters(published_after=T0 + timedelta(microseconds=1)),
            (DateRange(PUBLISHED, S0 + 1, None),),
            id="parts of a second",
        ),
        pytest.param(
            Filters(published_before=T0 + timedelta(microseconds=1)),
            (DateRange(PUBLISHED, None, S0 + 1),),
            id="before, parts too",
        ),
        pytest.param(
            Filters(published_after=datetime(1969, 12, 31, 23, 59, 58, 1, tzinfo=UTC)),
            (DateRange(PUBLISHED, -1, None),),
            id="before the epoch",
        ),
    ],
)
def test_filters_are_planned_as(filters: Filters, plan: tuple[Node, ...], analyzer: Analyzer) -> None:
    assert plan_filters(filters, analyzer) == plan


def test_every_sort_has_its_order() -> None:
    assert {sort: order_of(sort) for sort in Sort} == {
        Sort.RELEVANCE: ByScore(),
        Sort.NEWEST: ByDate(PUBLISHED, Direction.NEWEST_FIRST),
        Sort.OLDEST: ByDate(PUBLISHED, Direction.OLDEST_FIRST),
        Sort.ADDED: ByDate(ADDED, Direction.NEWEST_FIRST),
    }

"""Leaves of a query as the nodes that match and score them."""

from datetime import datetime

import pytest

from index.analysis.analyzer import Analyzer
from index.article import Part
from index.describe.times import CHINA
from search.language.document_numbers import spellings
from search.language.query import DateRange as Dates
from search.language.query import DocumentNumber, Leaf, Phrase, Run, Value
from search.language.query import Near as Together
from search.language.query import Prefix as Stem
from search.plan import (
    ALL_PARTS,
    And,
    Characters,
    Constant,
    DateRange,
    Keyword,
    Maybe,
    Near,
    Node,
    Not,
    Or,
    Pairs,
    Prefix,
    Word,
)
from search.planning.clause_plans import plan_leaf
from search.ranking import Ranking

RANKING = Ranking(
    run_bonus=4.0,
    title_run_bonus=8.0,
    pair_weight=2.0,
    title_most_weight=0.5,
    title_all_weight=3.0,
    title_document_weight=1.5,
)
TITLE, BODY = (Part.TITLE,), (Part.BODY,)
NUMBER = "鄂政发〔2024〕12号"
FIRST = datetime(2024, 1, 1, tzinfo=CHINA)


def pairs_of_word(text: str, parts: tuple[Part, ...] = ALL_PARTS) -> tuple[Node, ...]:
    """What the pair of a word of two characters scores, in parts with the title among them."""
    own = And((Pairs(text, 1, 1.5, TITLE), Not(Keyword("document_type", ("解读",)))))
    return Pairs(text, 1, 2.0, parts), Pairs(text, 1, 0.5, TITLE), Pairs(text, 1, 3.0, TITLE), own


def matching(leaf: Leaf, analyzer: Analyzer) -> Node:
    plan = plan_leaf(leaf, analyzer, RANKING)
    assert isinstance(plan, Maybe)
    assert isinstance(plan.node, Constant)
    assert plan.node.score == 0
    return plan.node.node


def scoring(leaf: Leaf, analyzer: Analyzer) -> Node:
    plan = plan_leaf(leaf, analyzer, RANKING)
    assert isinstance(plan, Maybe)
    return plan.extra


@pytest.mark.parametrize(
    ("leaf", "node"),
    [
        pytest.param(Run("科技", TITLE), Characters("科技", TITLE), id="a word in a part"),
        pytest.param(Phrase("科技 改革", BODY), Characters("科技改革", BODY), id="a phrase in a part"),
        pytest.param(
            Run("科技改革", TITLE),
            Or((Characters("科技改革", TITLE), And((Characters("科技", TITLE), Characters("改革", TITLE))))),
            id="in a part the characters of the words",
        ),
        pytest.param(
            Run("技厅", TITLE),
            Or(
                (
                    Characters("技厅", TITLE),
                    And(
                        (
                            And((Characters("技", TITLE), Word("技"))),
                            And((Characters("厅", TITLE), Word("厅"))),
                        )
                    ),
                )
            ),
            id="a single character has to be a word too",
        ),
        pytest.param(Stem("ＧＤＰ"), Prefix("gdp"), id="a stem, folded"),
        pytest.param(
            Stem("gdp", TITLE), And((Prefix("gdp"), Characters("gdp", TITLE))), id="a stem in a part"
        ),
        pytest.param(Stem("科技改革"), Characters("科技改革"), id="a stem of several words stands as it is"),
        pytest.param(Together("養老", "托 育", 5), Near("养老", "托育", 5), id="near, folded"),
        pytest.param(Together("养老", "托育", 5, TITLE), Near("养老", "托育", 5, TITLE), id="near in a part"),
        pytest.param(
            DocumentNumber("鄂政发〔2024〕012号", NUMBER),
            Or(
                (
                    Or(tuple(map(Characters, ("鄂政发〔2024〕012号", *spellings(NUMBER))))),
                    Keyword("document_number", (NUMBER,)),
                )
            ),
            id="a number in every spelling, and the document itself",
        ),
        pytest.param(
            DocumentNumber(NUMBER, NUMBER, TITLE),
            Or(tuple(Characters(way, TITLE) for way in spellings(NUMBER))),
            id="a number in a part",
        ),
    ],
)
def test_texts_are_matched_by(leaf: Leaf, node: Node, analyzer: Analyzer) -> None:
    assert matching(leaf, analyzer) == node


@pytest.mark.parametrize(
    ("leaf", "node"),
    [
        pytest.param(
            Run("科技", BODY),
            Or((Word("科技"), Pairs("科技", 1, 2.0, BODY), Constant(Characters("科技", BODY), 4.0))),
            id="no bonus of the title",
        ),
        pytest.param(
            Run("科技", TITLE),
            Or(
                (
                    Word("科技"),
                    *pairs_of_word("科技", TITLE),
                    Constant(Characters("科技", TITLE), 4.0),
                    Constant(Characters("科技", TITLE), 8.0),
                )
            ),
            id="the title",
        ),
        pytest.param(
            Together("养老", "服务", 5),
            Or(
                (
                    Word("养老"),
                    Word("服务"),
                    *pairs_of_word("养老"),
                    *pairs_of_word("服务"),
                    Constant(Near("养老", "服务", 5), 4.0),
                    Constant(Near("养老", "服务", 5, TITLE), 8.0),
                )
            ),
            id="near",
        ),
    ],
)
def test_texts_are_scored_by(leaf: Leaf, node: Node, analyzer: Analyzer) -> None:
    assert scoring(leaf, analyzer) == node


def test_the_document_itself_scores_most(analyzer: Analyzer) -> None:
    plan = scoring(DocumentNumber(NUMBER, NUMBER), analyzer)
    assert isinstance(plan, Or)
    assert plan.nodes[-1] == Constant(Keyword("document_number", (NUMBER,)), 8.0)


@pytest.mark.parametrize(
    ("leaf", "node"),
    [
        (Value("source", "浙江日報 ", ("浙江日報 ",)), Keyword("source", ("浙江日报",))),
        (Value("region", "湖北", ("420000",)), Keyword("region", ("420000",))),
        (Value("document_type", "通知", ("通知",)), Keyword("document_type", ("通知",))),
        (Dates("date", "2024..", FIRST, None), DateRange("published", int(FIRST.timestamp()), None)),
        (Dates("signed", "..2023", None, FIRST), DateRange("signed", None, int(FIRST.timestamp()))),
    ],
    ids=["folded", "codes", "type", "published", "signed"],
)
def test_values_and_dates_score_nothing(leaf: Leaf, node: Node, analyzer: Analyzer) -> None:
    assert plan_leaf(leaf, analyzer, RANKING) == node


@pytest.mark.parametrize(
    "leaf", [Value("title", "a", ("a",)), Dates("source", "2024", FIRST, None)], ids=repr
)
def test_a_field_of_another_kind_is_refused(leaf: Leaf, analyzer: Analyzer) -> None:
    with pytest.raises(TypeError, match="is not a field of"):
        plan_leaf(leaf, analyzer, RANKING)

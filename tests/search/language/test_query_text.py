"""Queries written as text again: what is written is read as the same tree."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Part
from index.describe.times import CHINA
from index.text.folding import Folding
from search.language.parser import parse
from search.language.query import (
    EVERYWHERE,
    And,
    DateRange,
    DocumentNumber,
    Everything,
    Leaf,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Run,
    Value,
    wanted,
)
from search.language.query_text import part_text, place_of_run, query_text
from search.results import ReadPart
from tests.search.language.test_lexer import queries
from tests.search.language.test_parser import FOLDING, parsed
from tests.strategies import texts


def leaves(query: Query) -> list[Leaf]:
    """Every leaf of a query, negated ones too."""
    match query:
        case And(children) | Or(children):
            return [leaf for child in children for leaf in leaves(child)]
        case Not(child):
            return leaves(child)
        case Everything():
            return []
        case _:
            return [query]


@pytest.mark.parametrize(
    ("leaf", "written"),
    [
        pytest.param(Run("科技"), "科技", id="a run is itself"),
        pytest.param(Run("GB/T-2260"), "GB/T-2260", id="with marks inside"),
        pytest.param(Run("悦科（湖北）数据"), "悦科（湖北）数据", id="with brackets inside"),
        pytest.param(Run("悦科（湖北"), "悦科（湖北)", id="with a bracket that was left out at the end"),
        pytest.param(Run("a)b"), ".(a)b", id="with one that was left out at the beginning"),
        pytest.param(Run("-公司"), ".-公司", id="with a hyphen that would be a minus"),
        pytest.param(Run("OR"), ".OR", id="an operator that is text"),
        pytest.param(Run("OR(a)b"), ".OR(a)b", id="a word that begins like an operator"),
        pytest.param(Phrase("科技 创新"), '"科技 创新"', id="a phrase in straight quotes"),
        pytest.param(Phrase('所谓"创新"'), '“所谓"创新"”', id="with straight quotes inside"),
        pytest.param(Phrase('甲"乙”'), '「甲"乙”」', id="with two kinds of quotes inside"),
        pytest.param(Phrase("甲＂乙”丙」"), "《甲＂乙”丙」》", id="with three kinds"),
        pytest.param(Run("科技", (Part.TITLE,)), "title:科技", id="a run in one part"),
        pytest.param(Run("-科技", (Part.BODY,)), "body:.-科技", id="with a hyphen"),
        pytest.param(Run("title:科技"), ".title:科技", id="a run that looks like a field"),
        pytest.param(Phrase("科技", (Part.TAGS,)), 'tags:"科技"', id="a phrase in one part"),
        pytest.param(Prefix("科技"), "科技*", id="a stem"),
        pytest.param(Prefix("悦科（湖北"), "悦科（湖北)*", id="a stem with a bracket that was left out"),
        pytest.param(Near("养老", "托育", 5), '"养老 托育"~5', id="near"),
        pytest.param(
            DocumentNumber("鄂政发（2024）12号", "鄂政发〔2024〕12号"), "鄂政发（2024）12号", id="a number"
        ),
        pytest.param(Value("source", "浙江日报", ("浙江日报",)), 'source:"浙江日报"', id="a value"),
        pytest.param(
            DateRange("date", "2024..", datetime(2024, 1, 1, tzinfo=CHINA), None), 'date:"2024.."', id="dates"
        ),
    ],
)
def test_part_is_written_as(leaf: Leaf, written: str, folding: Folding) -> None:
    assert query_text(leaf) == written
    assert parse(written, folding).query == leaf
    assert parse(written, folding).notices == ()


@given(q=texts() | queries())
def test_what_is_written_is_read_as_the_same_part(q: str) -> None:
    result = parsed(q)
    for leaf in leaves(result.query):
        again = parsed(query_text(leaf))
        assert again.query == leaf
        assert again.repaired is None


@pytest.mark.parametrize(
    "leaf",
    [
        pytest.param(Phrase('"”」》'), id="a phrase with quotes of every kind"),
        pytest.param(Run("科技 创新"), id="two words"),
    ],
)
def test_what_no_query_says_is_refused(leaf: Run | Phrase) -> None:
    with pytest.raises(ValueError, match=r"no quotes|not one word"):
        query_text(leaf)


def test_what_is_negated_is_no_query_of_its_own() -> None:
    with pytest.raises(ValueError, match="must not have"):
        part_text(ReadPart("not", "科技", (0, 3)))


# Trees

PARTS = st.sampled_from((EVERYWHERE, *((part,) for part in Part)))
CHARACTERS = st.text("科技创新GDP4.,，。-－()（）[]〔:：~/OR ", min_size=1, max_size=8)
YEAR = DateRange("date", "2024", datetime(2024, 1, 1, tzinfo=CHINA), datetime(2025, 1, 1, tzinfo=CHINA))


def readable(leaf: Leaf) -> bool:
    """Whether some query is read as this: no run that has marks around it, and so on."""
    try:
        return parse(query_text(leaf), FOLDING).query == leaf
    except ValueError:
        return False


def a_leaf() -> st.SearchStrategy[Leaf]:
    names = st.sampled_from(("source", "topic", "agency"))
    return st.one_of(
        st.builds(Run, CHARACTERS, PARTS),
        st.builds(Phrase, CHARACTERS, PARTS),
        st.builds(Prefix, CHARACTERS, PARTS),
        st.builds(Near, CHARACTERS, CHARACTERS, st.integers(0, 1000), PARTS),
        st.builds(lambda name, text: Value(name, text, (text,)), names, CHARACTERS),
        st.just(YEAR),
        st.just(Value("level", "省级", ("provincial",))),
        st.builds(lambda parts: DocumentNumber("鄂政发[2024]2号", "鄂政发〔2024〕2号", parts), PARTS),
    ).filter(readable)


def a_tree() -> st.SearchStrategy[Query]:
    def grown(inner: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
        several = st.lists(inner, min_size=2, max_size=3).map(tuple)
        return st.builds(And, several) | st.builds(Or, several) | st.builds(Not, inner)

    return st.recursive(a_leaf(), grown, max_leaves=12)


@given(tree=a_tree())
def test_every_tree_is_read_from_its_text(tree: Query) -> None:
    result = parsed(query_text(tree))
    assert result.query == tree
    assert result.repaired is None


@given(q=texts() | queries())
def test_whatever_was_read_is_read_again_from_its_text(q: str) -> None:
    query = parsed(q).query
    assert parsed(query_text(query)).query == query


@given(q=texts() | queries())
def test_every_run_has_a_place_in_its_query(q: str) -> None:
    for leaf in wanted(parsed(q).query):
        if isinstance(leaf, Run):
            place = place_of_run(leaf, q)
            assert place is not None
            assert q[place : place + len(leaf.text)] == leaf.text
            assert leaf.span[0] <= place <= sum(leaf.span) - len(leaf.text)


@pytest.mark.parametrize(
    ("run", "q", "place"),
    [
        pytest.param(Run("标题", span=(0, 5)), "标题：标题", 3, id="behind the name of its field"),
        pytest.param(Run("科技", span=(3, 2)), "科技 科技 科技", 3, id="not where another stands"),
        pytest.param(Run("科技", span=(0, 3)), "科·技", None, id="nowhere"),
    ],
)
def test_a_run_stands_at(run: Run, q: str, place: int | None) -> None:
    assert place_of_run(run, q) == place


def test_the_generator_of_leaves_makes_all_kinds() -> None:
    """The filter above leaves some of each."""
    for leaf in (
        Run("科技.创新"),
        Run("-科技", (Part.TITLE,)),
        Phrase("OR ", (Part.LEAD,)),
        Prefix("GDP"),
        Near("科技", "(创新", 3),
        Value("source", "科技 创新", ("科技 创新",)),
        YEAR,
    ):
        assert readable(leaf), leaf
    assert not readable(Run("科技 创新"))
    assert parse("", FOLDING).query == Everything()

"""Parts of a query written as a query again: what is written is read as the same part."""

import pytest
from hypothesis import given

from index.text.folding import Folding
from search.parser import parse
from search.query import And, Not, Or, Phrase, Query, Run
from search.query_text import query_text
from tests.search.test_lexer import queries
from tests.search.test_parser import parsed
from tests.strategies import texts


def leaves(query: Query) -> list[Run | Phrase]:
    """Every run and phrase of a query, negated ones too."""
    match query:
        case Run() | Phrase():
            return [query]
        case And(children) | Or(children):
            return [leaf for child in children for leaf in leaves(child)]
        case Not(child):
            return leaves(child)
        case _:
            return []


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
    ],
)
def test_part_is_written_as(leaf: Run | Phrase, written: str, folding: Folding) -> None:
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

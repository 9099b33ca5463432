"""The whole of a query as one phrase."""

import pytest
from hypothesis import given

from index.text.folding import Folding
from search.errors import QueryTooLong
from search.language.parser import ParseResult, parse_exact
from search.language.query import Everything, Phrase, Query
from search.request import MAX_QUERY
from search.results import Notice, NoticeKind, ReadPart
from tests.strategies import texts

FOLDING = Folding.load()


@pytest.mark.parametrize(
    ("q", "tree"),
    [
        pytest.param("养老服务", Phrase("养老服务"), id="a run"),
        pytest.param("养老 OR -服务", Phrase("养老 OR -服务"), id="operators are text"),
        pytest.param("(养老", Phrase("(养老"), id="brackets need no partner"),
        pytest.param('"养老" "', Phrase('"养老" "'), id="quotes are looked for too"),
        pytest.param('"养老 服务"~5', Phrase('"养老 服务"~5'), id="nothing is near"),
        pytest.param("source:甲报 科技*", Phrase("source:甲报 科技*"), id="no fields, no stems"),
        pytest.param("鄂政发〔2024〕12号", Phrase("鄂政发〔2024〕12号"), id="a number as it is typed"),
        pytest.param("", Everything(), id="nothing"),
        pytest.param(" \u3000", Everything(), id="white space"),
    ],
)
def test_all_of_it_is_one_phrase(q: str, tree: Query) -> None:
    assert parse_exact(q, FOLDING) == ParseResult(tree, (), None)


def test_marks_alone_are_everything_and_said() -> None:
    notice = Notice(NoticeKind.ONLY_PUNCTUATION, "，“", (0, 2))
    assert parse_exact("，“", FOLDING) == ParseResult(Everything(), (notice,), None)


def test_controls_are_looked_through_and_said() -> None:
    read = parse_exact("科\x00技", FOLDING)
    assert read.notices == (Notice(NoticeKind.CONTROL_CHARACTER, "\x00", (1, 1)),)
    assert read.read_as == (ReadPart("phrase", "科\x00技", (0, 3)),)


def test_a_query_too_long_is_refused() -> None:
    parse_exact("科" * MAX_QUERY, FOLDING)
    with pytest.raises(QueryTooLong):
        parse_exact("科" * (MAX_QUERY + 1), FOLDING)


@given(q=texts().filter(lambda text: len(text) <= MAX_QUERY))
def test_any_text_is_one_phrase_or_says_nothing(q: str) -> None:
    read = parse_exact(q, FOLDING)
    if read.query != Everything():
        assert read.query == Phrase(q)
        assert read.read_as == (ReadPart("phrase", q, (0, len(q))),)
    for notice in read.notices:
        start, length = notice.span
        assert notice.text == q[start : start + length]

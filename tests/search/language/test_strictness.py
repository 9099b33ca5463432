"""A strict reading refuses exactly what a forgiving one has notices of, at the same place."""

import pytest
from hypothesis import given

from index.text.folding import Folding
from search.errors import QuerySyntax, UnknownField, WildcardTooBroad
from search.language.parser import parse
from search.language.strictness import refuse
from search.results import NoticeKind
from tests.search.language.test_lexer import queries
from tests.search.language.test_parser import parsed


@pytest.mark.parametrize(
    ("q", "error", "text", "span"),
    [
        pytest.param("nosuch:浙江", UnknownField, "nosuch", (0, 6), id="field"),
        pytest.param("a 创*", WildcardTooBroad, "创*", (2, 2), id="wildcard"),
        pytest.param('a "浙江', QuerySyntax, '"', (2, 1), id="quote"),
        pytest.param("浙江）", QuerySyntax, "）", (2, 1), id="bracket"),
        pytest.param("a OR", QuerySyntax, "OR", (2, 2), id="operator"),
        pytest.param("a 。", QuerySyntax, "。", (2, 1), id="marks"),
        pytest.param("year:20", QuerySyntax, "year:20", (0, 7), id="value"),
        pytest.param('"a"~2', QuerySyntax, '"a"~2', (0, 5), id="near"),
        pytest.param("科\x00技", QuerySyntax, "\x00", (1, 1), id="control character"),
    ],
)
def test_refused(
    q: str, error: type[QuerySyntax], text: str, span: tuple[int, int], folding: Folding
) -> None:
    with pytest.raises(QuerySyntax) as caught:
        refuse(parse(q, folding).notices)
    assert type(caught.value) is error
    assert (caught.value.text, caught.value.span) == (text, span)


@given(q=queries())
def test_the_first_notice_is_what_is_refused(q: str) -> None:
    notices = parsed(q).notices
    if not notices:
        refuse(notices)
        return
    with pytest.raises(QuerySyntax) as caught:
        refuse(notices)
    assert (caught.value.text, caught.value.span) == (notices[0].text, notices[0].span)
    assert caught.value.kind in {"query-syntax", *(kind.value for kind in NoticeKind)}

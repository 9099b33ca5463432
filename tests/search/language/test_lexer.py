"""How the text of a query is cut: every rule of `lex`, and what holds for any text."""

from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.characters import is_skipped
from search.language.lexer import CLOSING, MINUS, OPENING, QUOTES, Kind, Token, lex
from tests.strategies import texts

WORD, PHRASE, NEAR, FIELD, OPEN, CLOSE, AND, OR, NOT = (
    Kind.TEXT,
    Kind.PHRASE,
    Kind.NEAR,
    Kind.FIELD,
    Kind.OPEN,
    Kind.CLOSE,
    Kind.AND,
    Kind.OR,
    Kind.NOT,
)


def queries() -> st.SearchStrategy[str]:
    """Texts in which operators, quotes, brackets, spaces and controls are as common as letters."""
    marks = [*OPENING, *CLOSING, *MINUS, *QUOTES, "”", "」", "》"]
    words = ["AND", "OR", "NOT", "科技", "创", "A", "。", " ", "\u3000", "\u200b", "\ufeff", "\x1d", "湖(北)"]
    fields = [
        "title:",
        "标题：",
        "来源：",
        "region:",
        "date:",
        "level:",
        "nosuch:",
        "2024",
        "..",
        "省级",
        "*",
        "~3",
    ]
    number = ["鄂政发〔2024〕12号"]
    return st.lists(st.sampled_from(marks + words + fields + number), max_size=30).map("".join)


def cut(q: str) -> list[tuple[Kind, str]]:
    return [(token.kind, token.text) for token in lex(q).tokens]


@pytest.mark.parametrize(
    ("q", "tokens"),
    [
        pytest.param("", [], id="empty"),
        pytest.param(" \u3000\n", [], id="white space"),
        pytest.param("科技 创新\u3000发展", [(WORD, "科技"), (WORD, "创新"), (WORD, "发展")], id="words"),
        pytest.param('"科技 创新"', [(PHRASE, "科技 创新")], id="straight quotes"),
        pytest.param("＂科技＂", [(PHRASE, "科技")], id="full-width quotes"),
        pytest.param('"科技＂', [(PHRASE, "科技")], id="straight and full-width quotes close each other"),
        pytest.param("“科技”", [(PHRASE, "科技")], id="curly quotes"),
        pytest.param("「科技」", [(PHRASE, "科技")], id="corner brackets"),
        pytest.param("《科技》", [(PHRASE, "科技")], id="title marks"),
        pytest.param("“a「b」c”", [(PHRASE, "a「b」c")], id="other quotes inside a quote are text"),
        pytest.param('""', [(PHRASE, "")], id="nothing quoted"),
        pytest.param(
            "推进“最多跑一次”改革",
            [(WORD, "推进"), (PHRASE, "最多跑一次"), (WORD, "改革")],
            id="quotes inside a word part it",
        ),
        pytest.param("-公司", [(NOT, "-"), (WORD, "公司")], id="minus"),
        pytest.param("－公司", [(NOT, "－"), (WORD, "公司")], id="full-width minus"),
        pytest.param('-"公司"', [(NOT, "-"), (PHRASE, "公司")], id="minus before a quote"),
        pytest.param("--公司", [(NOT, "-"), (NOT, "-"), (WORD, "公司")], id="two minus signs"),
        pytest.param("- 公司", [(WORD, "-"), (WORD, "公司")], id="minus before a space is text"),
        pytest.param("招商-公司", [(WORD, "招商-公司")], id="hyphen inside a word is text"),
        pytest.param('"招商"-公司', [(PHRASE, "招商"), (WORD, "-公司")], id="hyphen behind a quote is text"),
        pytest.param("公司-", [(WORD, "公司-")], id="hyphen at the end is text"),
        pytest.param("(-)", [(OPEN, "("), (WORD, "-"), (CLOSE, ")")], id="minus with nothing to negate"),
        pytest.param(
            "a AND b OR NOT c",
            [(WORD, "a"), (AND, "AND"), (WORD, "b"), (OR, "OR"), (NOT, "NOT"), (WORD, "c")],
            id="keywords",
        ),
        pytest.param("a and b", [(WORD, "a"), (WORD, "and"), (WORD, "b")], id="small letters are text"),
        pytest.param("ORDER", [(WORD, "ORDER")], id="a longer word is text"),
        pytest.param('"OR"', [(PHRASE, "OR")], id="a quoted keyword is text"),
        pytest.param(
            "(a)OR(b)",
            [(OPEN, "("), (WORD, "a"), (CLOSE, ")"), (OR, "OR"), (OPEN, "("), (WORD, "b"), (CLOSE, ")")],
            id="keyword between brackets needs no spaces",
        ),
        pytest.param(
            "（东京 NOT 秘密）",
            [(OPEN, "（"), (WORD, "东京"), (NOT, "NOT"), (WORD, "秘密"), (CLOSE, "）")],
            id="full-width brackets",
        ),
        pytest.param(
            "悦科（湖北）数据", [(WORD, "悦科（湖北）数据")], id="bracket closed in the same word is text"
        ),
        pytest.param("a(b(c)d)e", [(WORD, "a(b(c)d)e")], id="brackets inside brackets inside a word"),
        pytest.param(
            "湖北(武汉 葛店)",
            [(WORD, "湖北"), (OPEN, "("), (WORD, "武汉"), (WORD, "葛店"), (CLOSE, ")")],
            id="bracket closed in another word groups",
        ),
        pytest.param(
            "湖北(“武汉”)",
            [(WORD, "湖北"), (OPEN, "("), (PHRASE, "武汉"), (CLOSE, ")")],
            id="bracket around a quote groups",
        ),
        pytest.param("title:科技", [(FIELD, "title:"), (WORD, "科技")], id="field"),
        pytest.param(
            "标题：科技", [(FIELD, "标题："), (WORD, "科技")], id="field with a Chinese name and colon"
        ),
        pytest.param("Title:“科技”", [(FIELD, "Title:"), (PHRASE, "科技")], id="field before a quote"),
        pytest.param(
            "title:(a b)",
            [(FIELD, "title:"), (OPEN, "("), (WORD, "a"), (WORD, "b"), (CLOSE, ")")],
            id="field before a bracket",
        ),
        pytest.param(
            "title:(a)",
            [(FIELD, "title:"), (OPEN, "("), (WORD, "a"), (CLOSE, ")")],
            id="field before a bracket that is closed in the same word",
        ),
        pytest.param("-title:a", [(NOT, "-"), (FIELD, "title:"), (WORD, "a")], id="field behind a minus"),
        pytest.param("title:-a", [(FIELD, "title:"), (WORD, "-a")], id="hyphen behind a field is text"),
        pytest.param("title:OR", [(FIELD, "title:"), (WORD, "OR")], id="keyword behind a field is text"),
        pytest.param("title: a", [(WORD, "title:"), (WORD, "a")], id="field before a space is text"),
        pytest.param("(title:)", [(OPEN, "("), (WORD, "title:"), (CLOSE, ")")], id="field before nothing"),
        pytest.param("a.title:b", [(WORD, "a.title:b")], id="field inside a word is text"),
        pytest.param("subtitle:a", [(WORD, "subtitle:a")], id="a longer name is text"),
        pytest.param("时间：10:30", [(WORD, "时间：10:30")], id="other colons are text"),
        pytest.param("ti\u200btle:a", [(FIELD, "ti\u200btle:"), (WORD, "a")], id="control inside a field"),
        pytest.param('"a b"~12', [(NEAR, "a b")], id="near"),
        pytest.param("“a b”～５", [(NEAR, "a b")], id="near in full width"),
        pytest.param('"a b"~', [(PHRASE, "a b"), (WORD, "~")], id="near without a number is text"),
        pytest.param('"a b" ~5', [(PHRASE, "a b"), (WORD, "~5")], id="near behind a space is text"),
        pytest.param("科\u200b技", [(WORD, "科\u200b技")], id="control character stays in the text"),
        pytest.param("\ufeff-公司", [(NOT, "-"), (WORD, "公司")], id="control character before an operator"),
        pytest.param("-\u200b公司", [(NOT, "-"), (WORD, "公司")], id="control character behind a minus"),
        pytest.param("O\u200bR", [(OR, "O\u200bR")], id="control character inside a keyword"),
        pytest.param("\u200b", [], id="nothing but a control character"),
    ],
)
def test_query_is_cut_into_tokens(q: str, tokens: list[tuple[Kind, str]]) -> None:
    assert cut(q) == tokens


def assert_repaired_alike(q: str) -> None:
    repaired = lex(q).repaired
    if repaired is not None:
        assert cut(repaired) == cut(q), (q, repaired)
        assert lex(repaired).repaired is None, (q, repaired)


@pytest.mark.parametrize(
    ("q", "repaired", "tokens"),
    [
        pytest.param('"浙江', "浙江", [(WORD, "浙江")], id="open quote"),
        pytest.param('浙江"', "浙江", [(WORD, "浙江")], id="quote at the end"),
        pytest.param('"浙江" 杭州"', '"浙江" 杭州', [(PHRASE, "浙江"), (WORD, "杭州")], id="third quote"),
        pytest.param('浙"江', "浙 江", [(WORD, "浙"), (WORD, "江")], id="quote inside a word parts it"),
        pytest.param('"OR 浙江', "OR 浙江", [(OR, "OR"), (WORD, "浙江")], id="quote before a keyword"),
        pytest.param("(浙江", "浙江", [(WORD, "浙江")], id="open bracket"),
        pytest.param("浙江） 杭州", "浙江 杭州", [(WORD, "浙江"), (WORD, "杭州")], id="closing bracket"),
        pytest.param("浙(江", "浙 江", [(WORD, "浙"), (WORD, "江")], id="bracket inside a word parts it"),
        pytest.param(
            "((a b)", "(a b)", [(OPEN, "("), (WORD, "a"), (WORD, "b"), (CLOSE, ")")], id="the outer bracket"
        ),
        pytest.param("-(浙江", "-浙江", [(NOT, "-"), (WORD, "浙江")], id="between minus and operand"),
        pytest.param(
            "-（ “浙江", "-浙江", [(NOT, "-"), (WORD, "浙江")], id="several behind a minus, and a space"
        ),
        pytest.param(
            "(-“a b)",
            "(-a b)",
            [(OPEN, "("), (NOT, "-"), (WORD, "a"), (WORD, "b"), (CLOSE, ")")],
            id="behind a minus in brackets",
        ),
        pytest.param(
            "-)\x1b a",
            "-\x1b a",
            [(WORD, "-"), (WORD, "a")],
            id="behind a minus, then a control character and a space",
        ),
        pytest.param("a-(浙江", "a- 浙江", [(WORD, "a-"), (WORD, "浙江")], id="behind a hyphen"),
        pytest.param("NOT(浙江", "NOT 浙江", [(NOT, "NOT"), (WORD, "浙江")], id="between NOT and operand"),
        pytest.param(
            "浙江)-杭州", "浙江 -杭州", [(WORD, "浙江"), (NOT, "-"), (WORD, "杭州")], id="before a minus"
        ),
        pytest.param('"a  b" (c', '"a  b" c', [(PHRASE, "a  b"), (WORD, "c")], id="quoted spaces stay"),
        pytest.param("浙江 ( 杭州", "浙江 杭州", [(WORD, "浙江"), (WORD, "杭州")], id="spaces around it go"),
        pytest.param('title:"a', "title:a", [(FIELD, "title:"), (WORD, "a")], id="behind a field"),
        pytest.param(
            "-标题：( a", "-标题：a", [(NOT, "-"), (FIELD, "标题："), (WORD, "a")], id="and a space"
        ),
        pytest.param('subtitle:"a', "subtitle: a", [(WORD, "subtitle:"), (WORD, "a")], id="behind no field"),
        pytest.param('a(-"a)', "a(-a)", [(WORD, "a(-a)")], id="behind a minus inside a word"),
        pytest.param('a(-" a)', "a(-a)", [(WORD, "a(-a)")], id="there with a space"),
        pytest.param("((((", "", [], id="nothing else"),
    ],
)
def test_what_is_unbalanced_is_put_aside(q: str, repaired: str, tokens: list[tuple[Kind, str]]) -> None:
    assert lex(q).repaired == repaired
    assert cut(q) == cut(repaired) == tokens


def test_a_near_has_its_number() -> None:
    assert [token.gap for token in lex('"a b"~12 "a b"～５ "a"').tokens] == [12, 5, 0]


def test_strays_are_named_by_place() -> None:
    assert lex('a) "b" (c "').strays == (1, 7, 10)


def test_a_balanced_query_has_nothing_to_repair() -> None:
    assert lex("(a “b”) -c（d）").strays == ()
    assert lex("(a “b”) -c（d）").repaired is None


def behind_the_closing_quote(token: Token, q: str) -> int:
    """How many characters of a phrase stand before its closing quote, the opening one included."""
    start, length = token.span
    closers = QUOTES[q[start]]
    return next(at for at in range(1, length) if q[start + at] in closers)


@given(texts() | queries())
def test_spans_are_places_in_the_query_in_order(q: str) -> None:
    lexed = lex(q)
    strays = set(lexed.strays)
    end_before = 0
    for token in lexed.tokens:
        start, length = token.span
        assert start >= end_before
        assert length > 0
        end_before = start + length
        opening = 1 if token.kind in {Kind.PHRASE, Kind.NEAR} else 0
        closing = len(q[start:end_before]) - behind_the_closing_quote(token, q) if opening else 0
        inside = range(start + opening, end_before - closing)
        assert "".join(q[at] for at in token.offsets) == token.text
        assert sorted(set(token.offsets)) == list(token.offsets)
        assert set(token.offsets) <= set(inside)
        left_out = set(inside) - set(token.offsets)
        assert all(at in strays or q[at].isspace() for at in left_out)
    assert end_before <= len(q)


@given(texts() | queries())
def test_every_bracket_has_its_partner(q: str) -> None:
    depth = 0
    for token in lex(q).tokens:
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
        assert depth >= 0
    assert depth == 0


@given(texts() | queries())
def test_the_repaired_query_has_the_same_tokens_and_needs_no_repair(q: str) -> None:
    assert_repaired_alike(q)


@pytest.mark.parametrize(
    ("alphabet", "longest"),
    [
        pytest.param('a(-" ）', 6, id="a bracket of each width"),
        pytest.param('(-"\u200b a)', 5, id="controls"),
        pytest.param('“"”( -a', 5, id="quotes of two kinds"),
        pytest.param(("OR", "NOT", "(", ")", '"', " "), 5, id="keywords"),
        pytest.param(("title:", "(", ")", '"', "-", " ", "a"), 5, id="fields"),
        pytest.param(('"', "~", "1", "(", " "), 5, id="near"),
    ],
)
def test_no_short_query_is_repaired_to_another(alphabet: Sequence[str], longest: int) -> None:
    """Every query of a small alphabet."""
    for length in range(longest + 1):
        for characters in product(alphabet, repeat=length):
            assert_repaired_alike("".join(characters))


@given(texts() | queries())
def test_only_white_space_controls_and_strays_are_in_no_token(q: str) -> None:
    lexed = lex(q)
    inside = {at for token in lexed.tokens for at in range(token.span[0], sum(token.span))}
    left_out = {q[at] for at in range(len(q)) if at not in inside and at not in lexed.strays}
    assert all(map(is_skipped, left_out))

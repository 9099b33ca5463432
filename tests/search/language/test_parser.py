"""How a query is read: tree, notices and spans of every rule, limits, and what holds for any text."""

import contextlib
import time

import pytest
from hypothesis import assume, given, reject

from index.text.characters import compact
from index.text.folding import Folding
from search.errors import QueryTooComplex, QueryTooLong
from search.language.leaves import SENTENCE_MARKS
from search.language.lexer import QUOTES
from search.language.parser import ParseResult, parse
from search.language.query import And, Everything, Near, Not, Or, Phrase, Query, Run, TextLeaf, Value, wanted
from search.request import MAX_CLAUSES, MAX_DEPTH, MAX_QUERY
from search.results import Notice, NoticeKind
from tests.search.language.test_lexer import queries
from tests.strategies import texts

A, B, C, D = Run("a"), Run("b"), Run("c"), Run("d")
UNBALANCED = {NoticeKind.UNBALANCED_QUOTE, NoticeKind.UNBALANCED_BRACKET}


@pytest.mark.parametrize(
    ("q", "tree"),
    [
        pytest.param("", Everything(), id="empty"),
        pytest.param(" \u3000\t", Everything(), id="white space"),
        pytest.param("科技创新", Run("科技创新"), id="a run"),
        pytest.param("a b", And((A, B)), id="side by side is AND"),
        pytest.param("a\u3000b", And((A, B)), id="ideographic space"),
        pytest.param("a AND b", And((A, B)), id="AND written out"),
        pytest.param("a OR b", Or((A, B)), id="OR"),
        pytest.param("a OR b OR c", Or((A, B, C)), id="several OR are one"),
        pytest.param("a b OR c d", Or((And((A, B)), And((C, D)))), id="AND before OR"),
        pytest.param("a AND b OR c AND d", Or((And((A, B)), And((C, D)))), id="AND before OR, written out"),
        pytest.param("a (b OR c)", And((A, Or((B, C)))), id="brackets first"),
        pytest.param("（a OR b）(c)", And((Or((A, B)), C)), id="bracket behind a bracket"),
        pytest.param("((a))", A, id="brackets without need"),
        pytest.param("a -b", And((A, Not(B))), id="minus"),
        pytest.param("a －b", And((A, Not(B))), id="full-width minus"),
        pytest.param("a NOT b", And((A, Not(B))), id="NOT"),
        pytest.param("a AND NOT b", And((A, Not(B))), id="AND NOT"),
        pytest.param("a OR -b", Or((A, Not(B))), id="OR minus"),
        pytest.param("-a b", And((Not(A), B)), id="NOT before AND"),
        pytest.param("-a", Not(A), id="nothing but a negative"),
        pytest.param("-(a OR b)", Not(Or((A, B))), id="minus before brackets"),
        pytest.param("NOT NOT a", Not(Not(A)), id="NOT twice"),
        pytest.param("--a", Not(Not(A)), id="minus twice"),
        pytest.param("NOT -a", Not(Not(A)), id="NOT and minus"),
        pytest.param('-"a b"', Not(Phrase("a b")), id="negated phrase"),
        pytest.param('"a b" “c”', And((Phrase("a b"), Phrase("c"))), id="phrases"),
        pytest.param("“a OR b”", Phrase("a OR b"), id="operators inside quotes are text"),
        pytest.param("《关于的意见》", Phrase("关于的意见"), id="title marks quote"),
        pytest.param(
            "(东京 NOT 秘密) OR 账单", Or((And((Run("东京"), Not(Run("秘密")))), Run("账单"))), id="row 11"
        ),
        pytest.param("湾区。", Run("湾区"), id="full stop behind a run"),
        pytest.param("——“湾区”，", Phrase("湾区"), id="marks around a phrase are no clause"),
        pytest.param("（湾区！）", Run("湾区"), id="bracket and mark"),
        pytest.param("'湾区'", Run("湾区"), id="single quotes are marks"),
        pytest.param("【湾区】:", Run("湾区"), id="other brackets are marks"),
        pytest.param("6%", Run("6%"), id="a percent sign belongs to the run"),
        pytest.param("GB/T", Run("GB/T"), id="so does a slash"),
        pytest.param("发展，改革", Run("发展，改革"), id="marks inside a run stay"),
        pytest.param("C++", Run("C++"), id="symbols are no marks"),
        pytest.param("\u200b湾区\ufeff", Run("湾区"), id="controls around a run"),
        pytest.param("科\u200b技", Run("科\u200b技"), id="controls inside a run stay"),
        pytest.param("。 湾区", Run("湾区"), id="punctuation is no clause"),
        pytest.param("a OR 。", A, id="one side of OR says nothing"),
        pytest.param("a (。 ，)", A, id="a group that says nothing disappears"),
        pytest.param("a ()", A, id="empty brackets disappear"),
        pytest.param("a -。", A, id="nothing negated"),
        pytest.param("-。", Everything(), id="nothing left"),
        pytest.param('"，"', Everything(), id="a phrase of punctuation"),
        pytest.param('""', Everything(), id="an empty phrase"),
        pytest.param("℃", Run("℃"), id="a symbol is a clause"),
    ],
)
def test_query_is_read_as(q: str, tree: Query, folding: Folding) -> None:
    result = parse(q, folding)
    assert result.query == tree
    assert result.repaired is None


@pytest.mark.parametrize(
    ("q", "tree", "notice"),
    [
        pytest.param("AND", Run("AND"), (0, "AND"), id="AND alone"),
        pytest.param("OR a", And((Run("OR"), A)), (0, "OR"), id="OR first"),
        pytest.param("a OR", And((A, Run("OR"))), (2, "OR"), id="OR last"),
        pytest.param("a AND", And((A, Run("AND"))), (2, "AND"), id="AND last"),
        pytest.param("NOT", Run("NOT"), (0, "NOT"), id="NOT alone"),
        pytest.param("a OR OR b", Or((And((A, Run("OR"))), B)), (2, "OR"), id="OR twice"),
        pytest.param("a AND OR b", Or((And((A, Run("AND"))), B)), (2, "AND"), id="AND OR"),
        pytest.param("a NOT OR b", Or((And((A, Run("NOT"))), B)), (2, "NOT"), id="NOT OR"),
        pytest.param("(OR a)", And((Run("OR"), A)), (1, "OR"), id="OR first in brackets"),
    ],
)
def test_an_operator_without_operands_is_read_as_text(
    q: str, tree: Query, notice: tuple[int, str], folding: Folding
) -> None:
    at, text = notice
    result = parse(q, folding)
    assert result.query == tree
    assert result.notices == (Notice(NoticeKind.DANGLING_OPERATOR, text, (at, len(text))),)


@pytest.mark.parametrize(
    ("q", "tree", "repaired", "notices"),
    [
        pytest.param('"浙江', Run("浙江"), "浙江", [("unbalanced-quote", '"', 0)], id="open quote"),
        pytest.param(
            "“浙江 a", And((Run("浙江"), A)), "浙江 a", [("unbalanced-quote", "“", 0)], id="curly quote"
        ),
        pytest.param(
            '“浙江"',
            Run("浙江"),
            "浙江",
            [("unbalanced-quote", "“", 0), ("unbalanced-quote", '"', 3)],
            id="quotes of two kinds",
        ),
        pytest.param("(a OR b", Or((A, B)), "a OR b", [("unbalanced-bracket", "(", 0)], id="open bracket"),
        pytest.param("a) b", And((A, B)), "a b", [("unbalanced-bracket", ")", 1)], id="closing bracket"),
        pytest.param("((( a", A, "a", [("unbalanced-bracket", "(((", 0)], id="neighbours are one notice"),
        pytest.param(
            "(( a )",
            A,
            "( a )",
            [("unbalanced-bracket", "(", 0)],
            id="only the bracket without a partner",
        ),
        pytest.param(
            "a -(b", And((A, Not(B))), "a -b", [("unbalanced-bracket", "(", 3)], id="negated bracket"
        ),
        pytest.param(
            '-"b', Not(B), "-b", [("unbalanced-quote", '"', 1)], id="a negative stays one without its quote"
        ),
        pytest.param(
            'a(-"a)b', Run("a(-a)b"), "a(-a)b", [("unbalanced-quote", '"', 3)], id="a quote inside a word"
        ),
        pytest.param("(", Everything(), "", [("unbalanced-bracket", "(", 0)], id="nothing else"),
    ],
)
def test_what_is_unbalanced_is_left_out(
    q: str, tree: Query, repaired: str, notices: list[tuple[str, str, int]], folding: Folding
) -> None:
    result = parse(q, folding)
    assert result.query == tree
    assert result.repaired == repaired
    assert result.notices == tuple(
        Notice(NoticeKind(kind), text, (at, len(text))) for kind, text, at in notices
    )


@pytest.mark.parametrize(
    ("q", "notice"),
    [
        pytest.param("。", ("only-punctuation", "。", (0, 1)), id="a mark"),
        pytest.param("a ……", ("only-punctuation", "……", (2, 2)), id="marks beside a run"),
        pytest.param('a "，"', ("only-punctuation", '"，"', (2, 3)), id="a phrase of marks, with its quotes"),
        pytest.param("a -", ("only-punctuation", "-", (2, 1)), id="a minus with nothing behind it"),
        pytest.param("a\u200bb", ("control-character", "\u200b", (1, 1)), id="a format character"),
        pytest.param("a\x00\x01b", ("control-character", "\x00\x01", (1, 2)), id="neighbouring controls"),
    ],
)
def test_what_says_nothing_is_named(
    q: str, notice: tuple[str, str, tuple[int, int]], folding: Folding
) -> None:
    kind, text, span = notice
    assert parse(q, folding).notices == (Notice(NoticeKind(kind), text, span),)


@pytest.mark.parametrize("mark", sorted(SENTENCE_MARKS - set('"()“《「')))
def test_sentence_marks_around_a_run_are_left_out(mark: str, folding: Folding) -> None:
    assert parse(f"{mark}湾区{mark}", folding).query == Run("湾区")


def test_sentence_marks_are_known_in_full_width_too(folding: Folding) -> None:
    assert parse("，！？湾区：；．", folding).query == Run("湾区")


@pytest.mark.parametrize(
    ("q", "parts"),
    [
        pytest.param(
            "科技 “创新”", [("word", "科技", (0, 2)), ("phrase", "创新", (3, 4))], id="word and phrase"
        ),
        pytest.param(
            "招商 -公司", [("word", "招商", (0, 2)), ("not", "公司", (3, 3))], id="minus is in the span"
        ),
        pytest.param("NOT “公司”", [("not", "公司", (0, 8))], id="NOT is in the span"),
        pytest.param("-(a b)", [("not", "a", (0, 3)), ("not", "b", (0, 5))], id="each of a negated group"),
        pytest.param("--a", [("word", "a", (2, 1))], id="a double negative is none"),
        pytest.param("（湾区！", [("word", "湾区", (1, 2))], id="marks are not in the span"),
        pytest.param('a(-" a)b', [("word", "a(-a)b", (0, 8))], id="a stray quote is in the span"),
        pytest.param("a 。", [("word", "a", (0, 1))], id="what says nothing is no part"),
        pytest.param("OR", [("word", "OR", (0, 2))], id="an operator read as text"),
        pytest.param("𠮷林 创", [("word", "𠮷林", (0, 2)), ("word", "创", (3, 1))], id="above U+FFFF"),
    ],
)
def test_parts_are_read_as(q: str, parts: list[tuple[str, str, tuple[int, int]]], folding: Folding) -> None:
    assert [(part.kind, part.text, part.span) for part in parse(q, folding).read_as] == parts


# Limits


def test_query_may_have_512_code_points(folding: Folding) -> None:
    assert parse("𠮷" * MAX_QUERY, folding).query == Run("𠮷" * MAX_QUERY)
    with pytest.raises(QueryTooLong, match="513"):
        parse("𠮷" * (MAX_QUERY + 1), folding)


@pytest.mark.parametrize("joint", [" ", " OR ", " -"], ids=["AND", "OR", "NOT"])
def test_query_may_have_64_clauses(joint: str, folding: Folding) -> None:
    assert len(parse(joint.join("a" * MAX_CLAUSES), folding).read_as) == MAX_CLAUSES
    with pytest.raises(QueryTooComplex, match="64"):
        parse(joint.join("a" * (MAX_CLAUSES + 1)), folding)


def test_what_says_nothing_does_not_count_as_a_clause(folding: Folding) -> None:
    assert len(parse("。 " * 100 + "a " * MAX_CLAUSES, folding).read_as) == MAX_CLAUSES


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("(", ")", id="brackets"),
        pytest.param("-", "", id="minus"),
        pytest.param("NOT ", "", id="NOT"),
        pytest.param("-(", ")", id="negated brackets"),
    ],
)
def test_query_may_have_20_levels(before: str, after: str, folding: Folding) -> None:
    assert parse(before * MAX_DEPTH + "a" + after * MAX_DEPTH, folding).read_as[0].text == "a"
    with pytest.raises(QueryTooComplex, match="20"):
        parse(before * (MAX_DEPTH + 1) + "a" + after * (MAX_DEPTH + 1), folding)


@pytest.mark.parametrize(
    "q",
    [
        pytest.param("(" * 1000, id="a thousand"),
        pytest.param("(" * MAX_QUERY, id="as many as fit"),
        pytest.param("a(" * 255 + "b", id="inside words"),
        pytest.param("(" * 255 + ")" * 255, id="balanced"),
        pytest.param("a(" * 170 + ")" * 170, id="balanced inside words"),
        pytest.param('a("' * 170, id="with quotes"),
        pytest.param("-(" * 255, id="negated"),
    ],
)
def test_many_brackets_are_read_or_refused_at_once(q: str, folding: Folding) -> None:
    started = time.thread_time()
    with contextlib.suppress(QueryTooComplex, QueryTooLong):
        parse(q, folding)
    assert time.thread_time() - started < 1


# Laws

FOLDING = Folding.load()


def parsed(q: str) -> ParseResult:
    """The query as read; texts beyond a limit are for the tests of the limits."""
    assume(len(q) <= MAX_QUERY)
    try:
        return parse(q, FOLDING)
    except QueryTooComplex:
        return reject()


@given(q=texts() | queries())
def test_any_text_can_be_read(q: str) -> None:
    try:
        parse(q, FOLDING)
    except QueryTooLong:
        assert len(q) > MAX_QUERY
    except QueryTooComplex:
        assert sum(char in "(（-－" for char in q) + q.count("NOT") > MAX_DEPTH or len(q) > MAX_CLAUSES


@given(q=texts() | queries())
def test_spans_hold_what_they_name(q: str) -> None:
    result = parsed(q)
    for part in result.read_as:
        start, length = part.span
        slice_ = q[start : start + length]
        assert len(slice_) == length > 0
        if part.kind == "phrase" and slice_[0] in QUOTES:
            assert slice_[1:-1] == part.text
        else:
            # Besides the text there may be a field, strays, white space behind them, a NOT and quotes.
            assert is_inside(compact(part.text), slice_)
    for notice in result.notices:
        start, length = notice.span
        assert notice.text == q[start : start + length]


def is_inside(text: str, longer: str) -> bool:
    """True if the characters of the text all stand in the longer one, in order."""
    rest = iter(longer)
    return all(char in rest for char in text)


@given(q=texts() | queries())
def test_every_part_says_something(q: str) -> None:
    for part in parsed(q).read_as:
        assert compact(part.text)


@given(q=texts() | queries())
def test_the_repaired_query_is_read_alike_and_is_balanced(q: str) -> None:
    result = parsed(q)
    unbalanced = [notice for notice in result.notices if notice.kind in UNBALANCED]
    assert (result.repaired is None) == (not unbalanced)
    if result.repaired is not None:
        again = parse(result.repaired, FOLDING)
        assert again.query == result.query
        assert again.repaired is None
        assert [(part.kind, part.text) for part in again.read_as] == [
            (part.kind, part.text) for part in result.read_as
        ]


@given(q=texts() | queries())
def test_notices_are_in_the_order_of_the_query(q: str) -> None:
    places = [notice.span for notice in parsed(q).notices]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("tree", "leaves"),
    [
        (And((A, Not(B))), (A,)),
        (Not(Not(A)), (A,)),
        (Not(Not(Not(A))), ()),
        (Or((And((A, B)), Not(And((C, D))))), (A, B)),
        (Everything(), ()),
        (And((A, Value("source", "b", ("b",)), Near("c", "d", 1))), (A, Near("c", "d", 1))),
    ],
    ids=["not", "twice", "three times", "a group", "everything", "texts, no values"],
)
def test_wanted_are_the_texts_that_an_article_should_have(tree: Query, leaves: tuple[TextLeaf, ...]) -> None:
    assert wanted(tree) == leaves

"""Fields, dates, nearness, stems and document numbers in queries: trees, notices, and how parts were read."""

import contextlib
import time
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Part
from index.describe.times import CHINA
from index.text.folding import Folding
from search.errors import QueryTooComplex
from search.language.parser import parse
from search.language.query import (
    And,
    DateRange,
    DocumentNumber,
    Everything,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Run,
    Value,
)
from search.request import MAX_QUERY
from search.results import ReadPart
from tests.search.language.test_lexer import queries
from tests.search.language.test_parser import FOLDING
from tests.strategies import texts

TITLE, LEAD, BODY, TAGS = ((part,) for part in Part)
ZHEJIANG = Value("source", "浙江日报", ("浙江日报",))
NUMBER = "鄂政发〔2024〕12号"


def at(year: int, month: int = 1, day: int = 1) -> datetime:
    return datetime(year, month, day, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("q", "tree"),
    [
        pytest.param("title:科技", Run("科技", TITLE), id="title"),
        pytest.param("标题：科技", Run("科技", TITLE), id="its Chinese name and colon"),
        pytest.param("標題:科技", Run("科技", TITLE), id="in Traditional"),
        pytest.param("TITLE:科技", Run("科技", TITLE), id="capital letters"),
        pytest.param("lead:科技", Run("科技", LEAD), id="lead"),
        pytest.param("body:科技", Run("科技", BODY), id="body"),
        pytest.param("tags:科技", Run("科技", TAGS), id="tags"),
        pytest.param("tag:科技", Run("科技", TAGS), id="one tag"),
        pytest.param("title:“科技 创新”", Phrase("科技 创新", TITLE), id="a phrase"),
        pytest.param("title:(科技 OR “创新”)", Or((Run("科技", TITLE), Phrase("创新", TITLE))), id="a group"),
        pytest.param(
            "title:(科技 body:创新) 改革",
            And((And((Run("科技", TITLE), Run("创新", BODY))), Run("改革"))),
            id="another field inside a group",
        ),
        pytest.param("-title:科技", Not(Run("科技", TITLE)), id="negated"),
        pytest.param("title:(-科技)", Not(Run("科技", TITLE)), id="negated inside"),
        pytest.param("title:科技。", Run("科技", TITLE), id="a full stop behind it"),
        pytest.param("来源：浙江日报", ZHEJIANG, id="source"),
        pytest.param("source:浙江日报，", ZHEJIANG, id="a comma behind it"),
        pytest.param('來源:"浙江日报"', ZHEJIANG, id="quoted"),
        pytest.param(
            "source:“Yahoo!”", Value("source", "Yahoo!", ("Yahoo!",)), id="a mark that is quoted stays"
        ),
        pytest.param(
            "source:(甲 OR 乙)",
            Or((Value("source", "甲", ("甲",)), Value("source", "乙", ("乙",)))),
            id="one of two sources",
        ),
        pytest.param("地区:湖北", Value("region", "湖北", ("湖北",)), id="region, looked up later"),
        pytest.param("专题：招商引资", Value("topic", "招商引资", ("招商引资",)), id="topic"),
        pytest.param("agency:省科技厅", Value("agency", "省科技厅", ("省科技厅",)), id="agency"),
        pytest.param("level:省级", Value("level", "省级", ("provincial",)), id="level"),
        pytest.param("level:County", Value("level", "County", ("county",)), id="level in English"),
        pytest.param("doctype:通知", Value("document_type", "通知", ("通知",)), id="document type"),
        pytest.param(
            "number:鄂政发[2024]第12号",
            Value("document_number", "鄂政发[2024]第12号", (NUMBER,)),
            id="the document itself",
        ),
        pytest.param("year:2024", DateRange("date", "2024", at(2024), at(2025)), id="year"),
        pytest.param("年份：２０２４", DateRange("date", "2024", at(2024), at(2025)), id="in full width"),
        pytest.param(
            "year:2020..2023", DateRange("date", "2020..2023", at(2020), at(2024)), id="several years"
        ),
        pytest.param(
            "date:2024-03..2024-05",
            DateRange("date", "2024-03..2024-05", at(2024, 3), at(2024, 6)),
            id="both months included",
        ),
        pytest.param(
            "date:2024-03-05。", DateRange("date", "2024-03-05", at(2024, 3, 5), at(2024, 3, 6)), id="day"
        ),
        pytest.param("date:2024..", DateRange("date", "2024..", at(2024), None), id="no end"),
        pytest.param("date:..2024-02", DateRange("date", "..2024-02", None, at(2024, 3)), id="no beginning"),
        pytest.param(
            'signed:"2024 .. 2025"', DateRange("signed", "2024..2025", at(2024), at(2026)), id="signed"
        ),
        pytest.param("effective:2024", DateRange("effective", "2024", at(2024), at(2025)), id="effective"),
        pytest.param('"养老 托育"~5', Near("养老", "托育", 5), id="near"),
        pytest.param("“养老　托育”～０", Near("养老", "托育", 0), id="near in full width"),
        pytest.param('title:"养老 托育"~1000', Near("养老", "托育", 1000, TITLE), id="near in the title"),
        pytest.param("科技*", Prefix("科技"), id="stem"),
        pytest.param(
            "“科技”科技＊。", And((Phrase("科技"), Prefix("科技"))), id="stem in full width, and a stop"
        ),
        pytest.param("-title:GDP*", Not(Prefix("GDP", TITLE)), id="stem in the title, negated"),
        pytest.param("a*b", Run("a*b"), id="a star inside a word is text"),
        pytest.param("*", Everything(), id="nothing but a star"),
        pytest.param("“<>” %<", Everything(), id="nothing but angle brackets and marks"),
        pytest.param("科技<创新>", Run("科技<创新"), id="an angle bracket at the end"),
        pytest.param(NUMBER, DocumentNumber(NUMBER, NUMBER), id="number"),
        pytest.param(
            "鄂政发（2024）12号", DocumentNumber("鄂政发（2024）12号", NUMBER), id="in round brackets"
        ),
        pytest.param(
            "鄂政發［２０２４］第12號", DocumentNumber("鄂政發［２０２４］第12號", NUMBER), id="in any form"
        ),
        pytest.param(
            "title:鄂政发【2024】12号，",
            DocumentNumber("鄂政发【2024】12号", NUMBER, TITLE),
            id="in the title",
        ),
        pytest.param(f"“{NUMBER}”", Phrase(NUMBER), id="quoted it is exact"),
        pytest.param("国务院令第700号", Run("国务院令第700号"), id="a number without a year in brackets"),
        pytest.param("10:30", Run("10:30"), id="time"),
        pytest.param("http://example.org/a", Run("http://example.org/a"), id="address"),
        pytest.param("时间：上午", Run("时间：上午"), id="other Chinese before a colon"),
        pytest.param("ISO9001:2015", Run("ISO9001:2015"), id="letters and digits before a colon"),
    ],
)
def test_query_is_read_as(q: str, tree: Query, folding: Folding) -> None:
    result = parse(q, folding)
    assert result.query == tree
    assert [notice for notice in result.notices if notice.kind.value != "only-punctuation"] == []


@pytest.mark.parametrize(
    ("q", "tree", "notices"),
    [
        pytest.param("nosuch:浙江", Run("nosuch:浙江"), [("unknown-field", "nosuch", 0)], id="row 14"),
        pytest.param(
            "a -AI：“智能”",
            And((Run("a"), Not(Run("AI")), Phrase("智能"))),
            [("unknown-field", "AI", 3)],
            id="before a quote",
        ),
        pytest.param(
            "标题： 科技", And((Run("标题"), Run("科技"))), [("invalid-value", "标题：", 0)], id="a space"
        ),
        pytest.param("AI: 智能", And((Run("AI"), Run("智能"))), [], id="letters before a colon and a space"),
        pytest.param("level:省", Run("省"), [("invalid-value", "level:省", 0)], id="no such level"),
        pytest.param(
            "doctype:“博客”", Phrase("博客"), [("invalid-value", "doctype:“博客”", 0)], id="no such type"
        ),
        pytest.param("year:202", Run("202"), [("invalid-value", "year:202", 0)], id="no date"),
        pytest.param(
            "year:2023..2020", Run("2023..2020"), [("invalid-value", "year:2023..2020", 0)], id="backwards"
        ),
        pytest.param("year:2020..20x", Run("2020..20x"), [("invalid-value", "year:2020..20x", 0)], id="half"),
        pytest.param(
            "source:浙江*", Prefix("浙江"), [("invalid-value", "source:浙江*", 0)], id="no stems of values"
        ),
        pytest.param("source:。", Everything(), [("only-punctuation", "。", 7)], id="a value of marks"),
        pytest.param("*创*", Run("创"), [("wildcard-too-broad", "*创*", 0)], id="row 34, both ends"),
        pytest.param("创*", Run("创"), [("wildcard-too-broad", "创*", 0)], id="row 34, one character"),
        pytest.param("（*科技）", Run("科技"), [("wildcard-too-broad", "*科技", 1)], id="before a text"),
        pytest.param("title:创*", Run("创", TITLE), [("wildcard-too-broad", "创*", 6)], id="in a field"),
        pytest.param('"养老"~5', Phrase("养老"), [("not-near", '"养老"~5', 0)], id="one text is not near"),
        pytest.param('"a b c"~5', Phrase("a b c"), [("not-near", '"a b c"~5', 0)], id="nor are three"),
        pytest.param('"a 。"~5', Phrase("a 。"), [("not-near", '"a 。"~5', 0)], id="nor a mark"),
        pytest.param('"a b"~1001', Phrase("a b"), [("not-near", '"a b"~1001', 0)], id="too far"),
        pytest.param(
            'source:"a b"~2', Value("source", "a b", ("a b",)), [("not-near", '"a b"~2', 7)], id="a value"
        ),
    ],
)
def test_what_cannot_be_read_is_text_with_a_notice(
    q: str, tree: Query, notices: list[tuple[str, str, int]], folding: Folding
) -> None:
    result = parse(q, folding)
    assert result.query == tree
    found = [(notice.kind.value, notice.text, notice.span) for notice in result.notices]
    assert found == [(kind, text, (start, len(text))) for kind, text, start in notices]


@pytest.mark.parametrize(
    ("q", "parts"),
    [
        pytest.param("标题：科技", [ReadPart("word", "科技", (0, 5), "title")], id="field"),
        pytest.param(
            "a title:(b “c”)",
            [
                ReadPart("word", "a", (0, 1)),
                ReadPart("word", "b", (2, 8), "title"),
                ReadPart("phrase", "c", (2, 12), "title"),
            ],
            id="each of a group",
        ),
        pytest.param("-来源：甲", [ReadPart("not", "甲", (0, 5), "source")], id="negated value"),
        pytest.param("year:2024..2025", [ReadPart("dates", "2024..2025", (0, 15), "date")], id="dates"),
        pytest.param('"a  b"~5', [ReadPart("near", "a b", (0, 8), None, 5)], id="near"),
        pytest.param("科技*。", [ReadPart("prefix", "科技", (0, 3))], id="stem"),
        pytest.param(NUMBER, [ReadPart("number", NUMBER, (0, 12))], id="number"),
        pytest.param("来源:甲", [ReadPart("value", "甲", (0, 4), "source")], id="value"),
    ],
)
def test_parts_are_read_as(q: str, parts: list[ReadPart], folding: Folding) -> None:
    assert list(parse(q, folding).read_as) == parts


# Laws


@given(q=st.lists(queries() | texts(), max_size=40).map(lambda pieces: "".join(pieces)[:MAX_QUERY]))
@settings(max_examples=50)
def test_the_longest_query_is_read_at_once(q: str) -> None:
    started = time.thread_time()
    with contextlib.suppress(QueryTooComplex):
        parse(q, FOLDING)
    assert time.thread_time() - started < 1


@pytest.mark.parametrize(
    "q",
    [
        *(
            "\x00",
            "\ufeff",
            "\u202e科技",
            "\ud800",
            "1/0",
            "$HOME",
            "<script>alert(1)</script>",
            "'; DROP TABLE x;--",
        ),
        *(
            "%s%n{0}",
            "../../etc/passwd",
            "NULL",
            "NaN",
            "-1",
            "1e309",
            "٤٢",
            "ﬁ",
            "é",
            "👨‍👩‍👧",
            "\U0010ffff",
        ),
        *(
            ":::",
            "title:",
            ":title",
            "title::",
            "title:title:",
            "-title:",
            "~",
            "~5",
            '""~5',
            '"~5',
            "**",
            "*.*",
        ),
        *(
            "..",
            "date:..",
            "date:2024..2023",
            "year:99999",
            "(title:",
            "title:)",
            "title:(-)",
            'title:""',
            "OR:OR",
        ),
    ],
)
def test_naughty_text_is_read(q: str) -> None:
    result = parse(q, FOLDING)
    for notice in result.notices:
        assert notice.text == q[notice.span[0] : sum(notice.span)]

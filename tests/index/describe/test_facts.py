"""What documents state of themselves, from whole articles."""

import time
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.document_facts import FIELDS, NOTHING, as_labelled, found_facts, read_labels
from benchmarks.document_facts import articles as articles_of
from index.article import DocumentFacts, Level
from index.describe.document_types import DOCUMENT_TYPES
from index.describe.facts import FactFinder
from index.describe.information import AGENCY, EFFECTIVE, KEYS, NUMBER, PUBLISHER, SIGNED, pairs_of
from index.describe.lines import lines_of
from index.describe.times import CHINA
from index.regions.tree import Regions
from index.text.folding import Folding
from index.text.repair import Repairer

FOLDING = Folding.load()
FINDER = FactFinder.load(FOLDING, Regions.load())
DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "bulk"

NOTICE = """湖北省人民政府办公厅关于印发湖北省河道管理办法的通知
鄂政办发〔2024〕12号
各市、州、县人民政府，省政府各部门：
《湖北省河道管理办法》已经省人民政府同意，现印发给你们，请遵照执行。
湖北省人民政府办公厅
2024年10月14日
（此件公开发布）
湖北省河道管理办法
第一条　为加强河道管理，根据《国务院关于治水的意见》（国发〔2021〕3号），制定本办法。
第九条　本办法自2024年11月1日起施行。"""

NOTICE_FACTS = DocumentFacts(
    number="鄂政办发〔2024〕12号",
    agency="湖北省人民政府办公厅",
    level=Level.PROVINCIAL,
    type="通知",
    signed=date(2024, 10, 14),
    effective=date(2024, 11, 1),
)


def facts(
    title: str,
    body: str,
    *,
    lead: str = "",
    source: str | None = None,
    published: datetime | None = None,
    stated: Mapping[str, str] | None = None,
) -> DocumentFacts:
    return FINDER.find(
        title=title, lead=lead, body=body, source=source, published=published, stated=stated or {}
    )


def test_a_notice_with_what_it_is_for() -> None:
    title = "湖北省人民政府办公厅关于印发湖北省河道管理办法的通知"
    assert facts(title, NOTICE) == NOTICE_FACTS


def test_a_title_without_the_agency_finds_it_in_the_text() -> None:
    assert facts("关于印发湖北省河道管理办法的通知", NOTICE) == NOTICE_FACTS


def test_a_page_in_traditional_characters_keeps_the_name_as_it_writes_it() -> None:
    found = facts(
        "湖北省財政廳關於做好預算工作的通知",
        "鄂財預發﹝2024﹞７號\n各市：\n現就預算工作通知如下。\n湖北省財政廳　　二○二四年五月六日",
    )
    assert found == DocumentFacts(
        number="鄂财预发〔2024〕7号",
        agency="湖北省財政廳",
        level=Level.PROVINCIAL,
        type="通知",
        signed=date(2024, 5, 6),
    )


def test_a_decree() -> None:
    found = facts(
        "取水许可管理规定",
        "中华人民共和国水利部令\n第56号\n《取水许可管理规定》已经审议通过，现予公布，自公布之日起施行。\n"
        "部　长　张三\n2024年3月1日\n取水许可管理规定\n第一条　为了节水，制定本规定。",
    )
    assert found == DocumentFacts(
        number="水利部令第56号",
        agency="水利部",
        level=Level.NATIONAL,
        type="规定",
        signed=date(2024, 3, 1),
        effective=date(2024, 3, 1),
    )


def test_a_regulation_is_of_the_level_of_the_place_that_it_is_named_for() -> None:
    assert facts("浠水县古城保护条例", "第一条").level is Level.COUNTY
    assert facts("黄冈市浠水县古城保护条例", "第一条").level is Level.PREFECTURAL
    assert facts("湖北省河道管理条例", "第一条").level is Level.PROVINCIAL
    assert facts("中华人民共和国水法", "第一条").level is Level.NATIONAL


def test_the_number_shows_the_level_where_nobody_signs() -> None:
    assert facts("转发意见的通知", "鄂政办发〔2024〕12号\n各市：").level is Level.PROVINCIAL
    assert facts("关于治水的通知", "国办发〔2024〕12号\n各省：").level is Level.NATIONAL


def test_a_table_on_the_page_wins_over_the_text() -> None:
    found = facts(
        "关于印发湖北省河道管理办法的通知",
        "各市：\n请遵照执行。",
        stated={
            "发文字号": "鄂政办发[2024]12号",
            "发文机关": "湖北省人民政府办公厅",
            "成文日期": "2024年10月14日",
            "实施日期": "2024-11-01",
        },
    )
    assert found == NOTICE_FACTS


STATED_BY: dict[str, tuple[str, str]] = {
    "发文字号": ("number", "发文字号 发文文号 公文字号 文件字号 文件编号 文号"),
    "发文机关": ("agency", "发文机关 发文机构 发文单位 制定机关 发布机关 发布机构"),
    "成文日期": ("signed", "成文日期 成文时间 签署日期 发文日期 印发日期"),
    "实施日期": ("effective", "施行日期 实施日期 生效日期 施行时间 实施时间 生效时间"),
}
VALUES = {
    "number": "鄂政办发〔2024〕12号",
    "agency": "湖北省人民政府办公厅",
    "signed": "2024-10-14",
    "effective": "2024-11-01",
}


@pytest.mark.parametrize(
    ("label", "name"),
    [(label, name) for name, labels in STATED_BY.values() for label in labels.split()],
)
def test_every_label_of_the_table_on_a_page_is_read(label: str, name: str) -> None:
    [line] = lines_of(FOLDING.fold(f"{label}：{VALUES[name]}"))
    stated = {pair.key: VALUES[name] for pair in pairs_of(line)}
    found = as_labelled(facts("某某办法", "各市：", stated=stated))
    assert found[name] == VALUES[name]


def test_the_table_is_asked_for_keys_that_it_has() -> None:
    assert {NUMBER, AGENCY, PUBLISHER, SIGNED, EFFECTIVE} <= KEYS


@pytest.mark.parametrize(
    ("number", "level"),
    [
        ("鄂政办发", Level.PROVINCIAL),
        ("粤府办", Level.PROVINCIAL),
        ("云政发", Level.PROVINCIAL),
        ("宁政发", None),
        ("青政办发", None),
        ("新发", None),
        ("云府", None),
        ("苏府办", None),
    ],
)
def test_a_letter_that_cities_have_too_shows_no_level(number: str, level: Level | None) -> None:
    assert facts("转发意见的通知", f"{number}〔2024〕12号\n各单位：").level is level


PIECES = (
    *"〇零一二三十百廿卅09年月日号第〔〕。\n",
    *(
        "个月",
        "自发布之日起",
        "后施行",
        "本办法",
        "2024",
        "令",
        "鄂政发",
        "湖北省水利厅",
        "施行",
        "关于",
        "的通知",
    ),
)


@given(
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join),
    st.sampled_from(("某某办法", "关于治水的通知")),
)
def test_numerals_and_words_in_any_order_are_no_error(text: str, title: str) -> None:
    published = datetime(2024, 5, 1, tzinfo=CHINA)
    found = facts(title, text, published=published, stated={EFFECTIVE: text, NUMBER: text, SIGNED: text})
    assert found.type in {*DOCUMENT_TYPES, None}


def test_an_empty_table_says_nothing() -> None:
    stated = {"发文字号": "无", "发文机关": "", "成文日期": "不详"}
    assert facts("关于印发湖北省河道管理办法的通知", NOTICE, stated=stated) == NOTICE_FACTS


@pytest.mark.parametrize(
    ("title", "body", "source", "kind"),
    [
        ("湖北出台河道管理办法", NOTICE, "湖北日报", "新闻"),
        ("《湖北省河道管理办法》解读", NOTICE, "湖北省水利厅", "解读"),
        ("在全省治水会议上的讲话", NOTICE, None, "讲话"),
    ],
    ids=["news", "explanation", "speech"],
)
def test_what_tells_of_a_document_has_none_of_its_facts(
    title: str, body: str, source: str | None, kind: str
) -> None:
    assert facts(title, body, source=source) == DocumentFacts(type=kind)


def test_in_force_from_the_day_of_publication() -> None:
    body = "第九条　本办法自发布之日起施行。"
    late = datetime(2024, 5, 1, 23, 30, tzinfo=CHINA)
    assert facts("湖北省河道管理办法", body, published=late).effective == date(2024, 5, 1)
    assert facts("湖北省河道管理办法", body).effective is None


def test_nothing_gives_nothing() -> None:
    assert facts("", "") == DocumentFacts()


def test_the_labels_name_types_and_levels_that_there_are() -> None:
    labels = read_labels().values()
    assert len(labels) == 200
    assert {label["type"] for label in labels} <= {*DOCUMENT_TYPES, NOTHING}
    assert {label["level"] for label in labels} <= {*(level.value for level in Level), NOTHING}


@pytest.mark.parametrize(
    "unit",
    [
        "关于水利厅2024年1月1日",
        "2024年1月1日\n",
        "湖北省水利厅湖北省财政厅",
        "本办法自2024年1月1日起施行",
        "自公布之日起实施。",
        "鄂政发〔2024〕1号",
        "令第1号",
        "的通知",
        "《",
        "(",
        "一",
        "9",
        " ",
        "。",
        "x",
    ],
    ids=repr,
)
@pytest.mark.parametrize("place", ["title", "body", "stated"])
def test_a_hostile_text_costs_no_more_than_its_length(unit: str, place: str) -> None:
    text = unit * (200_000 // len(unit))
    started = time.thread_time()
    match place:
        case "title":
            facts(text, NOTICE)
        case "body":
            facts("关于印发湖北省河道管理办法的通知", text)
        case _:
            facts("", "", stated=dict.fromkeys(("发文字号", "发文机关", "成文日期", "实施日期"), text))
    assert time.thread_time() - started < 30


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.skipif(not DATA.is_dir(), reason="needs the real articles beside the checkout")
def test_the_facts_of_labelled_documents() -> None:
    """Number and type are at least .98 precise, as the issue wants it; the others nearly as measured."""
    labels = read_labels()
    repairer = Repairer.load(FOLDING)
    right, found, wanted = (dict.fromkeys(FIELDS, 0) for _ in range(3))
    for article in articles_of(DATA):
        label = labels.get(article["id"] or "")
        if label is None:
            continue
        actual = as_labelled(found_facts(FINDER, repairer, article))
        for name in FIELDS:
            found[name] += actual[name] != NOTHING
            wanted[name] += label[name] != NOTHING
            right[name] += actual[name] == label[name] != NOTHING
    least = {"number": 0.98, "type": 0.98, "agency": 0.98, "level": 0.98, "signed": 0.96, "effective": 0.95}
    for name in FIELDS:
        assert right[name] >= least[name] * found[name] > 0, name
        assert right[name] >= least[name] * wanted[name], name

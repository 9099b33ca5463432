"""Rows to articles."""

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.article import DATASET_TAG, TAG_SEPARATOR, Article, Original, Part, Script
from index.compose import Composer
from index.readers.files import read_paths
from index.readers.record import Record
from index.readers.refusal import RefusedRecord
from index.readers.rows import Location, PageRow, RecordRow
from index.stages import StageClock

COMPOSER = Composer.load()
SHARED = Path(__file__).resolve().parents[2] / "../shared/data"


def of_page(text: str) -> Article:
    row = PageRow(Location("p.txt"), Original(text.encode("utf-8", "replace"), "text/plain", "utf-8"), text)
    return COMPOSER.compose(row, StageClock()).article


def of_record(record: Record) -> Article:
    row = RecordRow(Location("r.jsonl", 1), Original(b"{}", "application/json", "utf-8"), record)
    return COMPOSER.compose(row, StageClock()).article


def assert_log_holds(article: Article, originals: dict[Part, str]) -> None:
    for repair in article.repairs:
        if repair.part is None:
            continue
        stored = article.text(repair.part)
        original = originals[repair.part]
        assert stored[repair.start : repair.start + repair.length] == repair.after
        end = repair.original_start + repair.original_length
        assert original[repair.original_start : end] == repair.before


PAGE = """首頁 > 創(chuàng)新 > 正文
武鄂協(xié)同創(chuàng)新
2024-10-14 08:30 來源:產(chǎn)業(yè)新聞網
導語:區(qū)域協(xié)同發(fā)展
區(qū)域協(xié)同發(fā)展提速
規(guī)劃落地
標簽：創(chuàng)新、數(shù)據(jù)
"""


def test_a_page() -> None:
    article = of_page(PAGE)
    assert article.title == "武鄂協同創新"
    assert article.lead == "區域協同發展"
    assert article.body == "區域協同發展提速\n規劃落地"
    assert article.tags == ("創新", "數據")
    assert article.source == "產業新聞網"
    assert article.category == ("創新",)
    assert article.script is Script.HANT
    assert article.url is None
    assert article.published is not None
    assert article.published.isoformat() == "2024-10-14T08:30:00+08:00"


def test_the_log_of_a_page_counts_from_its_start() -> None:
    article = of_page(PAGE)
    assert_log_holds(article, dict.fromkeys(Part, PAGE))
    assert [(repair.part, repair.before) for repair in article.repairs] == [
        (Part.TITLE, "(xié)"),
        (Part.TITLE, "(chuàng)"),
        (Part.LEAD, "(qū)"),
        (Part.LEAD, "(xié)"),
        (Part.LEAD, "(fā)"),
        (Part.BODY, "(qū)"),
        (Part.BODY, "(xié)"),
        (Part.BODY, "(fā)"),
        (Part.BODY, "(guī)"),
        (Part.TAGS, "(chuàng)"),
        (Part.TAGS, "(shù)"),
        (Part.TAGS, "(jù)"),
        (None, "(chuàng)"),
        (None, "(chǎn)"),
        (None, "(yè)"),
    ]


def test_a_record() -> None:
    article = of_record(
        Record(
            title=" 創新\n",
            lead="摘要",
            text=" 第一段\r\n第二段 ",
            url=" https://news.example/1 ",
            source=" 湖北日報",
            published="2024-10-14",
            region="湖北",
            origin="sample",
            tags=("科技", " ", "科技", "人才、教育"),
            category=("政策", ""),
        )
    )
    assert article.title == "創新"
    assert article.lead == "摘要"
    assert article.body == " 第一段\r\n第二段 "
    assert article.url == "https://news.example/1"
    assert article.source == "湖北日報"
    assert article.published is not None
    assert article.published.isoformat() == "2024-10-14T00:00:00+08:00"
    assert article.region_hint == "湖北"
    assert article.tags == ("科技", "人才", "教育", f"{DATASET_TAG}sample")
    assert article.category == ("政策",)
    assert article.origin is None
    assert article.repairs == ()


def test_blank_values_of_a_record_are_not_given() -> None:
    article = of_record(Record(text="文", id="", url=" ", source="", published="", region="", origin=""))
    assert (article.url, article.source, article.published, article.region_hint) == (None, None, None, None)
    assert article.tags == ()
    assert article.id == of_record(Record(text="文")).id


def test_the_log_of_a_record_counts_from_the_start_of_each_field() -> None:
    record = Record(
        title="  創(chuàng)新", text="發(fā)展\n規(guī)劃", tags=("數(shù)據",), source="聯(lián)合報"
    )
    article = of_record(record)
    assert (article.title, article.body, article.tags) == ("創新", "發展\n規劃", ("數據",))
    assert article.source == "聯合報"
    assert_log_holds(
        article,
        {Part.TITLE: record.title or "", Part.LEAD: "", Part.BODY: record.text or "", Part.TAGS: "數(shù)據"},
    )
    assert [(repair.part, repair.start, repair.original_start) for repair in article.repairs] == [
        (Part.TITLE, 1, 3),
        (Part.BODY, 1, 1),
        (Part.BODY, 4, 8),
        (Part.TAGS, 1, 1),
        (None, 1, 1),
    ]


def test_a_tag_is_kept_once() -> None:
    tags = ("創新", "數據、創新", "數(shù)據", "創(chuàng)新", "區(qū)域", f"{DATASET_TAG}sample")
    article = of_record(Record(text="文", tags=tags, origin="sample"))
    assert article.tags == ("創新", "數據", "區域", f"{DATASET_TAG}sample")
    page = of_page(PAGE.replace("標簽：", "標簽：數據 創新 "))
    assert page.tags == ("數據", "創新")


def test_the_repair_of_a_tag_that_is_there_already_is_logged_outside_of_the_parts() -> None:
    record = Record(text="文", source="聯(lián)合報", tags=("創新", "創(chuàng)新", "區(qū)域"))
    article = of_record(record)
    assert article.tags == ("創新", "區域")
    tags, repeated = "創新、創(chuàng)新、區(qū)域", len("聯合報\n\n\n文\n創新、創")
    assert_log_holds(article, {**dict.fromkeys(Part, ""), Part.TAGS: tags})
    assert [(repair.part, repair.before, repair.start) for repair in article.repairs] == [
        (Part.TAGS, "(qū)", 4),
        (None, "(lián)", 1),
        (None, "(chuàng)", repeated),
    ]


def test_the_fields_of_a_record_are_judged_together() -> None:
    assert of_record(Record(title="創(chuang)", text="發(fa)展規(gui)劃")).title == "創"
    assert of_record(Record(title="創(chuang)", text="發展規劃")).title == "創(chuang)"


damaged = st.lists(
    st.sampled_from(
        [
            "創(chuàng)",
            "業(yè)",
            "關(guan) ",
            "發（fā）",
            "孩(hái)",
            "科(湖北)",
            "新",
            " ",
            "\n",
            "。",
            "ab",
            "來源:",
        ]
    ),
    max_size=30,
).map("".join)


@given(damaged)
def test_every_repair_of_a_page_is_where_the_log_says(text: str) -> None:
    page = f"首頁 > 新聞\n標題在此\n2024-01-01\n{text}\n標籤:{text}"
    assert_log_holds(of_page(page), dict.fromkeys(Part, page))


@given(damaged, damaged, damaged, damaged)
def test_every_repair_of_a_record_is_where_the_log_says(title: str, lead: str, text: str, tag: str) -> None:
    record = Record(title=title, lead=lead, text=text + "文", tags=(tag,))
    originals = {Part.TITLE: title, Part.LEAD: lead, Part.BODY: text + "文", Part.TAGS: tag.strip()}
    assert_log_holds(of_record(record), originals)


FULL_LINES = st.text("区域协同发展提速规划落地", min_size=48, max_size=48)
WRAPPED = st.tuples(st.sampled_from(["", "　　"]), st.lists(FULL_LINES, min_size=1, max_size=8), damaged).map(
    lambda parts: parts[0] + "\n".join(parts[1])[len(parts[0]) :] + parts[2]
)
"""Lines of one width, the first of them indented or not, with something behind the last."""

INDENTED_LINE = "　　" + ("区域协同发展" * 8)[2:]


@given(damaged | WRAPPED, WRAPPED, WRAPPED, st.lists(damaged | FULL_LINES, max_size=3))
@example("标题", INDENTED_LINE, "\n".join(["规划落地提速" * 8] * 8), [])
def test_no_repair_of_a_record_reaches_from_one_field_into_the_next(
    title: str, lead: str, text: str, tags: list[str]
) -> None:
    article = of_record(Record(title=title, lead=lead, text=text, tags=tuple(tags), source="报社"))
    kept = (tag.strip() for tags_together in tags for tag in tags_together.split(TAG_SEPARATOR))
    given_tags = TAG_SEPARATOR.join(dict.fromkeys(filter(None, kept)))
    assert_log_holds(article, {Part.TITLE: title, Part.LEAD: lead, Part.BODY: text, Part.TAGS: given_tags})
    assert all(
        repair.start + repair.length <= len(article.text(repair.part))
        for repair in article.repairs
        if repair.part is not None
    )
    assert as_it_came(article, Part.LEAD) == lead
    assert as_it_came(article, Part.BODY) == text


def test_the_lines_of_a_field_are_joined_and_no_field_with_the_next() -> None:
    line = "规划落地提速" * 8
    article = of_record(Record(lead=INDENTED_LINE, text="\n".join([line] * 8)))
    assert article.lead == INDENTED_LINE
    assert "\n" not in article.body
    assert [(repair.part, repair.original_start) for repair in article.repairs] == [
        (Part.BODY, 48 + 49 * number) for number in range(7)
    ]


@given(st.text(min_size=1).filter(lambda text: not text.isspace()))
def test_any_page_becomes_an_article_or_is_refused(text: str) -> None:
    try:
        article = of_page(text)
    except RefusedRecord:
        return
    assert article.title or article.lead or article.body


def test_an_id_that_is_given_is_kept() -> None:
    assert of_record(Record(id="hebei:1", text="文", url="https://news.example/1")).id == "hebei:1"


def test_the_file_of_a_page_does_not_change_its_id() -> None:
    original = Original(PAGE.encode(), "text/plain", "utf-8")
    here = COMPOSER.compose(PageRow(Location("a/1.txt"), original, PAGE), StageClock())
    there = COMPOSER.compose(PageRow(Location("b/2.txt"), original, PAGE), StageClock())
    assert here == there
    assert here.original is original


def test_a_page_and_its_simplified_copy_in_another_place_differ_only_by_source() -> None:
    base = "某市出台新政\n2024-01-01 10:00 來源:{}\n正文"
    assert of_page(base.format("甲日報")).id == of_page(base.format("甲日報") + "修訂").id
    assert of_page(base.format("甲日報")).id != of_page(base.format("乙日報")).id


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2024-10-14", "2024-10-14T00:00:00+08:00"),
        ("2024-10-14T08:00:00Z", "2024-10-14T08:00:00+00:00"),
        ("2024年10月14日", "2024-10-14T00:00:00+08:00"),
        ("２０２４年１０月１４日 下午3:05", "2024-10-14T15:05:00+08:00"),
        ("二〇二四年十月十四日", "2024-10-14T00:00:00+08:00"),
        ("2024/10/14 08:30", "2024-10-14T08:30:00+08:00"),
    ],
)
def test_a_record_may_write_its_date_in_any_form(written: str, moment: str) -> None:
    published = of_record(Record(text="文", published=written)).published
    assert published is not None
    assert published.isoformat() == moment


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        pytest.param(
            Record(text="文", id="a b"),
            "bad-value: `id` 'a b' is none: an id is 1 to 128",
            id="id with a space",
        ),
        pytest.param(Record(text="文", id=" .. "), "bad-value: `id` '..' is none", id="id of dots only"),
        pytest.param(Record(text="文", id="湖北"), "bad-value: `id` '湖北'", id="id in Chinese"),
        pytest.param(
            Record(text="文", published="2024"), "bad-value: `published`: '2024' is neither", id="year only"
        ),
        pytest.param(Record(text="文", published="2024-02-30"), "bad-value: `published`: ", id="no day"),
        pytest.param(Record(text="文", published="约2024年2月"), "bad-value: `published`: ", id="about"),
        pytest.param(
            Record(text="文", published="2024年2月3日至5日"), "bad-value: `published`: ", id="a span of days"
        ),
    ],
)
def test_refused_records(record: Record, reason: str) -> None:
    with pytest.raises(RefusedRecord) as refused:
        of_record(record)
    assert str(refused.value).startswith(reason)


def test_a_page_that_is_nothing_but_frame_is_refused() -> None:
    with pytest.raises(RefusedRecord, match=r"^empty: "):
        of_page("首页 > 新闻 > 正文\n")


@pytest.mark.shared
def test_seed_page() -> None:
    if not SHARED.is_dir():
        pytest.skip("the seed page lies beside the checkout on the team's machines only")
    [row] = read_paths([SHARED / "seed"])
    assert isinstance(row, PageRow)
    article = COMPOSER.compose(row, StageClock()).article
    assert article.title == "武鄂協同創新取得新突破"
    assert article.published is not None
    assert article.published.isoformat() == "2024-10-14T15:46:51+08:00"
    assert (article.source, article.origin) == ("中國企業新聞網", "湖北省科技廳")
    assert article.category == ("創新創業",)
    assert article.tags == ("創新創業",)
    assert article.script is Script.HANT
    assert article.lead.startswith("近年來,湖北鄂州市")
    assert [paragraph[:4] for paragraph in article.body.split("\n")] == ["一是武鄂", "二是市校", "三是創新"]
    assert article.notice.startswith("免責聲明:\n※ 以上所展示的信息")
    assert article.related == ("相關網文", "一周新聞資訊點擊排行")
    assert_log_holds(article, dict.fromkeys(Part, row.text))
    assert "(湖北)" in article.body
    assert "(chuàng)" not in "".join(map(article.text, Part)) + article.notice


def as_it_came(article: Article, part: Part) -> str:
    """A part with its repairs undone."""
    text, pieces, at = article.text(part), [], 0
    for repair in article.repairs:
        if repair.part is part:
            pieces += [text[at : repair.start], repair.before]
            at = repair.start + repair.length
    return "".join((*pieces, text[at:]))


@pytest.mark.slow
@pytest.mark.shared
def test_a_thousand_real_notices_are_taken_in_with_nothing_lost() -> None:
    path = SHARED / "bulk" / "hebei_gov.jsonl.gz"
    if not path.is_file():
        pytest.skip("the articles lie beside the checkout on the team's machines only")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    articles = []
    for row in read_paths([path]):
        assert isinstance(row, RecordRow)
        articles.append(COMPOSER.compose(row, StageClock()).article)
    assert [(article.id, as_it_came(article, Part.BODY)) for article in articles] == [
        (record["id"], record["text"]) for record in records
    ]
    assert sum(article.is_repaired for article in articles) < 0.05 * len(articles)

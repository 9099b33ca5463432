"""Headers and keys to the keys of a record."""

import pytest

from index.readers.cells import record_of
from index.readers.mapping import BadFieldMap, FieldMap, Layout
from index.readers.record import Record
from index.readers.refusal import Refusal, RefusedRecord

KNOWN = FieldMap.parse(())


def columns(*header: str, field_map: FieldMap = KNOWN) -> dict[str, str]:
    """Which header is taken for which key."""
    _, layout = field_map.layout([header])
    return {key: header[place] for key, place in layout.columns.items()}


@pytest.mark.parametrize("key", Record.__struct_fields__)
def test_the_keys_of_a_record_are_known(key: str) -> None:
    header = ("title", key) if key != "title" else ("title",)
    assert columns(*header)[key] == key


@pytest.mark.parametrize(
    ("header", "key"),
    [
        pytest.param("标题", "title", id="Simplified"),
        pytest.param("標題", "title", id="Traditional"),
        pytest.param(" 标 题 ", "title", id="white space"),
        pytest.param("\u3000标题\u3000", "title", id="wide white space"),
        pytest.param("*标题", "title", id="an asterisk for what must be filled in"),
        pytest.param("标题：", "title", id="a colon"),
        pytest.param("TITLE", "title", id="upper case"),
        pytest.param("Ｔｉｔｌｅ", "title", id="full width"),
        pytest.param("文件名称", "title", id="name of a document"),
    ],
)
def test_a_title_by_many_names(header: str, key: str) -> None:
    assert columns(header) == {key: header}


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("正文", "text"),
        ("內容", "text"),
        ("全文", "text"),
        ("body", "text"),
        ("發布日期", "published"),
        ("发布日期（年月日）", "published"),
        ("publish_date", "published"),
        ("成文日期", "published"),
        ("来源", "source"),
        ("发布机构", "source"),
        ("网址", "url"),
        ("Link", "url"),
        ("省份", "region"),
        ("关键词", "tags"),
        ("主題詞", "tags"),
        ("摘要", "lead"),
        ("欄目", "category"),
        ("文章编号", "id"),
        ("作者", "written_by"),
    ],
)
def test_other_columns_by_their_names(header: str, key: str) -> None:
    assert columns("题名", header) == {"title": "题名", key: header}


def test_of_two_names_for_a_key_the_better_one_is_taken_and_the_other_is_named() -> None:
    header = ("标题", "成文日期", "发布日期", "点击", "")
    _, layout = KNOWN.layout([header])
    assert layout.columns == {"title": 0, "published": 2}
    assert layout.unused == ("成文日期", "点击", "#5")


def test_of_two_equal_headers_the_first_is_taken() -> None:
    _, layout = KNOWN.layout([("标题", "正文", "正文")])
    assert layout == Layout(("标题", "正文", "正文"), {"title": 0, "text": 1})
    assert layout.unused == ("正文",)


def test_the_header_may_stand_below_other_rows() -> None:
    place, layout = KNOWN.layout([("政策清单",), ("2024年", ""), ("标题", "网址"), ("正文", "内容")])
    assert (place, layout.columns) == (2, {"title": 0, "url": 1})


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([("甲", "乙")], id="unknown columns"),
        pytest.param([("来源", "网址")], id="neither title nor text"),
        pytest.param([("x",)] * 10 + [("标题",)], id="too far down"),
        pytest.param([("标题" * 100,)], id="a long text"),
    ],
)
def test_a_table_without_a_known_header(rows: list[tuple[str, ...]]) -> None:
    with pytest.raises(RefusedRecord, match=rf"{rows[0][0][:2]}.*--map title=标题") as refused:
        KNOWN.layout(rows)
    assert refused.value.refusal is Refusal.UNKNOWN_HEADER


def test_an_empty_table() -> None:
    with pytest.raises(RefusedRecord, match=r"^empty: "):
        KNOWN.layout([])


def test_columns_that_were_named_come_first() -> None:
    field_map = FieldMap.parse(("title = 事项", "text=说明=补充"))
    header = ("标题", "事项", "说明=补充", "来源")
    assert columns(*header, field_map=field_map) == {"title": "事项", "text": "说明=补充", "source": "来源"}


def test_a_column_that_was_named_for_one_key_is_taken_for_no_other() -> None:
    assert columns("标题", "正文", field_map=FieldMap.parse(("lead=标题",))) == {
        "lead": "标题",
        "text": "正文",
    }


def test_a_named_column_is_found_folded_and_the_exact_one_before() -> None:
    field_map = FieldMap.parse(("title=ITEM",))
    assert columns("item", "x", field_map=field_map) == {"title": "item"}
    assert columns("item", "ITEM", field_map=field_map) == {"title": "ITEM"}


def test_a_named_column_that_is_missing_refuses_the_table() -> None:
    field_map = FieldMap.parse(("title=标题", "text=没有"))
    with pytest.raises(RefusedRecord, match=r"^unknown-header: there is no column 没有; .*: 标题、正文$"):
        field_map.layout([("标题", "正文")])


@pytest.mark.parametrize(
    ("texts", "named"),
    [
        pytest.param(("标题",), "KEY=COLUMN", id="no equals sign"),
        pytest.param(("title=",), "KEY=COLUMN", id="no column"),
        pytest.param(("name=标题",), "title, lead, text", id="no key of a record"),
        pytest.param(("title=a", "title=b"), "twice", id="a key twice"),
    ],
)
def test_a_map_that_cannot_be_understood(texts: tuple[str, ...], named: str) -> None:
    with pytest.raises(BadFieldMap, match=named):
        FieldMap.parse(texts)


@pytest.mark.parametrize(
    ("given", "text", "is_id"),
    [
        ((), "12", False),
        ((), " 007 ", False),
        ((), "hubei-12", True),
        (("title=标题",), "12", False),
        (("id=编号",), "12", True),
    ],
)
def test_a_plain_number_is_an_id_only_if_that_was_said(
    given: tuple[str, ...], text: str, is_id: object
) -> None:
    assert FieldMap.parse(given).means_id(text) is is_id


def test_cells_to_a_record() -> None:
    values = {
        "title": "标题",
        "text": " 第一段\n第二段 ",
        "url": "  ",
        "tags": "科技 创新、数据；digital economy",
        "category": "首页 > 政策 / 通知",
        "related": "一、二\n三",
    }
    assert record_of(values) == Record(
        title="标题",
        text=" 第一段\n第二段 ",
        tags=("科技", "创新", "数据", "digital economy"),
        category=("首页", "政策", "通知"),
        related=("一、二", "三"),
    )


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        pytest.param({"title": " ", "url": "https://news.example"}, "empty: ", id="nothing to read"),
        pytest.param({"title": "长" * 1_001}, "text-too-long: ", id="too long"),
    ],
)
def test_cells_that_make_no_record(values: dict[str, str], kind: str) -> None:
    with pytest.raises(RefusedRecord, match=f"^{kind}"):
        record_of(values)

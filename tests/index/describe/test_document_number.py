"""Document numbers in every way of writing them, and which of several is a document's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.describe.closed_up import ClosedUp
from index.describe.document_number import find_numbers, normalised, own_number
from index.text.folding import Folding

FOLDING = Folding.load()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(
            (f"鄂政发{opening}2024{closing}12号", "鄂政发〔2024〕12号")
            for opening, closing in (
                "〔〕",
                "[]",
                "［］",
                "【】",
                "（）",
                "()",
                "﹝﹞",
                "〖〗",
                "「」",
                "『』",
                "《》",
            )
        ),
        ("鄂政發〔２０２４〕１２號", "鄂政发〔2024〕12号"),
        ("鄂政发〔2024〕第12号", "鄂政发〔2024〕12号"),
        ("鄂政发〔2024〕012号", "鄂政发〔2024〕12号"),
        ("鄂政发 〔 2024 〕 12 号", "鄂政发〔2024〕12号"),
        ("鄂政发〔2024年〕12号", "鄂政发〔2024〕12号"),
        ("鄂政发〔2024〕12", "鄂政发〔2024〕12号"),
        ("鄂政发 2024 12号", "鄂政发〔2024〕12号"),
        ("鄂政发2024年12号", "鄂政发〔2024〕12号"),
        ("鄂政发2024第12号", "鄂政发〔2024〕12号"),
        ("鄂政发2024-12号", "鄂政发〔2024〕12号"),
        ("国经贸投资〔2000〕5号", "国经贸投资〔2000〕5号"),
        ("国务院令第700号", "国务院令第700号"),
        ("中华人民共和国国务院令 第700号", "国务院令第700号"),
        ("国务院令（第700号）", "国务院令第700号"),
        ("国务院第七百号令", "国务院令第700号"),
        ("第12号令", "令第12号"),
        ("交通运输部令2021年第31号", "交通运输部令2021年第31号"),
        ("公告2024年第5号", "公告2024年第5号"),
        ("2024年第5号公告", "公告2024年第5号"),
        ("国家林业和草原局公告（2023年第5号）", "国家林业和草原局公告2023年第5号"),
        ("财政部、税务总局公告2022年第28号", "财政部税务总局公告2022年第28号"),
        ("水利部、中华人民共和国商务部令2022年第2号", "水利部商务部令2022年第2号"),
        ("湖北省人民政府令〔2016〕第5号", "湖北省人民政府令〔2016〕5号"),
    ],
    ids=str,
)
def test_one_way_of_writing(text: str, number: str) -> None:
    assert normalised(FOLDING.fold(text)) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "鄂政发",
        "鄂政发202412号",
        "鄂政发〔24〕12号",
        "〔2024〕12号",
        "2024年12号",
        "中山路12号",
        "武汉2024年12号",
        "根据鄂政发〔2024〕12号",
        "鄂政发〔2024〕12号文件",
        "关于印发通知的鄂政发〔2024〕12号",
        "鄂政发〔2024〕1234567号",
        "第12号",
        "第十十号令",
    ],
    ids=repr,
)
def test_what_is_no_number(text: str) -> None:
    assert normalised(FOLDING.fold(text)) is None


BRACKETS = st.sampled_from(("〔〕", "[]", "【】", "（）", "﹝﹞", "〖〗", "「」"))


@given(
    name=st.sampled_from(("鄂政发", "国办函", "工信部联科", "人社厅发", "冀教职成函")),
    year=st.integers(1949, 2099),
    serial=st.integers(1, 99999),
    brackets=BRACKETS,
    before=st.sampled_from(("", "第", "0")),
)
def test_all_forms_of_a_number_are_one(name: str, year: int, serial: int, brackets: str, before: str) -> None:
    if before == "0" and serial > 9999:
        before = ""
    written = f"{name}{brackets[0]}{year}{brackets[1]}{before}{serial}号"
    number = normalised(FOLDING.fold(written))
    assert number == f"{name}〔{year}〕{serial}号"
    assert normalised(number) == number


def test_numbers_in_a_text_with_their_places() -> None:
    text = "根据《某某通知》(国办发〔2021〕3号)和鄂政规〔2022〕4号文,执行〉中华人民共和国国务院令第7号。"
    assert [(found.number, text[found.start : found.end]) for found in find_numbers(text)] == [
        ("国办发〔2021〕3号", "国办发〔2021〕3号"),
        ("国务院令第7号", "中华人民共和国国务院令第7号"),
    ]


@pytest.mark.parametrize(
    ("title", "text", "number"),
    [
        pytest.param(
            "关于做好防汛工作的通知",
            "关于做好防汛工作的通知\n鄂政办发〔2024〕9号\n各市、州人民政府：根据国办发〔2023〕2号文件要求。",
            "鄂政办发〔2024〕9号",
            id="line of its own",
        ),
        pytest.param(
            "关于做好防汛工作的通知",
            "关于做好防汛工作的通知鄂政办发〔2024〕9号\n各市、州人民政府：",
            "鄂政办发〔2024〕9号",
            id="behind the title",
        ),
        pytest.param(
            "关于做好防汛工作的通知",
            "湖北省人民政府办公厅\n关于做好防汛\n工作的通知（鄂政办发〔2024〕9号）\n各市、州人民政府：",
            "鄂政办发〔2024〕9号",
            id="in brackets behind the title",
        ),
        pytest.param(
            "关于做好防汛工作的通知",
            "（鄂政办发〔2024〕9号）　　各市、州人民政府：",
            "鄂政办发〔2024〕9号",
            id="in brackets at the start",
        ),
        pytest.param(
            "关于做好防汛工作的通知",
            "鄂政办发〔2024〕9号湖北省人民政府办公厅关于做好防汛工作的通知各市、州：现通知如下。",
            "鄂政办发〔2024〕9号",
            id="before the title without a gap",
        ),
        pytest.param(
            "关于做好防汛工作的通知",
            "发文机构：省水利厅　发布时间：2024-05-01　发文字号：鄂水利〔2024〕9号　主题分类：水利",
            "鄂水利〔2024〕9号",
            id="behind a label",
        ),
        pytest.param(
            "关于做好防汛工作的通知",
            "发布日期：2024-05-02\n2024年5月1日　鄂水利[2024]9号\n各市、州水利局：",
            "鄂水利〔2024〕9号",
            id="behind a date",
        ),
        pytest.param(
            "湖北省河道管理办法",
            "（2020年3月1日湖北省人民政府令第410号公布　根据2022年4月1日省政府令第420号修正）\n第一条",
            "湖北省人民政府令第410号",
            id="in the note on a regulation",
        ),
        pytest.param(
            "水利部关于修改《取水办法》的决定（水利部令2024年第3号）",
            "正文。",
            "水利部令2024年第3号",
            id="in the title",
        ),
        pytest.param("水利部令第56号　取水规定", "正文。", "水利部令第56号", id="title begins with it"),
    ],
)
def test_the_number_of_its_own(title: str, text: str, number: str) -> None:
    assert own(title, text) == number


@pytest.mark.parametrize(
    ("title", "text"),
    [
        pytest.param(
            "关于做好防汛工作的通知",
            "为贯彻落实《国务院办公厅关于防汛工作的通知》（国办发〔2023〕2号）精神，现通知如下：",
            id="cited behind a title",
        ),
        pytest.param(
            "关于做好防汛工作的通知", "各市、州人民政府：\n国办发〔2023〕2号印发以来", id="after the address"
        ),
        pytest.param(
            "关于做好防汛工作的通知", "按照国办发〔2023〕2号文件要求，现通知如下。", id="in a sentence"
        ),
        pytest.param(
            "关于做好防汛工作的通知", "国办发〔2023〕2号文件印发后", id="the document cited by its number"
        ),
        pytest.param("关于贯彻《防汛规定》（水利部令第5号）的通知", "各市、州：", id="cited in the title"),
        pytest.param("关于做好防汛工作的通知", "地址：中山路12号", id="house number"),
    ],
)
def test_a_cited_number_is_not_its_own(title: str, text: str) -> None:
    assert own(title, text) is None


def own(title: str, text: str) -> str | None:
    return own_number(ClosedUp.line(title, FOLDING).folded, ClosedUp.of(text, FOLDING).folded)

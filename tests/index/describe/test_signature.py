"""Who signed a document, and when."""

from datetime import date

import pytest

from index.describe.agencies import Agencies
from index.describe.closed_up import ClosedUp
from index.describe.signature import Signature, signature_of
from index.regions.tree import Regions
from index.text.folding import Folding

FOLDING = Folding.load()
AGENCIES = Agencies.load(FOLDING, Regions.load())

DAY = date(2024, 5, 1)
LETTER = "各市、州人民政府：\n请认真贯彻执行。\n"


def signature(text: str) -> Signature | None:
    return signature_of(ClosedUp.of(text, FOLDING).folded, AGENCIES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            LETTER + "湖北省水利厅\n2024年5月1日", Signature(DAY, "湖北省水利厅"), id="on lines of their own"
        ),
        pytest.param(
            LETTER + "湖北省水利厅　　　2024年5月1日", Signature(DAY, "湖北省水利厅"), id="on one line"
        ),
        pytest.param(
            LETTER + "湖北省水利厅\n二〇二四年五月一日",
            Signature(DAY, "湖北省水利厅"),
            id="in Chinese numerals",
        ),
        pytest.param(
            "请遵照执行。湖北省水利厅2024年5月1日为加强管理，制定本办法。",
            Signature(DAY, "湖北省水利厅"),
            id="between two texts without a gap",
        ),
        pytest.param(
            LETTER + "水利部\n财政部\n2024年5月1日",
            Signature(DAY, "水利部"),
            id="two agencies, one above the other",
        ),
        pytest.param(
            LETTER + "湖北省水利厅　湖北省财政厅\n2024年5月1日",
            Signature(DAY, "湖北省水利厅"),
            id="side by side",
        ),
        pytest.param(
            LETTER + "附件：某某管理办法湖北省水利厅2024年5月1日",
            Signature(DAY, "湖北省水利厅"),
            id="behind a title",
        ),
        pytest.param(LETTER + "部　长　张三\n2024年5月1日", Signature(DAY, None), id="a person"),
        pytest.param(LETTER + "2024年5月1日\n（此件主动公开）", Signature(DAY, None), id="a date alone"),
        pytest.param(
            LETTER + "附件：名单2024年5月1日（此件公开发布）",
            Signature(DAY, None),
            id="above the mark of publicity",
        ),
        pytest.param(
            LETTER + "湖北省水利厅\n2024年5月1日\n附件\n某厅某办\n水利部\n2023年1月1日",
            Signature(DAY, "湖北省水利厅"),
            id="what others signed is attached",
        ),
        pytest.param(
            LETTER + "湖北省水利厅\n2024年5月1日\n湖北省水利厅办公室2024年5月3日印发",
            Signature(DAY, "湖北省水利厅"),
            id="the day of printing is another",
        ),
        pytest.param(
            "（2024年5月1日湖北省第十四届人民代表大会常务委员会第九次会议通过）\n第一条",
            Signature(DAY, "湖北省人民代表大会常务委员会"),
            id="who passed a regulation",
        ),
        pytest.param(
            "（2024年5月1日湖北省人民政府令第430号公布）\n第一条",
            Signature(DAY, "湖北省人民政府"),
            id="whose decree",
        ),
        pytest.param(
            "水利部令第56号取水规定2024年5月1日\n第一条　为了", Signature(DAY, None), id="under the title"
        ),
        pytest.param("2024年5月1日　鄂水利〔2024〕9号\n各市：", Signature(DAY, None), id="above the number"),
    ],
)
def test_the_signature(text: str, expected: Signature) -> None:
    assert signature(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("发布日期：2024-05-01\n各市：\n请执行。", id="day of publication"),
        pytest.param(
            "发布时间：2024-05-01\n鄂水利〔2024〕9号\n各市：", id="day of publication above the number"
        ),
        pytest.param("请于湖北省水利厅2024年5月1日前报送。", id="in a sentence"),
        pytest.param("本办法自2024年5月1日起施行。", id="in force from then on"),
        pytest.param("湖北省水利厅2024年5月1日印发的办法废止。", id="of another document"),
        pytest.param("会议开了。2024年5月1日，我省修好了路。", id="a sentence begins so"),
        pytest.param("2024年5月1日 15:46", id="with a time"),
        pytest.param("没有日期。", id="none"),
        pytest.param("", id="empty"),
    ],
)
def test_a_text_that_nobody_signs(text: str) -> None:
    assert signature(text) is None

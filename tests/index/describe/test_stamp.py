"""The line that says when a page was published."""

import pytest

from index.describe.lines import Line
from index.describe.stamp import Rank, stamp_of
from index.text.folding import Folding

FOLDING = Folding.load()


def line(text: str) -> Line:
    return Line(0, FOLDING.fold(text))


@pytest.mark.parametrize(
    ("text", "moment", "rank"),
    [
        ("发布时间：2024-10-14 15:46", "2024-10-14T15:46:00+08:00", Rank.LABELLED),
        ("發布時間：2024年10月14日 下午3時46分　來源：湖北日報", "2024-10-14T15:46:00+08:00", Rank.LABELLED),
        ("发布时间：24-10-14 浏览次数：12", "2024-10-14T00:00:00+08:00", Rank.LABELLED),
        ("日期：113/10/14", "2024-10-14T00:00:00+08:00", Rank.LABELLED),
        ("時間：民國113年10月14日", "2024-10-14T00:00:00+08:00", Rank.LABELLED),
        ("2024年10月14日 星期一 08:05　湖北日报", "2024-10-14T08:05:00+08:00", Rank.ALONE),
        ("二〇二四年十月十四日", "2024-10-14T00:00:00+08:00", Rank.ALONE),
        ("Published: Oct 14, 2024", "2024-10-14T00:00:00+08:00", Rank.LABELLED),
        ("Posted on 14 October 2024 3:46 pm", "2024-10-14T15:46:00+08:00", Rank.LABELLED),
        ("Updated: October 14, 2024 15:46", "2024-10-14T15:46:00+08:00", Rank.OTHER_LABEL),
        ("更新时间：24年10月14日", "2024-10-14T00:00:00+08:00", Rank.OTHER_LABEL),
        ("成文日期：2024-10-09 发布日期：2024-10-14", "2024-10-14T00:00:00+08:00", Rank.LABELLED),
        ("公布日期：2024-10-14", "2024-10-14T00:00:00+08:00", Rank.LABELLED),
        ("发文日期：2024-10-14", "2024-10-14T00:00:00+08:00", Rank.OTHER_LABEL),
        ("湖北日报 时间：2024-10-14", "2024-10-14T00:00:00+08:00", Rank.LABELLED),
        (
            "发布时间：2024-10-14 15:46 施行日期：2024-11-01",
            "2024-10-14T15:46:00+08:00",
            Rank.LABELLED,
        ),
        ("发布时间：2024-10-14T07:46:51Z", "2024-10-14T07:46:51+00:00", Rank.LABELLED),
    ],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_when_a_page_was_published(text: str, moment: str, rank: Rank) -> None:
    stamp = stamp_of(line(text))
    assert stamp is not None
    assert (stamp.published.isoformat(), stamp.rank) == (moment, rank)


@pytest.mark.parametrize(
    "text",
    [
        "3小时前 湖北日报",
        "昨天 15:46",
        "24-10-14",
        "本办法自2024年11月1日起施行。",
        "关于2024年10月14日停水的通知",
        "发布时间：2024-13-14",
        "电话：0311-66005057",
        "发布时间：" + "　" * 120 + "2024-10-14",
        "施行时间：2024-11-01",
        "实施日期：2024-11-01",
        "签发时间：2024-10-09 09:00",
        "废止日期：2024年11月1日",
        "失效日期：2024年11月1日",
        "报名时间：2024-10-14 09:00至2024-10-20 17:00",
        "报名截止时间：2024-10-20 17:00",
        "会议时间：2024年10月14日15时",
        "开标时间: 2024-10-14 09:30",
        "起止时间：2024-10-14至2024-10-20",
        "",
    ],
    ids=lambda text: repr(text[:20]),
)
def test_a_line_that_says_it_not(text: str) -> None:
    assert stamp_of(line(text)) is None


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("发布时间：24-10-14 来源：湖北日报", "湖北日报"),
        ("Oct 14, 2024 15:46 新华社", "新华社"),
        ("2024年10月14日 星期一 08:05　湖北日报", "湖北日报"),
        ("2024-10-14 08:05", None),
    ],
)
def test_who_published_it(text: str, source: str | None) -> None:
    stamp = stamp_of(line(text))
    assert stamp is not None
    assert (None if stamp.source is None else stamp.source.of(text)) == source

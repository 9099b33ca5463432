"""Dates as pages and records write them."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.describe.times import CHINA, find_dates, parse_published
from index.text.folding import Folding

FOLDING = Folding.load()


def found(text: str) -> list[str]:
    return [date.moment.replace(tzinfo=None).isoformat(" ") for date in find_dates(FOLDING.fold(text))]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024/10/14 15:46:51", "2024-10-14 15:46:51"),
        ("2024-1-5T08:00:01", "2024-01-05 08:00:01"),
        ("2024.10.14", "2024-10-14 00:00:00"),
        ("2024年10月14日", "2024-10-14 00:00:00"),
        ("2024 年 10 月 14 日 9 : 05", "2024-10-14 00:00:00"),
        ("2024年10月14日15时46分51秒", "2024-10-14 15:46:51"),
        ("2024年10月14日 15時46分", "2024-10-14 15:46:00"),
        ("２０２４年１０月１４日　１５：４６", "2024-10-14 15:46:00"),
        ("二〇二四年十月十四日", "2024-10-14 00:00:00"),
        ("二○二四年十二月三十一日 09:05", "2024-12-31 09:05:00"),
        ("一九九八年二月二十日", "1998-02-20 00:00:00"),
        ("2024年1月5日 下午3:20", "2024-01-05 15:20:00"),
        ("2024年1月5日 上午12:20", "2024-01-05 00:20:00"),
        ("2024年1月5日 晚上8点30分", "2024-01-05 20:30:00"),
        ("發布時間：2024-10-14來源", "2024-10-14 00:00:00"),
        ("2024-10-14 99:99", "2024-10-14 00:00:00"),
    ],
    ids=str,
)
def test_dates(text: str, moment: str) -> None:
    assert found(text) == [moment]


@pytest.mark.parametrize(
    "text",
    [
        "2024年13月1日",
        "2024年4月31日",
        "2023-02-29",
        "120.12.13.14",
        "2012.12.13.14",
        "12024-10-14",
        "2024-10-145",
        "3024-10-14",
        "二四年十月十四日",
        "二〇二四年十月百日",
        "二〇二四年二十十月一日",
        "二〇二四年十十月一日",
        "2024年10月",
        "10月14日",
        "",
    ],
    ids=repr,
)
def test_what_is_no_date(text: str) -> None:
    assert found(text) == []


def test_several_dates_with_their_places() -> None:
    text = "發布：2024-10-14 08:00 更新：2024年10月15日"
    first, second = find_dates(FOLDING.fold(text))
    assert text[first.start : first.end] == "2024-10-14 08:00"
    assert text[second.start : second.end] == "2024年10月15日"
    assert (first.has_time, second.has_time) == (True, False)
    assert first.moment.utcoffset() == timedelta(hours=8)


@given(st.integers(-(2**31), 4_102_415_999))  # 1901-12-14 to 2099-12-31
def test_every_moment_is_read_as_it_was_written(seconds: int) -> None:
    moment = datetime.fromtimestamp(seconds, CHINA)
    for pattern in ("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y年%m月%d日%H时%M分%S秒"):
        [date] = find_dates(moment.strftime(pattern))
        assert date.moment == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-10-14", "2024-10-14T00:00:00+08:00"),
        ("2024-10-14T15:46:51", "2024-10-14T15:46:51+08:00"),
        ("2024-10-14 15:46", "2024-10-14T15:46:00+08:00"),
        ("2024-10-14T15:46:51Z", "2024-10-14T15:46:51+00:00"),
        ("2024-10-14T15:46:51.999999-03:30", "2024-10-14T15:46:51-03:30"),
        ("2099-12-31T23:59:59+08:00", "2099-12-31T23:59:59+08:00"),
        ("1900-01-01T00:00+08:00", "1900-01-01T00:00:00+08:00"),
        ("2024-10-14T15:46:51+0800", "2024-10-14T15:46:51+08:00"),
    ],
    ids=str,
)
def test_published(text: str, moment: str) -> None:
    assert parse_published(text).isoformat() == moment


@pytest.mark.parametrize(
    "text",
    [
        "2024",
        "2024-10",
        "20241014",
        "2024-W42-1",
        "2024/10/14",
        "14.10.2024",
        "2024-13-01",
        "2023-02-29",
        "2024-10-14T25:00",
        "2024-10-14T15:46:51+99:00",
        "0001-01-01",
        "9999-12-31",
        "2099-12-31T23:59:59Z",
        "1900-01-01T00:00+09:00",
        "２０２４-10-14",
        "2024-10-14\n",
        "gestern",
        "",
    ],
    ids=repr,
)
def test_published_that_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_published(text)

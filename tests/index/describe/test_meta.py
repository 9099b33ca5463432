"""What the markup of a page says: dates of any form, and stretches that a repair has moved."""

import pytest

from index.article import Certainty, Part
from index.describe.lines import Span
from index.describe.meta import PageHints, hints_of, published_by_address, published_of
from index.describe.page import page_parts
from index.readers.documents.parsed import PageMeta, Stretch
from index.text.edits import Edit, RepairedText
from index.text.folding import Folding

FOLDING = Folding.load()
RUNNING = "近日，省政府召开专题会议，研究部署下一阶段科技创新重点工作，要求各地压实责任、确保实效。"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-10-14 15:46:51", "2024-10-14 15:46:51+08:00"),
        ("2024-10-14T07:46:51Z", "2024-10-14 07:46:51+00:00"),
        ("2024-10-14T15:46:51+08:00", "2024-10-14 15:46:51+08:00"),
        (" 2024/10/14 ", "2024-10-14 00:00:00+08:00"),
        ("2024年10月14日 15:46", "2024-10-14 15:46:00+08:00"),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_a_date_of_any_form(text: str | None, expected: str | None) -> None:
    found = published_of(text)
    assert (None if found is None else str(found)) == expected


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("http://www.example.gov.cn/xw/202308/t20230817_8123.html", "2023-08-17"),
        ("https://example.cn/art/2024/1/5/art_77_1234.html", "2024-01-05"),
        ("https://example.cn/2024-10/14/c_1130.htm", "2024-10-14"),
        ("https://example.cn/20241014/abc.shtml", "2024-10-14"),
        ("https://example.cn/n1/2024/1014/c1001-4033.html", "2024-10-14"),
        ("https://example.cn/t20231345_1.html", None),
        ("https://example.cn/a/20240230/x.html", None),
        ("https://example.cn/product/20240101.html", None),
        (None, None),
    ],
)
def test_a_day_in_an_address(url: str | None, day: str | None) -> None:
    found = published_by_address(url)
    assert (None if found is None else str(found.date())) == day


def test_stretches_move_with_a_repair() -> None:
    page = "創(chuàng)新\n正文\n來源"
    repaired = RepairedText.of(page, [Edit(1, "(chuàng)", "", "pinyin", Certainty.EVIDENT)])
    meta = PageMeta(
        lines_end=14,
        title=Stretch(0, 10),
        source=Stretch(14, 16),
        article=Stretch(11, 13),
        published="2024-1-2",
    )
    hints = hints_of(meta, repaired)
    assert hints.title == Span(0, 2)
    assert hints.source is not None
    assert hints.source.of(repaired.text) == "來源"[: 16 - 14]
    assert hints.article is not None
    assert hints.article.of(repaired.text) == "正文"
    assert str(hints.published) == "2024-01-02 00:00:00+08:00"


def parts_of(page: str, **hints: object) -> dict[str, object]:
    found = page_parts(FOLDING.fold(page), PageHints(**hints))  # type: ignore[arg-type]  # names are checked
    return {
        "title": [span.of(page) for span in found.spans[Part.TITLE]],
        "body": [span.of(page) for span in found.spans[Part.BODY]],
        "source": None if found.source is None else found.source.of(page),
        "published": None if found.published is None else found.published.isoformat(),
    }


DATES = {
    "the page's own line wins": (
        "某市推进改革\n2024-01-02 10:00 来源：某报",
        "2024-03-03",
        "2024-01-02T10:00:00+08:00",
    ),
    "the time of the same day is taken": (
        "某市推进改革\n2024-01-02",
        "2024-01-02 09:30",
        "2024-01-02T09:30:00+08:00",
    ),
    "another day's time is not": (
        "某市推进改革\n2024-01-02",
        "2024-01-03 09:30",
        "2024-01-02T00:00:00+08:00",
    ),
    "a day of another kind gives way": (
        "某市推进改革\n更新时间：2024-05-05",
        "2024-01-02 09:30",
        "2024-01-02T09:30:00+08:00",
    ),
    "the markup fills a gap": ("某市推进改革", "2024-01-02", "2024-01-02T00:00:00+08:00"),
}


@pytest.mark.parametrize(("head", "stated", "expected"), DATES.values(), ids=DATES)
def test_the_date_of_line_and_markup(head: str, stated: str, expected: str) -> None:
    found = parts_of(f"{head}\n{RUNNING}", published=published_of(stated))
    assert found["published"] == expected
    assert found["body"] == [RUNNING]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("湖北日报", "湖北日报"),
        ("来源：湖北日报", "湖北日报"),
        ("本站", None),
        ("互联网", None),
        ("原创", None),
    ],
)
def test_the_source_of_the_markup(source: str, expected: str | None) -> None:
    lines = f"某市推进改革\n{RUNNING}"
    page = f"{lines}\n{source}"
    span = Span(len(lines) + 1, len(page))
    assert parts_of(page, lines_end=len(lines), source=span)["source"] == expected


def test_a_head_far_below_the_top_of_a_page_is_found() -> None:
    page = "栏目\n" * 40 + f"首页 > 要闻\n某市推进营商环境改革\n2024-01-02 来源：某报\n{RUNNING}"
    found = parts_of(page)
    assert found["title"] == ["某市推进营商环境改革"]
    assert found["body"] == [RUNNING]
    assert found["published"] == "2024-01-02T00:00:00+08:00"


def test_running_text_outside_of_an_article_is_kept_and_short_lines_are_not() -> None:
    page = f"栏目\n{RUNNING}\n关于我们\n又及：{RUNNING}"
    start = page.index(RUNNING)
    found = parts_of(page, article=Span(start, start + len(RUNNING)))
    assert found["body"] == [RUNNING, f"又及：{RUNNING}"]

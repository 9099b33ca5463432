"""From when on a document is in force."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.describe.closed_up import ClosedUp
from index.describe.effect import effective_of
from index.text.folding import Folding

FOLDING = Folding.load()
KNOWN = date(2024, 1, 31)


def effective(text: str, kind: str | None = "办法", known: date | None = KNOWN) -> date | None:
    return effective_of(ClosedUp.of(text, FOLDING).folded, kind, known)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("第三十条　本办法自2024年11月1日起施行。", date(2024, 11, 1)),
        ("第三十条 本办法自 2024年11月1日 起正式施行", date(2024, 11, 1)),
        ("本條例自二〇二四年十一月一日起施行。", date(2024, 11, 1)),
        ("本通知从2024年11月1日起执行，有效期5年。", date(2024, 11, 1)),
        ("本公告于2024年11月1日生效。", date(2024, 11, 1)),
        ("现予公布，自2024年11月1日起施行。", date(2024, 11, 1)),
        ("现将《某某规定》予以发布，自2024年11月1日起施行。", date(2024, 11, 1)),
        ("本办法自印发之日起施行。", KNOWN),
        ("本办法由省水利厅负责解释，自发布之日起实施，有效期2年。", KNOWN),
        ("本办法自公布之日起30日后施行。", date(2024, 3, 1)),
        ("本办法自公布之日起三十日后施行。", date(2024, 3, 1)),
        ("本办法自发布之日起满2个月后施行。", date(2024, 3, 31)),
        ("本办法自2024年11月1日起施行。《旧办法》同时废止，其自1997年2月5日起施行的条款", date(2024, 11, 1)),
    ],
    ids=str,
)
def test_the_day(text: str, day: date) -> None:
    assert effective(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "新标准自2024年11月1日起执行。",
        "《某某条例》将自2024年11月1日起施行。",
        "自2024年11月1日起施行的《旧办法》同时废止。",
        "本办法自2024年11月1日起施行以来，成效明显。",
        "本办法自2024年13月1日起施行。",
        "本办法（依据《旧办法》设定的条款自2024年11月1日起实施）",
        "请按本通知要求，做好实施工作。",
        "本办法自公布之日起1个月后施行。",
        "本办法自发布之日起十十日后施行。",
        "本办法自发布之日起三〇十日后施行。",
        "本办法自发布之日起二十十个月后施行。",
    ],
    ids=repr,
)
def test_what_says_no_day(text: str) -> None:
    assert effective(text) is None


def test_of_a_decision_on_a_method_the_day_of_the_decision_counts() -> None:
    text = "本决定自2024年3月1日起施行。\n第三十三条　本办法自2020年2月1日起施行。"
    assert effective(text, "决定") == date(2024, 3, 1)
    assert effective(text, "办法") == date(2020, 2, 1)


def test_of_a_letter_the_day_in_the_letter_counts() -> None:
    text = "现予印发，自2024年9月1日起施行。\n第九条　本办法自2024年11月1日起施行。"
    assert effective(text, "通知") == date(2024, 9, 1)
    assert effective(text, "办法") == date(2024, 11, 1)


def test_a_day_counted_from_an_unknown_one_is_unknown() -> None:
    assert effective("本办法自印发之日起施行。", known=None) is None


PIECES = (
    *"〇零一二三十百廿卅09年月日号第〔〕。",
    "个月",
    "自发布之日起",
    "后施行",
    "本办法",
    "满",
    "2024",
    "令",
)


@given(st.lists(st.sampled_from(PIECES), max_size=20), st.sampled_from(PIECES))
def test_numerals_of_any_kind_are_no_error(pieces: list[str], numeral: str) -> None:
    counted = "".join(piece for piece in pieces if piece in "〇零一二三十百廿卅09")[:3]
    for text in (
        "".join(pieces),
        f"本办法自发布之日起{counted or numeral}日后施行。",
        f"自{counted}年{numeral}月起",
    ):
        found = effective(text)
        assert found is None or found.year in range(1900, 2200)


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_as_it_was_written(day: date) -> None:
    assert effective(f"本办法自{day.year}年{day.month}月{day.day}日起施行。") == day

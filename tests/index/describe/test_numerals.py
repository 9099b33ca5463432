"""Chinese numerals as numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.describe.numerals import number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("31", 31),
        ("三十一", 31),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("廿五", 25),
        ("卅", 30),
        ("一百一十三", 113),
        ("一百零三", 103),
        ("一一三", 113),
        ("二〇二四", 2024),
        ("二○一 一", 2011),
        ("二oo四", 2004),
        ("一九九八", 1998),
    ],
)
def test_value(text: str, value: int) -> None:
    assert number(text) == value


@pytest.mark.parametrize("text", ["", "百", "十十", "二十十", "万", "一x", "三百百"])
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        number(text)


def spoken(value: int) -> str:
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    text = f"{digits[hundreds]}百" if hundreds else ""
    if hundreds and rest and not tens:
        text += "零"
    if tens:
        text += ("" if tens == 1 and not hundreds else digits[tens]) + "十"
    return text + (digits[ones] if ones or not value else "")


@given(st.integers(0, 999))
def test_every_number_below_a_thousand_is_read_as_it_is_spoken(value: int) -> None:
    assert number(spoken(value)) == value

"""Whole numbers in words, beside two other ways to say and to read them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.numerals.spoken import LIMIT, LONGEST, spoken, spoken_value

DIGITS = "零一二三四五六七八九"


def said_with_all_zeros(value: int) -> str:
    """Every place said, zeros too, and then what nobody says taken out."""

    def four(group: int) -> str:
        places = zip(f"{group:04}", ("千", "百", "十", ""), strict=True)
        return "".join(DIGITS[int(digit)] + (place if digit != "0" else "") for digit, place in places)

    def eight(group: int) -> str:
        high, low = divmod(group, 10**4)
        return (f"{four(high)}万" if high else "零") + four(low)

    high, low = divmod(value, 10**8)
    text = (f"{eight(high)}亿" if high else "") + eight(low)
    text = re.sub("零(?=[万亿])", "", re.sub("零+", "零", text)).strip("零")
    return re.sub("^一十", "十", text) or "零"


def read_from_the_left(text: str) -> int:
    """As cn2an reads: a digit waits for its unit, 万 and 亿 multiply what came before them."""
    total = below = section = digit = 0
    for char in text:
        match char:
            case "十" | "百" | "千":
                section += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[char]
                digit = 0
            case "万":
                below, section, digit = below + (section + digit) * 10**4, 0, 0
            case "亿":
                total, below, section, digit = (total + below + section + digit) * 10**8, 0, 0, 0
            case _:
                digit = DIGITS.index(char)
    return total + below + section + digit


NUMBERS = (
    st.integers(0, 10**12)
    | st.integers(0, LIMIT - 1)
    | st.integers(0, 10**5)
    | st.lists(st.sampled_from("0000123456789"), min_size=1, max_size=13).map(
        lambda digits: int("".join(digits))
    )
)


@given(NUMBERS)
def test_saying_and_reading_lead_back(value: int) -> None:
    assert spoken_value(spoken(value)) == value


@given(NUMBERS)
def test_a_number_is_said_as_another_way_says_it(value: int) -> None:
    assert spoken(value) == said_with_all_zeros(value)


@given(NUMBERS)
def test_what_is_said_is_read_the_same_from_the_left(value: int) -> None:
    assert read_from_the_left(spoken(value)) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "零"),
        (2, "二"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (1005, "一千零五"),
        (1050, "一千零五十"),
        (10_500, "一万零五百"),
        (100_010, "十万零一十"),
        (20_003_000, "二千万三千"),
        (100_100_000, "一亿零一十万"),
        (10**10, "一百亿"),
        (10**12, "一万亿"),
        (10**12 + 1, "一万亿零一"),
    ],
)
def test_numbers(value: int, text: str) -> None:
    assert spoken(value) == text
    assert spoken_value(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("两", 2),
        ("两百", 200),
        ("两千万", 20_000_000),
        ("一万两千", 12_000),
        ("一百〇五", 105),
        ("一千○五", 1005),
    ],
)
def test_other_ways_to_say_a_number(text: str, value: int) -> None:
    assert spoken_value(text) == value


@pytest.mark.parametrize(
    "text",
    [
        *("", "百", "千万", "亿", "万一", "一万五", "一百二", "二三十", "三四百", "一二三", "十两", "一百两"),
        *(
            "一亿亿",
            "零百",
            "二百零",
            "一百零零五",
            "十十",
            "五一",
            "一些",
            "一" * (LONGEST + 1),
            "亿" * LONGEST,
        ),
    ],
)
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no|is not from"):
        spoken_value(text)


@pytest.mark.parametrize("value", [-1, LIMIT])
def test_numbers_that_cannot_be_said(value: int) -> None:
    with pytest.raises(ValueError, match="is not from 0"):
        spoken(value)


def test_the_longest_number_is_as_long_as_said() -> None:
    assert len(spoken(LIMIT - 1)) == LONGEST


@given(st.text(st.sampled_from("零〇一二两九十百千万亿点"), max_size=34))
def test_any_words_are_a_number_or_none(text: str) -> None:
    try:
        value = spoken_value(text)
    except ValueError:
        return
    assert spoken(value) == text.replace("〇", "零").replace("两", "二")

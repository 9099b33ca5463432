"""Compatibility ideographs become the ordinary ones, and nothing else does."""

import unicodedata

import pytest
from hypothesis import given

from index.article import Certainty
from index.text.edits import Edit
from index.text.rules.compatibility import CompatibilityRule
from tests.index.text.rules.laws import assert_clean, assert_linear, pages, repaired

RULE = CompatibilityRule()

UNIFIED = "\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27\ufa28\ufa29"
"""Ordinary ideographs within the block of compatibility ideographs (The Unicode Standard, 18.1)."""


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param("2021\uf98e8月", "2021年8月", id="one of Korea"),
        pytest.param("公私\uf967分、貪圖小\uf9dd", "公私不分、貪圖小利", id="several"),
        pytest.param("態\ufa01", "態度", id="one of Japan"),
        pytest.param("\U0002f80a", "僧", id="one of Taiwan"),
        pytest.param("\U0002f803", "\U00020122", id="one whose ideograph lies above U+FFFF"),
    ],
)
def test_the_ordinary_ideograph_takes_its_place(page: str, expected: str) -> None:
    assert repaired(RULE, page) == expected


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(UNIFIED, id="the twelve that have no other form"),
        pytest.param("é ﬁ ㎡ ⼈ ｱ", id="other characters with a decomposition"),
        pytest.param("\ufa6e\ufada", id="unassigned"),
        pytest.param("2021年8月", id="ordinary text"),
    ],
)
def test_others_stay(page: str) -> None:
    assert_clean(RULE, page)


def test_every_one_becomes_what_unicode_says_it_equals() -> None:
    singletons = [
        char
        for code in (*range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20))
        if unicodedata.decomposition(char := chr(code)) and "CJK" in unicodedata.name(char)
    ]
    assert len(singletons) == 460 + 542
    assert repaired(RULE, "".join(singletons)) == unicodedata.normalize("NFD", "".join(singletons))


def test_a_run_is_one_exact_edit() -> None:
    assert RULE.find("银\ufa08\uf98a存") == (
        Edit(1, "\ufa08\uf98a", "行力", "compatibility", Certainty.EXACT),
    )


@given(pages(["\uf98e", "\ufa0e", "\U0002f80a", "年", "e\u0301"]))
def test_laws(page: str) -> None:
    repaired(RULE, page)


def test_hostile_pages_take_linear_time() -> None:
    assert_linear(RULE, ["\uf98e" * 200_000, "\uf98e年" * 100_000])

"""Classes of characters, and compact texts that know where their characters stood."""

import sys
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.characters import CompactText, compact, is_punctuation, is_skipped
from tests.strategies import texts


def every_character() -> Iterator[str]:
    return map(chr, range(sys.maxunicode + 1))


def test_white_space_controls_and_format_characters_are_skipped_and_no_others() -> None:
    skipped = {char for char in every_character() if is_skipped(char)}
    assert skipped == {
        char for char in every_character() if char.isspace() or unicodedata.category(char) in {"Cc", "Cf"}
    }
    assert {" ", "\u3000", "\n", "\t", "\u200b", "\u00ad", "\ufeff", "\x00", "\u2028"} <= skipped


def test_punctuation_is_what_unicode_calls_so() -> None:
    assert {char for char in every_character() if is_punctuation(char)} == {
        char for char in every_character() if unicodedata.category(char)[0] == "P"
    }


@pytest.mark.parametrize("char", "，。、“《（-—%/·")
def test_marks_of_chinese_text_are_punctuation(char: str) -> None:
    assert is_punctuation(char)


@pytest.mark.parametrize("char", "科a1+㎡℃～😀")
def test_letters_digits_and_symbols_are_not(char: str) -> None:
    assert not is_punctuation(char)
    assert not is_skipped(char)


@given(texts())
def test_compact_text_is_the_text_without_skipped_characters(text: str) -> None:
    kept = "".join(char for char in text if not is_skipped(char))
    assert compact(text) == CompactText.of(text).text == kept


@given(texts())
def test_every_character_is_found_where_it_stood(text: str) -> None:
    short = CompactText.of(text)
    offsets = [short.offset(index) for index in range(len(short.text))]
    assert offsets == [at for at, char in enumerate(text) if not is_skipped(char)]


@given(texts(), st.data())
def test_occurrences_are_all_places_in_the_text(text: str, data: st.DataObject) -> None:
    short = CompactText.of(text)
    start = data.draw(st.integers(0, len(short.text)))
    wanted = short.text[start : start + data.draw(st.integers(1, 3))]
    found = list(short.occurrences(wanted))
    count = sum(short.text.startswith(wanted, at) for at in range(len(short.text))) if wanted else 0
    assert len(found) == count
    assert found == sorted(set(found))
    for low, high in found:
        assert compact(text[low:high]) == wanted
        assert not is_skipped(text[low])
        assert not is_skipped(text[high - 1])


@pytest.mark.parametrize(
    ("text", "wanted", "spans"),
    [
        pytest.param("科技", "科技", [(0, 2)], id="as it stands"),
        pytest.param(" 科 技\n", "科技", [(1, 4)], id="white space inside is covered, not that around"),
        pytest.param("哈哈哈", "哈哈", [(0, 2), (1, 3)], id="overlapping"),
        pytest.param("a\u200b\u200b b c", "bc", [(4, 7)], id="several gaps"),
        pytest.param("科技", "创", [], id="nowhere"),
        pytest.param("科技", "", [], id="nothing wanted"),
        pytest.param("", "科", [], id="no text"),
        pytest.param(" \n", "科", [], id="only white space"),
    ],
)
def test_occurrences_are(text: str, wanted: str, spans: list[tuple[int, int]]) -> None:
    assert list(CompactText.of(text).occurrences(wanted)) == spans

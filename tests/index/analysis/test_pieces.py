"""How folded text is cut into the pieces that a segmenter gets."""

from collections.abc import Iterator

import pytest
from hypothesis import given

from index.analysis.classes import is_ideograph, stands_alone
from index.analysis.mixed_words import MixedWords
from index.analysis.pieces import MAX_PIECE, Piece
from index.analysis.pieces import pieces as pieces_with
from index.text.characters import is_punctuation, is_skipped
from tests import reference_engine
from tests.strategies import texts


def pieces(text: str) -> Iterator[Piece]:
    return pieces_with(text, MixedWords())


def cut(text: str) -> list[str]:
    return [piece.text for piece in pieces(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="empty"),
        pytest.param(" \n\u200b，。", [], id="nothing but marks and space"),
        pytest.param("科技创新", ["科技创新"], id="one piece"),
        pytest.param("科技，创新。", ["科技", "创新"], id="punctuation ends a piece"),
        pytest.param(
            "科 技\n\u3000创\u200b新", ["科技创新"], id="a gap between ideographs is looked through"
        ),
        pytest.param("二〇 二四", ["二〇二四"], id="the ideographic zero is one"),
        pytest.param("\uf900 更", ["\uf900更"], id="so are compatibility ideographs"),
        pytest.param("gb 2260", ["gb", "2260"], id="a gap between others ends a piece"),
        pytest.param("gb\u200b2260", ["gb", "2260"], id="so does a format character"),
        pytest.param("500 亿元 gdp", ["500", "亿元", "gdp"], id="a gap with one ideograph ends a piece"),
        pytest.param("科技， 创新", ["科技", "创新"], id="a gap behind punctuation"),
        pytest.param("5g网络", ["5g网络"], id="letters, digits and ideographs together"),
        pytest.param("gb/t2260—2007", ["gb", "t2260", "2007"], id="marks inside numbers"),
        pytest.param("100㎡+科技", ["100", "㎡", "+", "科技"], id="symbols stand alone"),
        pytest.param("科\U00020bb7技", ["科", "\U00020bb7", "技"], id="above U+FFFF stands alone"),
        pytest.param("科 \U00020bb7 技", ["科", "\U00020bb7", "技"], id="between gaps too"),
        pytest.param("科😀😀", ["科", "😀", "😀"], id="each alone"),
        pytest.param("\ue000科\ufdd0", ["\ue000", "科", "\ufdd0"], id="private and unassigned stand alone"),
        pytest.param("cafe\u0301", ["cafe\u0301"], id="a combining mark stays with its letter"),
        pytest.param("科\U000e0041技", ["科技"], id="format characters above U+FFFF are gaps"),
        pytest.param("gb\U000e0041t", ["gb", "t"], id="they end a piece of letters"),
    ],
)
def test_text_is_cut_into(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_offsets_lead_back_to_the_text() -> None:
    [piece] = pieces("， 科\n技")
    assert (piece.text, tuple(piece.offsets)) == ("科技", (2, 4))
    assert [tuple(piece.offsets) for piece in pieces("，科技😀gb ，")] == [(1, 2), (3,), (4, 5)]


@pytest.mark.parametrize(
    ("length", "sizes"),
    [
        (MAX_PIECE, [MAX_PIECE]),
        (MAX_PIECE + 1, [MAX_PIECE, 1]),
        (3 * MAX_PIECE, [MAX_PIECE, MAX_PIECE, MAX_PIECE]),
    ],
)
def test_a_page_without_marks_is_cut_after_10000(length: int, sizes: list[int]) -> None:
    assert [len(piece.text) for piece in pieces("正" * length)] == sizes


@given(texts())
def test_pieces_hold_every_character_but_marks_and_space_once(text: str) -> None:
    offsets = [at for piece in pieces(text) for at in piece.offsets]
    assert offsets == [
        at
        for at, char in enumerate(text)
        if not is_skipped(char) and (stands_alone(char) or not is_punctuation(char))
    ]


@given(texts())
def test_pieces_know_where_they_came_from(text: str) -> None:
    for piece in pieces(text):
        assert piece.text
        assert "".join(text[at] for at in piece.offsets) == piece.text
        gaps = [
            (at, after) for at, after in zip(piece.offsets, piece.offsets[1:], strict=False) if after > at + 1
        ]
        assert all(is_ideograph(text[at]) and is_ideograph(text[after]) for at, after in gaps)


@given(texts())
def test_pieces_are_those_of_the_reference(text: str) -> None:
    folded = reference_engine.fold(text)
    assert cut(folded) == list(reference_engine.pieces(folded))

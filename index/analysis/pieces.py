"""Cuts folded text into the pieces that a segmenter gets."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from index.text.characters import is_punctuation, is_skipped

MAX_PIECE = 10_000
"""Code points after which a piece is cut anyway, so that a page without a single mark stays cheap."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of word characters; `offsets[i]` is where `text[i]` stands in the text it was cut from."""

    text: str
    offsets: tuple[int, ...]


def pieces(folded: str) -> Iterator[Piece]:
    """The stretches of letters, digits and ideographs of a folded text.

    Punctuation ends a piece. White space and controls are looked through between two ideographs and end
    a piece elsewhere. Symbols and code points above U+FFFF are pieces of their own.
    """
    text: list[str] = []
    offsets: list[int] = []
    gap = False
    for at, char in enumerate(folded):
        if is_skipped(char):
            gap = True
            continue
        bridged = gap and text and is_ideograph(text[-1]) and is_ideograph(char)
        alone = stands_alone(char)
        if text and ((gap and not bridged) or alone or is_punctuation(char) or len(text) == MAX_PIECE):
            yield Piece("".join(text), tuple(offsets))
            text, offsets = [], []
        gap = False
        if alone:
            yield Piece(char, (at,))
        elif not is_punctuation(char):
            text.append(char)
            offsets.append(at)
    if text:
        yield Piece("".join(text), tuple(offsets))


def is_ideograph(char: str) -> bool:
    """True for the Han characters of the Basic Multilingual Plane."""
    return "\u3400" <= char <= "\u9fff" or char == "\u3007" or "\uf900" <= char <= "\ufaff"


def stands_alone(char: str) -> bool:
    """True for what is a word by itself: symbols, private and unassigned characters, all above U+FFFF."""
    return char > "\uffff" or unicodedata.category(char)[0] in "SC"

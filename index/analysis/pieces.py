"""Cuts folded text into the pieces that a segmenter gets."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from index.analysis.classes import character_set, is_ideograph, stands_alone
from index.analysis.mixed_words import MixedWords
from index.text.characters import compact, is_skipped

MAX_PIECE = 10_000
"""Code points after which a piece is cut anyway, so that a page without a single mark stays cheap."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of word characters; `offsets[i]` is where `text[i]` stands in the text it was cut from.

    Within an added word (see `MixedWords`), which is a piece of its own, stand the pieces `inside`.
    """

    text: str
    offsets: Sequence[int]
    inside: "tuple[Piece, ...]" = ()


_WORD = character_set(lambda char: unicodedata.category(char)[0] in "LMN")
_ALONE = character_set(lambda char: stands_alone(char) and not is_skipped(char))
_STRETCH = re.compile(f"(?P<word>[{_WORD}]+)|[{_ALONE}\U00010000-\U0010ffff]")


def pieces(folded: str, mixed: MixedWords) -> Iterator[Piece]:
    """The stretches of letters, digits and ideographs of a folded text, and added mixed words.

    Punctuation ends a piece. White space and controls are looked through between two ideographs and end
    a piece elsewhere. Symbols and code points above U+FFFF are pieces of their own.
    """
    at = 0
    for place in mixed.places(folded):
        yield from _pieces(folded, range(at, place.start))
        kept = [offset for offset in place if not is_skipped(folded[offset])]
        text = "".join(folded[offset] for offset in kept)
        yield Piece(text, kept, tuple(_pieces(folded, place)))
        at = place.stop
    yield from _pieces(folded, range(at, len(folded)))


def _pieces(folded: str, within: range) -> Iterator[Piece]:
    joined: list[range] = []
    for match in _STRETCH.finditer(folded, within.start, within.stop):
        stretch = range(*match.span())
        if match["word"] is None:
            # Format characters exist above U+FFFF too.
            if is_skipped(match[0]):
                continue
            yield from _cut(folded, joined)
            yield Piece(match[0], stretch)
            joined = []
        elif joined and _is_bridged(folded, joined[-1].stop, stretch.start):
            joined.append(stretch)
        else:
            yield from _cut(folded, joined)
            joined = [stretch]
    yield from _cut(folded, joined)


def _is_bridged(folded: str, end: int, start: int) -> bool:
    """True if nothing but a gap between ideographs lies between `end` and `start`."""
    return is_ideograph(folded[start]) and is_ideograph(folded[end - 1]) and not compact(folded[end:start])


def _cut(folded: str, joined: Sequence[range]) -> Iterator[Piece]:
    text = "".join(folded[stretch.start : stretch.stop] for stretch in joined)
    offsets: Sequence[int] = joined[0] if len(joined) == 1 else tuple(chain.from_iterable(joined))
    for at in range(0, len(text), MAX_PIECE):
        yield Piece(text[at : at + MAX_PIECE], offsets[at : at + MAX_PIECE])

"""Stretches of a text that are bytes of one encoding read in another, read as they were meant."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

from index.text.characters import code_ranges


@dataclass(frozen=True, slots=True)
class Misread:
    """A stretch of a text, half open in code points, and what its bytes say in the other encoding."""

    start: int
    end: int
    meant: str


_LATIN: Final = {
    char: byte
    for byte in range(0x80, 0x100)
    for char in {chr(byte), bytes([byte]).decode("cp1252", "ignore") or chr(byte)}
}
"""The characters that Latin-1 and CP1252 read the upper half of the bytes as. CP1252 leaves five of them to
Latin-1's controls."""


def _latin(first: int, last: int) -> str:
    """The inside of a set of `re`: what Latin-1 or CP1252 read for these bytes."""
    return code_ranges(sorted(ord(char) for char, byte in _LATIN.items() if first <= byte <= last))


_TRAIL = f"[{_latin(0x80, 0xBF)}]"
_UTF8_AS_LATIN = re.compile(
    f"(?:[\\u00c2-\\u00df]{_TRAIL}|[\\u00e0-\\u00ef]{_TRAIL}{{2}}|[\\u00f0-\\u00f4]{_TRAIL}{{3}})+"
)
_UPPER = _latin(0x81, 0xFE)
_GBK_AS_LATIN = re.compile(f"(?:[{_UPPER}][{_UPPER}@-~])+")
_LETTERS = "\u00a1-\u00ff"
_TWO_LETTERS = re.compile(f"[{_LETTERS}]{{2}}")
_AFTER_LETTER = re.compile(f"(?<=[{_LETTERS}])")
_BEFORE_LETTER = re.compile(f"(?=[{_LETTERS}])")
MARKS: Final = "‘’“”–—…"
"""Marks of Chinese texts that CP1252 has, too."""
_LONG: Final = 9
"""From so many characters on (three Chinese ones) a stretch of UTF-8 is certain even beside other letters."""


def utf8_read_as_latin(text: str) -> Iterator[Misread]:
    """`æˆ‘ä»¬` is 我们, `â€œ` is “: UTF-8 that was read as Latin-1 or CP1252; linear in time."""
    for match in _UTF8_AS_LATIN.finditer(text):
        start, end = match.span()
        if end - start < _LONG and (_AFTER_LETTER.match(text, start) or _BEFORE_LETTER.match(text, end)):
            continue
        try:
            yield Misread(start, end, _latin_bytes(match[0]).decode("utf-8"))
        except UnicodeDecodeError:  # forms of UTF-8 that are forbidden: nobody wrote them
            continue


def gbk_read_as_latin(text: str) -> Iterator[tuple[Misread, ...]]:
    """`ÖÐ¹ú` is 中国: GBK that was read as Latin-1 or CP1252; linear in time.

    Each stretch in up to six ways: quotation marks and dashes at its ends can be some of its bytes, or marks.
    """
    for match in _GBK_AS_LATIN.finditer(text):
        if not _TWO_LETTERS.search(match[0]):
            continue
        marks = len(match[0]) - len(match[0].lstrip(MARKS))
        starts = sorted({match.start() + skipped for skipped in (0, min(marks, 1), marks)})
        yield tuple(misread for start in starts for misread in _gbk_from(text, start))


def _gbk_from(text: str, start: int) -> Iterator[Misread]:
    longest = _GBK_AS_LATIN.match(text, start)
    if longest is None:
        return
    for end in sorted({longest.end(), start + len(longest[0].rstrip(MARKS))}):
        if way := _GBK_AS_LATIN.match(text, start, end):
            try:
                yield Misread(start, way.end(), _latin_bytes(way[0]).decode("gbk"))
            except UnicodeDecodeError:  # other characters of Latin-1, such as ×
                continue


def _latin_bytes(stretch: str) -> bytes:
    return bytes(_LATIN.get(char) or ord(char) for char in stretch)


def _gbk_set(leads: Iterable[int], trails: Iterable[int]) -> str:
    """A set of `re`: the characters that are read for such a first and such a second byte.

    As browsers read them: what GBK leaves undefined becomes a private-use character.
    """
    decoded = (bytes(pair).decode("gb18030", "ignore") for pair in product(leads, trails))
    return f"[{code_ranges(sorted(ord(char) for char in decoded if len(char) == 1))}]"


_LEADS = (*range(0xE2, 0xEA), 0xEF)
_TRAILS = range(0x80, 0xC0)
_UTF8_AS_GBK = re.compile(
    f"{_gbk_set(_LEADS, _TRAILS)}(?:{_gbk_set(_TRAILS[1:], _LEADS)}{_gbk_set(_TRAILS[1:], _TRAILS)}|€)"
)
"""Two Chinese characters of three bytes each, or one whose last byte is 80. A clean text has next to no such
place: 62 in the 99 million characters that this was tried on (锂电、)."""

_NOT_ASCII = re.compile("[^\\x00-\\x7f]+")
_UTF8 = re.compile(rb"(?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})+")
_EURO: Final = "€"
_SYMBOLS: Final = range(0x80, 0x84)
"""What follows E3 in the UTF-8 of Chinese marks and Japanese letters."""
_AWAITED: Final = (*[0] * 12, 1, 1, 2, 3)
"""How many bytes of a character of UTF-8 follow its first, by the upper half of that."""


def utf8_read_as_gbk(text: str) -> Iterator[Misread]:
    """`鎴戜滑` is 我们: UTF-8 that was read as GBK; linear in time.

    Where a byte went missing (`鎴戜滑鐨?`) the stretch ends before the character that lacks it.
    """
    if not _UTF8_AS_GBK.search(text):
        return
    for run in _NOT_ASCII.finditer(text):
        if not _UTF8_AS_GBK.search(run[0]):
            continue
        pieces = list(_gbk_bytes(run[0]))
        borders = [0]
        for piece in pieces:
            borders.append(borders[-1] + len(piece))
        numbers = {border: number for number, border in enumerate(borders)}
        data = b"".join(pieces)
        done = 0
        for place in _UTF8_AS_GBK.finditer(run[0]):
            if place.start() < done:
                continue
            begin = borders[place.start()]
            end = _last_common_border(data, begin, numbers)
            if end > begin:
                done = numbers[end]
                meant = data[begin:end].decode("utf-8", "replace")
                yield Misread(run.start() + place.start(), run.start() + done, meant)


def _last_common_border(data: bytes, begin: int, borders: dict[int, int]) -> int:
    """Where the valid UTF-8 from `begin` ends, with a whole character of three bytes or more in it and a
    whole one of the text as it was read; `begin` where there is no such place."""
    valid = _UTF8.match(data, begin)
    end = valid.end() if valid else begin
    while end > begin:
        lead = end - 1
        while 0x80 <= data[lead] < 0xC0:
            lead -= 1
        if end in borders and end - lead > 2:
            return end
        end = lead
    return begin


def _gbk_bytes(run: str) -> Iterator[bytes]:
    """The bytes that were read as these characters; an invalid one for what GBK cannot have read.

    € was read for the byte 80, and for the pair A2 E3; how much of a character is still to come, and what
    follows, tell which.
    """
    codes = [char.encode("gb18030") for char in run]
    awaited = 0
    for char, code, following in zip(run, codes, [*codes[1:], b"\xff"], strict=True):
        piece = code if len(code) == 2 else b"\xff"
        is_symbol_next = following == code or following[0] in _SYMBOLS
        if char == _EURO and (awaited > 1 or not is_symbol_next):
            piece = b"\x80"
        yield piece
        for byte in piece:
            awaited = _AWAITED[byte >> 4] if byte not in _TRAILS else max(awaited - 1, 0)

"""Bytes to text, without guessing what cannot be told."""

import codecs
import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, NoReturn

from index.readers.refusal import Refusal, RefusedRecord

UTF_8: Final = "utf-8"

_UTF_16: Final = ("utf-16-le", "utf-16-be")

_LEGACY: Final = ("gb18030", "big5hkscs")

_ENOUGH: Final = 0.6
"""Share of frequent characters that a right reading has at least. Of 60,000 pieces of real articles the right
reading has less in 5, and a wrong one has more in 3, all of few characters (see benchmarks/encodings.py)."""

_EVIDENCE: Final = 4_096
"""Characters beyond ASCII that are looked at: more change no answer."""

_ASCII = re.compile(r"[\x00-\x7f]+")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Law: the bytes decoded by Python's codec `encoding` are `text`."""

    text: str
    encoding: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A byte order mark: its bytes, the codec that takes it off, and the codec of what follows it."""

    data: bytes
    whole: str
    part: str


_MARKS: Final = (
    Mark(codecs.BOM_UTF8, "utf-8-sig", UTF_8),
    Mark(codecs.BOM_UTF32_LE, "utf-32", "utf-32-le"),
    Mark(codecs.BOM_UTF32_BE, "utf-32", "utf-32-be"),
    Mark(codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    Mark(codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)
"""The mark of UTF-32 begins like that of UTF-16, so it comes first."""


def decode(data: bytes) -> Decoded:
    """The text by its byte order mark, else as UTF-8, else in whichever encoding reads as Chinese.

    Those are GB18030, Big5 (with Hong Kong's characters) and UTF-16 without a mark. UTF-16 is tried before
    UTF-8 where zero bytes speak for it. Raises RefusedRecord: no byte is ever replaced or left out.
    """
    if mark := mark_of(data):
        return strictly(data, mark.whole) or _refuse(f"has the mark of {mark.whole} but other bytes in it")
    if wide := unmarked_utf_16(data):
        return strictly(data, wide) or _refuse(f"looks like {wide} but has other bytes in it")
    if utf_8 := strictly(data, UTF_8):
        return utf_8
    if best := _likeliest(data, (*_LEGACY, *_UTF_16)):
        return best
    return _refuse("is not UTF-8 and reads as Chinese neither in GB18030 nor in Big5")


def mark_of(data: bytes) -> Mark | None:
    """The byte order mark that the bytes begin with."""
    return next((mark for mark in _MARKS if data.startswith(mark.data)), None)


def unmarked_utf_16(head: bytes) -> str | None:
    """The codec of UTF-16 that the zero bytes of a file's beginning speak for.

    Every ASCII character of UTF-16 has a zero byte, always on the same side. None where there is no zero
    byte, so UTF-16 without any ASCII, not even a line end, is not recognised here.
    """
    if b"\0" not in head:
        return None
    shares = {codec: _readable_share(head[: 2 * _EVIDENCE].decode(codec, "ignore")) for codec in _UTF_16}
    best = max(shares, key=lambda codec: shares[codec])
    return best if shares[best] > 1 / 2 else None


def likely_encoding(lines: Sequence[bytes]) -> str:
    """The codec of these lines of a file, or of most of them; UTF-8 where none fits."""
    together = b"".join(lines)
    if (whole := strictly(together, UTF_8) or _likeliest(together, _LEGACY)) is not None:
        return whole.encoding
    read = Counter(
        reading.encoding
        for line in lines
        if not line.isascii() and (reading := strictly(line, UTF_8) or _likeliest(line, _LEGACY))
    )
    return max(read, key=lambda encoding: read[encoding], default=UTF_8)


def decode_line(line: bytes, likely: str) -> Decoded | None:
    """A line of a file that is mostly in the encoding `likely`; None where the line is not in one encoding.

    A line may be UTF-8 all the same: a file put together from two holds both.
    """
    if line.isascii():
        return Decoded(line.decode("ascii"), UTF_8)
    utf_8 = strictly(line, UTF_8)
    if likely == UTF_8:
        return utf_8
    expected = strictly(line, likely)
    if utf_8 and expected:
        return max(expected, utf_8, key=lambda decoded: _frequent_share(decoded.text))
    return expected or utf_8


def decode_fields(fields: Sequence[bytes]) -> tuple[Decoded, ...]:
    """The texts of one table row whose fields are in several encodings.

    A field is UTF-8 where that reads best; all the others are taken to be in one encoding if there is one
    that fits them. Raises RefusedRecord for a field that decodes in none.
    """
    decoded = {
        place: reading
        for place, field in enumerate(fields)
        if (reading := strictly(field, UTF_8)) and _reads_best(reading, field)
    }
    rest = [place for place in range(len(fields)) if place not in decoded]
    common = _likeliest(b"\n".join(fields[place] for place in rest), _LEGACY)
    for place in rest:
        decoded[place] = (
            (common and strictly(fields[place], common.encoding))
            or _likeliest(fields[place], _LEGACY)
            or _refuse(f"has a field ({place + 1}) in no encoding that is known here")
        )
    return tuple(decoded[place] for place in range(len(fields)))


def is_misread(text: str, encodings: AbstractSet[str]) -> bool:
    """Whether a field of lines that were read in these encodings may be UTF-8, read in another one.

    A field of UTF-8 among others of GB18030 often is valid GB18030 too, so a line of both gives no sign.
    """
    if text.isascii() or not encodings or encodings.isdisjoint(_LEGACY):
        return False
    if len(encodings) > 1:
        return True
    [encoding] = encodings
    data = text.encode(encoding)
    utf_8 = strictly(data, UTF_8)
    return utf_8 is not None and _frequent_share(utf_8.text) > _frequent_share(text)


def strictly(data: bytes, encoding: str) -> Decoded | None:
    """The text in this encoding; None where a byte does not fit."""
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


@cache
def frequent_characters() -> frozenset[str]:
    """The characters that most Chinese text is made of, in both scripts, with its marks."""
    lines = files("index").joinpath("data/frequent_characters.txt").read_text(encoding="utf-8").split("\n")
    return frozenset("".join(line for line in lines if not line.startswith("#")))


def _likeliest(data: bytes, encodings: Sequence[str]) -> Decoded | None:
    """The reading with most frequent characters; None where none has enough of them."""
    readings = [decoded for encoding in encodings if (decoded := strictly(data, encoding))]
    best = max(readings, key=lambda decoded: _frequent_share(decoded.text), default=None)
    return best if best and _frequent_share(best.text) >= _ENOUGH else None


def _reads_best(reading: Decoded, field: bytes) -> bool:
    """Whether no other encoding makes more frequent characters of it: `C1 AA CD A8` is 联通 in GB18030."""
    if field.isascii():
        return True
    other = _likeliest(field, _LEGACY)
    return other is None or _frequent_share(reading.text) >= _frequent_share(other.text)


def _frequent_share(text: str) -> float:
    """Share of the frequent characters among those that are not ASCII."""
    foreign = _ASCII.sub("", text)[:_EVIDENCE]
    frequent = frequent_characters()
    return sum(char in frequent for char in foreign) / len(foreign) if foreign else 0.0


def _readable_share(text: str) -> float:
    """Share of frequent characters, and of ASCII that stands in texts, among all characters."""
    frequent = frequent_characters()
    good = sum(char in frequent or " " <= char <= "~" or char in "\t\r\n" for char in text)
    return good / len(text) if text else 0.0


def _refuse(what: str) -> NoReturn:
    raise RefusedRecord(Refusal.BAD_ENCODING, f"it {what}; save the file as UTF-8")

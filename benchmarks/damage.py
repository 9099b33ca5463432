"""Damage of every kind that the repair mends, planted into clean text."""

import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from index.article import Certainty
from index.text.edits import Edit
from index.text.rules.readings import Readings, toneless

Plant = Callable[[str, random.Random], list[Edit]]
"""Takes a clean text and gives the edits that damage it, in order: `before` is clean, `after` is not."""

_HAN = "\u4e00-\u9fff"
_SLIPPED_MARKS: Final = {0xBF: "?", 0xBB: ";", 0xA1: "!", 0xBA: ":", 0xAC: ","}
_LONGEST_SLIP: Final = 9
_STRETCHES: Final = (4, 8, 16, 40)
_WIDTHS: Final = (44, 56, 80, 98)
_INVISIBLE: Final = "\u200b\u200d\ufeff\u00ad\u200e\x00\x1f\u2060"
_ENTITIES: Final = {"“": "ldquo", "”": "rdquo", "—": "mdash", "…": "hellip", "·": "middot", "×": "times"}


def _edit(start: int, before: str, after: str) -> Edit:
    return Edit(start, before, after, "planted", Certainty.EXACT)


def _somewhere(pattern: str, text: str, chance: random.Random, most: int) -> list[re.Match[str]]:
    """Up to `most` places where the pattern matches, drawn at random, in order."""
    places = list(re.finditer(pattern, text))
    return sorted(chance.sample(places, min(most, len(places))), key=lambda place: place.start())


def replaced(twins: Mapping[str, str], most: int = 20) -> Plant:
    """Characters replaced by twins of theirs."""
    pattern = f"[{re.escape(''.join(twins))}]"

    def plant(text: str, chance: random.Random) -> list[Edit]:
        return [
            _edit(place.start(), place[0], twins[place[0]])
            for place in _somewhere(pattern, text, chance, most)
        ]

    return plant


def twins(first: int, last: int) -> dict[str, str]:
    """For ordinary characters their twins among these code points, by Unicode's compatibility mapping."""
    pairs = ((unicodedata.normalize("NFKC", chr(code)), chr(code)) for code in range(first, last + 1))
    return {plain: twin for plain, twin in pairs if plain != twin and "\u4e00" <= plain <= "\u9fff"}


def full_width(text: str, chance: random.Random) -> list[Edit]:
    """Numbers and Latin words in full-width characters."""
    return [
        _edit(place.start(), place[0], "".join(chr(ord(char) + 0xFEE0) for char in place[0]))
        for place in _somewhere("[0-9A-Za-z]+", text, chance, 10)
    ]


def entities(text: str, chance: random.Random) -> list[Edit]:
    """Marks as HTML entities: named, by number, escaped twice."""
    forms = ("&{name};", "&#{code};", "&#x{code:x};", "&amp;{name};")
    return [
        _edit(
            place.start(), place[0], chance.choice(forms).format(name=_ENTITIES[place[0]], code=ord(place[0]))
        )
        for place in _somewhere(f"[{''.join(_ENTITIES)}]", text, chance, 10)
    ]


def invisible(text: str, chance: random.Random) -> list[Edit]:
    """Zero-width and control characters between two Chinese ones."""
    places = _somewhere(f"(?<=[{_HAN}])(?=[{_HAN}])", text, chance, 10)
    return [_edit(place.start(), "", chance.choice(_INVISIBLE)) for place in places]


def lost_stops(text: str, chance: random.Random) -> list[Edit]:
    """All stops behind digits as one control character: a font numbers its glyphs once for all."""
    code = chance.choice("\x00\x01")
    return [_edit(place.start(), ".", code) for place in re.finditer("(?<=[0-9])\\.", text)]


def private_decimal_points(text: str, chance: random.Random) -> list[Edit]:
    """A private-use character in place of the decimal point before a unit."""
    return [
        _edit(place.start(), ".", "\ue010")
        for place in _somewhere("(?<=[0-9])\\.(?=[0-9]+(?:%|m|米|万|亿))", text, chance, 10)
    ]


def replacement_characters(text: str, chance: random.Random) -> list[Edit]:
    """U+FFFD and a space between the end of a sentence and that of the line; the space may stay."""
    return [_edit(place.end(), "", "\ufffd ") for place in _somewhere("[。；：](?=\n)", text, chance, 5)]


def doubled_lines(text: str, chance: random.Random) -> list[Edit]:
    """Up to six headings with every character twice, ASCII excepted, at least one of ten characters."""
    headings = _somewhere(rf"(?m)^[（《“]?[{_HAN}][{_HAN}、（）《》“”0-9]{{3,39}}$", text, chance, 6)
    if not any(len(re.sub("[0-9]", "", heading[0])) >= 10 for heading in headings):
        return []
    return [
        _edit(heading.start(), heading[0], re.sub(r"([^\x00-\x7f])", r"\1\1", heading[0]))
        for heading in headings
    ]


def pinyin(form: str, is_kept: Callable[[str], bool], readings: Readings) -> Plant:
    """A reading behind each of at least three characters; `form` has a place for it."""

    def plant(text: str, chance: random.Random) -> list[Edit]:
        places = [
            place
            for place in _somewhere(f"[{_HAN}](?=[{_HAN}])", text, chance, 200)
            if not is_kept(place[0]) and readings.of(place[0])
        ][:30]
        if len(places) < 3:
            return []
        return [_edit(place.end(), "", _reading(form, place[0], readings, chance)) for place in places]

    return plant


def _reading(form: str, char: str, readings: Readings, chance: random.Random) -> str:
    reading = chance.choice(readings.of(char))
    return form.format(toned=reading, bare=toneless(reading))


def slips(text: str, chance: random.Random) -> list[Edit]:
    """Up to two slips, at least 60 characters apart."""
    made: list[Edit] = []
    starts = [place.start() + 1 for place in re.finditer(f"[{_HAN}](?=[^\\x00-\\x7f]{{2}})", text)]
    chance.shuffle(starts)
    for start in starts:
        found = slip(text, start)
        if found and all(abs(found.start - other.start) > 60 for other in made):
            made.append(found)
        if len(made) == 2:
            break
    return sorted(made, key=lambda edit: edit.start)


def slip(text: str, start: int) -> Edit | None:
    """The slip that a byte-wise change to half-width makes of the character at `start`, if it makes one."""
    try:
        codes = [char.encode("gbk") for char in text[start : start + _LONGEST_SLIP + 4]]
    except UnicodeEncodeError:
        return None
    if len(codes) < 2 or not all(len(code) == 2 for code in codes[:2]):
        return None
    if codes[0][1] != 0xA3 or codes[1][0] not in _SLIPPED_MARKS:
        return None
    shown = _SLIPPED_MARKS[codes[1][0]]
    byte = codes[1][1]
    for number, code in enumerate(codes[2:], start=2):
        if byte < 0x80:
            return _edit(start, text[start : start + number], shown + chr(byte))
        if len(code) != 2 or len(shown) > _LONGEST_SLIP:
            return None
        shown += bytes((byte, code[0])).decode("gbk", "ignore")
        byte = code[1]
    return None


def _as_latin1(data: bytes) -> str:
    return data.decode("latin-1")


def _as_cp1252(data: bytes) -> str:
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)


def _as_gbk(data: bytes) -> str:
    """As browsers do: 80 is €, undefined pairs are private-use, what is left over is U+FFFD."""
    return "".join(_gbk_characters(data))


def _gbk_characters(data: bytes) -> Iterator[str]:
    at = 0
    while at < len(data):
        pair = data[at : at + 2]
        char = pair.decode("gb18030", "ignore") if len(pair) == 2 and pair[1] >= 0x40 else ""
        if pair[0] < 0x80:
            yield chr(pair[0])
        elif pair[0] == 0x80:
            yield "€"
        elif len(char) == 1:
            yield char
            at += 1
        else:
            yield "\ufffd"
        at += 1


MISREADINGS: Final[Mapping[str, Callable[[str], str]]] = {
    "UTF-8 as GBK": lambda text: _as_gbk(text.encode()),
    "UTF-8 as Latin-1": lambda text: _as_latin1(text.encode()),
    "UTF-8 as CP1252": lambda text: _as_cp1252(text.encode()),
    "UTF-8 as CP1252, twice": lambda text: _as_cp1252(_as_cp1252(text.encode()).encode()),
    "GBK as Latin-1": lambda text: _as_latin1(text.encode("gbk")),
    "GBK as CP1252": lambda text: _as_cp1252(text.encode("gbk")),
}


def misread_whole(misread: Callable[[str], str]) -> Plant:
    """The whole text, line by line, as far as its encoding can write it."""

    def plant(text: str, _: random.Random) -> list[Edit]:
        return [
            _edit(line.start(), line[0], damaged)
            for line in re.finditer("[^\n]*[^\x00-\x7f][^\n]*", text)
            if (damaged := _misread(misread, line[0]))
        ]

    return plant


def misread_stretches(misread: Callable[[str], str]) -> Plant:
    """Up to three stretches of Chinese in a text that is sound otherwise, each of 4 to 40 characters."""

    def plant(text: str, chance: random.Random) -> list[Edit]:
        size = chance.choice(_STRETCHES)
        places = _somewhere(
            f"[{_HAN}][{_HAN}，。、]{{{size - 1}}}(?![^\n])|(?<![{_HAN}])[{_HAN}，。、]{{{size}}}",
            text,
            chance,
            3,
        )
        return [
            _edit(place.start(), place[0], damaged)
            for place in places
            if (damaged := _misread(misread, place[0]))
        ]

    return plant


def _misread(misread: Callable[[str], str], text: str) -> str | None:
    try:
        return misread(text)
    except UnicodeEncodeError:
        return None


def wrapped(text: str, chance: random.Random) -> list[Edit]:
    """Line breaks that part each line at a fixed width in columns, a Chinese character having two."""
    width = chance.choice(_WIDTHS)
    return [_edit(at, "", "\n") for line in re.finditer("[^\n]+", text) for at in _breaks(line, width)]


def _breaks(line: re.Match[str], width: int) -> Iterator[int]:
    used = 0
    for at, char in enumerate(line[0]):
        columns = 2 if unicodedata.east_asian_width(char) in "WFA" else 1
        if (
            used + columns > width
            and char not in "，。、；：？！）》” \u3000"
            and not line[0][at - 1].isspace()
        ):
            yield line.start() + at
            used = 0
        used += columns

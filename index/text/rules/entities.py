"""Finds HTML entities that were left over in the text: &ldquo;绿色制造&rdquo;, &nbsp;, &amp;nbsp;, &#8226;.

Evidence: 603 in 27 of 107,344 real articles (296 &#1;, 276 &nbsp;, 11 &times;, 6 &permil; ...), and nothing
else with an & and a semicolon. Only what ends in a semicolon counts: A&B, S&TProgram and ?id=1&copy=2 stay.
Markup that was written as text (&lt;br&gt;) becomes what it says, <br>: no article shows entities on purpose,
and whoever shows the text escapes it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5, name2codepoint
from typing import Final

from index.article import Certainty
from index.text.edits import Edit

RULE: Final = "entities"

_RUN = re.compile(r"&[&#;0-9A-Za-z]+")
"""Characters of which entities are made, from the first & on; one search sees each character once."""

_NUMERIC = re.compile(r"&#(?:[xX](?P<hexadecimal>[0-9a-fA-F]{1,8})|(?P<decimal>[0-9]{1,8}));")
_LONGEST = max(map(len, html5)) + 1

_SHORT_NAMES = frozenset(f"{name};" for name in name2codepoint)
"""Names of one or two letters count if they are of HTML 4: HTML 5 has more of them (&ii; &Gt;) than text that
only looks like an entity can bear."""


@dataclass(frozen=True, slots=True)
class EntitiesRule:
    """Writes what each entity stands for, also within another; a no-break space becomes a space."""

    def find(self, page: str) -> tuple[Edit, ...]:
        if "&" not in page:
            return ()
        return tuple(edit for run in _RUN.finditer(page) for edit in _edits(run.start(), run[0]))


@dataclass(frozen=True, slots=True)
class _Piece:
    """What the characters from `start` to `end` of a run have become."""

    start: int
    end: int
    text: str


def _edits(start: int, run: str) -> Iterator[Edit]:
    """Entities that stand side by side are one edit."""
    at = end = 0
    after = ""
    for piece in _decoded(run):
        if piece.text == run[piece.start : piece.end]:
            continue
        if piece.start != end and after:
            yield Edit(start + at, run[at:end], after, RULE, Certainty.EXACT)
            after = ""
        if not after:
            at = piece.start
        after += piece.text
        end = piece.end
    if after:
        yield Edit(start + at, run[at:end], after, RULE, Certainty.EXACT)


def _decoded(run: str) -> list[_Piece]:
    """The run until no entity is left in it: what an entity becomes may be part of the next (&amp;lt;).

    Each semicolon is looked at once, with as many characters before it as the longest name has.
    """
    pieces: list[_Piece] = []
    opened: list[int] = []
    for at, char in enumerate(run):
        piece = _Piece(at, at + 1, char)
        while piece.text == ";" and opened:
            first = opened.pop()
            entity = (
                "".join(earlier.text for earlier in pieces[first:]) + ";"
                if len(pieces) - first < _LONGEST
                else ""
            )
            meaning = _meaning(entity)
            if meaning is None:
                opened.clear()
                break
            piece = _Piece(pieces[first].start, piece.end, meaning)
            del pieces[first:]
        if piece.text == "&":
            opened.append(len(pieces))
        pieces.append(piece)
    return pieces


def _meaning(entity: str) -> str | None:
    """What an entity with its & and semicolon stands for; None for what is none."""
    if numeric := _NUMERIC.fullmatch(entity):
        return _character(int(numeric["decimal"] or numeric["hexadecimal"], 10 if numeric["decimal"] else 16))
    name = entity[1:]
    if len(name) <= 3 and name not in _SHORT_NAMES:
        return None
    meaning = html5.get(name)
    return " " if meaning == "\xa0" else meaning


def _character(code: int) -> str | None:
    """The character of a numeric reference, with 128 to 159 read as Windows-1252, as HTML 5 says of them."""
    if 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return None
    if 0x80 <= code < 0xA0:
        return bytes((code,)).decode("cp1252", errors="ignore") or chr(code)
    return " " if code == 0xA0 else chr(code)

"""Lines of forms and arrows, as Solr and Elasticsearch write synonyms: how operators write rules here.

`a, b, c` is a list of forms and `a, b => c` leads from some to others. A backslash before a comma, an arrow
or another backslash makes it part of a form (Lucene, SolrSynonymParser). Empty lines and those that begin
with # are passed over.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from index.errors import LineFault

NAMED_FAULTS: Final = 5
MAX_FAULTS: Final = 100
"""How many faults a message names, and how many an error has with it."""

_TOKEN: Final = re.compile(r"\\(?P<escaped>.)|(?P<arrow>=>)|(?P<comma>,)|(?P<text>[^\\,=]+|=|\\)")
_LOOKALIKES: Final = {"，": ",", "＝＞": "=>", "⇒": "=>", "→": "=>"}
"""What an input method writes for the signs that part forms."""


@dataclass(slots=True)
class Faults:
    """What is wrong with the lines of a file, collected so that all of it can be told at once."""

    name: str
    _found: list[LineFault] = field(default_factory=list)

    def add(self, line: int, reason: object) -> None:
        """Note what is wrong with a line, counted from 1."""
        self._found.append(LineFault(line, str(reason)))

    @property
    def lines(self) -> tuple[LineFault, ...]:
        """The first of them."""
        return tuple(self._found[:MAX_FAULTS])

    def __bool__(self) -> bool:
        return bool(self._found)

    def __str__(self) -> str:
        """The file with its first faults, and how many more there are."""
        more = f"; and {len(self._found) - NAMED_FAULTS} more" if len(self._found) > NAMED_FAULTS else ""
        return f"{self.name}: {'; '.join(map(str, self._found[:NAMED_FAULTS]))}{more}"


@dataclass(frozen=True, slots=True)
class RuleLine:
    """The forms on the left of the arrow and on its right; `right` is None where there is no arrow.

    Forms are as they were written, without the white space around them; none is empty.
    """

    number: int
    left: tuple[str, ...]
    right: tuple[str, ...] | None


def rule_lines(data: bytes, faults: Faults) -> Iterator[RuleLine]:
    """The lines of a file in UTF-8; those that cannot be read are noted in `faults` and left out."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        faults.add(data[: error.start].count(b"\n") + 1, "this is not UTF-8; save the file as UTF-8")
        return
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            left, right = _sides(line)
        except ValueError as error:
            faults.add(number, error)
        else:
            yield RuleLine(number, left, right)


def _sides(line: str) -> tuple[tuple[str, ...], tuple[str, ...] | None]:
    sides = [[""]]
    for token in _TOKEN.finditer(line):
        match token.lastgroup:
            case "arrow":
                sides.append([""])
            case "comma":
                sides[-1].append("")
            case "escaped":
                sides[-1][-1] += token["escaped"]
            case _:
                sides[-1][-1] += _plain(token["text"])
    if len(sides) > 2:
        raise ValueError("there are two arrows; write one rule a line")
    left, *right = (tuple(form.strip() for form in side) for side in sides)
    if not all(form for side in (left, *right) for form in side):
        raise ValueError("a form is empty; take out the comma or arrow that has nothing beside it")
    return left, right[0] if right else None


def _plain(text: str) -> str:
    if text == "\\":
        raise ValueError("a backslash ends the line; write two for one that belongs to a form")
    for sign, meant in _LOOKALIKES.items():
        if sign in text:
            raise ValueError(
                f"{sign} does not part forms; write {meant}, or \\{sign} where it belongs to one"
            )
    return text

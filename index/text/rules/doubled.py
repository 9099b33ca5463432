"""Takes out every second character of headings that a PDF file printed twice: 两两部部门门关关于于.

Some files print bold type as the same character twice, a hair apart, and what reads them gives both.
Evidence: 10 of 107,344 articles have such headings, 146 of them; digits and Latin letters are single in them
(〔〔2018〕〕154号号). The longest run of doubled characters that somebody wrote on purpose is of four:
爷爷奶奶弟弟妹妹. Each of the 10 has a run of eleven or more.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from index.article import Certainty
from index.text.edits import Edit

RULE: Final = "doubled"

_SURE: Final = 6
"""A page with a run of so many doubled characters, three of them different Chinese ones, was printed twice in
places."""

_LIKELY: Final = 3
"""On such a page a stretch with so many doubled characters, and no single one beside it, is such a place."""

_CHAR = r"[^\x00-\x7f\s]"
_SURE_RUN = re.compile(rf"(?:({_CHAR})\1){{{_SURE},}}")
_HAN = re.compile("[\u3400-\u9fff]")
_SAME = re.compile(r"(.)\1*", re.DOTALL)

_WRITTEN_TWICE: Final = frozenset("…—─━－～＊※·")
"""Signs that are written in pairs and rows: a pair of them is one, a row of four is two."""


_LONGEST_RUN: Final = 4
"""水水生生生生物物: longer rows of one character are drawn lines."""


@dataclass(slots=True)
class _Stretch:
    """Part of a line in which every character that is neither ASCII nor white space stands twice."""

    start: int = 0
    end: int = 0
    halves: list[str] = field(default_factory=list)
    doubled: int = 0
    """How many characters stand twice."""

    passed: list[str] = field(default_factory=list)
    """What has followed since and does not stand twice; part of the stretch if more of it follows."""

    def add(self, start: int, run: str) -> None:
        if not self.doubled:
            self.start = start
        self.halves += (*self.passed, run[::2])
        self.passed.clear()
        self.end = start + len(run)
        self.doubled += len(run) // 2

    def pass_over(self, run: str) -> None:
        if self.doubled:
            self.passed.append(run)


class DoubledRule:
    """Judges whole pages: only one that surely has such headings is looked through for short ones."""

    def find(self, page: str) -> tuple[Edit, ...]:
        """The edits that take the second of each two characters out, one for each heading, in order."""
        if not any(len(set(_HAN.findall(run[0]))) > 2 for run in _SURE_RUN.finditer(page)):
            return ()
        return tuple(_edit(page, stretch) for stretch in _stretches(page) if _is_heading(page, stretch))


def _stretches(page: str) -> Iterator[_Stretch]:
    stretch = _Stretch()
    for match in _SAME.finditer(page):
        run = match[0]
        if _is_single(run):
            yield stretch
            stretch = _Stretch()
        elif run[0].isascii() or run[0].isspace() or (run[0] in _WRITTEN_TWICE and len(run) == 2):
            stretch.pass_over(run)
        elif len(run) % 2 == 0:
            stretch.add(match.start(), run)
        elif stretch.doubled:  # the last one stands alone behind a doubled stretch
            stretch.add(match.start(), run[:-1])
            yield stretch
            stretch = _Stretch()
        else:
            stretch.add(match.start() + 1, run[1:])
    yield stretch


def _is_heading(page: str, stretch: _Stretch) -> bool:
    if stretch.doubled >= _SURE:
        return True
    before, after = page[max(0, stretch.start - 1) : stretch.start], page[stretch.end : stretch.end + 1]
    return stretch.doubled >= _LIKELY and not (_HAN.match(before) or _HAN.match(after))


def _is_single(run: str) -> bool:
    """Whether a row of one character ends a stretch."""
    if run[0] in "\n\r":
        return True
    return not (run[0].isascii() or run[0].isspace()) and not 1 < len(run) <= _LONGEST_RUN


def _edit(page: str, stretch: _Stretch) -> Edit:
    before = page[stretch.start : stretch.end]
    after = "".join(stretch.halves)
    return Edit(stretch.start, before, after, RULE, Certainty.EVIDENT)

"""Restores text that was read in the wrong encoding: 鎴戜滑, æˆ‘ä»¬ and ÎÒÃÇ were 我们.

Evidence: the characters are the bytes of valid text in the encoding that was meant, and what they mean is
likelier Chinese by far. What lost a byte on the way (鎴戜滑鐨?) comes back up to there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from index.article import Certainty
from index.text.edits import Edit, RepairedText
from index.text.likelihood import LazyLikelihood
from index.text.rules.misread import MARKS, Misread, gbk_read_as_latin, utf8_read_as_gbk, utf8_read_as_latin

RULE: Final = "mojibake"

_CHINESE = "\u3000-\u303f\u3400-\u9fff\uff01-\uff5e"
_SIGNS = (
    "\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2010-\u203b\u20ac\u2103\u2116\u2122\u2160-\u217f\u2190-\u22ff\u2460-\u249b\u2500-\u2606"
)
_PLAUSIBLE = re.compile(f"[{_SIGNS}{_CHINESE}\uffe5]+")
"""What UTF-8 that was read as Latin-1 can have meant: Chinese, marks and signs beside it, Latin letters, or
the characters of a text that was read wrongly twice. No Hebrew: ×“ is a sign before a mark."""

_SOME_CHINESE = re.compile("[\u4e00-\u9fff].*[\u4e00-\u9fff]", re.DOTALL)

_ONLY_CHINESE = re.compile(f"[{_CHINESE}\u00b7\u00d7\u2010-\u203b\u2103\u2160-\u217f\u2460-\u249b]+")

_ASCII = re.compile("[\\x00-\\x7f]")

_MARGIN: Final = 10.0
"""By how much, in natural logarithms, what UTF-8 read as GBK meant must be likelier than what was read."""

_LIKELY: Final = {2: -7.5, 3: -8.0}
_LIKELY_LONG: Final = -9.0
"""How likely, in natural logarithms for each character, a stretch of so many must be that GBK read as Latin-1
meant. Of planted stretches the median is -5, and one in twenty of four characters is below -8.5."""

_MARK: Final = -3.0
_LETTER: Final = -14.0
"""A mark beside a stretch (dashes and quotation marks come in pairs), and half a character that is left over,
in natural logarithms."""

_SURE_PAGE: Final = 6
"""A page on which that many characters are surely GBK read as Latin-1 has such a text: there single
characters and marks between digits are so, too."""


@dataclass(frozen=True, slots=True)
class MojibakeRule:
    """Restores each stretch that can only have been read wrongly, also twice.

    Figures: no change in 107,344 articles, of which about 60 have a suspicious place
    (`benchmarks/repair_planted.py` says what share of planted mojibake of each kind comes back).
    """

    likelihood: LazyLikelihood

    def find(self, page: str) -> tuple[Edit, ...]:
        """The edits that restore a whole page, in order."""
        repaired = RepairedText(page)
        while edits := tuple(self._edits(repaired.text)):  # ends: each round makes the text shorter
            repaired = repaired.then(edits)
        return tuple(change.edit for change in repaired.changes)

    def _edits(self, text: str) -> Iterator[Edit]:
        end = 0
        found = [*self._utf8_as_gbk(text), *_utf8_as_latin(text), *self._gbk_as_latin(text)]
        for misread in sorted(found, key=lambda misread: (misread.start, -misread.end)):
            if misread.start >= end:
                end = misread.end
                before = text[misread.start : end]
                yield Edit(misread.start, before, misread.meant, RULE, Certainty.EVIDENT)

    def _utf8_as_gbk(self, text: str) -> Iterator[Misread]:
        for misread in utf8_read_as_gbk(text):
            likelihood = self.likelihood.get()
            read = likelihood.of(text[misread.start : misread.end])
            if likelihood.of(misread.meant) > read + _MARGIN:
                yield misread

    def _gbk_as_latin(self, text: str) -> Iterator[Misread]:
        sure: list[Misread] = []
        possible: list[Misread] = []
        for ways in gbk_read_as_latin(text):
            chinese = [misread for misread in ways if _ONLY_CHINESE.fullmatch(misread.meant)]
            if chinese:
                start, end = min(way.start for way in chinese), max(way.end for way in chinese)
                best = max(
                    chinese, key=lambda way: self._total(text[start : way.start], way, text[way.end : end])
                )
                (sure if self._is_likely(best.meant) else possible).append(best)
        possible = [misread for misread in possible if not _ASCII.search(text, misread.start, misread.end)]
        if sum(len(misread.meant) for misread in sure) >= _SURE_PAGE:
            sure += possible
        yield from sorted(sure, key=lambda misread: misread.start)

    def _is_likely(self, meant: str) -> bool:
        floor = _LIKELY.get(len(meant), _LIKELY_LONG)
        return len(meant) > 1 and self._average(meant) > floor

    def _total(self, before: str, misread: Misread, behind: str) -> float:
        """How likely a way to read a stretch is, with what it leaves out at both ends."""
        left_out = sum(_MARK if char in MARKS else _LETTER for char in before + behind)
        return self.likelihood.get().of(misread.meant) + left_out

    def _average(self, meant: str) -> float:
        return self.likelihood.get().of(meant) / len(meant)


def _utf8_as_latin(text: str) -> Iterator[Misread]:
    for misread in utf8_read_as_latin(text):
        if _PLAUSIBLE.fullmatch(misread.meant) or _SOME_CHINESE.search(misread.meant):
            yield misread

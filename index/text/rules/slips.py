"""Restores runs of GBK text that lost a byte: 建設?偼顿Y超過 was 建設。總投資超過.

How it happens: a converter that makes full-width marks half-width, byte by byte, takes the second byte of one
character and the first of the next for such a mark (A3BF becomes ?). What is left of the first character is
no character any more, and all that follows reads one byte off, until an ASCII byte, the second of a
Traditional character, sets it right again. Simplified characters have no such bytes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from index.article import Certainty
from index.text.edits import Edit, RepairedText
from index.text.rules.likelihood import LazyLikelihood, Likelihood
from index.text.rules.slip_search import slip_lattice

RULE: Final = "gbk-slip"

_HAN = "\u3400-\u9fff\uf900-\ufaff"

_SHOWN = r"[^\x00-\x7f\s]"
_PLACE = re.compile(rf"(?<=[{_HAN}])[?!;:,？！；：，]{_SHOWN}{{0,8}}[@-~](?={_SHOWN})")
"""A mark in place of two bytes, what was read from the bytes behind it, and the ASCII byte that ends the run."""

_CONTEXT: Final = 6
"""How many characters on either side have a say in what the run was."""

_CONTEXT_CHARACTERS = f"{_HAN}，。、；：？！“”（）《》"
_CONTEXT_BEFORE = re.compile(f"[{_CONTEXT_CHARACTERS}]*$")
_CONTEXT_AFTER = re.compile(f"[{_CONTEXT_CHARACTERS}]*")

_FULL_WIDTH: Final = {ord(mark): ord(mark) + 0xFEE0 for mark in "?!;:,"}

_MOST_PLACES: Final = 64
"""A page with more is not damaged in this way (the page that this was first seen on has 2 places, in 2,000
characters): it is left alone, so that no page can make the search long."""

_TRADITIONAL_SHARE: Final = 20
"""On a Traditional page at least one of so many Chinese characters is a form that folds to another."""

_PLAIN_MARGIN: Final = 10.0
_SECOND_MARGIN: Final = 2.5
"""By how much, in natural logarithms, a reading must beat the text as it stands, and the second-best reading."""


@dataclass(frozen=True, slots=True)
class SlipRule:
    """Restores a slip where one reading of its bytes is by far the likeliest Chinese."""

    likelihood: LazyLikelihood

    def find(self, page: str) -> tuple[Edit, ...]:
        """The edits that restore the slips of a whole page, in order."""
        places = len(list(islice(_PLACE.finditer(page), _MOST_PLACES + 1)))
        if not 0 < places <= _MOST_PLACES or not self._is_traditional(page):
            return ()
        restoration = _Restoration(self.likelihood.get(), {})
        repaired = RepairedText(page)
        while edits := tuple(
            restoration.edits(repaired.text)
        ):  # a run restored is context for its neighbours
            repaired = repaired.then(edits)
        return tuple(change.edit for change in repaired.changes)

    def _is_traditional(self, page: str) -> bool:
        fold = self.likelihood.folding.fold
        chinese = "".join(re.findall(f"[{_HAN}]+", page))
        changed = sum(char != folded for char, folded in zip(chinese, fold(chinese), strict=True))
        return changed * _TRADITIONAL_SHARE >= len(chinese)


@dataclass(frozen=True, slots=True)
class _Restoration:
    """The work on one page."""

    likelihood: Likelihood
    judged: dict[tuple[str, str, str], str | None]
    """What was found out, by what stands before a run, the run itself and what stands behind it."""

    def edits(self, page: str) -> Iterator[Edit]:
        for place in _PLACE.finditer(page):
            before = page[max(0, place.start() - _CONTEXT) : place.start()]
            after = page[place.end() : place.end() + _CONTEXT]
            key = (_CONTEXT_BEFORE.findall(before)[0], place[0], _CONTEXT_AFTER.findall(after)[0])
            if key not in self.judged:
                self.judged[key] = self._restored(*key)
            restored = self.judged[key]
            if restored is not None:
                yield Edit(place.start(), place[0], restored, RULE, Certainty.INFERRED)

    def _restored(self, left: str, run: str, right: str) -> str | None:
        """What the run was; None where that is not clear."""
        lattice = slip_lattice(left, run[0].translate(_FULL_WIDTH) + run[1:-1], run[-1], right)
        readings = self.likelihood.readings(lattice) if lattice else ()
        if not readings:
            return None
        best, *others = readings
        plain = self.likelihood.of(left + run + right)
        second = max([plain, *(other.score for other in others)])
        if best.score < plain + _PLAIN_MARGIN or best.score < second + _SECOND_MARGIN:
            return None
        return best.text[len(left) : len(best.text) - len(right)]

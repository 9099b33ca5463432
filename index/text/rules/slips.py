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
from index.text.likelihood import LazyLikelihood, Likelihood, Reading
from index.text.rules.slip_search import as_lattice, slip_lattice

RULE: Final = "gbk-slip"

_HAN = "\u3400-\u9fff\uf900-\ufaff"

_SHOWN = r"[^\x00-\x7f\s]"
_PLACE = re.compile(rf"(?<=[{_HAN}])(?=([?!;:,？！；：，](?:[!-~]?{_SHOWN}){{0,8}}[@-~]){_SHOWN})")
"""A mark in place of two bytes, what was read from the bytes behind it, an ASCII byte that may be the last.

ASCII characters before the last can also be ends, or full-width ones that were made half-width like the mark.
Places can overlap.
"""

_CONTEXT: Final = 6
"""How many characters on either side have a say in what the run was."""

_CONTEXT_CHARACTERS = f"{_HAN}，。、；：？！“”（）《》"
_CONTEXT_BEFORE = re.compile(f"[{_CONTEXT_CHARACTERS}]{{0,{_CONTEXT}}}$")
_CONTEXT_AFTER = re.compile(f"[{_CONTEXT_CHARACTERS}]*")

_FULL_WIDTH: Final = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}

_MOST_PLACES: Final = 64
"""A page with more is not damaged in this way (the page that this was first seen on has 2 places, in 2,000
characters): it is left alone, so that no page can make the search long (64 different places took 1.2 s)."""

_MOST_ASCII: Final = 4
"""A run has its mark, its last byte, and at most two full-width characters that became half-width."""

_TRADITIONAL_SHARE: Final = 20
"""On a Traditional page at least one of so many Chinese characters is a form that folds to another."""

_PLAIN_MARGIN: Final = 10.0
_SECOND_MARGIN: Final = 2.2
"""By how much, in natural logarithms, a reading must beat the text as it stands, and the second-best one."""


@dataclass(frozen=True, slots=True)
class SlipRule:
    """Restores a slip where one reading of its bytes is by far the likeliest Chinese.

    Figures: both slips of the page that this was first seen on; no change in 107,344 Simplified articles and
    in 21,469 that were converted to Traditional (`benchmarks/repair_planted.py` says what share of planted
    slips comes back, and how much of that exactly).
    """

    likelihood: LazyLikelihood

    def find(self, page: str) -> tuple[Edit, ...]:
        """The edits that restore the slips of a whole page, in order."""
        places = len(list(islice(_PLACE.finditer(page), _MOST_PLACES + 1)))
        if not 0 < places <= _MOST_PLACES or not self._is_traditional(page):
            return ()
        restoration = _Restoration(self.likelihood.get(), {})
        repaired = RepairedText(page)
        while edits := tuple(restoration.edits(repaired.text)):
            repaired = repaired.then(edits)  # a run that is restored makes its neighbours clearer
        return tuple(change.edit for change in repaired.changes)

    def _is_traditional(self, page: str) -> bool:
        fold = self.likelihood.folding.fold
        chinese = "".join(re.findall(f"[{_HAN}]+", page))
        changed = sum(char != folded for char, folded in zip(chinese, fold(chinese), strict=True))
        return changed * _TRADITIONAL_SHARE >= len(chinese)


@dataclass(frozen=True, slots=True)
class _Restored:
    """What a run was; `gain` is by how much, in natural logarithms, the text is likelier so."""

    before: str
    after: str
    gain: float


@dataclass(frozen=True, slots=True)
class _Restoration:
    """The work on one page."""

    likelihood: Likelihood
    judged: dict[tuple[str, str, str], _Restored | None]
    """What was found out, by what stands before a run, the run itself and what stands behind it."""

    def edits(self, page: str) -> Iterator[Edit]:
        """The restorations of a page; of those that overlap the clearest."""
        found: list[tuple[float, Edit]] = []
        for place in _PLACE.finditer(page):
            start, end = place.span(1)
            key = (
                _CONTEXT_BEFORE.findall(page[max(0, start - _CONTEXT) : start])[0],
                place[1],
                _CONTEXT_AFTER.findall(page[end : end + _CONTEXT])[0],
            )
            if key not in self.judged:
                self.judged[key] = self._restored(*key)
            restored = self.judged[key]
            if restored is not None:
                edit = Edit(start, restored.before, restored.after, RULE, Certainty.INFERRED)
                found.append((restored.gain, edit))
        chosen: list[Edit] = []
        for _, edit in sorted(found, key=lambda pair: -pair[0]):
            if all(edit.end <= other.start or other.end <= edit.start for other in chosen):
                chosen.append(edit)
        yield from sorted(chosen, key=lambda edit: edit.start)

    def _restored(self, left: str, run: str, right: str) -> _Restored | None:
        """What the run was; None where that is not clear."""
        if sum(map(str.isascii, run)) > _MOST_ASCII:
            return None
        [plain, *_] = self.likelihood.readings(as_lattice(left + run + right))
        found = sorted(self._possible(left, run, right), key=lambda pair: -pair[0].score)
        if not found:
            return None
        best, end = found[0]
        second = max([plain.score, *(other.score for other, _ in found if other.text != best.text)])
        if best.score < plain.score + _PLAIN_MARGIN or best.score < second + _SECOND_MARGIN:
            return None
        behind = len(run) - end + len(right)
        return _Restored(run[:end], best.text[len(left) : len(best.text) - behind], best.score - plain.score)

    def _possible(self, left: str, run: str, right: str) -> Iterator[tuple[Reading, int]]:
        """The likeliest readings of the run for each place where it can end; that place in code points."""
        shown = run.translate(_FULL_WIDTH)
        for number, char in enumerate(run[1:], start=1):
            lattice = (
                slip_lattice(left, shown[:number], char, run[number + 1 :] + right)
                if "@" <= char <= "~"
                else None
            )
            for reading in self.likelihood.readings(lattice) if lattice else ():
                yield reading, number + 1

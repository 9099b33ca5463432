"""Classes of characters, and text without white space and controls with the way back to its offsets."""

import re
import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final


def code_ranges(codes: Iterable[int]) -> str:
    """Rising code points as ranges: the inside of a set of `re`."""
    ranges: list[tuple[int, int]] = []
    for code in codes:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1] = (ranges[-1][0], code)
        else:
            ranges.append((code, code))
    return "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in ranges)


SKIPPED_RANGES: Final = code_ranges(
    code
    for code in range(sys.maxunicode + 1)
    if unicodedata.category(chr(code)) in {"Cc", "Cf"} or chr(code).isspace()
)
"""What matching looks through, as the inside of a set of `re`."""
_SKIPPED = re.compile(f"[{SKIPPED_RANGES}]+")


def is_skipped(char: str) -> bool:
    """True for white space and control or format characters: what matching looks through."""
    return _SKIPPED.match(char) is not None


def is_punctuation(char: str) -> bool:
    """True for the Unicode categories P*."""
    return unicodedata.category(char).startswith("P")


def compact(text: str) -> str:
    """The text without white space and control characters."""
    return _SKIPPED.sub("", text)


@dataclass(frozen=True, slots=True)
class CompactText:
    """A text without white space and controls that knows where its characters stood."""

    text: str
    _starts: tuple[int, ...]
    """For each stretch of kept characters: its offset in `text`."""
    _shifts: tuple[int, ...]
    """For each stretch: how many characters were left out before it."""

    @classmethod
    def of(cls, text: str) -> "CompactText":
        parts: list[str] = []
        starts = [0]
        shifts = [0]
        kept = 0
        at = 0
        for gap in _SKIPPED.finditer(text):
            parts.append(text[at : gap.start()])
            kept += gap.start() - at
            at = gap.end()
            if starts[-1] == kept:
                shifts[-1] = at - kept
            else:
                starts.append(kept)
                shifts.append(at - kept)
        parts.append(text[at:])
        return cls("".join(parts), tuple(starts), tuple(shifts))

    @property
    def bytes(self) -> int:
        """What it takes in memory, about: an offset is an object of its own."""
        return sys.getsizeof(self.text) + 80 * len(self._starts)

    def offset(self, index: int) -> int:
        """Offset in the original text of the character at `index` of `text`."""
        return index + self._shifts[bisect_right(self._starts, index) - 1]

    def occurrences(self, wanted: str) -> Iterator[tuple[int, int]]:
        """Spans (start, end) in the original text of every occurrence of `wanted`, overlapping ones too.

        A span covers the white space inside it, not that around it.
        """
        if not wanted:
            return
        at = self.text.find(wanted)
        while at >= 0:
            yield self.offset(at), self.offset(at + len(wanted) - 1) + 1
            at = self.text.find(wanted, at + 1)

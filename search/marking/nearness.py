"""Where two texts stand near each other."""

from collections.abc import Iterator
from heapq import merge

Range = tuple[int, int]


def near_places(first: str, second: str, gap: int, text: str) -> Iterator[Range]:
    """Spans (start, end) in `text` of either that has the other within `gap` characters before or behind it,
    not overlapping; by start. There are none where one of them is empty."""
    if first and second and first in text and second in text:
        yield from merge(_beside(first, second, gap, text), _beside(second, first, gap, text))


def _beside(wanted: str, other: str, gap: int, text: str) -> Iterator[Range]:
    """The places of `wanted` near `other`, which both stand in the text; skips what is far from any other."""
    last = text.rfind(other)
    behind = text.find(other)
    at = text.find(wanted)
    while 0 <= at <= last + len(other) + gap:
        end = at + len(wanted)
        if 0 <= behind < end:
            behind = text.find(other, end)
        following = at + 1
        if end <= behind <= end + gap or text.find(other, max(0, at - gap - len(other)), at) >= 0:
            yield at, end
        elif text.find(other, max(0, at - len(other) + 1), end + len(other) - 1) < 0:
            # No other overlaps this place, so none is near until the next one comes near.
            following = max(following, behind - gap - len(wanted))
        at = text.find(wanted, following)

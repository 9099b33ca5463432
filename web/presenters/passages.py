"""Cuts the text of an article at numbered marks and repairs, nested: a mark may hold repaired places."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stretch:
    """A numbered span of a text: `start` and `end` are offsets in code points, half-open."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Text inside a passage; `repair` is the number of the repair that it shows, None if it came in so.

    `anchor` is True where the place of the repair begins here.
    """

    text: str
    repair: int | None
    anchor: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """Text that carries one mark, or none; `anchor` is True where the mark begins here."""

    mark: int | None
    anchor: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class _Cut:
    number: int | None
    begins: bool
    start: int
    end: int


def passages(
    text: str, start: int, marks: Sequence[Stretch], repairs: Sequence[Stretch]
) -> tuple[Passage, ...]:
    """The text as passages; joined, their pieces are the text again.

    `text` stands at `start` of the text that the stretches count in. Stretches are sorted and do not overlap
    others of their kind.
    """
    return tuple(
        Passage(
            mark=outer.number,
            anchor=outer.begins,
            pieces=tuple(
                Piece(text[inner.start - start : inner.end - start], inner.number, inner.begins)
                for inner in _cuts(outer.start, outer.end, repairs)
            ),
        )
        for outer in _cuts(start, start + len(text), marks)
    )


def paragraphs(
    text: str, marks: Sequence[Stretch], repairs: Sequence[Stretch]
) -> tuple[tuple[Passage, ...], ...]:
    """The passages of each line of the text that holds more than white space."""
    shown = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            shown.append(passages(line, start, marks, repairs))
        start += len(line) + 1
    return tuple(shown)


def _cuts(start: int, end: int, stretches: Sequence[Stretch]) -> Iterator[_Cut]:
    at = start
    for stretch in stretches[bisect_right(stretches, start, key=lambda stretch: stretch.end) :]:
        if stretch.start >= end:
            break
        low, high = max(stretch.start, at), min(stretch.end, end)
        if low >= high:
            continue
        if at < low:
            yield _Cut(None, begins=False, start=at, end=low)
        yield _Cut(stretch.number, begins=stretch.start >= start, start=low, end=high)
        at = high
    if at < end:
        yield _Cut(None, begins=False, start=at, end=end)

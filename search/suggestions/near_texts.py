"""Finds texts that differ by one slip from another."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from search.suggestions.columns import Columns, numbers
from search.suggestions.string_table import StringTable, beginning_with, sorted_in_steps

MAX_COMPARED: Final = 2_000
"""Texts with one half in common that are compared; of more there is no telling which was meant."""


@dataclass(frozen=True, slots=True)
class NearTexts:
    """Texts, found by either half of what was typed: one slip leaves one of the halves whole.

    Immutable and safe to share between threads.
    """

    texts: StringTable = field(repr=False)
    _by_start: memoryview = field(repr=False)
    """Places in the order of the texts."""
    _by_end: memoryview = field(repr=False)
    """Places in the order of the texts read backwards."""

    @classmethod
    def of(cls, texts: StringTable) -> "NearTexts":
        """An index of texts, which are kept as they are."""
        listed = list(texts)
        backwards = [text[::-1] for text in listed]
        return cls(
            texts,
            numbers(sorted_in_steps(range(len(listed)), listed.__getitem__)),
            numbers(sorted_in_steps(range(len(listed)), backwards.__getitem__)),
        )

    @classmethod
    def from_columns(cls, texts: StringTable, columns: Columns) -> "NearTexts":
        """The index of texts that has these columns. Raises KeyError where one is missing."""
        return cls(texts, columns["by_start"], columns["by_end"])

    @property
    def columns(self) -> Columns:
        """All that it holds but the texts."""
        return {"by_start": self._by_start, "by_end": self._by_end}

    def near(self, typed: str) -> frozenset[str]:
        """The texts that become this one, or it them, by one slip; itself is not among them."""
        return frozenset(text for text in self._candidates(typed) if is_slip(typed, text))

    def _candidates(self, typed: str) -> Iterator[str]:
        # Two characters that changed places across the middle leave the halves without them whole.
        middle = len(typed) // 2
        swapped = typed[: middle - 1] + typed[middle : middle + 1] + typed[middle - 1 : middle]
        for start in {typed[:middle], swapped} - {""}:
            yield from self._within(self.texts.beginning_with(self._by_start, start), self._by_start)
        end = typed[middle:][::-1]
        if end:
            yield from self._within(
                beginning_with(self._by_end, end, lambda at: self.texts[at][::-1]), self._by_end
            )

    def _within(self, place: slice, order: memoryview) -> Iterator[str]:
        if place.stop - place.start <= MAX_COMPARED:
            yield from map(self.texts.__getitem__, order[place])


def is_slip(typed: str, meant: str) -> bool:
    """Whether the texts differ by one character that is another, missing, or one too many, or by two
    neighbours that changed places (optimal string alignment distance 1)."""
    longer = len(typed) - len(meant)
    if abs(longer) > 1 or typed == meant:
        return False
    start = next(
        (at for at, (char, other) in enumerate(zip(typed, meant, strict=False)) if char != other),
        min(len(typed), len(meant)),
    )
    rest, other_rest = typed[start:], meant[start:]
    match longer:
        case 1:
            return rest[1:] == other_rest
        case -1:
            return rest == other_rest[1:]
        case _:
            is_swapped = rest[:2] == other_rest[:2][::-1] and rest[2:] == other_rest[2:]
            return rest[1:] == other_rest[1:] or is_swapped

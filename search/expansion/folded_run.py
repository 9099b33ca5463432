"""A run as it is compared, which knows where its characters stood and where its words are."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.text.characters import CompactText
from index.text.folding import Folding
from search.language.query import Span


@dataclass(frozen=True, slots=True)
class FoldedRun:
    """`text`: the folded run without white space and controls; offsets count in it, spans are half-open."""

    typed: str
    text: str
    _places: Sequence[int]
    """Where each character of `text` stands in `typed`."""
    _words: tuple[tuple[int, int], ...]
    """Where words begin and end in `text`, in their order, as far as they are known."""

    @classmethod
    def of(cls, typed: str, folding: Folding, words: Iterable[Span] = ()) -> "FoldedRun":
        """`words`: spans (start, length) in the run as typed, in their order, none of them over another."""
        compact = CompactText.of(folding.fold(typed))
        all_kept = range(len(compact.text))
        places = all_kept if len(all_kept) == len(typed) else tuple(map(compact.offset, all_kept))
        borders = ((start, start + length) for start, length in words)
        if places is not all_kept:
            borders = ((bisect_left(places, start), bisect_left(places, end)) for start, end in borders)
        return cls(typed, compact.text, places, tuple(borders))

    def typed_span(self, start: int, end: int) -> Span:
        """Start and length in the run as typed."""
        return self._places[start], self._places[end - 1] + 1 - self._places[start]

    def begins_in_a_word(self, start: int, end: int) -> bool:
        """Whether a word begins before this part and ends within it."""
        low, high = self._word_at(start)
        return low < start < high < end

    def ends_in_a_word(self, start: int, end: int) -> bool:
        """Whether a word begins within this part and ends behind it."""
        low, high = self._word_at(end - 1)
        return start < low < end < high

    def lies_in_a_word(self, start: int, end: int) -> bool:
        """Whether a word begins before this part and ends behind it."""
        low, high = self._word_at(start)
        return low < start and end < high

    def _word_at(self, index: int) -> tuple[int, int]:
        """The last word that begins at this character or before it."""
        at = bisect_right(self._words, (index, len(self.text) + 1)) - 1
        return self._words[at] if at >= 0 else (index, index)

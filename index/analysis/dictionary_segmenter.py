"""What the segmenters share, whichever library cuts."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator

from index.analysis.stretches import stretches


class DictionarySegmenter(ABC):
    """Has a library cut what its dictionary knows; see `Segmenter` for the laws.

    Words of scripts that the dictionary does not have (Cyrillic, Latin with accents, Hangul, ...) stay whole.
    """

    def words(self, piece: str) -> list[str]:
        words: list[str] = []
        for stretch, is_word in stretches(piece):
            words += (stretch,) if is_word else self._cut(stretch)
        return words

    def search_words(self, piece: str) -> list[str]:
        words: list[str] = []
        for stretch, is_word in stretches(piece):
            words += (stretch,) if is_word else self._cut_for_search(stretch)
        return words

    def search_places(self, piece: str) -> Iterator[tuple[int, str]]:
        at = 0
        for stretch, is_word in stretches(piece):
            if is_word:
                yield at, stretch
            else:
                for word, start, _ in self._places_for_search(stretch):
                    yield at + start, word
            at += len(stretch)

    @abstractmethod
    def _cut(self, stretch: str) -> Iterable[str]:
        """The words of a stretch, in order, without overlaps."""

    @abstractmethod
    def _cut_for_search(self, stretch: str) -> Iterable[str]:
        """The words of a stretch, and the shorter ones inside them."""

    @abstractmethod
    def _places_for_search(self, stretch: str) -> Iterable[tuple[str, int, int]]:
        """The same, each with its start and end in the stretch."""

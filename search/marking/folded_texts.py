"""Texts of articles as they are compared with a query."""

from dataclasses import dataclass
from sys import getsizeof

from index.cache import ByteBoundedCache
from index.text.characters import CompactText
from index.text.folding import Folding


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A text folded, as long as it is, and that without white space."""

    folded: str
    compact: CompactText


class FoldedTexts:
    """Folds texts; those that were folded last stay, up to so many bytes. Safe to share between threads.

    To fold a text and to leave out its white space is half of the cost of marking it, and what is found is
    found again by the next questions.
    """

    def __init__(self, folding: Folding, max_bytes: int) -> None:
        """With 0 bytes every text is folded anew."""
        self._folding = folding
        self._kept = ByteBoundedCache[FoldedText](max_bytes, _bytes_of)

    def of(self, text: str) -> FoldedText:
        """The text, folded."""
        # Looked up by the text itself: an article that is kept has the same object, whose hash is known.
        return self._kept.get(text, lambda: self._fold(text))

    def _fold(self, text: str) -> FoldedText:
        folded = self._folding.fold(text)
        return FoldedText(folded, CompactText.of(folded))


def _bytes_of(text: FoldedText) -> int:
    """With the text itself, by which it is looked up: as long as the folded one, and hardly ever wider."""
    return 2 * getsizeof(text.folded) + text.compact.bytes

"""The Protocol of a word segmenter."""

from collections.abc import Iterator
from typing import Protocol


class Segmenter(Protocol):
    """Splits a piece of folded text without white space and punctuation into words.

    Laws: `words` joined give the piece; `search_places` holds all of `words` and shorter words inside
    them; the same piece always gives the same words, in every thread.
    """

    def words(self, piece: str) -> list[str]:
        """The words of the piece, in order, without overlaps."""
        ...

    def search_words(self, piece: str) -> list[str]:
        """The words of the piece and the shorter dictionary words inside long ones."""
        ...

    def search_places(self, piece: str) -> Iterator[tuple[int, str]]:
        """`search_words` with the offset of each in code points of the piece."""
        ...

"""The one analyzer: folded characters and words, the same for articles and for queries."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from index.analysis.pieces import Piece, pieces
from index.analysis.segmenter import Segmenter
from index.text.characters import compact
from index.text.folding import Folding

MAX_WORD_BYTES = 64
"""Longer words are cut, at a character, alike in articles and queries (Latin noise such as base64 runs)."""


@dataclass(frozen=True, slots=True)
class Analyzer:
    """Turns text into what is matched. Immutable and safe to share between threads.

    `version` changes whenever any text would be analysed differently; an index remembers it.
    """

    folding: Folding
    segmenter: Segmenter
    version: str

    def characters(self, text: str) -> str:
        """Folded text without white space and controls: what phrases, substrings and characters match on."""
        return compact(self.folding.fold(text))

    def keyword(self, text: str) -> str:
        """The form in which exact values (a source) are compared."""
        return self.folding.fold(text).strip()

    def index_words(self, text: str) -> Iterator[str]:
        """Words of an article, each occurrence once, also the shorter words inside long ones."""
        for piece in pieces(self.folding.fold(text)):
            for word in self.segmenter.search_words(piece.text):
                yield _bounded(word)

    def query_words(self, text: str) -> tuple[str, ...]:
        """The words that all have to occur where a run does not occur as it stands; in order, each once."""
        return tuple(
            dict.fromkeys(
                _bounded(word)
                for piece in pieces(self.folding.fold(text))
                for word in self.segmenter.words(piece.text)
            )
        )

    def scored_words(self, text: str) -> tuple[str, ...]:
        """The words that add to the score of a run: as an article would be indexed; in order, each once."""
        return tuple(dict.fromkeys(self.index_words(text)))

    def places_of_words(self, piece: Piece, words: AbstractSet[str]) -> Iterator[tuple[str, int, int]]:
        """Where one of `words` is indexed as a word: the word, and its span (start, end) in the text.

        The text is the folded one that the piece was cut from. A span is in code points and covers the
        whole of a word that was cut for being too long.
        """
        for start, word in self.segmenter.search_places(piece.text):
            if (indexed := _bounded(word)) in words:
                yield indexed, piece.offsets[start], piece.offsets[start + len(word) - 1] + 1


def _bounded(word: str) -> str:
    data = word.encode("utf-8")
    return word if len(data) <= MAX_WORD_BYTES else data[:MAX_WORD_BYTES].decode("utf-8", "ignore")

"""The one analyzer: folded characters and words, the same for articles and for queries."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from index.analysis.lexicon import Lexicon
from index.analysis.mixed_words import MixedWords
from index.analysis.pieces import Piece, pieces
from index.analysis.segmenter import Segmenter
from index.analysis.user_words import UserWords
from index.text.characters import compact
from index.text.folding import Folding

ANGLE_BRACKETS: Final = frozenset("<>")
"""Typed for 《》. Unicode has them among the symbols, which are words, and not among the brackets."""

MAX_WORD_BYTES = 64
"""Longer words are cut, at a character, alike in articles and queries (Latin noise such as base64 runs)."""


@dataclass(frozen=True, slots=True)
class Analyzer:
    """Turns text into what is matched. Immutable and safe to share between threads.

    `version` changes whenever any text would be analysed differently; an index remembers it. `added` are the
    words that an operator has added, as they were given, and `lexicon` what they come to.
    """

    folding: Folding
    segmenter: Segmenter
    version: str
    mixed_words: MixedWords
    added: UserWords
    lexicon: Lexicon

    def characters(self, text: str) -> str:
        """Folded text without white space and controls: what phrases, substrings and characters match on."""
        return compact(self.folding.fold(text))

    def keyword(self, text: str) -> str:
        """The form in which exact values (a source) are compared."""
        return self.folding.fold(text).strip()

    def pieces(self, folded: str) -> Iterator[Piece]:
        """The pieces of a folded text that are cut into words, each by itself."""
        return pieces(folded, self.mixed_words)

    def index_words(self, text: str) -> Iterator[str]:
        """Words of an article, each occurrence once, also the shorter words inside long ones."""
        for piece in self.pieces(self.folding.fold(text)):
            if piece.inside:
                yield _bounded(piece.text)
            for part in piece.inside or (piece,):
                for word in self.segmenter.search_words(part.text):
                    yield _bounded(word)

    def query_words(self, text: str) -> tuple[str, ...]:
        """The words that all have to occur where a run does not occur as it stands; in order, each once."""
        return tuple(dict.fromkeys(word for word, _, _ in self.query_places(self.folding.fold(text))))

    def query_places(self, folded: str) -> Iterator[tuple[str, int, int]]:
        """The words that the folded text of a query is cut into, in order; see `places_in_query`."""
        for piece in self.pieces(folded):
            yield from self.places_in_query(piece)

    def places_of_words(self, piece: Piece, words: AbstractSet[str]) -> Iterator[tuple[str, int, int]]:
        """Where one of `words` is indexed as a word: the word, and its span (start, end) in the text.

        The text is the folded one that the piece was cut from. A span is in code points and covers the
        whole of a word that was cut for being too long.
        """
        if piece.inside and (whole := _bounded(piece.text)) in words:
            yield whole, piece.offsets[0], piece.offsets[-1] + 1
        for part in piece.inside or (piece,):
            for start, word in self.segmenter.search_places(part.text):
                if (indexed := _bounded(word)) in words:
                    yield indexed, part.offsets[start], part.offsets[start + len(word) - 1] + 1

    def places_in_query(self, piece: Piece) -> Iterator[tuple[str, int, int]]:
        """The words that a piece of a query is cut into, in order; spans as in `places_of_words`.

        Angle brackets are none: a title that is typed with them has others where it stands.
        """
        if piece.text in ANGLE_BRACKETS:
            return
        end = 0
        for word in (piece.text,) if piece.inside else self.segmenter.words(piece.text):
            start, end = end, end + len(word)
            yield _bounded(word), piece.offsets[start], piece.offsets[end - 1] + 1


def _bounded(word: str) -> str:
    data = word.encode("utf-8")
    return word if len(data) <= MAX_WORD_BYTES else data[:MAX_WORD_BYTES].decode("utf-8", "ignore")

"""Where the words stand that begin with a stem."""

from collections.abc import Iterator
from dataclasses import dataclass

from index.analysis.analyzer import Analyzer
from index.analysis.pieces import Piece
from index.text.characters import is_skipped

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class StemPlaces:
    """Spans (start, end) of a stem where words begin; `truncated` if not all of the text was read."""

    places: tuple[Range, ...]
    truncated: bool


def stem_places(stem: str, folded: str, analyzer: Analyzer, most: int, budget: int) -> StemPlaces:
    """The first `most` places in a folded text, behind which nothing is read. Only pieces that hold the stem
    are cut into words, at most `budget` code points of them."""
    found: list[Range] = []
    for piece in analyzer.pieces(folded):
        if stem not in piece.text:
            continue
        budget -= len(piece.text)
        if budget < 0:
            return StemPlaces(tuple(found), truncated=True)
        found += _in_piece(stem, piece, folded, analyzer)
        if len(found) >= most:
            return StemPlaces(tuple(found[:most]), truncated=True)
    return StemPlaces(tuple(found), truncated=False)


def _in_piece(stem: str, piece: Piece, folded: str, analyzer: Analyzer) -> Iterator[Range]:
    begun = frozenset(word for word in analyzer.index_words(piece.text) if word.startswith(stem))
    starts = {start for _, start, _ in analyzer.places_of_words(piece, begun)}
    for start in sorted(starts):
        kept = (at for at in range(start, len(folded)) if not is_skipped(folded[at]))
        yield start, next(at for number, at in enumerate(kept, 1) if number == len(stem)) + 1

"""What becomes of a text on its way into the index, or of a query: repaired, folded, cut into words."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from index.analysis.analyzer import Analyzer
from index.analysis.pieces import Piece
from index.article import Repair
from index.describe.parted import logged
from index.text.repair import Repairer
from search.results import Span

MAX_ANALYSED = 10_000
"""Code points of a text that callers may have analysed (API contract)."""


class TextUse(Enum):
    """What a text is taken for."""

    INDEX = "index"
    """Text of an article: repaired first, and cut into all words that it is found by."""

    QUERY = "query"
    """A query: never repaired, and cut into the words that have to occur."""


class TokenKind(Enum):
    """What a token is."""

    WORD = "word"
    CHARACTER = "character"
    """A word of one character."""

    ADDED = "added"
    """A word with signs or spaces in it, which an operator has added."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it is looked up; `span` is where it stands in the text that was analysed."""

    text: str
    span: Span
    kind: TokenKind


@dataclass(frozen=True, slots=True)
class RepairLog:
    """What a repair made of a text.

    `repairs` are in the order of the text; their `part` is None, and their original spans count in the text
    as it was given.
    """

    text: str
    repairs: tuple[Repair, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextAnalysis:
    """How a text is read. `tokens` come by where they begin, the longest first.

    `folded` is as long as the text that was analysed: the repaired one for an article, else the one given.
    `characters` counts those that phrases match on: all but white space and controls. `repair` is None where
    nothing is repaired. `version` changes whenever any text would be read differently.
    """

    folded: str
    tokens: tuple[Token, ...]
    characters: int
    repair: RepairLog | None
    version: str


def analyze_text(text: str, use: TextUse, analyzer: Analyzer, repairer: Repairer) -> TextAnalysis:
    """How this text is read where it is used so."""
    log = _repaired(text, repairer) if use is TextUse.INDEX else None
    analysed = text if log is None else log.text
    folded = analyzer.folding.fold(analysed)
    words = frozenset(analyzer.index_words(analysed))
    tokens = [
        Token(word, (start, end - start), _kind(word, start, end, piece))
        for piece in analyzer.pieces(folded)
        for word, start, end in _places(piece, words, use, analyzer)
    ]
    return TextAnalysis(
        folded=folded,
        tokens=tuple(sorted(tokens, key=_place)),
        characters=len(analyzer.characters(analysed)),
        repair=log,
        version=analyzer.version,
    )


def _place(token: Token) -> tuple[int, int]:
    """Sorts tokens by where they begin, the longest first."""
    start, length = token.span
    return start, -length


def _places(
    piece: Piece, words: frozenset[str], use: TextUse, analyzer: Analyzer
) -> Iterator[tuple[str, int, int]]:
    match use:
        case TextUse.INDEX:
            return analyzer.places_of_words(piece, words)
        case TextUse.QUERY:
            return analyzer.places_in_query(piece)


def _kind(word: str, start: int, end: int, piece: Piece) -> TokenKind:
    if piece.inside and (start, end) == (piece.offsets[0], piece.offsets[-1] + 1):
        return TokenKind.ADDED
    return TokenKind.CHARACTER if len(word) == 1 else TokenKind.WORD


def _repaired(text: str, repairer: Repairer) -> RepairLog:
    repaired = repairer.repair(text)
    return RepairLog(
        repaired.text, tuple(logged(change, None, change.start, 0) for change in repaired.changes)
    )

"""How a text is read."""

from msgspec import Struct

from search.results import Span
from search.text_analysis import TokenKind
from web.api.answers.articles import RepairSpanAnswer


class TokenAnswer(Struct, frozen=True):
    """A word as it is looked up, and where it stands."""

    text: str
    span: Span
    kind: TokenKind


class TextRepairAnswer(Struct, frozen=True):
    """The repaired text with all changes."""

    changed: bool
    text: str
    spans: tuple[RepairSpanAnswer, ...]


class AnalysisAnswer(Struct, frozen=True, kw_only=True):
    """A text folded and cut into words; `repair` is null for a query."""

    folded: str
    tokens: tuple[TokenAnswer, ...]
    characters: int
    repair: TextRepairAnswer | None
    dictionary_version: str

"""What may be meant: how a text may go on, other queries, and why nothing is found."""

from msgspec import UNSET, Struct, UnsetType

from search.results import Span
from search.suggestions.suggestion import Matched, Reason, SuggestionKind


class SuggestionAnswer(Struct, frozen=True, kw_only=True):
    """A text that goes on from what was typed; `value` is what a filter of this kind takes."""

    text: str
    kind: SuggestionKind
    value: str
    count: int
    matched: Matched
    highlights: tuple[Span, ...]


class CorrectionAnswer(Struct, frozen=True, kw_only=True):
    """Another query that was probably meant; `highlights` are what is new in it."""

    kind: str
    q: str
    count: int
    reason: Reason
    highlights: tuple[Span, ...]


class PartCountAnswer(Struct, frozen=True, kw_only=True):
    """What a part of the query finds alone, under the same filters."""

    text: str
    span: Span
    q: str
    count: int


class FilterCountAnswer(Struct, frozen=True):
    """What the query finds without this filter."""

    name: str
    count: int


class NoHitsAnswer(Struct, frozen=True):
    """Why nothing is found."""

    parts: tuple[PartCountAnswer, ...]
    filters: tuple[FilterCountAnswer, ...]


class SuggestionsAnswer(Struct, frozen=True, kw_only=True):
    """What goes on from `q`; what else may have been meant by it only where that was asked for."""

    q: str
    items: tuple[SuggestionAnswer, ...]
    suggestions: tuple[CorrectionAnswer, ...] | UnsetType = UNSET
    no_hits: NoHitsAnswer | UnsetType | None = UNSET

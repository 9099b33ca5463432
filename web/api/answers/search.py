"""The answer of a search."""

from msgspec import UNSET, Struct, UnsetType

from search.results import Matched, NoticeKind, Span
from search.score_parts import ScoreKind
from search.semantic.answer import SemanticMode, SemanticState
from web.api.answers.articles import ArticleFields, OtherMarkAnswer, ReadPartAnswer, SynonymAnswer
from web.api.answers.counts import FacetAnswer
from web.api.answers.suggestions import CorrectionAnswer, NoHitsAnswer


class DroppedAnswer(Struct, frozen=True):
    """A word of the query that no hit of the page holds."""

    text: str
    span: Span


class RelaxedAnswer(Struct, frozen=True):
    """Hits have a part of what was asked for; `strict_total` articles have all of it."""

    strict_total: int
    dropped: tuple[DroppedAnswer, ...] | None


class SemanticPart(Struct, frozen=True):
    """What meaning did to the hits, and how many it brought in."""

    mode: SemanticMode
    state: SemanticState
    brought_in: int


class QueryAnswer(Struct, frozen=True, kw_only=True):
    """The query, and how it was read."""

    q: str
    canonical: str
    read_as: tuple[ReadPartAnswer, ...]
    synonyms: tuple[SynonymAnswer, ...]
    repaired: str | None
    relaxed: RelaxedAnswer | None
    semantic: SemanticPart | None


class SnippetAnswer(Struct, frozen=True, kw_only=True):
    """A slice of a field: `html` is that slice, escaped and marked, or `text` the slice as it stands."""

    field: str
    start: int
    length: int
    html: str | UnsetType = UNSET
    text: str | UnsetType = UNSET
    highlights: tuple[Span, ...] | UnsetType = UNSET


class ScorePartAnswer(Struct, frozen=True, kw_only=True):
    """One number of the score, not rounded: all of them add up to it; what it is reckoned from behind it."""

    kind: ScoreKind
    text: str
    score: float
    fields: tuple[str, ...] | UnsetType = UNSET
    frequency: float | UnsetType = UNSET
    length: float | UnsetType = UNSET
    average_length: float | UnsetType = UNSET
    documents: float | UnsetType = UNSET
    documents_with_it: float | UnsetType = UNSET
    idf: float | UnsetType = UNSET
    weight: float | UnsetType = UNSET


class HitAnswer(ArticleFields, frozen=True, kw_only=True):
    """One hit with its marks and snippets."""

    score: float
    matched: Matched
    copies: int
    earliest: str | None
    repaired: bool
    pinned: bool
    highlights: dict[str, tuple[Span, ...]] | UnsetType = UNSET
    highlights_truncated: bool | UnsetType = UNSET
    other_marks: dict[str, tuple[OtherMarkAnswer, ...]] | UnsetType = UNSET
    score_parts: tuple[ScorePartAnswer, ...] | UnsetType | None = UNSET
    snippets: tuple[SnippetAnswer, ...]


class NoticeAnswer(Struct, frozen=True, kw_only=True):
    """A part of the query that was read differently from how it was written."""

    kind: NoticeKind
    text: str
    span: Span
    message: str


class SearchAnswer(Struct, frozen=True, kw_only=True):
    """One page of hits. `total` counts articles, `clusters` the hits that paging walks over."""

    query: QueryAnswer
    total: int
    total_exact: bool
    clusters: int
    generation: str
    took_ms: float
    page: int
    per_page: int
    next_cursor: str | None
    results: tuple[HitAnswer, ...]
    facets: dict[str, FacetAnswer]
    notices: tuple[NoticeAnswer, ...]
    suggestions: tuple[CorrectionAnswer, ...] | UnsetType = UNSET
    no_hits: NoHitsAnswer | UnsetType | None = UNSET

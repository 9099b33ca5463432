"""What a search returns. Spans are (start, length) in code points."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from index.article import Article, Original, Part
from search.expansion.alternative import Change
from search.request import Sort

Span = tuple[int, int]


class NoticeKind(Enum):
    """Why a part of a query was read differently from how it was written."""

    UNBALANCED_QUOTE = "unbalanced-quote"
    UNBALANCED_BRACKET = "unbalanced-bracket"
    DANGLING_OPERATOR = "dangling-operator"
    ONLY_PUNCTUATION = "only-punctuation"
    CONTROL_CHARACTER = "control-character"
    UNKNOWN_FIELD = "unknown-field"
    """Letters before a colon that name no field."""
    INVALID_VALUE = "invalid-value"
    """A field without a value, or one that it cannot have."""
    AMBIGUOUS_REGION = "ambiguous-region"
    """A name that several regions have; all of them are taken."""
    WILDCARD_TOO_BROAD = "wildcard-too-broad"
    """A `*` before a text, behind a single character, or for too many words."""
    NOT_NEAR = "not-near"
    """A number behind quotes that do not hold two texts, or one that is too large."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A part of the query that was read differently: `text` stands at `span` of the query as typed."""

    kind: NoticeKind
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class ReadPart:
    """How one part of the query was understood. `span` is in the query as typed, with what negates it.

    `kind`: word, phrase, prefix, near, number, value or dates; not for all that an article must not have.
    `field` is the name (of `search.fields`) of the one field that it is about, `gap` that of near.
    """

    kind: str
    text: str
    span: Span
    field: str | None = None
    gap: int | None = None


@dataclass(frozen=True, slots=True)
class Snippet:
    """A slice of the stored text of a part: `text` is exactly that slice.

    `highlights` are spans in the stored text of the part, not in `text`.
    """

    part: Part
    start: int
    text: str
    highlights: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One found article. `highlights` are spans in the stored text of each part, sorted, not overlapping.

    `pinned`: it stands on top because an operator says so.
    """

    article: Article
    score: float
    highlights: Mapping[Part, tuple[Span, ...]]
    highlights_truncated: bool
    snippets: tuple[Snippet, ...]
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Dropped:
    """A word of the query that no hit of the page holds, and where it stands in the query."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Relaxed:
    """Hits have a part of what was asked for; `strict_total` articles have all of it, and come first."""

    strict_total: int
    dropped: tuple[Dropped, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """The answer to a SearchRequest: one page of hits, and how the query was read.

    `total` counts all matching articles, exactly, in the state that `generation` names. `synonyms` are the
    other names and notations that were looked for too, with their places in the query.
    """

    q: str
    read_as: tuple[ReadPart, ...]
    notices: tuple[Notice, ...]
    repaired: str | None
    sort: Sort
    total: int
    offset: int
    limit: int
    hits: tuple[Hit, ...]
    generation: str
    took_ms: float
    relaxed: Relaxed | None = None
    synonyms: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class CopyView:
    """Another article with the same text; `similarity` to the best copy is above 0 and at most 1."""

    article: Article
    similarity: float
    is_earliest: bool
    is_best: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """One article with the marks of a query, and what came in.

    `copies` come in the order of publication, at most MAX_COPIES of them; `copy_count` counts all.
    """

    article: Article
    original: Original
    highlights: Mapping[Part, tuple[Span, ...]]
    highlights_truncated: bool
    read_as: tuple[ReadPart, ...]
    copies: tuple[CopyView, ...] = ()
    copy_count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """Whether searches can be answered, for people who operate the service.

    `lag` counts journal entries that are not indexed yet. `reasons` say why searches cannot be answered, or,
    where they can, what is amiss all the same: a newer generation that was passed over.
    """

    ready: bool
    generation: str | None
    sequence: int
    lag: int
    reasons: tuple[str, ...]

    @property
    def is_settled(self) -> bool:
        """Whether there is nothing to index and nothing to mend."""
        return self.ready and self.lag == 0 and not self.reasons

"""What a search returns. Spans are (start, length) in code points."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from index.article import Article, Original, Part
from search.request import Sort

Span = tuple[int, int]


class NoticeKind(Enum):
    """Why a part of a query was read differently from how it was written."""

    UNBALANCED_QUOTE = "unbalanced-quote"
    UNBALANCED_BRACKET = "unbalanced-bracket"
    DANGLING_OPERATOR = "dangling-operator"
    ONLY_PUNCTUATION = "only-punctuation"
    CONTROL_CHARACTER = "control-character"


@dataclass(frozen=True, slots=True)
class Notice:
    """A part of the query that was read differently: `text` stands at `span` of the query as typed."""

    kind: NoticeKind
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class ReadPart:
    """How one part of the query was understood. `kind`: word, phrase or not; `span` in the query as typed."""

    kind: str
    text: str
    span: Span


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
    """One found article. `highlights` are spans in the stored text of each part, sorted, not overlapping."""

    article: Article
    score: float
    highlights: Mapping[Part, tuple[Span, ...]]
    highlights_truncated: bool
    snippets: tuple[Snippet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """The answer to a SearchRequest: one page of hits, and how the query was read.

    `total` counts all matching articles, exactly, in the state that `generation` names.
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

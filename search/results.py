"""What a search returns. Spans are (start, length) in code points."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from index.article import Article, Original, Part
from index.reposts.cluster import Cluster, CopyCount
from search.expansion.alternative import Change
from search.request import Sort
from search.score_parts import ScorePart
from search.semantic.answer import SemanticAnswer
from search.timings import NOT_TIMED, Timings

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
    `field` is the name (of `search.language.fields`) of the one field that it is about, `gap` that of near.
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


class Matched(Enum):
    """How much of what was asked for a hit has."""

    ALL = "all"
    PART = "part"
    NONE = "none"
    """It is pinned, and the query does not find it."""
    MEANING = "meaning"
    """None of what was asked for, but it is near it by meaning."""


@dataclass(frozen=True, slots=True)
class OtherMark:
    """Why a highlight is there that nothing that was typed accounts for: the run `typed` stands in the
    article as `text`, or by words of that."""

    span: Span
    typed: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One found article. `highlights` are spans in the stored text of each part, sorted, not overlapping;
    `other_marks` are those of them that show another way to write what was typed.

    `score` is by words in every order, and 0 for what they do not find. By relevance those that have all come
    before those that have a part, each by falling `score`; once meaning is applied its order counts instead,
    and articles that only it found stand among them. `pinned`: it stands on top because an operator says so.
    `copies` counts the other articles with the same text, whether or not they match; None where there are
    none. `added` is when an article without any date was first stored (aware); None of all others, and where
    that is damaged. `score_parts` add up to the score; None where they were not asked for, or no time was
    left.
    """

    article: Article
    score: float
    highlights: Mapping[Part, tuple[Span, ...]]
    highlights_truncated: bool
    snippets: tuple[Snippet, ...]
    other_marks: Mapping[Part, tuple[OtherMark, ...]] = field(default_factory=dict)
    matched: Matched = Matched.ALL
    pinned: bool = False
    copies: CopyCount | None = None
    added: datetime | None = None
    score_parts: tuple[ScorePart, ...] | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """A word of the query that no hit of the page holds, and where it stands in the query."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Relaxed:
    """Hits have a part of what was asked for; `strict_total` articles have all of it, and come first.

    `dropped` is None where no hit was looked at: the page has none, or the time for a search was over before
    all of them were. Of a long run, words that only ask are not in it.
    """

    strict_total: int
    dropped: tuple[Dropped, ...] | None


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value with how many articles have it; `selected`: a filter chooses it."""

    value: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetResult:
    """The values of a field that were asked for; `distinct` counts all that there are.

    `other` is the sum of the counts of values that are not given: an article of two counts twice. `missing`
    articles have no value at all; `missing_selected`: a filter chooses these.
    """

    field: str
    values: tuple[FacetValue, ...]
    distinct: int
    other: int
    missing: int
    missing_selected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """The answer to a SearchRequest: one page of hits, and how the query was read.

    `total` counts all matching articles, `clusters` their hits, less where copies of a text are one. Both are
    exact, in the state that `generation` names. `synonyms` are the other names and notations that were looked
    for too, with their places in the query. `semantic` says what meaning did to the hits; None where it was
    not asked for. What it brought in is counted there alone. `took_ms` is the time of the whole search,
    `timings` are those of its stages.
    """

    q: str
    read_as: tuple[ReadPart, ...]
    notices: tuple[Notice, ...]
    repaired: str | None
    sort: Sort
    total: int
    clusters: int
    offset: int
    limit: int
    hits: tuple[Hit, ...]
    generation: str
    took_ms: float
    committed: datetime | None = None
    relaxed: Relaxed | None = None
    synonyms: tuple[Change, ...] = ()
    semantic: SemanticAnswer | None = None
    facets: tuple[FacetResult, ...] = ()
    next_cursor: str | None = None
    timings: Timings = NOT_TIMED

    @property
    def in_full(self) -> int:
        """How many articles have all that was asked for: those that have a part of it are left out."""
        return self.total if self.relaxed is None else self.relaxed.strict_total

    @property
    def listed(self) -> int:
        """Hits that can be paged through: those of the words, and what meaning brought in."""
        return self.clusters + (0 if self.semantic is None else self.semantic.brought_in)


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
    `cluster` is what it and they belong to; None where there are none.
    """

    article: Article
    original: Original
    highlights: Mapping[Part, tuple[Span, ...]]
    highlights_truncated: bool
    read_as: tuple[ReadPart, ...]
    other_marks: Mapping[Part, tuple[OtherMark, ...]] = field(default_factory=dict)
    copies: tuple[CopyView, ...] = ()
    copy_count: int = 0
    cluster: Cluster | None = None


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

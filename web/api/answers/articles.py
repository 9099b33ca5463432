"""What the query interface says of an article."""

from msgspec import UNSET, Struct, UnsetType

from index.article import Certainty, Relation
from search.expansion.alternative import AlternativeKind
from search.results import Span


class RegionAnswer(Struct, frozen=True, kw_only=True):
    """A region of an article; `path` has the names from the province down, none of a unit that is no more."""

    code: str
    path: tuple[str, ...]
    relation: Relation
    weight: float


class TopicAnswer(Struct, frozen=True):
    """A topic of an article, with the phrases that decided it, strongest first."""

    name: str
    weight: float
    evidence: tuple[str, ...]


class ArticleFields(Struct, frozen=True, kw_only=True):
    """The fields that were asked for; the others are not there."""

    id: str | UnsetType = UNSET
    title: str | UnsetType = UNSET
    url: str | UnsetType | None = UNSET
    source: str | UnsetType | None = UNSET
    origin: str | UnsetType | None = UNSET
    published_at: str | UnsetType | None = UNSET
    region: tuple[RegionAnswer, ...] | UnsetType = UNSET
    topic: tuple[TopicAnswer, ...] | UnsetType = UNSET
    document_number: str | UnsetType | None = UNSET
    agency: str | UnsetType | None = UNSET
    level: str | UnsetType | None = UNSET
    document_type: str | UnsetType | None = UNSET
    signed: str | UnsetType | None = UNSET
    effective: str | UnsetType | None = UNSET
    lead: str | UnsetType = UNSET
    body: str | UnsetType = UNSET
    tags: tuple[str, ...] | UnsetType = UNSET
    category: tuple[str, ...] | UnsetType = UNSET
    script: str | UnsetType = UNSET


class ReadPartAnswer(Struct, frozen=True, kw_only=True):
    """How one part of a query was read; `field` where it is about one, `gap` of two texts near each other."""

    kind: str
    text: str
    span: Span
    field: str | UnsetType = UNSET
    gap: int | UnsetType = UNSET


class OtherMarkAnswer(Struct, frozen=True):
    """A highlight that shows another way to write what was typed."""

    span: Span
    typed: str
    text: str


class SynonymAnswer(Struct, frozen=True, kw_only=True):
    """Another name or notation that was looked for too, of the part that stands at the span of the query."""

    kind: AlternativeKind
    part: str
    span: Span
    text: str
    by: str


class RepairSpanAnswer(Struct, frozen=True, kw_only=True):
    """A change of a text as it came in: where it was and is, what made it, and how sure that was."""

    field: str | UnsetType | None = UNSET
    original: Span
    repaired: Span
    kind: str
    certainty: Certainty
    is_damage: bool
    before: str
    after: str


class ArticleRepairAnswer(Struct, frozen=True):
    """All changes; `undecodable` has, by field, the offsets of characters that were lost before."""

    changed: bool
    spans: tuple[RepairSpanAnswer, ...]
    undecodable: dict[str, tuple[int, ...]]


class CopyAnswer(Struct, frozen=True, kw_only=True):
    """Another article with the same text."""

    id: str
    title: str
    source: str | None
    published_at: str | None
    similarity: float
    is_earliest: bool
    is_best: bool


class OriginalAnswer(Struct, frozen=True, kw_only=True):
    """What came in: its bytes as base64, and as text where they are text in the encoding that was found."""

    media_type: str
    encoding: str | None
    text: str | None
    base64: bytes


class ArticleAnswer(ArticleFields, frozen=True, kw_only=True):
    """One article; marks are there where a query was given."""

    read_as: tuple[ReadPartAnswer, ...] | UnsetType = UNSET
    highlights: dict[str, tuple[Span, ...]] | UnsetType = UNSET
    other_marks: dict[str, tuple[OtherMarkAnswer, ...]] | UnsetType = UNSET
    html: dict[str, str] | UnsetType = UNSET
    highlights_truncated: bool | UnsetType = UNSET
    repair: ArticleRepairAnswer
    copies: tuple[CopyAnswer, ...]
    copy_count: int
    original: OriginalAnswer | UnsetType = UNSET


class SimilarArticleAnswer(ArticleFields, frozen=True, kw_only=True):
    """A similar article, with the telling words that both have."""

    score: float
    shared_terms: tuple[str, ...]


class SimilarAnswer(Struct, frozen=True):
    """The articles most similar to one, the most similar first."""

    results: tuple[SimilarArticleAnswer, ...]
    generation: str


class CopiesAnswer(Struct, frozen=True, kw_only=True):
    """The other articles with the text of one, in the order of publication; `total` counts all of them.

    `group` is the id that all these copies share, null where there are none.
    """

    group: str | None
    earliest: str | None
    best: str | None
    total: int
    results: tuple[CopyAnswer, ...]

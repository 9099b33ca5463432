"""What was published: the article as people read it, and what came in."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Final

TAG_SEPARATOR = "、"

DATASET_TAG = "dataset:"
"""Stands before the name of a data set in the tag that its articles have."""


class Part(Enum):
    """The searchable parts of an article, in the order in which they are indexed."""

    TITLE = "title"
    LEAD = "lead"
    BODY = "body"
    TAGS = "tags"

    # Of each there is one; that of Enum is a function of Python, called 300 times for a page of hits.
    __hash__ = object.__hash__


class Script(Enum):
    """The Chinese script that a text is written in."""

    HANS = "Hans"
    HANT = "Hant"


class Certainty(Enum):
    """How sure a repair is of what the text was."""

    EXACT = "exact"
    """A standard says so of this very character or code."""

    EVIDENT = "evident"
    """The page itself proves it."""

    INFERRED = "inferred"
    """It is the likeliest reading by far."""


COSMETIC_RULES: Final = frozenset({"full-width", "invisible", "line-break"})
"""Rules that change how a text is written, not what it says: their changes are logged, and nobody calls the
text damaged for them."""


def is_damage(rules: str) -> bool:
    """Whether what these rules change (one name, or several with a + between them) was damaged."""
    return not COSMETIC_RULES.issuperset(rules.split("+"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """One change made to damaged text when the article came in.

    Spans are start and length in code points: `start`, `length` in the stored text of `part`;
    `original_start`, `original_length` in the original text (for a page, of the whole decoded page;
    for a JSON record, of the field that the part was read from). `part` is None where the change lies in
    text that is not searched (breadcrumb, source, disclaimer, a repeated paragraph or tag): then both starts
    count in the whole page, or, of a record, in its texts one behind the other, the source being the first.
    `rule` names the rule that made it, or several in their order with a + between them.
    """

    part: Part | None
    start: int
    length: int
    original_start: int
    original_length: int
    before: str
    after: str
    rule: str
    certainty: Certainty

    @property
    def is_damage(self) -> bool:
        """Whether the text was damaged here, not only written in another way."""
        return is_damage(self.rule)


class Level(Enum):
    """The level of government that an agency belongs to, from the highest down."""

    NATIONAL = "national"
    PROVINCIAL = "provincial"
    PREFECTURAL = "prefectural"
    COUNTY = "county"
    TOWNSHIP = "township"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFacts:
    """What an official document states of itself; None for what it does not state.

    `number` is the document number (鄂政发〔2024〕12号) with 〔〕, `agency` the first issuing agency by the
    full name that the page gives it, `type` one of `index.describe.document_types`.
    """

    number: str | None = None
    agency: str | None = None
    level: Level | None = None
    type: str | None = None
    signed: date | None = None
    effective: date | None = None


class Relation(Enum):
    """What a region has to do with an article."""

    ISSUED_BY = "issued-by"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class RegionTag:
    """A region of an article. `code` has six digits (GB/T 2260); a higher `weight` is a stronger tie."""

    code: str
    relation: Relation
    weight: float


@dataclass(frozen=True, slots=True)
class TopicTag:
    """A topic of an article, by its name in `index.topics`; `evidence` decided it, strongest word first."""

    name: str
    weight: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Original:
    """What came in, byte for byte. `encoding` is empty where the bytes are no text (PDF, Word)."""

    data: bytes
    media_type: str
    encoding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article as stored: repaired text, described. All offsets elsewhere are code points of these texts.

    Searchable are title, lead, body and tags; notice (disclaimers) and related (links to other pages)
    are kept but never searched. `published` is aware; None where the page states no date.
    `body` and `lead` hold paragraphs parted by a line feed. `regions` and `topics` come strongest first.
    """

    id: str
    title: str
    lead: str
    body: str
    tags: tuple[str, ...]
    url: str | None
    source: str | None
    origin: str | None
    category: tuple[str, ...]
    notice: str
    related: tuple[str, ...]
    published: datetime | None
    script: Script
    region_hint: str | None
    repairs: tuple[Repair, ...] = ()
    document: DocumentFacts = DocumentFacts()
    regions: tuple[RegionTag, ...] = ()
    topics: tuple[TopicTag, ...] = ()

    @property
    def is_repaired(self) -> bool:
        """Whether damage was repaired in a searchable part."""
        return any(repair.part is not None and repair.is_damage for repair in self.repairs)

    def text(self, part: Part) -> str:
        """The stored text of a part; tags are joined by an ideographic comma, which no run crosses."""
        match part:
            case Part.TITLE:
                return self.title
            case Part.LEAD:
                return self.lead
            case Part.BODY:
                return self.body
            case Part.TAGS:
                return TAG_SEPARATOR.join(self.tags)

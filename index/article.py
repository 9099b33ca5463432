"""What was published: the article as people read it, and what came in."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

TAG_SEPARATOR = "、"

DATASET_TAG = "dataset:"
"""Stands before the name of a data set in the tag that its articles have."""


class Part(Enum):
    """The searchable parts of an article, in the order in which they are indexed."""

    TITLE = "title"
    LEAD = "lead"
    BODY = "body"
    TAGS = "tags"


class Script(Enum):
    """The Chinese script that a text is written in."""

    HANS = "Hans"
    HANT = "Hant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """One change made to damaged text when the article came in.

    Spans are start and length in code points: `start`, `length` in the stored text of `part`;
    `original_start`, `original_length` in the original text (for a page, of the whole decoded page;
    for a JSON record, of the field that the part was read from). `part` is None where the change lies in
    text that is not searched (breadcrumb, source, disclaimer, a repeated paragraph or tag): then both starts
    count in the whole page, or, of a record, in its texts one behind the other, the source being the first.
    """

    part: Part | None
    start: int
    length: int
    original_start: int
    original_length: int
    before: str
    after: str
    rule: str


@dataclass(frozen=True, slots=True)
class Original:
    """What came in, byte for byte. `media_type` is text/plain (a page) or application/json (a record)."""

    data: bytes
    media_type: str
    encoding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article as stored: repaired text, described. All offsets elsewhere are code points of these texts.

    Searchable are title, lead, body and tags; notice (disclaimers) and related (links to other pages)
    are kept but never searched. `published` is aware; None where the page states no date.
    `body` and `lead` hold paragraphs parted by a line feed.
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

    @property
    def is_repaired(self) -> bool:
        """Whether a searchable part differs from what came in."""
        return any(repair.part is not None for repair in self.repairs)

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

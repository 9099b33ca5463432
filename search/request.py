"""What a caller asks for: query, filters, order, page, counts."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from index.article import Part
from index.documents import KEYWORD_FIELDS
from search.plan import FacetOrder
from search.semantic.answer import SemanticMode

MAX_QUERY = 512
"""Code points of a query (API contract; 4.6 kB percent-encoded)."""
MAX_CLAUSES = 64
MAX_DEPTH = 20
MIN_STEM = 2
"""Characters before a `*` (API contract)."""
MAX_GAP = 1_000
"""Most that `"a b"~n` can say. Chosen by hand on 2026-11-28: further apart than that, two texts say no more
together than in one article."""
MAX_WINDOW = 10_000
"""Deepest hit that paging reaches; beyond it there are cursors."""
FIRST_CURSOR = "*"
"""Asks for the first page of those that are walked through by cursors (API contract)."""

FACET_FIELDS = tuple(field for field in KEYWORD_FIELDS if field != "unit")
"""What can be counted by value: `region` has the units too."""


class Sort(Enum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    ADDED = "added"
    """What was stored last comes first."""


class Marking(Enum):
    """What of a hit is to be marked: every place where the query matched it, or nothing."""

    PLACES = "places"
    NONE = "none"


class Match(Enum):
    """How much of a query an article has to have."""

    SMART = "smart"
    """All of it, of long questions a part; all of it in part where nothing has it all. The answer says so."""

    ALL = "all"
    ANY = "any"
    EXACT = "exact"
    """The whole query as one phrase."""


class Wording(Enum):
    """In which words the runs of a query are looked for."""

    ANY = "any"
    """Other names and notations count too."""

    AS_TYPED = "as typed"


class Collapse(Enum):
    """What a hit of a search is."""

    DUPLICATES = "duplicates"
    """A text: of its copies that match, the first one in the order of the search stands for all."""

    NONE = "none"
    """An article."""


class Recency(Enum):
    """Whether new articles score more, where the curve of `search.ranking.Ranking` is on."""

    AS_SET = "as set"
    OFF = "off"


class Explaining(Enum):
    """Whether hits say what their score is made of; it costs about as much as a search for each of them."""

    NONE = "none"
    SCORES = "scores"


class Reading(Enum):
    """What becomes of a query that cannot be read as it is written."""

    FORGIVING = "forgiving"
    """It is read as text, and notices say which part."""

    STRICT = "strict"
    """It is refused."""


def implied_sort(q: str) -> Sort:
    """The order that holds where none is asked for: relevance with a query, newest first without one."""
    return Sort.RELEVANCE if q.strip() else Sort.NEWEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Unscored conditions; different ones are joined by AND, values of one by OR.

    Values are as given by the caller, compared after folding; MISSING among them (of
    `search.planning.filters`) asks for articles without one. Regions are codes, each with all units below it,
    with ONLY_UNIT behind it without them. A year is `2024` or `2019..2022`. Times are aware; an `after` is
    inclusive, a `before` exclusive (the instant after the last one wanted); `added` is when an article was
    first stored.
    """

    source: tuple[str, ...] = ()
    exclude_source: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    exclude_region: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()
    exclude_origin: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    exclude_topic: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    exclude_tag: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    exclude_category: tuple[str, ...] = ()
    document_number: tuple[str, ...] = ()
    exclude_document_number: tuple[str, ...] = ()
    document_type: tuple[str, ...] = ()
    exclude_document_type: tuple[str, ...] = ()
    agency: tuple[str, ...] = ()
    exclude_agency: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    exclude_level: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    exclude_year: tuple[str, ...] = ()
    published_after: datetime | None = None
    published_before: datetime | None = None
    signed_after: datetime | None = None
    signed_before: datetime | None = None
    effective_after: datetime | None = None
    effective_before: datetime | None = None
    added_after: datetime | None = None
    added_before: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetRequest:
    """Counts of the values of a field (of FACET_FIELDS) over all filters but those that choose among them.

    At most `limit` values that begin with `prefix`, in this order; those that a filter chooses, and the
    `named` ones (as they are indexed), are given in any case.
    """

    field: str
    limit: int = 10
    named: tuple[str, ...] = ()
    prefix: str = ""
    order: FacetOrder = FacetOrder.COMMONEST

    def __post_init__(self) -> None:
        if self.field not in FACET_FIELDS:
            raise ValueError(f"{self.field} has no values to count")


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """A whole search. `sort` None means relevance with a query, newest first without one.

    `offset` and `limit` count hits, which are what `collapse` says; their sum is at most MAX_WINDOW.
    `snippets` is how many per hit, `snippet_length` in code points. Where nothing is to be marked and no
    snippet is wanted, hits have no highlights and cost nothing to show. What the query does not ask of one
    field is looked for in these `parts`, at least one. A `cursor` takes the place of `offset`, and may lead
    any number of hits down: it is FIRST_CURSOR, or the `next_cursor` of the page before.
    """

    q: str = ""
    filters: Filters = Filters()
    sort: Sort | None = None
    offset: int = 0
    limit: int = 10
    snippets: int = 2
    snippet_length: int = 120
    marking: Marking = Marking.PLACES
    reading: Reading = Reading.FORGIVING
    match: Match = Match.SMART
    wording: Wording = Wording.ANY
    collapse: Collapse = Collapse.DUPLICATES
    recency: Recency = Recency.AS_SET
    explaining: Explaining = Explaining.NONE
    semantic: SemanticMode | None = SemanticMode.OFF
    """None: what the service was set to."""
    parts: tuple[Part, ...] = tuple(Part)
    facets: tuple[FacetRequest, ...] = ()
    cursor: str | None = None

    @property
    def needs_places(self) -> bool:
        """True if it has to be found where hits match: to mark the places, or to choose snippets by them."""
        return self.marking is Marking.PLACES or self.snippets > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarRequest:
    """At most `limit` articles like another one that pass the filters; with copies folded, one of each
    text."""

    limit: int = 5
    filters: Filters = Filters()
    collapse: Collapse = Collapse.DUPLICATES

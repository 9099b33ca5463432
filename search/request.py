"""What a caller asks for: query, filters, order, page."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

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
"""Deepest hit that paging reaches."""


class Sort(Enum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


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

    Sources are as given by the caller, compared after folding; regions are codes, each with all units below
    it. Times are aware; `published_after` is inclusive, `published_before` exclusive (the instant after the
    last one wanted).
    """

    source: tuple[str, ...] = ()
    exclude_source: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    exclude_region: tuple[str, ...] = ()
    published_after: datetime | None = None
    published_before: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """A whole search. `sort` None means relevance with a query, newest first without one.

    `offset` and `limit` count hits, which are what `collapse` says; their sum is at most MAX_WINDOW.
    `snippets` is how many per hit, `snippet_length` in code points. Where nothing is to be marked and no
    snippet is wanted, hits have no highlights and cost nothing to show.
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

    @property
    def needs_places(self) -> bool:
        """True if it has to be found where hits match: to mark the places, or to choose snippets by them."""
        return self.marking is Marking.PLACES or self.snippets > 0

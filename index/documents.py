"""What is indexed: flat documents, with no engine in them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from index.analysis.analyzer import Analyzer
from index.article import Article, Part
from index.describe.times import CHINA
from index.errors import DocumentTooLong

MAX_POSITIONS: Final = 2**24
"""Positions that a document may need: one for each searchable character, one for the gap after each part.

Eight times what the readers let in. Engines may count on it, so a change of it changes their formats.
"""

PART_WEIGHTS: Mapping[Part, int] = {Part.TITLE: 3, Part.LEAD: 2, Part.BODY: 1, Part.TAGS: 2}
"""How often an occurrence counts in the one weighted word field (simple BM25F, Robertson et al. 2004).

Title, lead and body as measured in the team's engine notes; tags like the lead, chosen by hand, not measured.
Changing a weight changes the index: it is part of the schema version.
"""


KEYWORD_FIELDS: Final = (
    "source",
    "origin",
    "region",
    "unit",
    "topic",
    "tag",
    "category",
    "document_number",
    "document_type",
    "agency",
    "level",
    "year",
    "month",
)
"""The fields of exact values. `unit` has the codes of the regions, `region` those of all units above them
too; `category` has every entry of the breadcrumb; `year` (2024) and `month` (2024-03) are those of
publication, in China's time."""

PUBLISHED: Final = "published"
ADDED: Final = "added"
DATE_FIELDS: Final = (PUBLISHED, "signed", "effective", ADDED)
"""The fields of dates: when the page was published, when what it holds was signed and takes effect (the day's
first second in China's time), and when it was first stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexDocument:
    """An article as an engine gets it.

    `characters`: folded text of each part without white space and controls. `words`: weighted term
    frequencies over all parts. `keywords`: exact values (folded) by field, for KEYWORD_FIELDS. `dates`:
    seconds since 1970 UTC by field, for those of DATE_FIELDS that are known. `cluster`: the number of the
    cluster of copies that it is in. Raises DocumentTooLong above MAX_POSITIONS.
    """

    id: str
    characters: Mapping[Part, str]
    words: Mapping[str, int]
    keywords: Mapping[str, tuple[str, ...]]
    dates: Mapping[str, int]
    cluster: int | None

    def __post_init__(self) -> None:
        positions = sum(map(len, self.characters.values())) + len(Part)
        if positions > MAX_POSITIONS:
            raise DocumentTooLong(
                f"article {self.id} needs {positions:,} positions in the index, which has {MAX_POSITIONS:,} "
                "for one article; split it into several and ingest them in its place"
            )

    @property
    def length(self) -> int:
        """Sum of the weighted term frequencies: the length that BM25 sees."""
        return sum(self.words.values())


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_document(article: Article, analyzer: Analyzer, added: datetime, cluster: int | None) -> IndexDocument:
    """The flat document of an article that was first stored at `added` (aware) and has copies with the number
    `cluster`; raises DocumentTooLong."""
    return IndexDocument(
        id=article.id,
        characters={part: analyzer.characters(article.text(part)) for part in PART_WEIGHTS},
        words=weighted_words(article, analyzer),
        keywords=_keywords(article, analyzer),
        dates=_dates(article, added),
        cluster=cluster,
    )


def weighted_words(article: Article, analyzer: Analyzer) -> Mapping[str, int]:
    """The words of an article, each with its occurrences in all parts, weighted by PART_WEIGHTS."""
    words: dict[str, int] = {}
    for part, weight in PART_WEIGHTS.items():
        for word in analyzer.index_words(article.text(part)):
            words[word] = words.get(word, 0) + weight
    return words


def _dates(article: Article, added: datetime) -> Mapping[str, int]:
    facts = article.document
    moments = {
        PUBLISHED: article.published,
        "signed": _start_of(facts.signed),
        "effective": _start_of(facts.effective),
        ADDED: added,
    }
    return {
        field: (moment - _EPOCH) // timedelta(seconds=1)
        for field, moment in moments.items()
        if moment is not None
    }


def _start_of(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time.min, CHINA)


def _keywords(article: Article, analyzer: Analyzer) -> Mapping[str, tuple[str, ...]]:
    facts = article.document
    units = tuple(dict.fromkeys(tag.code for tag in article.regions))
    published = None if article.published is None else article.published.astimezone(CHINA)
    return {
        "source": _folded(article.source, analyzer),
        "origin": _folded(article.origin, analyzer),
        "region": tuple(dict.fromkeys(code for unit in units for code in _with_units_above(unit))),
        "unit": units,
        "topic": tuple(analyzer.keyword(tag.name) for tag in article.topics),
        "tag": _each_folded(article.tags, analyzer),
        "category": _each_folded(article.category, analyzer),
        "document_number": _folded(facts.number, analyzer),
        "document_type": _folded(facts.type, analyzer),
        "agency": _folded(facts.agency, analyzer),
        "level": () if facts.level is None else (facts.level.value,),
        "year": () if published is None else (f"{published.year:04}",),
        "month": () if published is None else (f"{published.year:04}-{published.month:02}",),
    }


def _folded(text: str | None, analyzer: Analyzer) -> tuple[str, ...]:
    return _each_folded((text or "",), analyzer)


def _each_folded(texts: Iterable[str], analyzer: Analyzer) -> tuple[str, ...]:
    """Each value once; what is blank is none."""
    return tuple(dict.fromkeys(filter(None, map(analyzer.keyword, texts))))


_MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
_UNDER_PROVINCE = "90"


def _with_units_above(code: str) -> Iterator[str]:
    """The codes from the province down to this one (GB/T 2260: each level has two digits of its own).

    Districts of a municipality, and the counties that a province governs itself, have no prefecture above.
    """
    province, prefecture = code[:2], code[2:4]
    yield f"{province}0000"
    if prefecture not in {"00", _UNDER_PROVINCE} and province not in _MUNICIPALITIES:
        yield f"{province}{prefecture}00"
    if not code.endswith("00"):
        yield code

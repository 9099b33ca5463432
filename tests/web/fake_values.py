"""The values of an article, what passes filters, and counts of values: plain loops for the fake service."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from index.article import Article
from index.describe.times import CHINA
from search.plan import FacetOrder
from search.planning.filters import EXCLUDE, MISSING, ONLY_UNIT, VALUE_FILTERS, read_years
from search.request import FacetRequest, Filters
from search.results import FacetResult, FacetValue

ADDED = datetime(2026, 3, 1, 12, 0, tzinfo=CHINA)
"""When every article of the fake service was stored."""

_FOLD = str.maketrans("創動產發業計劃區務將擴臺聞網", "创动产发业计划区务将扩台闻网")


def fold(text: str) -> str:
    return text.lower().translate(_FOLD)


def values_of(article: Article, field: str) -> tuple[str, ...]:
    """The values of a keyword field, folded."""
    facts = article.document
    published = article.published
    values: dict[str, Iterable[str | None]] = {
        "source": [article.source],
        "origin": [article.origin],
        "region": [code for tag in article.regions for code in _with_units_above(tag.code)],
        "topic": [topic.name for topic in article.topics],
        "tag": article.tags,
        "category": article.category,
        "document_number": [facts.number],
        "document_type": [facts.type],
        "agency": [facts.agency],
        "level": [None if facts.level is None else facts.level.value],
        "year": [None if published is None else f"{published:%Y}"],
        "month": [None if published is None else f"{published:%Y-%m}"],
    }
    return tuple(dict.fromkeys(fold(value) for value in values[field] if value))


def passes(article: Article, filters: Filters) -> bool:
    """Whether an article passes all the filters."""
    return all(
        _has_one_of(article, field, chosen) is wanted
        for field in VALUE_FILTERS
        for name, wanted in ((field, True), (EXCLUDE + field, False))
        if (chosen := getattr(filters, name))
    ) and all(_lies_in_time(article, filters, name) for name in ("published", "signed", "effective", "added"))


def facet_of(
    facet: FacetRequest, articles: Iterable[Article], filters: Filters, finds: Callable[[Article], bool]
) -> FacetResult:
    """The counts of a facet over the articles that the query finds."""
    without_own: dict[str, Any] = {} if facet.field == "month" else {facet.field: ()}
    others = replace(filters, **without_own)
    found = [article for article in articles if finds(article) and passes(article, others)]
    counts = Counter(value for article in found for value in values_of(article, facet.field))
    chosen = () if facet.field == "month" else getattr(filters, facet.field)
    known = {value: count for value, count in counts.items() if value.startswith(fold(facet.prefix))}
    by_value = facet.order is FacetOrder.BY_VALUE
    ordered = sorted(known.items(), key=lambda pair: pair if by_value else (-pair[1], pair[0]))
    first = dict(ordered[: facet.limit])
    named = {value: counts[value] for value in (*facet.named, *map(fold, chosen)) if value != MISSING}
    given = {**first, **{value: count for value, count in named.items() if value not in first}}
    return FacetResult(
        field=facet.field,
        values=tuple(FacetValue(value, count, value in map(fold, chosen)) for value, count in given.items()),
        distinct=len(known),
        other=sum(known.values()) - sum(given.values()),
        missing=sum(not values_of(article, facet.field) for article in found),
        missing_selected=MISSING in chosen,
    )


def _with_units_above(code: str) -> Iterator[str]:
    yield from dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00", code))


def _has_one_of(article: Article, field: str, chosen: Iterable[str]) -> bool:
    values = values_of(article, field)
    return any(_is_meant(article, field, wanted, values) for wanted in chosen)


def _is_meant(article: Article, field: str, wanted: str, values: tuple[str, ...]) -> bool:
    if wanted == MISSING:
        return not values
    if wanted.endswith(ONLY_UNIT):
        return wanted.removesuffix(ONLY_UNIT) in {tag.code for tag in article.regions}
    if field == "year":
        years = read_years(wanted)
        return years is not None and any(int(value) in years for value in values)
    return fold(wanted) in values


def _lies_in_time(article: Article, filters: Filters, name: str) -> bool:
    after, before = getattr(filters, f"{name}_after"), getattr(filters, f"{name}_before")
    if after is None and before is None:
        return True
    facts = article.document
    moments = {
        "published": article.published,
        "signed": _start_of(facts.signed),
        "effective": _start_of(facts.effective),
        "added": ADDED,
    }
    moment = moments[name]
    if moment is None:
        return False
    return (after is None or moment >= after) and (before is None or moment < before)


def _start_of(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time.min, CHINA)

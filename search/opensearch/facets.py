"""Facets of a plan, as aggregations and back."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from search.engine import FacetCounts
from search.opensearch.counting import Room, counted, values
from search.opensearch.queries import Query
from search.plan import Facet, FacetOrder

_VALUES: Final = "values"
_NAMED: Final = "named"
_MISSING: Final = "missing"

_SYNTAX: Final = frozenset('.?+*|{}[]()"\\#@&<>~^$-')
"""Characters that mean something in Lucene's regular expressions."""

Walk = Callable[[], Iterable[tuple[Any, int]]]
"""All values of the facet's field among the articles that it is about, with their counts."""


def facet_aggregations(facet: Facet, room: Room) -> Mapping[str, Query]:
    """What is to be counted among the articles that the facet is about."""
    beginning = {"include": f"{_literal(facet.prefix)}.*"} if facet.prefix else {}
    aggregations: dict[str, Query] = {
        _VALUES: values(facet.field, room.of_one, **beginning),
        _MISSING: {"missing": {"field": facet.field}},
    }
    if facet.named:
        names = list(dict.fromkeys(facet.named))
        aggregations[_NAMED] = values(facet.field, len(names), include=names)
    return aggregations


def facet_counts(facet: Facet, found: Mapping[str, Any], walk: Walk) -> FacetCounts:
    """The counts of a facet. `walk` is for more values than one answer has room for."""
    counts = counted(found[_VALUES])
    if counts is None:
        counts = {value: count for value, count in walk() if value.startswith(facet.prefix)}
    named = {bucket["key"]: bucket["doc_count"] for bucket in found.get(_NAMED, {}).get("buckets", ())}
    return FacetCounts(
        field=facet.field,
        values=_first(counts, facet),
        named=tuple((value, named.get(value, 0)) for value in facet.named),
        distinct=len(counts),
        total=sum(counts.values()),
        missing=found[_MISSING]["doc_count"],
    )


def _first(counts: Mapping[str, int], facet: Facet) -> tuple[tuple[str, int], ...]:
    ordered = sorted(counts.items())
    if facet.order is FacetOrder.COMMONEST:
        ordered.sort(key=lambda item: -item[1])
    return tuple(ordered[: facet.limit])


def _literal(text: str) -> str:
    return "".join(f"\\{char}" if char in _SYNTAX else char for char in text)

"""Histograms of a plan, as aggregations and back."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from index.opensearch.mapping import period_field
from search.engine import DateCounts
from search.opensearch.counting import Room, counted, values
from search.opensearch.queries import Query
from search.plan import Histogram

_PERIODS: Final = "periods"
_UNDATED: Final = "undated"


def histogram_aggregations(histogram: Histogram, room: Room) -> Mapping[str, Query]:
    """What is to be counted among the articles that match."""
    return {
        _PERIODS: values(counted_field(histogram), room.of_one),
        _UNDATED: {"missing": {"field": histogram.field}},
    }


def counted_field(histogram: Histogram) -> str:
    """The field whose values are the periods."""
    return period_field(histogram.field, histogram.interval.value)


def histogram_counts(
    histogram: Histogram, found: Mapping[str, Any], walk: Callable[[], Iterable[tuple[int, int]]]
) -> DateCounts:
    """The counts of a histogram. `walk` gives all periods, where there are more than one answer has."""
    counts = counted(found[_PERIODS])
    return DateCounts(
        field=histogram.field,
        interval=histogram.interval,
        periods=tuple(sorted(walk() if counts is None else counts.items())),
        undated=found[_UNDATED]["doc_count"],
    )

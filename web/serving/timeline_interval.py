"""How finely a search is shown over time."""

from datetime import datetime, timedelta
from typing import Final

from search.plan import Interval
from search.planning.filters import MISSING, read_years
from search.request import Filters
from search.results import FacetResult

BY_DAY: Final = timedelta(days=31)
"""The longest stretch that is shown by days: a month."""
BY_MONTH: Final = 2
"""The most years that are shown by months. Chosen by hand on 2026-11-28: 24 bars still fit beside filters."""


def timeline_interval(filters: Filters, years: FacetResult | None) -> Interval:
    """How finely a search is shown: by days where its dates are a month, by months for two years.

    `years` are the years that have articles.
    """
    after, before = filters.published_after, filters.published_before
    if after is not None and before is not None:
        if before - after <= BY_DAY:
            return Interval.DAY
        return Interval.MONTH if _years(after, before) <= BY_MONTH else Interval.YEAR
    known = _chosen_years(filters) or _counted_years(years)
    if known and max(known) - max(min(known), _first(after)) < BY_MONTH:
        return Interval.MONTH
    return Interval.YEAR


def _chosen_years(filters: Filters) -> tuple[int, ...]:
    ranges = (read_years(text) for text in filters.year if text != MISSING)
    return tuple(year for years in ranges if years is not None for year in (years[0], years[-1]))


def _counted_years(years: FacetResult | None) -> tuple[int, ...]:
    if years is None or years.other:
        return ()
    return tuple(int(value.value) for value in years.values if value.count)


def _years(after: datetime, before: datetime) -> int:
    return before.year - after.year


def _first(after: datetime | None) -> int:
    return 0 if after is None else after.year

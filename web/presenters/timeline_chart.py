"""The articles of a search over time: bars that lead to their period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from search.plan import Interval
from search.planning.filters import MISSING
from search.timeline import Bucket, Timeline
from web.parameters.query_string import Pair
from web.presenters.choices import YEAR
from web.presenters.dates import MONTHS, shown_day
from web.presenters.links import search_href, without
from web.presenters.search_form import AFTER, BEFORE
from web.texts.text import Language
from web.texts.texts import Texts

STEPS: Final = 20
"""Heights of bars: 5 % each, since a page has no style of its own."""
MOST_BARS: Final[Mapping[Interval, int]] = MappingProxyType(
    {Interval.DAY: 31, Interval.MONTH: 24, Interval.YEAR: 12}
)
"""A month by days, two years by months, as many years as a small telephone is wide; the periods before them
become one bar. Each is wide enough to be hit with a finger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A period with its articles; `step` is its height, 0 to STEPS. `is_chosen`: the dates are set to it."""

    name: str
    label: str
    short: str
    count: str
    step: int
    href: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class TimelineChart:
    """The bars from the first period to the last, and that of the articles without a date.

    `span` says from when to when they are, and how long each is.
    """

    span: str
    bars: tuple[Bar, ...]
    undated: Bar | None

    @property
    def rows(self) -> tuple[Bar, ...]:
        """Those of the table: periods without articles say nothing there."""
        return tuple(bar for bar in (*self.bars, self.undated) if bar is not None and bar.count != "0")


def timeline_chart(timeline: Timeline, pairs: Sequence[Pair], texts: Texts) -> TimelineChart | None:
    """The chart of a search; None where there is nothing to compare."""
    most_bars = MOST_BARS[timeline.interval]
    shown = timeline.buckets[-most_bars:]
    earlier = sum(bucket.count for bucket in timeline.buckets[:-most_bars])
    if len(timeline.buckets) + bool(timeline.undated) < 2:
        return None
    most = max((1, earlier, timeline.undated, *(bucket.count for bucket in shown)))
    rest = without(pairs, AFTER, BEFORE)
    chosen = tuple(pair for pair in pairs if pair[0] in {AFTER, BEFORE})

    def bar(name: str, count: int, dates: tuple[Pair, ...], short: str) -> Bar:
        return Bar(
            name=name,
            label=texts.say("timeline.bar", period=name, count=f"{count:,}"),
            short=short,
            count=f"{count:,}",
            step=-(-count * STEPS // most),
            href=search_href((*rest, *dates)),
            is_chosen=bool(dates) and set(dates) == set(chosen),
        )

    def of_period(bucket: Bucket) -> Bar:
        dates = ((AFTER, bucket.start), (BEFORE, bucket.start))
        return bar(period_name(bucket.start, texts), bucket.count, dates, _short(bucket.start))

    before: tuple[Bar, ...] = ()
    if earlier:
        last = timeline.buckets[-most_bars - 1].start
        name = texts.say("timeline.earlier")
        before = (bar(name, earlier, ((BEFORE, last),), name),)
    undated = None
    if timeline.undated:
        name = texts.say("timeline.undated")
        undated = bar(name, timeline.undated, ((YEAR, MISSING),), name)
    return TimelineChart(_span(timeline, texts), (*before, *map(of_period, shown)), undated)


def _span(timeline: Timeline, texts: Texts) -> str:
    if not timeline.buckets:
        return texts.say("timeline.undated")
    first, last = (period_name(timeline.buckets[at].start, texts) for at in (0, -1))
    return texts.say(f"timeline.{timeline.interval.value}", first=first, last=last)


def period_name(start: str, texts: Texts) -> str:
    """A period as people write it: `2024-03` is 2024年3月, or March 2024."""
    year, *rest = map(int, start.split("-"))
    match rest:
        case [month, day]:
            return shown_day(date(year, month, day), texts)
        case [month]:
            is_english = texts.language is Language.EN
            return f"{MONTHS[month - 1]} {year}" if is_english else f"{year}年{month}月"
        case _:
            return texts.say("facet.year_value", year=year)


def _short(start: str) -> str:
    """What stands below a bar: a year in full, of a month or day its number."""
    return str(int(start.rpartition("-")[2]))

"""The hits over time as bars: how long a period is, how high a bar, and where it leads."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.describe.times import CHINA
from search.plan import Interval
from search.request import Filters
from search.results import FacetResult, FacetValue
from search.timeline import Bucket, Timeline
from tests.web.spoken import EN, HANS
from web.parameters.query_string import Pair
from web.presenters.timeline_chart import MOST_BARS, STEPS, TimelineChart, period_name, timeline_chart
from web.serving.timeline_interval import timeline_interval


def timeline(interval: Interval, *counts: tuple[str, int], undated: int = 0) -> Timeline:
    return Timeline(
        interval=interval,
        buckets=tuple(Bucket(start, count) for start, count in counts),
        undated=undated,
        total=sum(count for _, count in counts) + undated,
        generation="1.1",
    )


def chart_of(shown: Timeline, *pairs: Pair) -> TimelineChart:
    chart = timeline_chart(shown, pairs, HANS)
    assert chart is not None
    return chart


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def years(*known: int, other: int = 0) -> FacetResult:
    values = tuple(FacetValue(str(year), 1, selected=False) for year in known)
    return FacetResult(
        field="year", values=values, distinct=len(known), other=other, missing=0, missing_selected=False
    )


@pytest.mark.parametrize(
    ("filters", "counted", "expected"),
    [
        pytest.param(Filters(), years(2019, 2024), Interval.YEAR, id="years"),
        pytest.param(Filters(), years(2023, 2024), Interval.MONTH, id="two years"),
        pytest.param(Filters(), years(2024), Interval.MONTH, id="one year"),
        pytest.param(Filters(), years(), Interval.YEAR, id="none"),
        pytest.param(Filters(), None, Interval.YEAR, id="unknown"),
        pytest.param(Filters(), years(2024, other=3), Interval.YEAR, id="not all known"),
        pytest.param(Filters(year=("2024",)), years(2019, 2024), Interval.MONTH, id="a year chosen"),
        pytest.param(Filters(year=("2019..2024",)), years(2024), Interval.YEAR, id="a range chosen"),
        pytest.param(Filters(year=("_missing",)), years(2019, 2024), Interval.YEAR, id="no year chosen"),
        pytest.param(
            Filters(published_after=day("2023-05-01")), years(2001, 2024), Interval.MONTH, id="from a date"
        ),
        pytest.param(
            Filters(published_after=day("2024-03-01"), published_before=day("2024-04-01")),
            years(2001, 2024),
            Interval.DAY,
            id="a month",
        ),
        pytest.param(
            Filters(published_after=day("2024-01-01"), published_before=day("2025-01-01")),
            years(2001, 2024),
            Interval.MONTH,
            id="the dates of a year",
        ),
        pytest.param(
            Filters(published_after=day("2020-01-01"), published_before=day("2025-01-01")),
            years(2024),
            Interval.YEAR,
            id="the dates of years",
        ),
    ],
)
def test_periods_are_as_long_as_the_search_is_wide(
    filters: Filters, counted: FacetResult | None, expected: Interval
) -> None:
    assert timeline_interval(filters, counted) is expected


def test_a_bar_leads_to_its_period_and_keeps_the_search() -> None:
    shown = timeline(Interval.MONTH, ("2024-03", 8), ("2024-04", 0), ("2024-05", 2), undated=3)
    pairs: tuple[Pair, ...] = (("q", "a"), ("published_after", "2024"), ("source", "b"), ("page", "2"))
    chart = chart_of(shown, *pairs)
    assert [bar.label for bar in chart.bars] == ["2024年3月：8 篇", "2024年4月：0 篇", "2024年5月：2 篇"]
    assert [bar.short for bar in chart.bars] == ["3", "4", "5"]
    assert [bar.step for bar in chart.bars] == [STEPS, 0, 5]
    assert chart.bars[0].href == "/search?q=a&source=b&published_after=2024-03&published_before=2024-03"
    assert chart.undated is not None
    assert (chart.undated.label, chart.undated.href) == (
        "日期不详：3 篇",
        "/search?q=a&source=b&year=_missing",
    )
    assert [row.name for row in chart.rows] == ["2024年3月", "2024年5月", "日期不详"]
    assert chart.span == "2024年3月至2024年5月，各月的篇数"


def test_the_chosen_period_is_marked() -> None:
    shown = timeline(Interval.YEAR, ("2023", 1), ("2024", 1))
    chart = chart_of(shown, ("published_before", "2024"), ("published_after", "2024"))
    assert [bar.is_chosen for bar in chart.bars] == [False, True]
    assert not any(bar.is_chosen for bar in chart_of(shown).bars)


@pytest.mark.parametrize(
    "shown",
    [timeline(Interval.YEAR), timeline(Interval.YEAR, ("2024", 3)), timeline(Interval.YEAR, undated=4)],
    ids=["nothing", "one period", "undated alone"],
)
def test_where_there_is_nothing_to_compare_there_is_no_chart(shown: Timeline) -> None:
    assert timeline_chart(shown, (), HANS) is None


def test_periods_that_are_too_many_become_one() -> None:
    counts = [(str(1960 + number), number % 3) for number in range(60)]
    most = MOST_BARS[Interval.YEAR]
    chart = chart_of(timeline(Interval.YEAR, *counts))
    assert len(chart.bars) == most + 1
    earlier = chart.bars[0]
    assert earlier.label == f"更早：{sum(count for _, count in counts[:-most])} 篇"
    assert earlier.href == f"/search?published_before={1960 + 60 - most - 1}"


@settings(max_examples=40)
@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=40), st.integers(0, 10**6))
def test_heights_follow_the_numbers(counts: list[int], undated: int) -> None:
    shown = timeline(
        Interval.YEAR, *((str(2000 + at), count) for at, count in enumerate(counts)), undated=undated
    )
    chart = timeline_chart(shown, (), HANS)
    assert chart is not None
    bars = [bar for bar in (*chart.bars, chart.undated) if bar is not None]
    numbers = [int(bar.count.replace(",", "")) for bar in bars]
    assert sum(numbers) == shown.total
    most = max(numbers)
    for bar, number in zip(bars, numbers, strict=True):
        assert 0 <= bar.step <= STEPS
        assert (bar.step == 0) == (number == 0)
        assert not most or abs(bar.step / STEPS - number / most) < 1 / STEPS


@pytest.mark.parametrize(
    ("start", "chinese", "english"),
    [
        ("2024", "2024年", "2024"),
        ("2024-03", "2024年3月", "March 2024"),
        ("2024-03-05", "2024年3月5日", "5 March 2024"),
    ],
)
def test_periods_are_written_as_people_do(start: str, chinese: str, english: str) -> None:
    assert (period_name(start, HANS), period_name(start, EN)) == (chinese, english)

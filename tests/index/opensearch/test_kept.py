"""Which generations are removed, and when."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from index.averages import Averages
from index.opensearch.generations import Found, Generation, in_order
from index.opensearch.kept import GRACE, surplus
from index.opensearch.published import FORMAT, Published, Scoring, Stage

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
LONG_AGO = NOW - GRACE
JUST_NOW = NOW - GRACE + timedelta(seconds=1)


def one(number: int, stage: Stage | None, *, since: datetime | None = None) -> Found:
    """A generation; the one that was made live at a time is searched."""
    published = Published(
        format=FORMAT,
        analyzer="x",
        scoring=Scoring(k1=1.0, b=0.5),
        averages=Averages(),
        stage=stage or Stage.BUILDING,
        live_since=since,
    )
    found = Found(Generation("p", number), published, is_searched=since is not None)
    return found if stage is not None else replace(found, published=None, fault="it says nothing of itself")


FINISHED, FALLBACK, SET_ASIDE, BUILDING = Stage.FINISHED, Stage.FALLBACK, Stage.SET_ASIDE, Stage.BUILDING


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], []),
        ([one(1, FINISHED, since=LONG_AGO)], []),
        ([one(2, FINISHED, since=LONG_AGO), one(1, FINISHED)], []),
        ([one(3, FINISHED, since=LONG_AGO), one(2, FINISHED), one(1, FINISHED)], [1]),
        ([one(3, FINISHED, since=JUST_NOW), one(2, FINISHED), one(1, FINISHED)], []),
        ([one(3, FINISHED), one(2, FINISHED), one(1, FINISHED, since=LONG_AGO)], [2]),
        ([one(3, FINISHED, since=LONG_AGO), one(2, SET_ASIDE), one(1, FINISHED)], [2]),
        ([one(3, SET_ASIDE), one(2, FALLBACK, since=LONG_AGO), one(1, FINISHED)], [3]),
        ([one(3, BUILDING), one(2, FINISHED, since=LONG_AGO), one(1, FINISHED)], []),
        ([one(3, FINISHED, since=LONG_AGO), one(2, None), one(1, FINISHED)], [1]),
        ([one(3, FINISHED), one(2, FINISHED), one(1, FINISHED)], []),
        ([one(3, FINISHED, since=LONG_AGO), one(2, None), one(1, None)], [1]),
    ],
    ids=[
        "nothing",
        "one",
        "two",
        "three",
        "replaced just now",
        "rolled back",
        "a damaged one between",
        "on a fallback",
        "a rebuild goes on",
        "an unreadable one is kept",
        "none is searched",
        "two unreadable ones",
    ],
)
def test_all_but_the_newest_go_when_nobody_can_page_through_them(
    found: Sequence[Found], expected: Sequence[int]
) -> None:
    removed = surplus(in_order(found), NOW)
    assert [one.generation.number for one in removed] == expected


def test_names() -> None:
    generation = Generation("policy-search", 7)
    assert generation.index == "policy-search-000007"
    assert generation.write_alias == "policy-search-w-000007"
    assert generation.name_of(118) == "7.118"

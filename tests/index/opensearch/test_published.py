"""What an index says of itself comes back as it was written."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Part
from index.averages import Averages
from index.opensearch.published import (
    FORMAT,
    MAX_RECENT,
    Commit,
    MetaInvalid,
    Published,
    Scoring,
    Stage,
    decode,
    encode,
)

zones = st.sampled_from([UTC, timezone(timedelta(hours=8))])
times = st.datetimes(datetime(1970, 1, 2), datetime(2999, 1, 1), timezones=zones)  # noqa: DTZ001
numbers = st.integers(0, 2**53)
lengths = st.floats(0, 1e6)
commits = st.builds(
    Commit,
    commit=numbers,
    sequence=numbers,
    articles=numbers,
    committed=times,
    points_in_time=st.lists(st.text(max_size=5), max_size=2).map(tuple),
)
states = st.builds(
    Published,
    format=st.just(FORMAT),
    analyzer=st.text(max_size=8),
    scoring=st.builds(Scoring, k1=lengths, b=lengths),
    averages=st.builds(Averages, words=lengths, characters=st.dictionaries(st.sampled_from(Part), lengths)),
    stage=st.sampled_from(Stage),
    entry=st.none() | st.text(max_size=8),
    recent=st.lists(commits, max_size=3).map(tuple),
    live_since=st.none() | times,
)


@given(states)
def test_what_is_written_is_read(published: Published) -> None:
    assert decode(json.loads(json.dumps(encode(published)))) == published


BEGUN = Published(format=FORMAT, analyzer="x", scoring=Scoring(k1=1.0, b=0.5), averages=Averages())


def commit(number: int) -> Commit:
    return Commit(
        commit=number, sequence=10 * number, articles=number, committed=datetime(2026, 11, 28, tzinfo=UTC)
    )


def test_before_the_first_commit_there_is_nothing() -> None:
    assert (BEGUN.newest, BEGUN.commit, BEGUN.sequence, BEGUN.articles) == (None, 0, 0, 0)
    assert BEGUN.stage is Stage.BUILDING


def test_the_newest_commits_are_remembered() -> None:
    published = BEGUN
    for number in range(1, MAX_RECENT + 4):
        published = published.then(commit(number), f"entry {number}")
    newest = MAX_RECENT + 3
    assert [one.commit for one in published.recent] == list(range(newest, newest - MAX_RECENT, -1))
    assert (published.commit, published.sequence, published.articles) == (newest, 10 * newest, newest)
    assert published.entry == f"entry {newest}"


@pytest.mark.parametrize(
    "meta",
    [
        {},
        {"format": FORMAT},
        encode(BEGUN) | {"stage": "asleep"},
        encode(BEGUN) | {"recent": [{}]},
        encode(BEGUN) | {"averages": 3},
    ],
    ids=["nothing", "half of it", "stage", "commit", "averages"],
)
def test_what_was_not_written_so_is_refused(meta: dict[str, object]) -> None:
    with pytest.raises(MetaInvalid):
        decode(meta)

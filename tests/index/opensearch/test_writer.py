"""What OpenSearchWriter does beyond the laws of IndexWriter: what it publishes, and how it fails."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from opensearchpy.exceptions import NotFoundError

from index.article import Part
from index.averages import Averages
from index.errors import StorageFailed
from index.opensearch import mapping
from index.opensearch import writer as writer_module
from index.opensearch.errors import ClusterUnavailable, GenerationRetired
from index.opensearch.generations import read
from index.opensearch.published import MAX_RECENT, Published, Stage
from tests.index.opensearch.generation import Place, document
from tests.index.opensearch.proxy import Answer, Asked, Cluster, Proxy, honest

pytestmark = pytest.mark.opensearch


def published(place: Place, number: int = 1) -> Published:
    state = read(place.direct, place.generation(number))
    assert state is not None
    return state


def test_a_commit_says_what_it_holds(place: Place) -> None:
    before = datetime.now(UTC)
    place.build("a", "b")
    with closing(place.store().live()) as writer:
        writer.delete("a", 3)
        assert writer.commit(7, 700.0, "entry 7") == "1.2"
        assert (writer.documents, writer.sequence, writer.entry) == (1, 7, "entry 7")
    state = published(place)
    assert (state.stage, state.entry, state.analyzer) == (Stage.FINISHED, "entry 7", place.analyzer)
    newest, former = state.recent
    assert (newest.commit, newest.sequence, newest.articles) == (2, 7, 1)
    assert (former.commit, former.sequence, former.articles) == (1, 2, 2)
    assert before <= former.committed <= newest.committed <= datetime.now(UTC) + timedelta(seconds=1)


def count_at(place: Place, point: str) -> int:
    answer = place.direct.search(body={"size": 0, "track_total_hits": True, "pit": {"id": point}})
    return int(answer["hits"]["total"]["value"])


def test_the_last_commits_can_still_be_read_and_no_others(place: Place) -> None:
    place.build("a")
    points = {1: published(place).recent[0].points_in_time}
    with closing(place.store().live()) as writer:
        for number in range(2, MAX_RECENT + 4):
            writer.put(document(f"{number}"), number)
            writer.commit(number, 700.0)
            points[number] = published(place).recent[0].points_in_time
    recent = published(place).recent
    assert [commit.commit for commit in recent] == list(range(MAX_RECENT + 3, 3, -1))
    assert {commit.commit: count_at(place, commit.points_in_time[0]) for commit in recent} == {
        number: number for number in range(4, MAX_RECENT + 4)
    }
    for number in (1, 2, 3):
        with pytest.raises(NotFoundError):
            count_at(place, points[number][0])


def test_a_commit_that_somebody_pages_through_can_be_read_for_longer(place: Place) -> None:
    place.build("a")
    (point,) = published(place).recent[0].points_in_time
    place.direct.search(body={"size": 0, "pit": {"id": point, "keep_alive": "900s"}})
    with closing(place.store().live()) as writer:
        for number in range(2, MAX_RECENT + 4):
            writer.put(document(f"{number}"), number)
            writer.commit(number, 700.0)
    assert point not in {one for commit in published(place).recent for one in commit.points_in_time}
    assert count_at(place, point) == 1


def test_averages_stay_those_that_the_generation_was_begun_with(place: Place) -> None:
    averages = Averages(words=12.5, characters={Part.BODY: 3.0})
    writer = place.begun_with(averages)
    writer.put(document("a"), 1)
    writer.commit(1, 9_999.0)
    place.store().make_live(writer)
    with closing(place.store().live()) as again:
        assert (again.average_length, again.measured_average) == (12.5, 12.5)
    assert published(place).averages == averages


def test_what_was_sent_and_not_committed_is_not_seen(place: Place) -> None:
    """As after a kill between batch and commit; then the journal is followed from the last commit."""
    place.build("a", "b")
    killed = place.store().live()
    assert isinstance(killed, writer_module.OpenSearchWriter)
    killed.put(document("a", "新"), 3)
    killed.put(document("c"), 4)
    killed.delete("b", 5)
    killed._sender.flush()
    place.direct.indices.refresh(index=killed.generation.index)
    assert place.store().verify().ids == {"a", "b"}
    assert published(place).sequence == 2
    with closing(place.store().live()) as writer:
        assert (writer.sequence, writer.documents) == (2, 2)
        writer.put(document("a", "新"), 3)
        writer.put(document("c"), 4)
        writer.delete("b", 5)
        writer.commit(5, 700.0)
    assert place.store().verify().ids == {"a", "c"}


def test_what_was_sent_and_not_committed_is_not_taken_for_the_commit(place: Place) -> None:
    """Not even where the points in time that were published have ended."""
    place.build("a", "b")
    killed = place.store().live()
    assert isinstance(killed, writer_module.OpenSearchWriter)
    killed.put(document("a", "新"), 3)
    killed._sender.flush()
    place.direct.indices.refresh(index=killed.generation.index)
    place.direct.delete_pit(body={"pit_id": list(published(place).recent[0].points_in_time)})
    with pytest.raises(ClusterUnavailable, match="no commit has published yet"):
        place.store().verify()
    with closing(place.store().live()) as writer:
        writer.put(document("a", "新"), 3)
        writer.commit(3, 700.0)
    assert place.store().verify().ids == {"a", "b"}


@pytest.mark.parametrize("lost", ["before", "after"])
@pytest.mark.parametrize(
    ("method", "end"),
    [("POST", "/_refresh"), ("POST", "/_count"), ("PUT", "/_mapping")],
    ids=["refresh", "count", "publish"],
)
def test_a_step_of_a_commit_that_is_lost_is_done_again(
    lost: str, method: str, end: str, proxy: Proxy, disturbed: Place
) -> None:
    disturbed.build("a")
    disturbances = iter(range(2))

    def behaviour(asked: Asked, cluster: Cluster) -> Answer | None:
        is_step = asked.method == method and asked.path.partition("?")[0].endswith(end)
        if is_step and next(disturbances, None) is not None:
            if lost == "after":
                cluster()
            return None
        return cluster()

    with closing(disturbed.store().live()) as writer:
        writer.put(document("b"), 2)
        proxy.behaviour = behaviour
        assert writer.commit(2, 700.0) == "1.2"
    assert next(disturbances, None) is None, "it was disturbed"
    assert (published(disturbed).commit, published(disturbed).articles) == (2, 2)


def test_without_a_point_in_time_readers_open_their_own(proxy: Proxy, disturbed: Place) -> None:
    def no_room(asked: Asked, cluster: Cluster) -> Answer:
        if "/_search/point_in_time" in asked.path and asked.method == "POST":
            return Answer(429, b'{"error": {"type": "rejected", "reason": "too many"}, "status": 429}')
        return cluster()

    disturbed.build("a")
    proxy.behaviour = no_room
    with closing(disturbed.store().live()) as writer:
        writer.put(document("b"), 2)
        writer.commit(2, 700.0)
    assert published(disturbed).recent[0].points_in_time == ()
    proxy.behaviour = honest
    assert disturbed.store().verify().ids == {"a", "b"}


def test_a_commit_to_what_is_gone_is_refused(place: Place) -> None:
    place.build("a")
    writer = place.store().live()
    for name in place.indexes():
        place.direct.indices.delete(index=name)
    with pytest.raises(GenerationRetired, match="rebuild") as raised:
        writer.commit(2, 700.0)
    assert isinstance(raised.value, StorageFailed)
    assert place.indexes() == set()


def test_optimising_merges_at_the_next_commit(place: Place) -> None:
    place.build("a")
    with closing(place.store().live()) as writer:
        for sequence in range(2, 6):
            writer.put(document(f"{sequence}"), sequence)
            writer.commit(sequence, 700.0)
        index = f"{place.prefix}-000001"
        assert segments(place, index) > 1
        writer.optimise()
        writer.commit(5, 700.0)
        assert segments(place, index) == 1
        assert writer.documents == 5


def segments(place: Place, index: str) -> int:
    """Of those that hold something that is searched."""
    rows = place.direct.cat.segments(index=index, params={"format": "json"})
    return sum(int(row["docs.count"]) > 0 and row["searchable"] == "true" for row in rows)


def test_the_index_is_as_it_was_asked_for(place: Place) -> None:
    place.build("a")
    index = f"{place.prefix}-000001"
    told = place.direct.indices.get(index=index)[index]
    settings = told["settings"]["index"]
    assert settings["refresh_interval"] == "-1"
    assert settings["gc_deletes"] == "1h"
    assert "recovery_source_enabled" not in told["mappings"]["_source"], "without it replicas lose terms"
    assert set(told["mappings"]["properties"]) == set(mapping.fields()["properties"])
    assert set(told["aliases"]) == {place.prefix, f"{place.prefix}-w-000001"}
    source = place.held(index)["a"]
    assert not [name for name in source if name.endswith(("words", "pairs", "chars"))]

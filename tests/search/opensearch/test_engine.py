"""What the engine does when states are published, lost and gone, and when the cluster does not answer."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from random import Random

import pytest
from opensearchpy import OpenSearch

from index.documents import IndexDocument
from index.opensearch.connection import OpenSearchSettings, connect
from index.opensearch.errors import AliasAmbiguous
from index.opensearch.generations import Found, find_all, write
from index.opensearch.looking import PATIENCE_SECONDS
from index.opensearch.published import Stage
from search.deadline import SEARCH_SECONDS, Deadline
from search.engine import Snapshot
from search.errors import IndexUnavailable, SearchTimeout, SnapshotGone
from search.opensearch.engine import FORMER_SECONDS, OpenSearchEngine
from search.opensearch.errors import EngineUnavailable
from search.opensearch.snapshot import OpenSearchSnapshot
from search.opensearch.state import GRACE, StateLost
from search.plan import ByScore, Every, Plan
from search.ranking import Ranking
from tests.contracts.document_index import change_nothing
from tests.plan_trees import Change, document, document_id
from tests.search.opensearch.library import ANALYZER, RANKING, WHOLE_LOOK, ClusterLibrary, Restless
from tests.waiting import wait_for

pytestmark = pytest.mark.opensearch

ALL = Plan(query=Every(), filters=(), order=ByScore(), offset=0, limit=100)
NEVER = Deadline.never()

LATE = 1.0
"""Seconds that a machine with much to do may need on top."""


@pytest.fixture
def documents() -> list[IndexDocument]:
    random = Random(2)
    return [document(random, number) for number in range(12)]


@pytest.fixture
def filled(library: ClusterLibrary, documents: list[IndexDocument]) -> ClusterLibrary:
    """Ten of them."""
    library.build(documents[:10])
    return library


def total(snapshot: Snapshot) -> int:
    return snapshot.search(ALL, NEVER).total


def client_of(library: ClusterLibrary) -> OpenSearch:
    return connect(library.settings())


def newest_points(library: ClusterLibrary) -> list[str]:
    """The points in time of what was published last."""
    found = find_all(client_of(library), library.prefix)[0]
    assert found.published is not None
    assert found.published.newest is not None
    return list(found.published.newest.points_in_time)


def set_aside(library: ClusterLibrary, one: Found) -> None:
    """Say of a generation that it is damaged, and no more."""
    assert one.published is not None
    write(client_of(library), one.generation, replace(one.published, stage=Stage.SET_ASIDE))


def lose(library: ClusterLibrary, points: list[str]) -> None:
    """As if the node that held them were gone."""
    client_of(library).delete_pit(body={"pit_id": points})


class TestFollowing:
    def test_the_first_index_is_found_when_it_comes(
        self, library: ClusterLibrary, documents: list[IndexDocument]
    ) -> None:
        engine = library.engine()
        for _ in range(2):
            with pytest.raises(IndexUnavailable, match="no index has been built yet"):
                engine.snapshot()
        library.build(documents)
        assert total(engine.snapshot()) == len(documents)

    def test_a_commit_is_seen_within_a_second(self, filled: ClusterLibrary) -> None:
        engine = OpenSearchEngine(client_of(filled), filled.prefix, ANALYZER, RANKING)
        before = engine.snapshot()
        assert engine.snapshot() is before
        filled.apply(Change((), (document_id(3),)))
        committed = time.monotonic()
        wait_for(lambda: engine.snapshot() is not before)
        assert time.monotonic() - committed < 1
        assert (total(before), total(engine.snapshot())) == (10, 9)
        assert engine.snapshot().sequence == filled.sequence

    def test_while_nothing_is_published_the_snapshot_stays(self, filled: ClusterLibrary) -> None:
        engine = filled.engine()
        assert engine.snapshot() is engine.snapshot()

    def test_an_index_of_another_analyzer_or_ranking_is_not_read(self, filled: ClusterLibrary) -> None:
        others = (
            OpenSearchEngine(client_of(filled), filled.prefix, "another", RANKING),
            OpenSearchEngine(client_of(filled), filled.prefix, ANALYZER, Ranking(k1=1.5)),
        )
        for engine in others:
            with pytest.raises(IndexUnavailable, match="was made with analyzer"):
                engine.snapshot()

    def test_a_program_of_before_goes_on_with_the_generation_of_before(
        self, filled: ClusterLibrary, documents: list[IndexDocument]
    ) -> None:
        """While the new program runs beside it: that has switched readers to an index of its own."""
        before = filled.snapshot().generation
        filled.analyzer = "another"
        filled.build(documents[:5])
        old = OpenSearchEngine(client_of(filled), filled.prefix, ANALYZER, RANKING)
        assert (old.snapshot().generation, total(old.snapshot())) == (before, 10)
        assert old.passed_over() == ()
        assert total(filled.engine().snapshot()) == 5

    def test_a_generation_that_is_set_aside_is_passed_over_for_the_one_before(
        self, filled: ClusterLibrary, documents: list[IndexDocument]
    ) -> None:
        """Though readers are still led to it: who set it aside was killed before the next step."""
        filled.build(documents[:5])
        damaged, good = find_all(client_of(filled), filled.prefix)
        set_aside(filled, damaged)
        engine = filled.engine()
        assert total(engine.snapshot()) == 10
        assert "set aside" in engine.passed_over()[0]
        set_aside(filled, good)
        with pytest.raises(IndexUnavailable, match="set aside"):
            filled.engine().snapshot()

    def test_an_alias_of_two_indexes_is_refused(self, filled: ClusterLibrary) -> None:
        filled.build(filled.live.values())
        first = find_all(client_of(filled), filled.prefix)[-1].generation.index
        client_of(filled).indices.put_alias(index=first, name=filled.prefix)
        with pytest.raises(AliasAmbiguous):
            filled.engine().snapshot()


class TestPinning:
    def test_a_state_is_pinned_by_its_name_in_any_process(self, filled: ClusterLibrary) -> None:
        name = filled.engine().snapshot().generation
        filled.apply(Change((), (document_id(3),)))
        other = filled.engine()
        assert total(other.snapshot()) == 9
        assert (total(other.pin(name)), other.pin(name).generation) == (10, name)
        assert other.pin(name) is other.pin(name)

    def test_a_pinned_state_outlives_all_commits_that_are_named(self, filled: ClusterLibrary) -> None:
        """The writer lets go only of points in time that nobody asked to be kept."""
        engine = filled.engine()
        pinned = engine.pin(engine.snapshot().generation)
        filled.apply(Change((), (document_id(3),)))
        change_nothing(filled, filled.kept_commits + 2)
        assert total(engine.snapshot()) == 9
        assert (total(pinned), total(engine.pin(pinned.generation))) == (10, 10)

    def test_a_state_of_another_program_is_gone(self, filled: ClusterLibrary) -> None:
        name = filled.engine().snapshot().generation
        with pytest.raises(SnapshotGone):
            OpenSearchEngine(client_of(filled), filled.prefix, "another", RANKING).pin(name)


class TestLostPoints:
    def test_a_lost_point_in_time_is_replaced_unseen(self, filled: ClusterLibrary) -> None:
        snapshot = filled.engine().snapshot()
        before = snapshot.search(ALL, NEVER)
        lose(filled, newest_points(filled))
        assert snapshot.search(ALL, NEVER) == before
        assert filled.engine().pin(snapshot.generation).search(ALL, NEVER) == before

    def test_a_state_that_another_has_taken_the_place_of_is_not_replaced(
        self, filled: ClusterLibrary, documents: list[IndexDocument]
    ) -> None:
        """Whether an article came, went or changed since then: no answer is of another state."""
        changes = (
            Change((documents[10],), ()),
            Change((), (documents[10].id,)),
            Change((documents[0],), ()),
        )
        for change in changes:
            engine = filled.engine()
            snapshot = engine.snapshot()
            points = newest_points(filled)
            filled.apply(change)
            lose(filled, points)
            with pytest.raises(StateLost):
                snapshot.search(ALL, NEVER)
            with pytest.raises(SnapshotGone):
                engine.pin(snapshot.generation)
            assert total(engine.snapshot()) == len(filled.live)

    def test_what_is_written_and_not_published_is_in_no_answer(
        self, filled: ClusterLibrary, documents: list[IndexDocument]
    ) -> None:
        """A writer was killed between the refresh and the publishing: an own point in time shows too much."""
        snapshot = filled.engine().snapshot()
        with closing(filled.store().live()) as writer:
            writer.put(documents[11], filled.sequence + 1)
            writer._sender.flush()  # type: ignore[attr-defined]  # as far as the writer got
        client_of(filled).indices.refresh(index=f"{filled.prefix}-0*")
        assert total(snapshot) == 10
        lose(filled, newest_points(filled))
        with pytest.raises(StateLost):
            snapshot.search(ALL, NEVER)


@pytest.fixture
def silent_port() -> Iterator[int]:
    """Where connections are taken, and nothing is ever said."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken: list[socket.socket] = []

        def take() -> None:
            while True:
                try:
                    taken.append(server.accept()[0])
                except OSError:
                    return

        threading.Thread(target=take, daemon=True).start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
        for connection in taken:
            connection.close()


def engine_at(port: int, clock: "Clock") -> OpenSearchEngine:
    settings = OpenSearchSettings(urls=(f"http://127.0.0.1:{port}",), prefix="a")
    return OpenSearchEngine(connect(settings), "a", ANALYZER, RANKING, clock)


class Clock:
    """Goes on when it is told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class TestClusterAway:
    def test_without_a_cluster_there_is_no_snapshot(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
        engine = engine_at(port, Clock())
        for _ in range(2):
            with pytest.raises(EngineUnavailable, match="no answer"):
                engine.snapshot()
        with pytest.raises(EngineUnavailable):
            engine.pin("1.1")

    def test_a_cluster_that_hangs_costs_no_more_than_a_search_may_take(self, silent_port: int) -> None:
        engine = engine_at(silent_port, Clock())
        started = time.monotonic()
        with pytest.raises(EngineUnavailable, match="no answer"):
            engine.snapshot()
        assert time.monotonic() - started < 5

    def test_a_search_that_gets_no_answer_ends_with_its_deadline(
        self, filled: ClusterLibrary, silent_port: int
    ) -> None:
        snapshot = filled.engine().snapshot()
        hanging = connect(OpenSearchSettings(urls=(f"http://127.0.0.1:{silent_port}",), prefix="a"))
        snapshot._state._client = hanging  # the cluster hangs from now on
        started = time.monotonic()
        with pytest.raises(SearchTimeout):
            snapshot.search(ALL, Deadline.after(0.5))
        assert time.monotonic() - started < 0.5 + GRACE + LATE

    def test_a_cluster_that_begins_to_hang_costs_hardly_more_than_the_deadline(
        self, filled: ClusterLibrary, silent_port: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The look as well as the search gets no answer."""
        engine = OpenSearchEngine(client_of(filled), filled.prefix, ANALYZER, RANKING, Restless())
        snapshot = engine.snapshot()
        hanging = connect(OpenSearchSettings(urls=(f"http://127.0.0.1:{silent_port}",), prefix="a"))
        monkeypatch.setattr(engine, "_client", hanging)
        monkeypatch.setattr(snapshot._state, "_client", hanging)
        started = time.monotonic()
        with pytest.raises(SearchTimeout):
            engine.snapshot().search(ALL, Deadline.after(0.5))
        assert time.monotonic() - started < 0.5 + PATIENCE_SECONDS + GRACE + LATE
        assert PATIENCE_SECONDS + GRACE <= 0.5

    @pytest.mark.parametrize(
        "ask",
        [
            lambda snapshot: snapshot.words_with("a"),
            lambda snapshot: snapshot.count_words(["a"]),
            lambda snapshot: snapshot.keep(Deadline.after(SEARCH_SECONDS)),
        ],
        ids=["words_with", "count_words", "keep"],
    )
    def test_what_is_asked_before_a_search_has_no_longer_than_a_search(
        self, ask: Callable[[OpenSearchSnapshot], object], filled: ClusterLibrary, silent_port: int
    ) -> None:
        snapshot = filled.engine().snapshot()
        hanging = connect(OpenSearchSettings(urls=(f"http://127.0.0.1:{silent_port}",), prefix="a"))
        snapshot._state._client = snapshot._vocabulary._client = hanging
        started = time.monotonic()
        with pytest.raises(SearchTimeout):
            ask(snapshot)
        assert time.monotonic() - started < SEARCH_SECONDS + GRACE + LATE

    def test_what_was_seen_last_is_searched_on_for_a_while(
        self, filled: ClusterLibrary, silent_port: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As while the cluster elects a manager: it does not say what is published, and goes on searching."""
        clock = Clock()
        engine = OpenSearchEngine(
            client_of(filled), filled.prefix, ANALYZER, RANKING, clock, patience=WHOLE_LOOK
        )
        before = engine.snapshot()
        hanging = connect(OpenSearchSettings(urls=(f"http://127.0.0.1:{silent_port}",), prefix="a"))
        monkeypatch.setattr(engine, "_client", hanging)
        clock.seconds += 1
        assert engine.snapshot() is before
        assert total(engine.snapshot()) == 10
        assert "no answer" in engine.passed_over()[0]
        clock.seconds += FORMER_SECONDS + 1
        with pytest.raises(EngineUnavailable, match="no answer"):
            engine.snapshot()
        monkeypatch.undo()
        clock.seconds += 1
        assert total(engine.snapshot()) == 10


def test_commits_beyond_those_kept_are_gone_in_other_processes(filled: ClusterLibrary) -> None:
    name = filled.engine().snapshot().generation
    change_nothing(filled, filled.kept_commits)
    assert total(filled.engine().pin(name)) == 10
    change_nothing(filled, 1)
    with pytest.raises(SnapshotGone):
        filled.engine().pin(name)

import gc
import shutil
import sys
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from whoosh.filedb.filestore import FileStorage

from index.analysis.analyzer import Analyzer
from index.errors import GenerationDamaged
from index.generation import Generation, Manifest, current
from index.whoosh.files import FileVerifier
from search.deadline import Deadline
from search.engine import PIN_SECONDS
from search.errors import IndexUnavailable, SnapshotGone
from search.plan import ByScore, Every, Plan
from search.ranking import Ranking
from search.whoosh import pins
from search.whoosh.engine import WhooshEngine
from tests.engines import Library
from tests.index_states import answers, answers_of, ids, some_articles
from tests.reliability.faults import open_files_below


def test_commits_and_switches_are_followed(library: Library, analyzer: Analyzer) -> None:
    engine = library.engine()
    assert engine.snapshot().generation == "2.1"
    library.change(some_articles("e"), ["a"])
    assert engine.snapshot().generation == "2.2"
    assert ids(engine.snapshot(), analyzer) == set("bcde")
    library.build(some_articles("xyz"))
    assert engine.snapshot().generation == "3.1"
    assert ids(engine.snapshot(), analyzer) == set("xyz")
    library.change(some_articles("w"), [])
    assert answers(engine, analyzer) == answers(library.engine(), analyzer)


def test_the_first_index_is_found_when_it_comes(tmp_path: Path, analyzer: Analyzer) -> None:
    library = Library(tmp_path / "index", analyzer)
    engine = library.engine()
    for _ in range(2):
        with pytest.raises(IndexUnavailable, match="no index has been built yet"):
            engine.snapshot()
    library.build(some_articles("ab"))
    assert ids(engine.snapshot(), analyzer) == set("ab")


def test_while_nothing_is_published_the_snapshot_stays(library: Library) -> None:
    engine = library.engine()
    assert engine.snapshot() is engine.snapshot()


def test_a_snapshot_answers_the_same_after_its_files_are_gone(library: Library, analyzer: Analyzer) -> None:
    engine = library.engine()
    untouched, asked = library.engine().snapshot(), engine.snapshot()
    before = answers_of(asked, analyzer)
    folder = current(library.root).folder
    files = {path.name for path in folder.glob("*.seg")}
    for number in range(12):
        library.change(some_articles([f"new-{number}"]), ["b"] if number == 0 else [])
    assert not files & {path.name for path in folder.iterdir()}
    assert answers_of(untouched, analyzer) == answers_of(asked, analyzer) == before
    for seed in range(3):
        library.build(some_articles("xyz", seed=seed))
    assert folder.exists(), "somebody reads it"
    shutil.rmtree(folder)
    assert answers_of(untouched, analyzer) == answers_of(asked, analyzer) == before
    assert ids(engine.snapshot(), analyzer) == set("xyz")


def test_a_snapshot_outlives_its_engine(library: Library, analyzer: Analyzer) -> None:
    engine = library.engine()
    snapshot = engine.snapshot()
    before = answers_of(snapshot, analyzer)
    engine.close()
    assert answers_of(snapshot, analyzer) == before
    assert answers(engine, analyzer) == before


def test_the_file_of_an_unchanged_segment_is_not_opened_again(library: Library) -> None:
    library.build(some_articles("abcdefghijkl"))
    engine = library.engine()
    [before] = engine.snapshot().segments
    library.change(some_articles("m"), ["a"])
    after = {segment.name: segment for segment in engine.snapshot().segments}
    assert after[before.name].reader is before.reader
    assert before.live is None
    assert after[before.name].live is not None
    assert len(after) == 2


def test_a_commit_of_deletions_alone_keeps_what_was_joined(library: Library) -> None:
    library.build(some_articles("abcdefghijkl"))
    engine = library.engine()
    before = engine.snapshot().columns
    library.change([], ["a"])
    assert engine.snapshot().columns is before
    library.change(some_articles("m"), [])
    assert engine.snapshot().columns is not before


def test_a_state_that_was_replaced_keeps_nothing_of_its_queries(library: Library, analyzer: Analyzer) -> None:
    """Some are still held, for walks: each would cost the memory of the newest."""
    library.build(some_articles("abcdefghijkl"))
    engine = library.engine()
    former = engine.snapshot()
    before = answers_of(former, analyzer)
    library.change([], ["a"])
    assert engine.snapshot().columns is former.columns
    assert former.columns.kept_bytes > 0, "a commit of deletions alone goes on with it"
    library.change(some_articles("m"), [])
    assert engine.snapshot().columns is not former.columns
    assert former.columns.kept_bytes == 0
    assert answers_of(former, analyzer) == before


def test_each_file_is_verified_once_per_process(
    library: Library, analyzer: Analyzer, read: list[str]
) -> None:
    engine = library.engine()
    verified: list[str] = []
    named: set[str] = set()
    for number in range(3):
        library.change(some_articles([f"new-{number}"]), [])
        named |= {file.name for file in current(library.root).manifest().files}
        read.clear()
        for _ in range(3):
            answers(engine, analyzer)
        verified += read
    assert sorted(verified) == sorted(named)
    read.clear()
    library.engine().snapshot()
    assert len(read) == len(current(library.root).manifest().files)


def test_nothing_is_opened_before_it_is_verified(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """The TOC holds pickles: loading a damaged one could run anything."""

    def refuse(self: FileVerifier, generation: Generation, manifest: Manifest) -> None:
        raise GenerationDamaged(generation.folder.name, "refused by the test")

    def never(*arguments: object, **named: object) -> None:
        pytest.fail("a file was opened that was not verified")

    monkeypatch.setattr(FileVerifier, "verify", refuse)
    monkeypatch.setattr(FileStorage, "open_file", never)
    monkeypatch.setattr("search.whoosh.engine.open_segment", never)
    with pytest.raises(IndexUnavailable, match="refused by the test"):
        library.engine().snapshot()


@pytest.mark.parametrize("moment", ["before verifying", "after verifying"])
@pytest.mark.parametrize("times", [1, 3])
def test_a_commit_that_overtakes_the_opening_is_no_damage(
    library: Library, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch, times: int, moment: str
) -> None:
    for name in "efg":
        library.change(some_articles(name), [])
    writer = library.store().live()
    verify = FileVerifier.verify
    overtaking = iter(range(times))

    def commit_unless_done() -> None:
        number = next(overtaking, None)
        if number is not None:
            for article in some_articles("g", seed=number):
                writer.put(library.document(article), 99)
            writer.commit(99, writer.average_length)

    def overtaken(self: FileVerifier, generation: Generation, manifest: Manifest) -> None:
        if moment == "before verifying":
            commit_unless_done()
        verify(self, generation, manifest)
        if moment == "after verifying":
            commit_unless_done()

    monkeypatch.setattr(FileVerifier, "verify", overtaken)
    snapshot = library.engine().snapshot()
    assert ids(snapshot, analyzer) == set("abcdefg")
    assert snapshot.generation == f"2.{4 + times}"
    writer.close()


def test_readers_see_whole_batches_while_commits_and_switches_go_on(
    library: Library, analyzer: Analyzer
) -> None:
    """Batches of ten: every total is a multiple of ten, whatever a reader hits upon."""
    library.build(some_articles(f"{number:04}" for number in range(10)))
    engine = library.engine()
    stop = threading.Event()
    every = Plan(query=Every(), filters=(), order=ByScore(), offset=0, limit=10_000)

    def read_on() -> list[int]:
        totals = []
        while not stop.is_set():
            matches = engine.snapshot().search(every, Deadline.never())
            assert matches.total == len(matches.hits)
            totals.append(matches.total)
        return totals

    with ThreadPoolExecutor(2) as pool:
        readers = [pool.submit(read_on) for _ in range(2)]
        try:
            for batch in range(1, 9):
                fresh = some_articles(f"{number:04}" for number in range(batch * 10, batch * 10 + 10))
                if batch % 3:
                    library.change(fresh, [])
                else:
                    library.build([*library.stored.values(), *fresh])
        finally:
            stop.set()
    for reader in readers:
        totals = reader.result()
        assert totals == sorted(totals)
        assert all(total % 10 == 0 for total in totals)
    assert engine.snapshot().search(every, Deadline.never()).total == 90


def test_dropped_snapshots_leave_no_file_open(library: Library, analyzer: Analyzer) -> None:
    engine = library.engine()
    counts = []
    for number in range(50):
        library.change(some_articles([f"new-{number % 7}"], seed=number), [])
        answers(engine, analyzer)
        segments = len(current(library.root).manifest().files) - 1
        # From Python 3.13 on a mapping needs no descriptor.
        counts.append(len(open_files_below(library.root)) - (0 if sys.version_info >= (3, 13) else segments))
    assert len(set(counts)) == 1
    engine.close()
    gc.collect()
    assert open_files_below(library.root) == []


def test_engines_that_come_and_go_leave_no_file_open(library: Library, analyzer: Analyzer) -> None:
    for _ in range(50):
        engine = library.engine()
        answers(engine, analyzer)
        engine.close()
    del engine
    assert open_files_below(library.root) == []


class Clock:
    """Seconds that go on only when told to."""

    def __init__(self) -> None:
        self.now = 5.0

    def __call__(self) -> float:
        return self.now


def test_a_pinned_state_answers_the_same_whatever_is_published(library: Library, analyzer: Analyzer) -> None:
    clock = Clock()
    engine = WhooshEngine(library.root, analyzer.version, Ranking(), clock)
    name = engine.snapshot().generation
    before = answers_of(engine.pin(name), analyzer)
    for number in range(12):
        library.change(some_articles([f"new-{number}"]), ["b"] if number == 0 else [])
        engine.snapshot()
    for seed in range(3):
        library.build(some_articles("xyz", seed=seed))
        engine.snapshot()
    clock.now += PIN_SECONDS - 1
    assert answers_of(engine.pin(name), analyzer) == before
    clock.now += PIN_SECONDS - 1
    gc.collect()
    assert answers_of(engine.pin(name), analyzer) == before, "each pin begins anew"


def test_a_pin_ends_with_its_time(library: Library, analyzer: Analyzer) -> None:
    clock = Clock()
    engine = WhooshEngine(library.root, analyzer.version, Ranking(), clock)
    name = engine.snapshot().generation
    engine.pin(name)
    library.change(some_articles("e"), [])
    clock.now += PIN_SECONDS
    assert engine.snapshot().generation != name
    with pytest.raises(SnapshotGone, match="start again from the first page"):
        engine.pin(name)


def test_a_state_that_nobody_pinned_is_gone_and_one_that_is_held_is_not(library: Library) -> None:
    engine = library.engine()
    held = engine.snapshot()
    for name in ("2.7", "nonsense", ""):
        with pytest.raises(SnapshotGone):
            engine.pin(name)
    library.change(some_articles("e"), [])
    newest = engine.snapshot().generation
    assert engine.pin(held.generation) is held, "a commit may come between a search and its pin"
    library.change(some_articles("f"), [])
    engine.snapshot()
    with pytest.raises(SnapshotGone):
        engine.pin(newest)


def test_only_so_many_states_are_pinned(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pins, "MAX_PINNED", 2)
    engine = library.engine()
    names = []
    for number in range(4):
        names.append(engine.snapshot().generation)
        engine.pin(names[-1])
        engine.pin(names[0])
        library.change(some_articles([f"n{number}"]), [])
    engine.snapshot()
    for name in (names[0], names[3]):
        assert engine.pin(name).generation == name
    with pytest.raises(SnapshotGone):
        engine.pin(names[1])


def test_what_is_pinned_goes_in_time_though_nothing_is_asked_of_it(library: Library) -> None:
    clock = Clock()
    engine = WhooshEngine(library.root, library.analyzer.version, Ranking(), clock)
    pinned = weakref.ref(engine.pin(engine.snapshot().generation))
    library.change(some_articles("e"), [])
    engine.snapshot()
    clock.now += PIN_SECONDS - 1
    engine.snapshot()
    gc.collect()
    assert pinned() is not None
    clock.now += 1
    engine.snapshot()
    gc.collect()
    assert pinned() is None


def test_a_name_that_comes_to_stand_for_another_state_is_gone(library: Library) -> None:
    clock = Clock()
    engine = WhooshEngine(library.root, library.analyzer.version, Ranking(), clock)
    first = engine.snapshot()
    engine.pin(first.generation)
    shutil.rmtree(library.root)
    library.build(some_articles("x"))
    library.build(some_articles("xyz"))
    second = engine.snapshot()
    assert second is not first
    assert second.generation == first.generation
    with pytest.raises(SnapshotGone):
        engine.pin(first.generation)
    clock.now += PIN_SECONDS
    assert engine.pin(second.generation) is second


def test_while_one_thread_verifies_a_commit_others_are_served_what_is_open(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = library.engine()
    before = engine.snapshot()
    verify, verifying, go_on = FileVerifier.verify, threading.Event(), threading.Event()

    def slowly(self: FileVerifier, generation: Generation, manifest: Manifest) -> None:
        verifying.set()
        assert go_on.wait(30)
        verify(self, generation, manifest)

    library.change(some_articles("e"), [])
    monkeypatch.setattr(FileVerifier, "verify", slowly)
    with ThreadPoolExecutor(2) as pool:
        try:
            first = pool.submit(engine.snapshot)
            assert verifying.wait(30)
            assert pool.submit(engine.snapshot).result(10) is before
        finally:
            go_on.set()
        assert first.result(30) is engine.snapshot()
    assert engine.snapshot().generation == "2.2"


def test_without_an_index_nothing_can_be_pinned(tmp_path: Path, analyzer: Analyzer) -> None:
    with pytest.raises(IndexUnavailable):
        Library(tmp_path / "index", analyzer).engine().pin("1.1")

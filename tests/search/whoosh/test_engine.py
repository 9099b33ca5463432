import gc
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from whoosh.filedb.filestore import FileStorage

from index.analysis.analyzer import Analyzer
from index.documents import to_document
from index.errors import GenerationDamaged
from index.generation import Generation, Manifest, current
from index.whoosh.files import FileVerifier
from search.errors import IndexUnavailable
from search.plan import Every, Order, Plan
from tests.engines import Library
from tests.index_states import answers, answers_of, ids, some_articles
from tests.reliability.faults import open_descriptors


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
    assert not folder.exists()
    assert answers_of(untouched, analyzer) == answers_of(asked, analyzer) == before
    assert ids(engine.snapshot(), analyzer) == set("xyz")


def test_a_snapshot_outlives_its_engine(library: Library, analyzer: Analyzer) -> None:
    engine = library.engine()
    snapshot = engine.snapshot()
    before = answers_of(snapshot, analyzer)
    engine.close()
    assert answers_of(snapshot, analyzer) == before
    assert answers(engine, analyzer) == before


def test_columns_of_an_unchanged_segment_are_used_again(library: Library) -> None:
    engine = library.engine()
    before = engine.snapshot().columns()
    library.change(some_articles("e"), ["a"])
    after = engine.snapshot().columns()
    [name] = before
    assert after[name] is before[name]
    assert len(after) == 2


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
        raise GenerationDamaged(generation.folder, "refused by the test")

    def never(*arguments: object, **named: object) -> None:
        pytest.fail("a file was opened that was not verified")

    monkeypatch.setattr(FileVerifier, "verify", refuse)
    monkeypatch.setattr(FileStorage, "open_file", never)
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
                writer.put(to_document(article, analyzer))
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
    every = Plan(query=Every(), filters=(), order=Order.NEWEST, offset=0, limit=10_000)

    def read_on() -> list[int]:
        totals = []
        while not stop.is_set():
            matches = engine.snapshot().search(every)
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
    assert engine.snapshot().search(every).total == 90


def test_dropped_snapshots_leave_no_file_open(library: Library, analyzer: Analyzer) -> None:
    gc.collect()  # what earlier tests left behind must not go away while this one counts
    engine = library.engine()
    counts = []
    for number in range(50):
        library.change(some_articles([f"new-{number % 7}"], seed=number), [])
        answers(engine, analyzer)
        segments = len(current(library.root).manifest().files) - 1
        counts.append(open_descriptors() - segments)
    assert len(set(counts)) == 1
    engine.close()
    gc.collect()
    assert open_descriptors() < counts[0] + segments


def test_engines_that_come_and_go_leave_no_file_open(library: Library, analyzer: Analyzer) -> None:
    gc.collect()
    before = open_descriptors()
    for _ in range(50):
        engine = library.engine()
        answers(engine, analyzer)
        engine.close()
    del engine
    assert open_descriptors() == before

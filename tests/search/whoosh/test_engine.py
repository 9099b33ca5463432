import gc
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from index.documents import to_document
from index.durable import sha256_of
from index.errors import GenerationDamaged
from index.generation import Generation, Manifest, current
from index.whoosh.files import FileVerifier
from search.errors import IndexUnavailable
from search.plan import Every, Order, Plan
from search.whoosh import engine as engine_module
from tests.engines import Library
from tests.index_states import answers, answers_of, ids, some_articles
from tests.reliability.faults import open_descriptors


@pytest.fixture
def library(tmp_path: Path, analyzer: Analyzer) -> Library:
    """Two generations: abc, and then abcd, which is live."""
    library = Library(tmp_path / "index", analyzer)
    library.build(some_articles("abc"))
    library.build(some_articles("abcd", seed=1))
    return library


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are verified from now on."""
    names: list[str] = []

    def recorded(path: Path) -> str:
        names.append(path.name)
        return sha256_of(path)

    monkeypatch.setattr("index.whoosh.files.sha256_of", recorded)
    return names


def damage(generation: Generation) -> None:
    [segment, *_] = generation.folder.glob("*.seg")
    os.truncate(segment, 100)


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


def test_a_damaged_generation_is_passed_over_for_the_one_before(
    library: Library, analyzer: Analyzer, caplog: pytest.LogCaptureFixture
) -> None:
    damage(current(library.root))
    engine = library.engine()
    assert engine.snapshot().generation == "1.1"
    assert ids(engine.snapshot(), analyzer) == set("abc")
    assert "passed over: the index generation gen-00000002 is damaged" in caplog.text
    assert len(caplog.records) == 1


def test_a_damaged_commit_is_noticed_by_an_engine_that_follows(library: Library, analyzer: Analyzer) -> None:
    engine = library.engine()
    assert ids(engine.snapshot(), analyzer) == set("abcd")
    library.change(some_articles("e"), [])
    live = current(library.root)
    newest = max(live.folder.glob("*.seg"), key=lambda path: path.stat().st_mtime_ns)
    os.truncate(newest, 10)
    assert engine.snapshot().generation == "1.1"


def test_a_fallback_ends_with_the_next_good_commit(library: Library, analyzer: Analyzer) -> None:
    """A file could not be read for a moment; what is published next is looked at again."""
    live = current(library.root)
    [segment] = live.folder.glob("*.seg")
    hidden = segment.rename(library.root / "hidden")
    engine = library.engine()
    assert engine.snapshot().generation == "1.1"
    hidden.rename(segment)
    library.change(some_articles("e"), [])
    assert engine.snapshot().generation == "2.2"


def test_an_engine_without_a_good_generation_looks_again_after_a_commit(
    tmp_path: Path, analyzer: Analyzer
) -> None:
    library = Library(tmp_path / "index", analyzer)
    library.build(some_articles("abc"))
    [segment] = current(library.root).folder.glob("*.seg")
    hidden = segment.rename(library.root / "hidden")
    engine = library.engine()
    with pytest.raises(IndexUnavailable, match="cannot be read"):
        engine.snapshot()
    hidden.rename(segment)
    library.change(some_articles("d"), [])
    assert ids(engine.snapshot(), analyzer) == set("abcd")


def test_without_a_good_generation_every_reason_is_named(library: Library) -> None:
    for folder in library.root.glob("gen-*"):
        damage(Generation(folder))
    engine = library.engine()
    for _ in range(3):
        with pytest.raises(IndexUnavailable, match=r"gen-00000002 is damaged.*; .*gen-00000001 is damaged"):
            engine.snapshot()


def test_what_was_refused_is_not_read_again_until_something_is_published(
    library: Library, analyzer: Analyzer, read: list[str]
) -> None:
    for folder in library.root.glob("gen-*"):
        (folder / "_MAIN_1.toc").write_bytes(b"")
    engine = library.engine()
    for _ in range(3):
        with pytest.raises(IndexUnavailable):
            engine.snapshot()
    assert read == []
    library.build(some_articles("xyz"))
    assert ids(engine.snapshot(), analyzer) == set("xyz")


@pytest.mark.parametrize(
    ("content", "generation"),
    [
        (b"", "2.1"),
        (b"gen-00000007\n", "2.1"),
        (b"\x80\xff", "2.1"),
        (b"gen-00000001\n", "1.1"),
    ],
    ids=["empty", "no such folder", "binary", "the generation before"],
)
def test_a_damaged_current_still_leads_to_a_good_generation(
    library: Library, content: bytes, generation: str
) -> None:
    engine = library.engine()
    engine.snapshot()
    (library.root / "CURRENT").write_bytes(content)
    assert engine.snapshot().generation == library.engine().snapshot().generation == generation


def test_without_current_the_newest_finished_generation_answers(library: Library) -> None:
    (library.root / "CURRENT").unlink()
    library.store().create().commit(1, 1.0)
    assert library.engine().snapshot().generation == "2.1"


@pytest.mark.parametrize(
    "other",
    [lambda manifest: replace(manifest, format="x"), lambda manifest: replace(manifest, analyzer="x")],
    ids=["format", "analyzer"],
)
def test_a_generation_of_another_version_is_passed_over(
    library: Library, other: Callable[[Manifest], Manifest]
) -> None:
    engine = library.engine()
    engine.snapshot()
    before, live = (Generation(library.root / f"gen-0000000{number}") for number in (1, 2))
    live.publish(other(live.manifest()))
    assert engine.snapshot().generation == library.engine().snapshot().generation == "1.1"
    before.publish(other(before.manifest()))
    with pytest.raises(
        IndexUnavailable, match=r"gen-00000002.*another version.*gen-00000001.*another version"
    ):
        engine.snapshot()


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
    monkeypatch.setattr(engine_module, "FileStorage", never)
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
    before = open_descriptors()
    for _ in range(50):
        engine = library.engine()
        answers(engine, analyzer)
        engine.close()
    del engine
    assert open_descriptors() == before

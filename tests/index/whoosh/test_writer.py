"""What WhooshWriter does beyond the laws of IndexWriter: the files it leaves, and how it fails."""

import gc
import logging
import os
import shutil
import tracemalloc
import warnings
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.analyzer import Analyzer
from index.article import Part
from index.documents import MAX_POSITIONS, IndexDocument
from index.durable import sha256_of
from index.errors import GenerationDamaged, StorageFailed
from index.generation import current
from index.whoosh import writer as writer_module
from index.whoosh.codec.positions import MAX_EXTENT, UNIT
from index.whoosh.codec.segment import ColumnarSegment
from index.whoosh.codec.segment_reader import SegmentReader, open_segment
from index.whoosh.segments import BATCH_CHARACTERS, BATCH_DOCUMENTS, in_batches, opened, written_segment
from index.whoosh.toc import read_segments
from index.whoosh.writer import WhooshWriter
from index.writer import START_AVERAGE_LENGTH
from tests.engines import Library, make_article
from tests.index_states import answers, assert_same, ids, live_writer, some_articles
from tests.reliability.faults import files_at_most, open_files_below


@pytest.fixture
def library(tmp_path: Path, analyzer: Analyzer) -> Library:
    library = Library(tmp_path / "index", analyzer)
    library.build(some_articles("abc"))
    return library


def names(library: Library) -> set[str]:
    return {path.name for path in current(library.root).folder.iterdir()}


def segments(library: Library) -> Sequence[ColumnarSegment]:
    live = current(library.root)
    return read_segments(live.folder, live.manifest())


def test_the_folder_holds_the_manifest_and_what_it_names(library: Library) -> None:
    for seed in range(8):
        library.change(some_articles("abcd", seed=seed), [])
        manifest = current(library.root).manifest()
        assert names(library) == {"manifest.json", *(file.name for file in manifest.files)}
        assert manifest.articles == len(library.stored)


def test_segments_are_merged(library: Library) -> None:
    counts = []
    for number in range(30):
        library.change(some_articles([f"article-{number}"]), [])
        counts.append(len(segments(library)))
    assert max(counts) == 10
    assert counts[6] == 1, "eight of one tier are merged at once"


def test_optimising_leaves_one_segment_without_deleted_documents(
    library: Library, analyzer: Analyzer
) -> None:
    library.change(some_articles("defgh"), [])
    library.change([], ["d"])
    before = answers(library.engine(), analyzer)
    assert [entry.deleted_count() for entry in segments(library)] == [0, 1]
    with closing(library.store().live()) as writer:
        writer.optimise()
        assert len(segments(library)) == 2, "nothing happens before the commit"
        writer.commit(writer.sequence, writer.average_length)
        assert [(entry.doc_count_all(), entry.deleted_count()) for entry in segments(library)] == [(7, 0)]
        after = answers(library.engine(), analyzer)
        assert {q: {name for name, _ in found} for q, found in after.items()} == {
            q: {name for name, _ in found} for q, found in before.items()
        }
        writer.put(library.document(some_articles("z")[0]), 9)
        writer.commit(writer.sequence, writer.average_length)
        assert len(segments(library)) == 2, "the next commit does not optimise"
    assert ids(library.engine().snapshot(), analyzer) == set("abcefghz")


def test_a_merged_segment_is_as_large_as_its_members_were_said_to_be(library: Library) -> None:
    """The article that is deleted is longer than the others: they have less than their share by number."""
    bodies = {"a": "政", "b": "政" * 3_000, "c": "政" * 300, "d": "政" * 700, "e": "策"}
    library.build(make_article(name, body) for name, body in bodies.items())
    library.change([], ["b"])
    sizes = []
    for step in (library.optimise, library.optimise):
        live = current(library.root)
        sizes += [opened(live.folder, entry).size for entry in read_segments(live.folder, live.manifest())]
        step()
    assert [(size.documents, size.deleted) for size in sizes] == [(5, 1), (4, 0)]
    assert sizes[0].positions == sizes[1].positions > 0


def test_no_batch_has_more_positions_than_a_segment_can_number() -> None:
    gaps = len(Part) + UNIT
    assert BATCH_CHARACTERS + BATCH_DOCUMENTS * gaps <= MAX_EXTENT
    assert MAX_POSITIONS + gaps <= MAX_EXTENT


def test_a_segment_that_lost_all_documents_is_dropped(library: Library) -> None:
    library.change(some_articles("d"), [])
    library.change([], ["d"])
    assert [entry.doc_count_all() for entry in segments(library)] == [3]


def test_documents_and_their_lengths_are_counted(library: Library) -> None:
    def counted() -> tuple[int, float]:
        with closing(library.store().live()) as writer:
            return writer.documents, writer.measured_average

    def expected() -> tuple[int, float]:
        lengths = [library.document(article).length for article in library.stored.values()]
        return len(lengths), sum(lengths) / len(lengths)

    library.change(some_articles("defgh"), [])
    assert counted() == expected()
    library.change(some_articles("ad", seed=1), ["e"])
    assert counted() == expected()
    with closing(library.store().live()) as writer:
        writer.put(library.document(some_articles("z")[0]), 9)
        assert (writer.documents, writer.measured_average) == expected(), "those of the last commit"
    library.build([])
    assert counted() == (0, START_AVERAGE_LENGTH)


def test_the_average_length_is_kept_with_the_commit(library: Library) -> None:
    with live_writer(library.store()) as writer:
        writer.commit(17, 12.5)
        assert writer.average_length == 12.5
    with live_writer(library.store()) as writer:
        assert writer.average_length == 12.5


def test_scores_depend_on_the_average_length_of_the_commit(library: Library, analyzer: Analyzer) -> None:
    library.build(some_articles("abcdef"))
    engine = library.engine()
    before = answers(engine, analyzer)
    with live_writer(library.store()) as writer:
        writer.commit(9, START_AVERAGE_LENGTH / 10)
    other = answers(engine, analyzer)
    with live_writer(library.store()) as writer:
        writer.commit(10, START_AVERAGE_LENGTH)
    assert answers(engine, analyzer) == before
    assert other["武汉"] != before["武汉"]


def test_an_optimised_index_scores_as_one_without_the_deleted(library: Library, analyzer: Analyzer) -> None:
    """What was deleted is too little to be merged away by itself."""
    library.build(some_articles(f"{number:02}" for number in range(40)))
    library.change(some_articles(["01"], seed=1), ["07"])
    engine = library.engine()
    stale = answers(engine, analyzer)
    library.optimise()
    optimised = answers(engine, analyzer)
    library.optimise()
    assert answers(engine, analyzer) == optimised
    library.build(list(library.stored.values()))
    assert_same(optimised, answers(engine, analyzer))
    assert stale != optimised


def test_a_commit_touches_only_what_it_writes(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that its cost does not grow with the index: old files are neither opened nor read."""
    library.change(some_articles("defgh"), [])
    old = {path.name for path in current(library.root).folder.iterdir()}
    with closing(library.store().live()) as writer:
        writer.put(library.document(some_articles("z")[0]), 9)
        hashed: list[str] = []
        opened: list[str] = []
        synced: list[int] = []

        def hash_file(path: Path) -> str:
            hashed.append(path.name)
            return sha256_of(path)

        def open_file(path: Path) -> SegmentReader:
            opened.append(path.name)
            return open_segment(path)

        monkeypatch.setattr("index.whoosh.files.sha256_of", hash_file)
        monkeypatch.setattr("index.whoosh.segments.open_segment", open_file)
        monkeypatch.setattr(os, "fsync", synced.append)
        writer.commit(9, writer.average_length)
    assert len(opened) == 1
    assert hashed == opened
    assert not set(opened) & old
    assert len(synced) == 5


@given(st.lists(st.integers(0, 40), max_size=30))
def test_documents_are_written_in_bounded_batches(sizes: list[int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.whoosh.segments.BATCH_DOCUMENTS", 5)
        patch.setattr("index.whoosh.segments.BATCH_CHARACTERS", 50)
        documents = [document(str(number), "政" * size) for number, size in enumerate(sizes)]
        batches = list(in_batches(documents))
    assert [doc for batch in batches for doc in batch] == documents
    for batch in batches:
        assert 1 <= len(batch) <= 5
        assert len(batch) == 1 or sum(len(doc.characters[Part.BODY]) for doc in batch) <= 50


def test_writing_a_batch_takes_a_bounded_memory(tmp_path: Path) -> None:
    random = Random(1)
    letters = [chr(0x4E00 + int(random.expovariate(0.005))) for _ in range(50_000)]
    bodies = ("".join(random.choices(letters, k=2_048)) for _ in range(BATCH_CHARACTERS // 2_048))
    documents = [document(str(number), body) for number, body in enumerate(bodies)]
    tracemalloc.start()
    try:
        written_segment(tmp_path, documents)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 400_000_000


def document(name: str, body: str) -> IndexDocument:
    return IndexDocument(id=name, characters={Part.BODY: body}, words={}, keywords={}, dates={}, cluster=None)


def test_one_commit_of_several_batches_is_one_state(
    library: Library, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.whoosh.segments.BATCH_DOCUMENTS", 2)
    library.build(some_articles("abcde"))
    assert [entry.doc_count_all() for entry in segments(library)] == [2, 2, 1]
    assert ids(library.engine().snapshot(), analyzer) == set("abcde")


def test_left_overs_of_an_interrupted_commit_are_swept(library: Library, analyzer: Analyzer) -> None:
    folder = current(library.root).folder
    for name in ("_MAIN_2.toc", "MAIN_1234567890abcdef.seg", ".manifest.json.x.new", "_MAIN_2.toc.17"):
        (folder / name).write_bytes(b"half")
    half = names(library)
    library.store().live().close()
    assert names(library) == half, "opening is no writing: another process may be at it"
    library.change(some_articles("d"), [])
    manifest = current(library.root).manifest()
    assert names(library) == {"manifest.json", *(file.name for file in manifest.files)}
    assert ids(library.engine().snapshot(), analyzer) == set("abcd")


def fail(*arguments: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_commit_that_cannot_be_written_is_reported_and_the_old_state_stays(
    library: Library, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before = answers(library.engine(), analyzer)
    writer = library.store().live()
    writer.put(library.document(some_articles("d")[0]), 9)
    with monkeypatch.context() as patch:
        patch.setattr(os, step, fail)
        with pytest.raises(StorageFailed, match=r"No space left.*the articles are safe: free some space"):
            writer.commit(9, writer.average_length)
    writer.close()
    assert answers(library.engine(), analyzer) == before
    library.change(some_articles("d"), [])
    assert ids(library.engine().snapshot(), analyzer) == set("abcd")


def test_files_that_cannot_be_swept_wait_for_the_next_commit(
    library: Library, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    writer = library.store().live()
    writer.put(library.document(some_articles("d")[0]), 9)
    writer.commit(8, writer.average_length)
    with monkeypatch.context() as patch:
        patch.setattr(writer_module, "sweep", fail)
        with caplog.at_level(logging.WARNING):
            assert writer.commit(9, writer.average_length) == "1.3"
    assert "files of older commits stay" in caplog.text
    assert "_MAIN_2.toc" in names(library)
    writer.commit(10, writer.average_length)
    assert "_MAIN_2.toc" not in names(library)
    writer.close()


def test_a_folder_that_cannot_be_swept_cannot_be_written_to(
    library: Library, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an interrupted commit left behind would stay for ever, and fill the disk."""
    before = answers(library.engine(), analyzer)
    monkeypatch.setattr(writer_module, "sweep", fail)
    writer = library.store().live()
    with pytest.raises(StorageFailed, match="No space left"):
        writer.commit(9, writer.average_length)
    writer.close()
    assert answers(library.engine(), analyzer) == before


def test_a_generation_that_cannot_be_removed_stays_until_the_next_one(
    library: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    library.store().create().close()
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", fail)
        library.store().create().close()
        assert "what was begun and not finished stays" in caplog.text
    assert len(list(library.root.glob("new-gen-*"))) == 2
    library.store().create().close()
    assert len(list(library.root.glob("new-gen-*"))) == 1


@pytest.mark.parametrize("size", [0, 300, 3_000, 10_000, 20_000], ids=lambda size: f"{size} bytes")
def test_a_failed_commit_leaves_no_file_open(library: Library, analyzer: Analyzer, size: int) -> None:
    """Else what waits in their buffers is written, or lost with a warning, at some later moment."""
    writer = library.store().live()
    for article in some_articles(map(str, range(300))):
        writer.put(library.document(article), 9)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with files_at_most(size), pytest.raises(StorageFailed):
            writer.commit(9, writer.average_length)
        writer.close()
        gc.collect()
    assert [str(warning.message) for warning in caught] == []
    assert open_files_below(library.root) == []


def test_a_new_writer_covers_nothing(tmp_path: Path, analyzer: Analyzer) -> None:
    writer = Library(tmp_path / "index", analyzer).store().create()
    assert isinstance(writer, WhooshWriter)
    assert writer.sequence == 0
    writer.close()


def test_damage_does_not_come_into_a_merged_segment(library: Library) -> None:
    """Verified when it was opened, and changed on the disk since."""
    with closing(library.store().live()) as writer:
        writer.put(library.document(some_articles("d")[0]), 9)
        writer.optimise()
        [path] = current(library.root).folder.glob("*.seg")
        ids_at = path.read_bytes().index(b"abc")
        with path.open("r+b") as file:
            file.seek(ids_at)
            file.write(b"x")
        with pytest.raises(GenerationDamaged, match=r"MAIN_\w+\.seg is damaged"):
            writer.commit(9, writer.average_length)

"""What WhooshWriter does beyond the laws of IndexWriter: the files it leaves, and how it fails."""

import gc
import logging
import os
import shutil
import warnings
from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from index.documents import to_document
from index.errors import StorageFailed
from index.generation import current
from index.whoosh import writer as writer_module
from index.whoosh.writer import WhooshWriter
from tests.engines import Library
from tests.index_states import answers, ids, some_articles
from tests.reliability.faults import files_at_most, open_descriptors


@pytest.fixture
def library(tmp_path: Path, analyzer: Analyzer) -> Library:
    library = Library(tmp_path / "index", analyzer)
    library.build(some_articles("abc"))
    return library


def names(library: Library) -> set[str]:
    return {path.name for path in current(library.root).folder.iterdir()}


def test_the_folder_holds_the_manifest_and_what_it_names(library: Library) -> None:
    for seed in range(8):
        library.change(some_articles("abcd", seed=seed), [])
        manifest = current(library.root).manifest()
        assert names(library) == {"manifest.json", *(file.name for file in manifest.files)}
        assert manifest.articles == len(library.stored)


def test_segments_are_merged(library: Library) -> None:
    most = 0
    for number in range(30):
        library.change(some_articles([f"article-{number}"]), [])
        most = max(most, sum(name.endswith(".seg") for name in names(library)))
    assert 1 < most < 10


def test_left_overs_of_an_interrupted_commit_are_swept(library: Library, analyzer: Analyzer) -> None:
    folder = current(library.root).folder
    for name in ("_MAIN_2.toc", "MAIN_1234567890abcdef.seg", ".manifest.json.x.new", "_MAIN_2.toc.17"):
        (folder / name).write_bytes(b"half")
    (folder / "MAIN.tmp").mkdir()
    (folder / "MAIN.tmp" / "pool").touch()
    half = names(library)
    library.store().live().close()
    assert names(library) == half, "opening is no writing: another process may be at it"
    library.change(some_articles("d"), [])
    manifest = current(library.root).manifest()
    assert names(library) == {"manifest.json", *(file.name for file in manifest.files)}
    assert ids(library.engine().snapshot(), analyzer) == set("abcd")


def fail(*arguments: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("step", ["fsync", "replace", "rename"])
def test_a_commit_that_cannot_be_written_is_reported_and_the_old_state_stays(
    library: Library, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before = answers(library.engine(), analyzer)
    writer = library.store().live()
    writer.put(to_document(some_articles("d")[0], analyzer))
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
    writer.put(to_document(some_articles("d")[0], analyzer))
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
    """Whoosh would take what an interrupted commit left behind for the newest state."""
    before = answers(library.engine(), analyzer)
    monkeypatch.setattr(writer_module, "sweep", fail)
    writer = library.store().live()
    with pytest.raises(StorageFailed, match="No space left"):
        writer.commit(9, writer.average_length)
    writer.close()
    assert answers(library.engine(), analyzer) == before


def test_a_generation_that_cannot_be_removed_stays_until_the_next_one(
    library: Library, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    writer = library.store().create()
    writer.commit(9, writer.average_length)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", fail)
        writer.close()
        assert "what was built stays" in caplog.text
        library.store().create().commit(9, 1.0)
        assert "what was begun and not finished stays" in caplog.text
    assert len(list(library.root.glob("new-gen-*"))) == 2
    library.store().create().close()
    assert not list(library.root.glob("new-gen-*"))


@pytest.mark.parametrize("size", [0, 300, 3_000, 10_000, 30_000, 100_000], ids=lambda size: f"{size} bytes")
def test_a_failed_commit_leaves_no_file_open(library: Library, analyzer: Analyzer, size: int) -> None:
    """Else what waits in their buffers is written, or lost with a warning, at some later moment."""
    open_before = open_descriptors()
    writer = library.store().live()
    for article in some_articles(map(str, range(300))):
        writer.put(to_document(article, analyzer))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with files_at_most(size), pytest.raises(StorageFailed):
            writer.commit(9, writer.average_length)
        writer.close()
        gc.collect()
    assert [str(warning.message) for warning in caught] == []
    assert open_descriptors() == open_before


def test_a_new_writer_covers_nothing(tmp_path: Path, analyzer: Analyzer) -> None:
    writer = Library(tmp_path / "index", analyzer).store().create()
    assert isinstance(writer, WhooshWriter)
    assert writer.sequence == 0
    writer.close()

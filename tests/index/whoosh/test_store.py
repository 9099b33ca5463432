import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index import generation as generations
from index.analysis.analyzer import Analyzer
from index.documents import IndexDocument
from index.durable import sha256_of
from index.errors import GenerationDamaged, GenerationStale, StorageFailed
from index.generation import Generation, Manifest, current
from index.whoosh.files import FileVerifier
from index.whoosh.published import FORMAT
from index.whoosh.store import WhooshStore
from tests.engines import Library
from tests.index_states import answers, ids, some_articles
from tests.reliability.faults import failing_with, passing_errors


@pytest.fixture
def library(tmp_path: Path, analyzer: Analyzer) -> Library:
    library = Library(tmp_path / "index", analyzer)
    library.build(some_articles("abc"))
    return library


def segment(generation: Generation) -> Path:
    [path] = generation.folder.glob("*.seg")
    return path


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda live: os.truncate(segment(live), 10), "another size"),
        (lambda live: segment(live).unlink(), r"MAIN_\w+\.seg is missing"),
        (lambda live: (live.folder / "_MAIN_1.toc").write_bytes(b""), "another size"),
        (lambda live: live.manifest_path.unlink(), "manifest.json is missing"),
        (lambda live: live.manifest_path.write_bytes(b"{}"), "its own checksum"),
    ],
    ids=["cut segment", "missing segment", "empty TOC", "missing manifest", "another manifest"],
)
def test_a_damaged_generation_is_not_written_to(
    library: Library, damage: Callable[[Generation], object], reason: str
) -> None:
    damage(current(library.root))
    with pytest.raises(GenerationDamaged, match=reason):
        library.store().live()


@pytest.mark.parametrize("older", ["whoosh-0", "whoosh-2"])
def test_an_index_of_another_format_is_stale(library: Library, older: str) -> None:
    live = current(library.root)
    live.publish(replace(live.manifest(), format=older))
    with pytest.raises(GenerationStale, match=rf"{older} .*{FORMAT}"):
        library.store().live()


def test_a_store_reads_what_it_wrote_itself_once(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def recorded(path: Path) -> str:
        read.append(path.name)
        return sha256_of(path)

    monkeypatch.setattr("index.whoosh.files.sha256_of", recorded)
    store = library.store()
    for _ in range(3):
        store.live().close()
    assert sorted(read) == sorted(file.name for file in current(library.root).manifest().files)


@passing_errors
def test_files_that_cannot_be_read_now_are_neither_damaged_nor_set_aside(
    library: Library, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    before = answers(library.engine(), analyzer)
    with monkeypatch.context() as patch:
        patch.setattr("index.whoosh.files.sha256_of", failing_with(code))
        for step in (library.store().live, library.store().verify):
            with pytest.raises(StorageFailed, match=os.strerror(code)):
                step()
    library.store().live().close()
    assert answers(library.engine(), analyzer) == before


def test_verifying_reads_again_what_was_verified_before(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk may lose a bit without telling anybody."""
    store = library.store()
    store.live().close()
    monkeypatch.setattr("index.whoosh.files.sha256_of", lambda _: "0" * 64)
    store.live().close()
    with pytest.raises(GenerationDamaged, match="does not match its checksum"):
        store.verify()


def test_a_generation_that_a_rebuild_removes_while_it_is_verified_is_not_damaged(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    verify = FileVerifier.verify
    rebuilds = iter(range(3))

    def rebuild_first(self: FileVerifier, generation: Generation, manifest: Manifest) -> None:
        if next(rebuilds, None) is not None:
            library.build(some_articles("abc"))
            library.build(some_articles("abcd"))
        verify(self, generation, manifest)

    monkeypatch.setattr(FileVerifier, "verify", rebuild_first)
    contents = library.store().verify()
    assert (contents.generation, contents.ids) == ("7.1", frozenset("abcd"))


@pytest.mark.parametrize("step", ["create", "make_live", "set_aside"])
def test_a_full_disk_is_reported_as_such(
    library: Library, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before = answers(library.engine(), analyzer)
    store = library.store()
    writer = store.create()
    writer.commit(4, 1.0)

    def fail(*arguments: object, **named: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "mkdir" if step == "create" else "rename", fail)
        with pytest.raises(StorageFailed, match="No space left"):
            {
                "create": store.create,
                "make_live": lambda: store.make_live(writer),
                "set_aside": store.set_aside,
            }[step]()
    writer.close()
    assert answers(library.engine(), analyzer) == before


def test_older_generations_that_cannot_be_removed_stay(
    library: Library, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    library.build(some_articles("ab"))

    def fail(*arguments: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", fail)
        library.build(some_articles("a"))
    assert "older generations stay" in caplog.text
    assert ids(library.engine().snapshot(), analyzer) == {"a"}
    assert len(list(generations.newest_first(library.root))) == 3
    library.build(some_articles("a"))
    assert len(list(generations.newest_first(library.root))) == 2


def test_only_writers_of_this_store_are_made_live(library: Library) -> None:
    class Other:
        sequence = documents = 0
        average_length = measured_average = 1.0
        entry = None

        def put(self, document: IndexDocument, sequence: int) -> None: ...

        def delete(self, document_id: str, sequence: int) -> None: ...

        def optimise(self) -> None: ...

        def commit(self, sequence: int, average_length: float, entry: str | None = None) -> str:
            return f"{sequence}.{average_length}.{entry}"

        def close(self) -> None: ...

    with pytest.raises(TypeError, match="Other is not a writer of this store"):
        WhooshStore(library.root, "x").make_live(Other())

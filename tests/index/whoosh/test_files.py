import os
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from index.durable import sha256_of
from index.errors import GenerationDamaged, StorageFailed
from index.generation import Generation, IndexFile, Manifest
from index.whoosh import files
from index.whoosh.files import FileVerifier, KeepingStorage, live_names, seal, sweep
from index.whoosh.schema import schema
from tests.reliability.faults import failing_with, passing_errors

CONTENTS = {"a.seg": b"first", "b.seg": b"other", "_MAIN_3.toc": b""}


@pytest.fixture
def generation(tmp_path: Path) -> Generation:
    folder = tmp_path / "gen-00000001"
    folder.mkdir()
    for name, data in CONTENTS.items():
        (folder / name).write_bytes(data)
    return Generation(folder)


def manifest(*named: IndexFile) -> Manifest:
    return Manifest(
        format="f", analyzer="a", commit=3, sequence=1, articles=1, average_length=1.0, files=named
    )


def sealed(generation: Generation) -> tuple[IndexFile, ...]:
    return seal(generation.folder, CONTENTS, known=())


def test_sealing_gives_name_size_and_sha256_in_order(generation: Generation) -> None:
    assert sealed(generation) == tuple(
        IndexFile(name, len(data), sha256(data).hexdigest()) for name, data in CONTENTS.items()
    )


def test_sealing_puts_each_file_and_then_the_names_on_the_disk(
    generation: Generation, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: synced.append(os.fstat(descriptor).st_ino))
    sealed(generation)
    inodes = [(generation.folder / name).stat().st_ino for name in CONTENTS]
    assert synced == [*inodes, generation.folder.stat().st_ino]


def test_a_file_that_was_sealed_before_is_not_read_again(
    generation: Generation, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = seal(generation.folder, ["a.seg"], known=())
    read: list[str] = []

    def recorded(path: Path) -> str:
        read.append(path.name)
        return "0" * 64

    monkeypatch.setattr("index.whoosh.files.sha256_of", recorded)
    again = seal(generation.folder, ["b.seg", "a.seg"], known)
    assert read == ["b.seg"]
    assert again == (IndexFile("b.seg", 5, "0" * 64), *known)


def test_a_file_that_is_not_there_cannot_be_sealed(generation: Generation) -> None:
    with pytest.raises(FileNotFoundError):
        seal(generation.folder, ["c.seg"], known=())


def test_sweeping_leaves_the_manifest_and_what_it_names(generation: Generation) -> None:
    named = seal(generation.folder, ["a.seg"], known=())
    generation.manifest_path.touch()
    (generation.folder / ".manifest.json.x.new").touch()
    leftover = generation.folder / "MAIN.tmp"
    leftover.mkdir()
    (leftover / "pool").touch()
    sweep(generation.folder, manifest(*named))
    assert sorted(path.name for path in generation.folder.iterdir()) == ["a.seg", "manifest.json"]


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[0] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (flip, "does not match its checksum"),
        (lambda path: path.write_bytes(path.read_bytes()[:-1]), "another size"),
        (lambda path: path.write_bytes(path.read_bytes() + b"x"), "another size"),
        (lambda path: path.unlink(), "is missing"),
        (lambda path: shutil.copy(path.with_name("b.seg"), path), "does not match its checksum"),
    ],
    ids=["flipped bit", "cut", "longer", "missing", "another file"],
)
def test_a_damaged_file_is_named(
    generation: Generation, damage: Callable[[Path], object], reason: str
) -> None:
    named = manifest(*sealed(generation))
    FileVerifier().verify(generation, named)
    damage(generation.folder / "a.seg")
    with pytest.raises(GenerationDamaged, match=rf"gen-00000001 is damaged: a\.seg.*{reason}") as caught:
        FileVerifier().verify(generation, named)
    assert caught.value.folder == generation.folder


@passing_errors
def test_a_file_that_cannot_be_read_now_is_no_damage(
    generation: Generation, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    named = manifest(*sealed(generation))
    verifier = FileVerifier()
    with monkeypatch.context() as patch:
        patch.setattr("index.whoosh.files.sha256_of", failing_with(code))
        with pytest.raises(StorageFailed, match=os.strerror(code)):
            verifier.verify(generation, named)
    verifier.verify(generation, named)


def test_a_file_that_was_changed_after_it_was_verified_is_read_again(generation: Generation) -> None:
    named = manifest(*sealed(generation))
    verifier = FileVerifier()
    verifier.verify(generation, named)
    flip(generation.folder / "a.seg")
    with pytest.raises(GenerationDamaged, match="does not match its checksum"):
        verifier.verify(generation, named)
    flip(generation.folder / "a.seg")
    verifier.verify(generation, named)
    (generation.folder / "b.seg").unlink()
    with pytest.raises(GenerationDamaged, match=r"b\.seg is missing"):
        verifier.verify(generation, named)


def test_each_file_is_read_once(generation: Generation, monkeypatch: pytest.MonkeyPatch) -> None:
    first = sealed(generation)
    (generation.folder / "c.seg").write_bytes(b"new")
    second = seal(generation.folder, ["c.seg", "b.seg"], first)
    read: list[str] = []

    def recorded(path: Path) -> str:
        read.append(path.name)
        return sha256_of(path)

    monkeypatch.setattr("index.whoosh.files.sha256_of", recorded)
    verifier = FileVerifier()
    for named in (first, first, second, second):
        verifier.verify(generation, manifest(*named))
    assert read == [*CONTENTS, "c.seg"]


def test_what_failed_once_is_read_again(generation: Generation) -> None:
    named = manifest(*sealed(generation))
    flip(generation.folder / "a.seg")
    verifier = FileVerifier()
    with pytest.raises(GenerationDamaged):
        verifier.verify(generation, named)
    flip(generation.folder / "a.seg")
    verifier.verify(generation, named)


def test_a_verifier_forgets_files_that_are_no_longer_named(generation: Generation) -> None:
    verifier = FileVerifier()
    known: tuple[IndexFile, ...] = ()
    for commit in range(50):
        (generation.folder / f"{commit}.seg").write_bytes(b"x")
        known = seal(generation.folder, [f"{commit}.seg"], known)
        verifier.verify(generation, manifest(*known))
    assert len(verifier._verified) == 1


def test_a_deleted_file_stays_until_it_is_swept(generation: Generation) -> None:
    KeepingStorage(str(generation.folder)).delete_file("a.seg")
    assert (generation.folder / "a.seg").read_bytes() == CONTENTS["a.seg"]


def test_stock_storage_deletes_at_once(generation: Generation) -> None:
    """The control of the test before."""
    FileStorage(str(generation.folder)).delete_file("a.seg")
    assert not (generation.folder / "a.seg").exists()


def test_an_empty_index_is_its_toc(tmp_path: Path) -> None:
    storage = KeepingStorage(str(tmp_path))
    TOC.create(storage, schema(), files.INDEX_NAME)
    names = live_names(TOC.read(storage, files.INDEX_NAME, schema=schema()))
    assert names == (files.toc_name(0),)
    assert [path.name for path in tmp_path.iterdir()] == [files.toc_name(0)]

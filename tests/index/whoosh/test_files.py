import os
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from index.durable import sha256_of
from index.errors import GenerationDamaged, StorageFailed
from index.generation import Generation, IndexFile, Manifest
from index.whoosh.files import FileVerifier, described, sweep, written
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


def described_all(generation: Generation) -> tuple[IndexFile, ...]:
    return described((generation.folder / name for name in CONTENTS), known=())


def test_files_are_described_by_name_size_and_sha256_in_order(generation: Generation) -> None:
    assert described_all(generation) == tuple(
        IndexFile(name, len(data), sha256(data).hexdigest()) for name, data in CONTENTS.items()
    )


def test_a_written_file_is_on_the_disk_and_described(
    generation: Generation, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[tuple[int, int]] = []

    def recorded(descriptor: int) -> None:
        status = os.fstat(descriptor)
        synced.append((status.st_ino, status.st_size))

    monkeypatch.setattr(os, "fsync", recorded)
    path = generation.folder / "c.toc"
    assert written(path, b"bytes") == IndexFile("c.toc", 5, sha256(b"bytes").hexdigest())
    assert path.read_bytes() == b"bytes"
    assert synced == [(path.stat().st_ino, 5)]


def test_a_file_that_is_known_is_not_read_again(
    generation: Generation, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = described([generation.folder / "a.seg"], known=())
    read: list[str] = []

    def recorded(path: Path) -> str:
        read.append(path.name)
        return "0" * 64

    monkeypatch.setattr("index.whoosh.files.sha256_of", recorded)
    again = described((generation.folder / name for name in ("b.seg", "a.seg")), known)
    assert read == ["b.seg"]
    assert again == (IndexFile("b.seg", 5, "0" * 64), *known)


def test_a_file_that_is_not_there_cannot_be_described(generation: Generation) -> None:
    with pytest.raises(FileNotFoundError):
        described([generation.folder / "c.seg"], known=())


def test_sweeping_leaves_the_manifest_and_what_it_names(generation: Generation) -> None:
    named = described([generation.folder / "a.seg"], known=())
    generation.manifest_path.touch()
    (generation.folder / ".manifest.json.x.new").touch()
    (generation.folder / "lost+found" / "deep").mkdir(parents=True)
    (generation.folder / "link").symlink_to(generation.folder.parent)
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
    named = manifest(*described_all(generation))
    FileVerifier().verify(generation, named)
    damage(generation.folder / "a.seg")
    with pytest.raises(GenerationDamaged, match=rf"gen-00000001 is damaged: a\.seg.*{reason}") as caught:
        FileVerifier().verify(generation, named)
    assert caught.value.name == "gen-00000001"


@passing_errors
def test_a_file_that_cannot_be_read_now_is_no_damage(
    generation: Generation, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    named = manifest(*described_all(generation))
    verifier = FileVerifier()
    with monkeypatch.context() as patch:
        patch.setattr("index.whoosh.files.sha256_of", failing_with(code))
        with pytest.raises(StorageFailed, match=os.strerror(code)):
            verifier.verify(generation, named)
    verifier.verify(generation, named)


def test_a_file_that_was_changed_after_it_was_verified_is_read_again(generation: Generation) -> None:
    named = manifest(*described_all(generation))
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
    first = described_all(generation)
    (generation.folder / "c.seg").write_bytes(b"new")
    second = described((generation.folder / name for name in ("c.seg", "b.seg")), first)
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
    named = manifest(*described_all(generation))
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
        known = described([generation.folder / f"{commit}.seg"], known)
        verifier.verify(generation, manifest(*known))
    assert len(verifier._verified) == 1


def test_a_verifier_forgets_generations_that_are_gone(tmp_path: Path) -> None:
    verifier = FileVerifier()
    generations = [Generation(tmp_path / f"gen-{number:08}") for number in range(1, 4)]
    for generation in generations:
        generation.folder.mkdir()
        (generation.folder / "a.seg").write_bytes(b"x")
        verifier.verify(generation, manifest(*described([generation.folder / "a.seg"], known=())))
    assert len(verifier._verified) == 3
    shutil.rmtree(generations[0].folder)
    verifier.verify(generations[2], manifest(*described([generations[2].folder / "a.seg"], known=())))
    assert {folder for folder, _ in verifier._verified} == {one.folder for one in generations[1:]}

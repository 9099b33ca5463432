"""The files of a Whoosh generation: put on the disk before they are named, verified before they are used."""

import os
import shutil
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final

from index.durable import sha256_of
from index.errors import GenerationDamaged
from index.file_state import FileState
from index.generation import Generation, IndexFile, Manifest

COPIED: Final = 1 << 20
"""Bytes that are copied at a time."""


def written(path: Path, data: bytes) -> IndexFile:
    """Write a file, put its bytes on the disk, and describe it. Raises OSError."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return IndexFile(path.name, len(data), sha256(data).hexdigest())


def copy_verified(file: IndexFile, source: Generation, target: Generation) -> None:
    """Copy a file of a generation to the disk of another one, checked on the way.

    Raises GenerationDamaged, StorageFailed where it cannot be read now, and OSError where not written.
    """
    checksum = sha256()
    with source.reading():
        original = (source.folder / file.name).open("rb")
    with original, (target.folder / file.name).open("xb") as copy:
        while block := _read(original, source):
            checksum.update(block)
            copy.write(block)
        copy.flush()
        os.fsync(copy.fileno())
    if checksum.hexdigest() != file.sha256:
        raise GenerationDamaged(source.folder.name, f"{file.name} does not match its checksum")


def _read(file: BinaryIO, generation: Generation) -> bytes:
    with generation.reading():
        return file.read(COPIED)


def described(paths: Iterable[Path], known: Iterable[IndexFile]) -> tuple[IndexFile, ...]:
    """The files, whose bytes are on the disk; `known` ones never change and are not read. Raises OSError."""
    already = {file.name: file for file in known}
    return tuple(
        already.get(path.name) or IndexFile(path.name, path.stat().st_size, sha256_of(path)) for path in paths
    )


def sweep(folder: Path, manifest: Manifest) -> None:
    """Remove what the manifest does not name: files of older commits, and of a commit that never ended.

    Raises OSError.
    """
    named = {file.name for file in manifest.files} | {"manifest.json"}
    for path in folder.iterdir():
        if path.name in named:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


class FileVerifier:
    """Checks the files of generations against their manifests.

    A file is read once in the life of the verifier, and again when something was done to it since.
    """

    def __init__(self) -> None:
        self._verified: dict[tuple[Path, IndexFile], FileState] = {}

    def verify(self, generation: Generation, manifest: Manifest) -> None:
        """Check size and sha256 of every named file.

        Raises GenerationDamaged, and StorageFailed where a file cannot be read now.
        """
        verified: dict[tuple[Path, IndexFile], FileState] = {}
        for file in manifest.files:
            path = generation.folder / file.name
            with generation.reading():
                state = FileState.of(path)
                if self._verified.get((generation.folder, file)) != state:
                    _verify(generation, file, path, state)
            verified[generation.folder, file] = state
        # What a newer commit no longer names is not asked about again, nor what lay in folders that are gone.
        folders = {folder for folder, _ in self._verified if folder != generation.folder and folder.is_dir()}
        others = {entry: state for entry, state in self._verified.items() if entry[0] in folders}
        self._verified = others | verified


def _verify(generation: Generation, file: IndexFile, path: Path, state: FileState) -> None:
    if state.size != file.size:
        raise GenerationDamaged(
            generation.folder.name, f"{file.name} has another size than it was written with"
        )
    if sha256_of(path) != file.sha256:
        raise GenerationDamaged(generation.folder.name, f"{file.name} does not match its checksum")

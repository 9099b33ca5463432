"""The files of a Whoosh generation: kept until they are no longer named, verified before they are used."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage

from index.durable import fsync_folder, sha256_of
from index.errors import GenerationDamaged
from index.file_state import FileState
from index.generation import Generation, IndexFile, Manifest

INDEX_NAME = "MAIN"


class ClosingStorage(FileStorage):  # type: ignore[misc]  # whoosh has no annotations
    """Whoosh's file storage, but it can close the files that a writer of Whoosh leaves open when it fails."""

    def __init__(self, folder: str, opened: list[Any] | None = None) -> None:
        super().__init__(folder)
        self._opened = [] if opened is None else opened

    def create_file(self, name: str, **options: object) -> Any:
        return self._remembered(super().create_file(name, **options))

    def open_file(self, name: str, **options: object) -> Any:
        return self._remembered(super().open_file(name, **options))

    def temp_storage(self, name: str) -> Any:
        return ClosingStorage(str(Path(self.folder) / name), self._opened).create()

    def close_files(self) -> None:
        """Close what is still open, here and in temporary storages; it is of no use to anyone."""
        for file in self._opened:
            # Closing writes what is in the buffer, which fails again where the disk is full.
            with suppress(OSError):
                file.raw_file().close()
        self._opened.clear()

    def _remembered(self, file: Any) -> Any:
        self._opened.append(file)
        return file


class KeepingStorage(ClosingStorage):
    """Whoosh's file storage, but deleted files stay until `sweep`.

    Whoosh deletes the files of merged segments when it writes its TOC; our manifest, which names the valid
    files, is replaced only after that. A crash between the two must not leave the manifest without them.
    """

    def delete_file(self, name: str) -> None:
        """Do nothing: what the next manifest does not name is removed after it is published."""


def live_names(toc: Any) -> tuple[str, ...]:
    """The files of a Whoosh TOC: itself, and one compound file for each segment."""
    return (toc_name(toc.generation), *(f"{segment.segment_id()}.seg" for segment in toc.segments))


def toc_name(commit: int) -> str:
    """The name under which Whoosh keeps the TOC of a commit."""
    return f"_{INDEX_NAME}_{commit}.toc"


def seal(folder: Path, names: Iterable[str], known: tuple[IndexFile, ...]) -> tuple[IndexFile, ...]:
    """Put these files on the disk and describe them; `known` ones are not read again. Raises OSError."""
    already = {file.name: file for file in known}
    sealed = []
    for name in names:
        if name not in already:
            path = folder / name
            with path.open("rb") as file:
                os.fsync(file.fileno())
            already[name] = IndexFile(name, path.stat().st_size, sha256_of(path))
        sealed.append(already[name])
    fsync_folder(folder)
    return tuple(sealed)


def sweep(folder: Path, manifest: Manifest) -> None:
    """Remove what the manifest does not name: files of older commits, and of a commit that never ended.

    Raises OSError.
    """
    named = {file.name for file in manifest.files} | {"manifest.json"}
    for path in folder.iterdir():
        if path.is_dir():
            for inner in path.iterdir():
                inner.unlink()
            path.rmdir()
        elif path.name not in named:
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
        # What a newer commit no longer names is not asked about again.
        others = {entry: state for entry, state in self._verified.items() if entry[0] != generation.folder}
        self._verified = others | verified


def _verify(generation: Generation, file: IndexFile, path: Path, state: FileState) -> None:
    if state.size != file.size:
        raise GenerationDamaged(generation.folder, f"{file.name} has another size than it was written with")
    if sha256_of(path) != file.sha256:
        raise GenerationDamaged(generation.folder, f"{file.name} does not match its checksum")

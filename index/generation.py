"""Generations of a local index: folders with a manifest, and CURRENT that names the live one.

A generation is readable exactly as far as its manifest says: the manifest names every file with its
sha256, is replaced atomically, and is written only when all that it names is on the disk. Files that it
does not name are left-overs.

The name of the folder says how far it got: `new-gen-…` is being built and no reader may use it, since it
holds only the first part of the articles, but a rebuild goes on from there; `gen-…` was finished;
`bad-gen-…` was found damaged.

A missing file and wrong bytes are damage: GenerationDamaged, GenerationMissing. That a file cannot be read
now (too many open files, no permission, an I/O error) proves nothing about what is in it: StorageFailed.
"""

import contextlib
import re
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec

from index.analysis.lexicon import Lexicon
from index.decoding import UNDECODABLE
from index.durable import TEMPORARY_SUFFIX, fsync_folder, write_atomic
from index.errors import GenerationDamaged, GenerationMissing, StorageFailed
from index.generation_hold import unheld

NOT_THERE = (FileNotFoundError, NotADirectoryError, IsADirectoryError)
"""What opening a file raises where there is no such file."""

_NAME = re.compile(r"gen-([0-9]{8})")
_NEW_NAME = re.compile(r"new-gen-([0-9]{8})")
_ANY_NAME = re.compile(r"(?:new-|bad-)?gen-([0-9]{8})")


@dataclass(frozen=True, slots=True)
class IndexFile:
    """A file of a generation: its size in bytes and sha256 in hex."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a generation holds: the one place that says which commit is valid.

    `format` names engine and layout; `analyzer` is the version of the analyzer that made the tokens;
    `sequence` the number of the journal entry covered, `entry` what it is (`Journal.entry`), None where that
    is not known; `average_length` the constant that BM25 divides lengths by; `lexicon` the words that the
    analyzer knew beside its own, None where that is not known; `committed` when the commit was made (aware),
    None where that is not known.
    """

    format: str
    analyzer: str
    commit: int
    sequence: int
    articles: int
    average_length: float
    files: tuple[IndexFile, ...]
    entry: str | None = None
    lexicon: Lexicon | None = None
    committed: datetime | None = None


_MANIFEST: Final = msgspec.json.Decoder(Manifest)


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation folder."""

    folder: Path

    @property
    def number(self) -> int:
        return int(self.folder.name.rpartition("-")[2])

    def name_of(self, manifest: Manifest) -> str:
        """A commit of this generation as callers know it: `folder.commit`, such as `3.118`."""
        return f"{self.number}.{manifest.commit}"

    @property
    def manifest_path(self) -> Path:
        return self.folder / "manifest.json"

    def manifest(self) -> Manifest:
        """The manifest. Raises GenerationDamaged if it is missing or not as written, and StorageFailed."""
        with self.reading():
            data = self.manifest_path.read_bytes()
        checksum, _, body = data.partition(b"\n")
        if sha256(body).hexdigest().encode() != checksum:
            raise GenerationDamaged(self.folder.name, "the manifest does not match its own checksum")
        try:
            return _MANIFEST.decode(body)
        except UNDECODABLE as error:
            raise GenerationDamaged(self.folder.name, f"the manifest cannot be read ({error})") from error

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Files of the folder are read in this block: raises GenerationDamaged where one is missing, and
        StorageFailed where one cannot be read now."""
        try:
            yield
        except NOT_THERE as error:
            name = Path(str(error.filename)).name
            raise GenerationDamaged(self.folder.name, f"{name} is missing") from error
        except OSError as error:
            raise unreadable(self.folder, error) from error

    def publish(self, manifest: Manifest) -> None:
        """Make this the state that readers of the folder see. All named files have to be on the disk."""
        body = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
        write_atomic(self.manifest_path, sha256(body).hexdigest().encode() + b"\n" + body)


def current_path(root: Path) -> Path:
    """The file that names the live generation."""
    return root / "CURRENT"


def unreadable(path: Path, error: OSError) -> StorageFailed:
    """The error for a place that cannot be read now."""
    return StorageFailed(
        f"{path} cannot be read now ({error.strerror or error}); nothing in it is known to be damaged: "
        "make it readable, or try again"
    )


def create(root: Path) -> Generation:
    """A new, empty generation folder with the next free number, that no reader uses until `make_current`."""
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    taken = [int(match[1]) for path in root.iterdir() if (match := _ANY_NAME.fullmatch(path.name))]
    generation = Generation(root / f"new-gen-{max(taken, default=0) + 1:08}")
    generation.folder.mkdir(mode=0o700)
    fsync_folder(root)
    fsync_folder(root.parent)
    return generation


def unfinished(root: Path) -> Iterator[Generation]:
    """What was begun and never made current, the newest first. Raises StorageFailed."""
    return _named(root, _NEW_NAME)


def begun(root: Path) -> int | None:
    """The journal entry that the newest of these covers, 0 before its first commit; None where there is none,
    or that cannot be seen now."""
    try:
        newest = next(unfinished(root), None)
        return None if newest is None else newest.manifest().sequence
    except GenerationDamaged:
        return 0
    except StorageFailed:
        return None


def remove_unfinished(root: Path) -> None:
    """Remove what was begun and never finished; nobody builds it under the lock. Raises OSError."""
    for path in root.glob("new-gen-*"):
        shutil.rmtree(path)


def current(root: Path) -> Generation:
    """The live generation. Raises GenerationMissing if none was made live, or CURRENT is damaged, and
    StorageFailed."""
    try:
        name = current_path(root).read_text(encoding="ascii").strip()
        names_one = _NAME.fullmatch(name) is not None and _is_folder(root / name)
    except FileNotFoundError:
        raise GenerationMissing("no index has been built yet; run `policy-search rebuild`") from None
    except (*NOT_THERE, UnicodeDecodeError) as error:
        raise GenerationMissing(f"CURRENT cannot be read ({error}); run `policy-search rebuild`") from error
    except OSError as error:
        raise unreadable(current_path(root), error) from error
    if not names_one:
        raise GenerationMissing("CURRENT names no generation; run `policy-search rebuild`")
    return Generation(root / name)


def is_current(generation: Generation) -> bool:
    """Whether this is the live generation. Raises StorageFailed."""
    try:
        return current(generation.folder.parent) == generation
    except GenerationMissing:
        return False


def make_current(generation: Generation) -> Generation:
    """Point CURRENT at a finished generation, atomically and durably; returns it where it lies now."""
    root = generation.folder.parent
    finished = Generation(root / f"gen-{generation.number:08}")
    if generation != finished:
        generation.folder.rename(finished.folder)
        fsync_folder(root)
    write_atomic(current_path(root), finished.folder.name.encode("ascii") + b"\n")
    return finished


def newest_first(root: Path) -> Iterator[Generation]:
    """All finished generations that are not set aside, the live one first, then by number, newest first.

    Raises StorageFailed.
    """
    live: Path | None = None
    with contextlib.suppress(GenerationMissing):
        live = current(root).folder
    yield from sorted(_named(root, _NAME), key=lambda generation: generation.folder == live, reverse=True)


def set_aside(generation: Generation) -> Path:
    """Rename a damaged generation so that nothing opens it again; returns where it lies now."""
    aside = generation.folder.with_name(f"bad-{generation.folder.name}")
    if aside.exists():
        shutil.rmtree(aside)
    generation.folder.rename(aside)
    fsync_folder(aside.parent)
    return aside


def remove_old(root: Path, keep: int) -> None:
    """Remove all but the `keep` newest generations (the live one first), and whatever readers never use:
    those that were set aside or never finished. Raises OSError and StorageFailed."""
    remove_surplus(root, keep)
    for path in root.glob("bad-gen-*"):
        shutil.rmtree(path)
    remove_unfinished(root)
    for path in root.glob(f"*{TEMPORARY_SUFFIX}"):
        path.unlink()
    fsync_folder(root)


def remove_surplus(root: Path, keep: int) -> None:
    """Remove all but the `keep` newest generations (the live one first). One that somebody still reads stays
    until the next time. Raises OSError and StorageFailed."""
    for generation in list(newest_first(root))[keep:]:
        with unheld(generation.folder) as is_free:
            if is_free:
                shutil.rmtree(generation.folder)


def _named(root: Path, name: re.Pattern[str]) -> Iterator[Generation]:
    """The generations whose folders have such a name, by number, newest first. Raises StorageFailed."""
    try:
        found = [path for path in root.iterdir() if name.fullmatch(path.name)]
    except NOT_THERE:
        found = []
    except OSError as error:
        raise unreadable(root, error) from error
    for path in sorted(found, key=lambda path: path.name, reverse=True):
        yield Generation(path)


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except NOT_THERE:
        return False

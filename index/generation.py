"""Generations of a local index: folders with a manifest, and CURRENT that names the live one.

A generation is readable exactly as far as its manifest says: the manifest names every file with its
sha256, is replaced atomically, and is written only when all that it names is on the disk. Files that it
does not name are left-overs.

The name of the folder says how far it got: `new-gen-…` is being built and no reader may use it, since it
holds only the first part of the articles; `gen-…` was finished; `bad-gen-…` was found damaged.
"""

import contextlib
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import msgspec

from index.durable import TEMPORARY_SUFFIX, fsync_folder, write_atomic
from index.errors import GenerationDamaged, GenerationMissing

_NAME = re.compile(r"gen-([0-9]{8})")
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
    `sequence` the journal entry covered; `average_length` the constant that BM25 divides lengths by.
    """

    format: str
    analyzer: str
    commit: int
    sequence: int
    articles: int
    average_length: float
    files: tuple[IndexFile, ...]


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation folder."""

    folder: Path

    @property
    def number(self) -> int:
        return int(self.folder.name.rpartition("-")[2])

    @property
    def manifest_path(self) -> Path:
        return self.folder / "manifest.json"

    def manifest(self) -> Manifest:
        """The manifest; raises GenerationDamaged if it is missing or not as it was written."""
        try:
            checksum, _, body = self.manifest_path.read_bytes().partition(b"\n")
            if sha256(body).hexdigest().encode() != checksum:
                raise GenerationDamaged(self.folder, "the manifest does not match its own checksum")
            return msgspec.json.decode(body, type=Manifest)
        except (OSError, msgspec.MsgspecError) as error:
            raise GenerationDamaged(self.folder, f"the manifest cannot be read ({error})") from error

    def publish(self, manifest: Manifest) -> None:
        """Make this the state that readers of the folder see. All named files have to be on the disk."""
        body = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
        write_atomic(self.manifest_path, sha256(body).hexdigest().encode() + b"\n" + body)


def create(root: Path) -> Generation:
    """A new, empty generation folder with the next free number, that no reader uses until `make_current`."""
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    taken = [int(match[1]) for path in root.iterdir() if (match := _ANY_NAME.fullmatch(path.name))]
    generation = Generation(root / f"new-gen-{max(taken, default=0) + 1:08}")
    generation.folder.mkdir(mode=0o700)
    fsync_folder(root)
    fsync_folder(root.parent)
    return generation


def current(root: Path) -> Generation:
    """The live generation; raises GenerationMissing if none was made live, or CURRENT is damaged."""
    try:
        name = (root / "CURRENT").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise GenerationMissing("no index has been built yet; run `policy-search rebuild`") from None
    except (OSError, UnicodeDecodeError) as error:
        raise GenerationMissing(f"CURRENT cannot be read ({error}); run `policy-search rebuild`") from error
    if _NAME.fullmatch(name) is None or not (root / name).is_dir():
        raise GenerationMissing("CURRENT names no generation; run `policy-search rebuild`")
    return Generation(root / name)


def make_current(generation: Generation) -> Generation:
    """Point CURRENT at a finished generation, atomically and durably; returns it where it lies now."""
    root = generation.folder.parent
    finished = Generation(root / f"gen-{generation.number:08}")
    if generation != finished:
        generation.folder.rename(finished.folder)
        fsync_folder(root)
    write_atomic(root / "CURRENT", finished.folder.name.encode("ascii") + b"\n")
    return finished


def newest_first(root: Path) -> Iterator[Generation]:
    """All finished generations that are not set aside, the live one first, then by number, newest first."""
    live: Path | None = None
    with contextlib.suppress(GenerationMissing):
        live = current(root).folder
    found = [path for path in root.iterdir() if _NAME.fullmatch(path.name)] if root.is_dir() else []
    for path in sorted(found, key=lambda path: (path == live, path.name), reverse=True):
        yield Generation(path)


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
    those that were set aside or never finished."""
    for generation in list(newest_first(root))[keep:]:
        shutil.rmtree(generation.folder)
    for path in (*root.glob("bad-gen-*"), *root.glob("new-gen-*")):
        shutil.rmtree(path)
    for path in root.glob(f"*{TEMPORARY_SUFFIX}"):
        path.unlink()
    fsync_folder(root)

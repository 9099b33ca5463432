"""Faults of a disk, made on purpose: it is full, it is cut off in the middle of something, it forgets."""

import errno
import os
import resource
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Any

import pytest


@contextmanager
def files_at_most(size: int) -> Iterator[None]:
    """A disk on which no file grows beyond so many bytes: writing fails with EFBIG, as ENOSPC otherwise."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def descriptors_at_most(more: int) -> Iterator[None]:
    """A process that may open so many more files than it has open now: EMFILE otherwise."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    highest = max(int(path.name) for path in Path("/proc/self/fd").iterdir())
    # The limit is one of numbers, so those that are free below the highest have to be taken first.
    taken = [os.open(os.devnull, os.O_RDONLY)]
    while taken[-1] < highest:
        taken.append(os.open(os.devnull, os.O_RDONLY))
    resource.setrlimit(resource.RLIMIT_NOFILE, (taken[-1] + 1 + more, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        for descriptor in taken:
            os.close(descriptor)


PASSING = (errno.EMFILE, errno.EACCES, errno.EIO, errno.ENOMEM)
"""What a system says for a moment, or until somebody helps: nothing of it tells what is in a file."""

passing_errors = pytest.mark.parametrize("code", PASSING, ids=errno.errorcode.__getitem__)


def failing_with(code: int) -> Callable[..., None]:
    """Stands for a call of the system that fails so."""

    def fail(*arguments: object, **named: object) -> None:
        raise OSError(code, os.strerror(code))

    return fail


def open_files_below(folder: Path) -> list[Path]:
    """What this process holds open there: a file as often as it is open."""
    files = []
    for descriptor in Path("/proc/self/fd").iterdir():
        try:
            files.append(descriptor.readlink())
        except FileNotFoundError:  # the listing's own descriptor, or one closed since
            continue
    return sorted(file for file in files if file.is_relative_to(folder.resolve()))


def flip_a_bit(path: Path, random: Random) -> None:
    """Change one bit of a file."""
    data = bytearray(path.read_bytes())
    data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    path.write_bytes(data)


class Loss(Enum):
    """What a crash takes away."""

    NOTHING = "killed: what the kernel has is there"
    DATA = "power lost: names are there, bytes that were not fsynced are not"
    NAMES = "power lost: bytes and names that were not fsynced are not there"
    ORDER = "power lost: of the changes of names that were not fsynced only the last is there"


@dataclass(frozen=True, slots=True)
class Image:
    """A folder as it is found after a crash just before `step`, when `done` actions had ended."""

    folder: Path
    loss: Loss
    step: str
    done: int

    def __str__(self) -> str:
        return f"{self.step} of action {self.done + 1}, {self.loss.value}"


STEPS = ("fsync", "replace", "rename", "unlink", "remove", "mkdir", "rmdir")

Listing = dict[str, tuple[int, bool]]
"""Names in a folder: inode, and whether it is a folder itself."""

Change = dict[int, dict[str, tuple[int, bool] | None]]
"""By the inode of a folder the names that were given, or taken away."""


@dataclass(slots=True)
class CrashRecorder:
    """Takes the images of a folder that a crash could leave, before every call that syncs or changes names.

    POSIX promises nothing about names before the fsync of their folder, not even their order.

    For each inode the bytes at its last fsync are kept, and for each folder the names; what was there in the
    beginning counts as synced. Inodes are held open, so that no number is given out twice.
    """

    top: Path
    images_in: Path
    images: list[Image] = field(default_factory=list)
    done: int = 0
    _bytes: dict[int, bytes] = field(default_factory=dict)
    _names: dict[int, Listing] = field(default_factory=dict)
    _held: dict[int, int] = field(default_factory=dict)
    _last_change: Change = field(default_factory=dict)
    _active: bool = False
    _patch: pytest.MonkeyPatch = field(default_factory=pytest.MonkeyPatch)

    def __enter__(self) -> "CrashRecorder":
        for path in (self.top, *self.top.rglob("*")):
            descriptor = os.open(path, os.O_RDONLY)
            self._remember(descriptor)
            os.close(descriptor)
        for step in STEPS:
            self._patch.setattr(os, step, self._hooked(step, getattr(os, step)))
        self._active = True
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._take_images("the end")
        self._active = False
        self._patch.undo()
        for descriptor in self._held.values():
            os.close(descriptor)

    def _hooked(self, step: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def hooked(*arguments: Any, **named: Any) -> Any:
            if not self._active:
                return original(*arguments, **named)
            self._take_images(step)
            result = original(*arguments, **named)
            if step == "fsync":
                self._remember(arguments[0])
            elif step in {"replace", "rename", "unlink", "remove"} and "dir_fd" not in named:
                self._last_change = _change(*map(Path, arguments))
            return result

        return hooked

    def _take_images(self, step: str) -> None:
        self._active = False
        number = len(self.images) // len(Loss)
        for loss in Loss:
            folder = self.images_in / f"{number:03}-{loss.name.lower()}"
            match loss:
                case Loss.NOTHING:
                    shutil.copytree(self.top, folder)
                case Loss.DATA:
                    shutil.copytree(self.top, folder, copy_function=self._copy_synced)
                case Loss.NAMES:
                    self._make_synced(folder, self.top.stat().st_ino, {})
                case Loss.ORDER:
                    self._make_synced(folder, self.top.stat().st_ino, self._last_change)
            self.images.append(Image(folder, loss, f"step {number}, {step},", self.done))
        self._active = True

    def _remember(self, descriptor: int) -> None:
        status = os.fstat(descriptor)
        self._hold(descriptor)
        if stat.S_ISDIR(status.st_mode):
            listing = {}
            for entry in os.scandir(descriptor):
                inside = os.open(entry.name, os.O_RDONLY, dir_fd=descriptor)
                self._hold(inside)
                os.close(inside)
                listing[entry.name] = (entry.inode(), entry.is_dir())
            self._names[status.st_ino] = listing
        else:
            self._bytes[status.st_ino] = Path(f"/proc/self/fd/{descriptor}").read_bytes()

    def _hold(self, descriptor: int) -> None:
        inode = os.fstat(descriptor).st_ino
        if inode not in self._held:
            self._held[inode] = os.dup(descriptor)

    def _copy_synced(self, source: str, target: str) -> None:
        Path(target).write_bytes(self._bytes.get(Path(source).stat().st_ino, b""))

    def _make_synced(self, folder: Path, inode: int, change: Change) -> None:
        folder.mkdir(parents=True)
        names = self._names.get(inode, {}) | change.get(inode, {})
        for name, entry in names.items():
            if entry is None:
                continue
            inside, is_folder = entry
            if is_folder:
                self._make_synced(folder / name, inside, change)
            else:
                (folder / name).write_bytes(self._bytes.get(inside, b""))


def _change(old: Path, new: Path | None = None) -> Change:
    """What became of names: `old` is gone, and `new`, if given, has come in its place."""
    change: Change = {old.parent.stat().st_ino: {old.name: None}}
    if new is not None:
        status = new.stat()
        entry = (status.st_ino, stat.S_ISDIR(status.st_mode))
        change.setdefault(new.parent.stat().st_ino, {})[new.name] = entry
    return change

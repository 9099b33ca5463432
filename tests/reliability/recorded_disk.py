"""A disk that remembers what was synced, told by system calls; gives the folders that a crash could leave.

POSIX promises nothing about bytes before the fsync of their file, nor about names before the fsync of their
folder, not even the order of either. What was there in the beginning counts as synced.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from random import Random
from typing import Final

from tests.reliability.system_calls import (
    Call,
    Created,
    FolderMade,
    Removed,
    Renamed,
    Said,
    Sized,
    Synced,
    Written,
)

SECTOR: Final = 512
"""Bytes that a disk writes whole."""

SHARED_MEMORY: Final = "-shm"
"""Ends the name of a file that lives in memory: SQLite makes it anew after every crash of all its users."""


class Loss(Enum):
    """What a crash takes away."""

    NOTHING = "killed: what the kernel has is there"
    BYTES = "power lost: names are there, bytes that were not fsynced are not"
    ALL = "power lost: neither bytes nor names that were not fsynced are there"
    SOME = "power lost: of what was not fsynced, bytes and names, a part drawn by lot is there"


@dataclass(slots=True)
class File:
    """Bytes as the kernel has them, as they are on the disk, and the changes between the two."""

    held: bytearray = field(default_factory=bytearray)
    synced: bytes = b""
    waiting: list[Written | Sized] = field(default_factory=list)

    def change(self, call: Written | Sized) -> None:
        _change(self.held, call)
        self.waiting.append(call)

    def sync(self) -> None:
        if self.waiting:
            self.synced = bytes(self.held)
            self.waiting.clear()

    def torn(self, random: Random) -> bytes:
        """The synced bytes with some of the sectors that were written since."""
        data = bytearray(self.synced)
        for call in self.waiting:
            if isinstance(call, Sized):
                if random.random() < 0.5:
                    _change(data, call)
                continue
            for start in range(0, len(call.data), SECTOR):
                if random.random() < 0.5:
                    part = call.data[start : start + SECTOR]
                    _change(data, Written(call.path, call.offset + start, part))
        return bytes(data)


Names = dict[str, "File | Folder"]


@dataclass(slots=True)
class Folder:
    """Names as the kernel has them, as they are on the disk, and the changes between the two.

    A change gives names a new meaning, or none; a rename inside a folder is one change.
    """

    names: Names = field(default_factory=dict)
    synced: Names = field(default_factory=dict)
    waiting: list[dict[str, "File | Folder | None"]] = field(default_factory=list)

    def change(self, change: dict[str, "File | Folder | None"]) -> None:
        _rename(self.names, change)
        self.waiting.append(change)

    def sync(self) -> None:
        self.synced = dict(self.names)
        self.waiting.clear()

    def torn(self, random: Random) -> Names:
        """The synced names with some of the changes since."""
        names = dict(self.synced)
        for change in self.waiting:
            if random.random() < 0.5:
                _rename(names, change)
        return names


def _change(data: bytearray, call: Written | Sized) -> None:
    """Bytes that nobody wrote are zeros."""
    if isinstance(call, Sized):
        data[call.size :] = bytes(max(call.size - len(data), 0))
        return
    data.extend(bytes(max(call.offset - len(data), 0)))
    data[call.offset : call.offset + len(call.data)] = call.data


def _rename(names: Names, change: dict[str, "File | Folder | None"]) -> None:
    for name, node in change.items():
        if node is None:
            names.pop(name, None)
        else:
            names[name] = node


def contents_of(top: Path) -> dict[str, bytes | None]:
    """All files and folders below a folder, as a disk holds them."""
    return {
        str(path.relative_to(top)): None if path.is_dir() else path.read_bytes()
        for path in sorted(top.rglob("*"))
        if not path.name.endswith(SHARED_MEMORY)
    }


def lay_out(contents: Mapping[str, bytes | None], folder: Path) -> None:
    """Make a new folder that holds this."""
    folder.mkdir(mode=0o700)
    for name, data in contents.items():
        if data is None:
            (folder / name).mkdir(mode=0o700)
        else:
            (folder / name).write_bytes(data)


Forgets = Callable[[Path, "File | Folder"], bool]
"""Whether a disk forgets the fsync of this file or folder."""


def forgets_nothing(path: Path, node: "File | Folder") -> bool:
    return False


@dataclass(slots=True)
class RecordedDisk:
    """The folder `top`. A disk that `forgets` says to have synced what it has not."""

    top: Path
    forgets: Forgets = forgets_nothing
    root: Folder = field(default_factory=Folder)

    @classmethod
    def holding(
        cls, top: Path, contents: Mapping[str, bytes | None], forgets: Forgets = forgets_nothing
    ) -> "RecordedDisk":
        """With these files and folders below `top`, a folder before what is in it, all of it synced."""
        disk = cls(top, forgets)
        for name, data in contents.items():
            path = top / name
            node = Folder() if data is None else File(bytearray(data), data)
            disk._folder(path.parent).change({path.name: node})
        for _, node in disk._walk(top, disk.root):
            node.sync()
        return disk

    def apply(self, call: Call) -> None:
        """Do what the program did."""
        match call:
            case Created(path, empties):
                node = self._node(path)
                if node is None:
                    self._folder(path.parent).change({path.name: File()})
                elif empties and isinstance(node, File) and node.held:
                    node.change(Sized(path, 0))
            case Written(path) | Sized(path):
                node = self._node(path)
                # What is written to a file without a name is never seen again.
                if isinstance(node, File):
                    node.change(call)
            case Synced(path):
                node = self._node(path)
                if node is not None and not self.forgets(path, node):
                    node.sync()
            case Renamed(path, new):
                self._rename(path, new)
            case Removed(path):
                self._folder(path.parent).change({path.name: None})
            case FolderMade(path):
                self._folder(path.parent).change({path.name: Folder()})
            case Said():
                pass

    def unsynced_files(self) -> list[Path]:
        """The files that hold bytes which are not on the disk, but for those in shared memory."""
        return [
            path
            for path, node in self._walk(self.top, self.root)
            if isinstance(node, File) and node.waiting and not path.name.endswith(SHARED_MEMORY)
        ]

    def left(self, folder: Path, loss: Loss, random: Random) -> dict[str, bytes | None]:
        """What is found of a folder after a crash now: bytes by path below it, None for a folder."""
        node = self._node(folder)
        return dict(_left(node, "", loss, random)) if isinstance(node, Folder) else {}

    def _rename(self, path: Path, new: Path) -> None:
        node = self._node(path)
        assert node is not None
        if path.parent == new.parent:
            self._folder(path.parent).change({path.name: None, new.name: node})
        else:
            self._folder(path.parent).change({path.name: None})
            self._folder(new.parent).change({new.name: node})

    def _node(self, path: Path) -> File | Folder | None:
        node: File | Folder | None = self.root
        for name in path.relative_to(self.top).parts:
            node = node.names.get(name) if isinstance(node, Folder) else None
        return node

    def _folder(self, path: Path) -> Folder:
        node = self._node(path)
        assert isinstance(node, Folder), path
        return node

    def _walk(self, path: Path, node: File | Folder) -> Iterator[tuple[Path, File | Folder]]:
        yield path, node
        if isinstance(node, Folder):
            for name, inside in node.names.items():
                yield from self._walk(path / name, inside)


def _left(folder: Folder, above: str, loss: Loss, random: Random) -> Iterator[tuple[str, bytes | None]]:
    match loss:
        case Loss.NOTHING | Loss.BYTES:
            names = folder.names
        case Loss.ALL:
            names = folder.synced
        case Loss.SOME:
            names = folder.torn(random)
    for name, node in names.items():
        if isinstance(node, Folder):
            yield above + name, None
            yield from _left(node, f"{above}{name}/", loss, random)
        elif not name.endswith(SHARED_MEMORY):
            yield above + name, _bytes_left(node, loss, random)


def _bytes_left(file: File, loss: Loss, random: Random) -> bytes:
    match loss:
        case Loss.NOTHING:
            return bytes(file.held)
        case Loss.BYTES | Loss.ALL:
            return file.synced
        case Loss.SOME:
            return file.torn(random)

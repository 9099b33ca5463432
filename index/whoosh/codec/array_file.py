"""A file of named arrays: written once, synced, then mapped read-only. docs/format.md has its grammar."""

import mmap
import os
import sys
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from index.decoding import UNDECODABLE, Converter
from index.whoosh.codec.errors import SegmentDamaged

MAGIC: Final = b"PSEARCH\x00"
VERSION: Final = 1
"""Of the layout of the file and of all arrays in it; readers refuse any other."""

ALIGNMENT: Final = 64
"""Bytes; arrays begin at multiples of it: a cache line, and more than any number needs."""

_FLAGS: Final = mmap.MAP_SHARED | getattr(mmap, "MAP_POPULATE", 0)
"""All pages are mapped at once, where the system can (Linux): they were read just before, to verify them.
Else each is mapped when it is touched, 9 us instead of 0.3 on a virtual machine, and a query touches dozens
of them."""

_PREFIX: Final = len(MAGIC) + 3 * 4

_BLOCK: Final = 1 << 22

Array = NDArray[Any]


DType = Literal["|u1", "<u2", "<u4", "<u8"]
"""Unsigned numbers, little-endian, as numpy spells them; nothing else is in a file."""

Size = Annotated[int, msgspec.Meta(ge=0, le=2**62)]


class _Entry(msgspec.Struct, frozen=True, array_like=True):
    """One array: number of elements, first byte after the header, CRC-32 of its bytes."""

    name: str
    dtype: DType
    count: Size
    offset: Size
    crc: Size

    @property
    def nbytes(self) -> int:
        return self.count * int(self.dtype[2:])


_ENTRIES: Final = Converter(list[_Entry])
_HEADER: Final = msgspec.json.Decoder(list[_Entry])


def write_arrays(path: Path, arrays: Mapping[str, Array]) -> None:
    """Write one-dimensional arrays into a new file, on the disk when this returns; empty ones are left out.

    Raises OSError.
    """
    written = {name: _little_endian(array) for name, array in arrays.items() if len(array)}
    entries = []
    end = 0
    for name, array in written.items():
        entries.append((name, array.dtype.str, len(array), end, zlib.crc32(array.data)))
        end = _aligned(end + array.nbytes)
    # By way of the types that a reader expects: what it would refuse is not written.
    header = msgspec.json.encode(_ENTRIES.convert(entries))
    start = _aligned(_PREFIX + len(header))
    with path.open("xb") as file:
        file.write(MAGIC)
        for number in (VERSION, len(header), zlib.crc32(header)):
            file.write(number.to_bytes(4, "little"))
        file.write(header)
        for (_, _, _, offset, _), array in zip(entries, written.values(), strict=True):
            file.seek(start + offset)
            file.write(array.data)
        file.truncate(start + end)
        file.flush()
        os.fsync(file.fileno())


class ArrayFile:
    """The arrays of a mapped file, by name. They live as long as somebody holds one of them."""

    def __init__(self, path: Path) -> None:
        """Map a file. Raises SegmentDamaged where the header is not as written, and OSError."""
        self._path = path
        with path.open("rb") as file:
            state = os.fstat(file.fileno())
            if state.st_size < _PREFIX:
                raise SegmentDamaged(path, "it is too short")
            self._inode = state.st_ino
            self._data = _mapped(file.fileno())
        if self._data[: len(MAGIC)] != MAGIC:
            raise SegmentDamaged(path, "it does not begin as a segment does")
        version, length, crc = (
            int.from_bytes(self._data[at : at + 4], "little") for at in range(len(MAGIC), _PREFIX, 4)
        )
        if version != VERSION:
            raise SegmentDamaged(path, f"it is of version {version}, and this program reads {VERSION}")
        header = self._data[_PREFIX : _PREFIX + length]
        if zlib.crc32(header) != crc:
            raise SegmentDamaged(path, "the header does not match its checksum")
        self._start = _aligned(_PREFIX + length)
        try:
            entries = _HEADER.decode(header)
        except UNDECODABLE as error:
            raise SegmentDamaged(path, f"the header cannot be read ({error})") from error
        self._entries = {entry.name: entry for entry in entries}
        if len(self._entries) < len(entries):
            raise SegmentDamaged(path, "two of its arrays have one name")
        if any(self._start + entry.offset + entry.nbytes > state.st_size for entry in entries):
            raise SegmentDamaged(path, "it is shorter than its header says")

    def array(self, name: str, count: int | None = None) -> Array:
        """The array of this name, read-only and not copied; empty where there is none.

        Raises SegmentDamaged where it should have `count` elements and has not.
        """
        entry = self._entries.get(name)
        if entry is None:
            array: Array = np.zeros(0, dtype=np.uint8)
        else:
            # np.memmap would do, but its slices are slow objects.
            array = np.frombuffer(self._data, np.dtype(entry.dtype), entry.count, self._start + entry.offset)
        if count is not None and len(array) != count:
            raise SegmentDamaged(self._path, f"the array {name} has {len(array)} elements, not {count}")
        return array

    def verify(self) -> None:
        """Read the file and compare it with its checksums.

        It is read and not looked at through the mapping: where a disk fails, or the file was cut short, that
        is an error and does not end the process. Raises SegmentDamaged, naming the array, and OSError.
        """
        with self._path.open("rb") as file:
            if os.fstat(file.fileno()).st_ino != self._inode:
                raise SegmentDamaged(self._path, "it is another file than the one that was opened")
            for entry in self._entries.values():
                file.seek(self._start + entry.offset)
                crc, left = 0, entry.nbytes
                while left and (block := file.read(min(left, _BLOCK))):
                    crc, left = zlib.crc32(block, crc), left - len(block)
                if left or crc != entry.crc:
                    raise SegmentDamaged(self._path, f"the array {entry.name} does not match its checksum")


def _mapped(descriptor: int) -> mmap.mmap:
    if sys.version_info >= (3, 13):
        # Else each mapping keeps a descriptor of its own.
        return mmap.mmap(descriptor, 0, flags=_FLAGS, prot=mmap.PROT_READ, trackfd=False)
    return mmap.mmap(descriptor, 0, flags=_FLAGS, prot=mmap.PROT_READ)


def _little_endian(array: Array) -> Array:
    return np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))


def _aligned(size: int) -> int:
    return -(-size // ALIGNMENT) * ALIGNMENT

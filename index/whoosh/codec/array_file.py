"""A file of named arrays: written once, synced, then mapped read-only. docs/format.md has its grammar."""

import mmap
import os
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

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

Array = NDArray[Any]


class _Entry(msgspec.Struct, frozen=True, array_like=True):
    """One array: number of elements, first byte after the header, CRC-32 of its bytes."""

    name: str
    dtype: str
    count: int
    offset: int
    crc: int


def write_arrays(path: Path, arrays: Mapping[str, Array]) -> None:
    """Write one-dimensional arrays into a new file that is on the disk when this returns. Raises OSError."""
    entries = []
    end = 0
    for name, array in arrays.items():
        data = _little_endian(array)
        entries.append(_Entry(name, data.dtype.str, len(data), end, zlib.crc32(data.data)))
        end = _aligned(end + data.nbytes)
    header = msgspec.json.encode(entries)
    start = _aligned(_PREFIX + len(header))
    with path.open("xb") as file:
        file.write(MAGIC)
        for number in (VERSION, len(header), zlib.crc32(header)):
            file.write(number.to_bytes(4, "little"))
        file.write(header)
        for entry, array in zip(entries, arrays.values(), strict=True):
            file.seek(start + entry.offset)
            file.write(_little_endian(array).data)
        file.truncate(start + end)
        file.flush()
        os.fsync(file.fileno())


class ArrayFile:
    """The arrays of a mapped file, by name. They live as long as somebody holds one of them."""

    def __init__(self, path: Path) -> None:
        """Map a file. Raises SegmentDamaged where the header is not as written, and OSError."""
        self._path = path
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size < _PREFIX:
                raise SegmentDamaged(path, "it is too short")
            self._data = mmap.mmap(file.fileno(), 0, flags=_FLAGS, prot=mmap.PROT_READ)
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
        self._entries = {entry.name: entry for entry in msgspec.json.decode(header, type=list[_Entry])}
        if any(self._end(entry) > size for entry in self._entries.values()):
            raise SegmentDamaged(path, "it is shorter than its header says")

    def array(self, name: str) -> Array:
        """The array of this name, read-only and not copied. Raises SegmentDamaged where there is none."""
        entry = self._entries.get(name)
        if entry is None:
            raise SegmentDamaged(self._path, f"it has no array {name}")
        # np.memmap would do, but its slices are slow objects.
        return np.frombuffer(self._data, np.dtype(entry.dtype), entry.count, self._start + entry.offset)

    def array_or_none(self, name: str) -> Array | None:
        """The array of this name; None where there is none, which is how empty ones are written."""
        return self.array(name) if name in self._entries else None

    def verify(self) -> None:
        """Read all and compare with the checksums. Raises SegmentDamaged, naming the array."""
        for name, entry in self._entries.items():
            if zlib.crc32(self.array(name).data) != entry.crc:
                raise SegmentDamaged(self._path, f"the array {name} does not match its checksum")

    def _end(self, entry: _Entry) -> int:
        return self._start + entry.offset + entry.count * np.dtype(entry.dtype).itemsize


def _little_endian(array: Array) -> Array:
    return np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))


def _aligned(size: int) -> int:
    return -(-size // ALIGNMENT) * ALIGNMENT

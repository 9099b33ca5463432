"""A file of columns: made once, then mapped by every process. docs/suggestions.md has its grammar."""

import mmap
import os
import sys
import zlib
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

from index.decoding import UNDECODABLE
from index.errors import Cause, PolicySearchError
from search.suggestions.columns import Columns

MAGIC: Final = b"PSUGGEST"
VERSION: Final = 1
"""Of the layout of the file and of what is in its columns; readers refuse any other."""

ALIGNMENT: Final = 64
"""Bytes; columns begin at multiples of it: a cache line, and more than any number needs."""

_PREFIX: Final = len(MAGIC) + 3 * 4
_BLOCK: Final = 1 << 22
_FLAGS: Final = mmap.MAP_SHARED | getattr(mmap, "MAP_POPULATE", 0)
"""All pages are mapped at once, where the system can: they were read just before, to verify them."""

Size = Annotated[int, msgspec.Meta(ge=0, le=2**62)]


class ColumnFileInvalid(PolicySearchError):
    """A file of columns cannot be used; the message names it, and says why. It is only a cache."""

    kind = "column-file-invalid"
    cause = Cause.INTERNAL

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} cannot be used: {reason}; it is made anew")
        self.reason = reason


class _Column(msgspec.Struct, frozen=True, array_like=True):
    """A column: number of elements, first byte behind the header, CRC-32 of its bytes."""

    name: str
    form: Literal["B", "I"]
    count: Size
    offset: Size
    crc: Size

    @property
    def nbytes(self) -> int:
        return self.count * (4 if self.form == "I" else 1)


class _Header(msgspec.Struct, frozen=True):
    byte_order: str
    state: str
    sounds: str
    columns: tuple[_Column, ...]


_HEADER: Final = msgspec.json.Decoder(_Header)


@dataclass(frozen=True, slots=True)
class ColumnFile:
    """What is in a file: columns, the state of the index that they were made of, and the version of the
    syllables that they were made with."""

    state: str
    sounds: str
    columns: Columns


def pack(content: ColumnFile) -> bytes:
    """The bytes of a file. Numbers stay as this processor has them."""
    listed: list[_Column] = []
    end = 0
    for name, data in content.columns.items():
        form: Literal["B", "I"] = "I" if data.format == "I" else "B"
        listed.append(_Column(name, form, len(data), end, zlib.crc32(data)))
        end = _aligned(end + data.nbytes)
    header = msgspec.json.encode(_Header(sys.byteorder, content.state, content.sounds, tuple(listed)))
    numbers = (VERSION, len(header), zlib.crc32(header))
    packed = bytearray(_aligned(_PREFIX + len(header)) + end)
    packed[:_PREFIX] = MAGIC + b"".join(number.to_bytes(4, "little") for number in numbers)
    packed[_PREFIX : _PREFIX + len(header)] = header
    start = len(packed) - end
    for column, data in zip(listed, content.columns.values(), strict=True):
        packed[start + column.offset : start + column.offset + column.nbytes] = data.cast("B")
    return bytes(packed)


def open_columns(path: Path) -> ColumnFile:
    """Verify a file and map it: it stays readable as long as somebody holds one of its columns, also once its
    name is gone.

    It is read first and not looked at through the mapping: where a disk fails, that is an error and does not
    end the process. Raises FileNotFoundError, OSError, and ColumnFileInvalid.
    """
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        header, start = _read_header(path, file)
        end = start + max((column.offset + column.nbytes for column in header.columns), default=0)
        if end > size:
            raise ColumnFileInvalid(path, "it is shorter than its header says")
        for column in header.columns:
            verify(path, file, start, column)
        data = memoryview(_mapped(file.fileno()))
    columns = {
        column.name: data[start + column.offset : start + column.offset + column.nbytes].cast(column.form)
        for column in header.columns
    }
    return ColumnFile(header.state, header.sounds, columns)


def verify(path: Path, file: BufferedReader, start: int, column: _Column) -> None:
    """Compare a column with its checksum. Raises ColumnFileInvalid and OSError."""
    file.seek(start + column.offset)
    crc, left = 0, column.nbytes
    while left and (block := file.read(min(left, _BLOCK))):
        crc, left = zlib.crc32(block, crc), left - len(block)
    if left or crc != column.crc:
        raise ColumnFileInvalid(path, f"its column {column.name} does not match its checksum")


def _read_header(path: Path, file: BufferedReader) -> tuple[_Header, int]:
    """The header, and where the columns begin."""
    prefix = file.read(_PREFIX)
    if len(prefix) < _PREFIX or not prefix.startswith(MAGIC):
        raise ColumnFileInvalid(path, "it does not begin as a file of suggestions does")
    version, length, crc = (
        int.from_bytes(prefix[at : at + 4], "little") for at in range(len(MAGIC), _PREFIX, 4)
    )
    if version != VERSION:
        raise ColumnFileInvalid(path, f"it is of version {version}, and this program reads {VERSION}")
    written = file.read(length)
    if zlib.crc32(written) != crc:
        raise ColumnFileInvalid(path, "its header does not match its checksum")
    try:
        header = _HEADER.decode(written)
    except UNDECODABLE as error:
        raise ColumnFileInvalid(path, f"its header cannot be read ({error})") from error
    if header.byte_order != sys.byteorder:
        raise ColumnFileInvalid(path, f"its numbers are {header.byte_order}-endian, and this processor's not")
    return header, _aligned(_PREFIX + length)


def _mapped(descriptor: int) -> mmap.mmap:
    if sys.version_info >= (3, 13):
        # Else each mapping keeps a descriptor of its own.
        return mmap.mmap(descriptor, 0, flags=_FLAGS, prot=mmap.PROT_READ, trackfd=False)
    return mmap.mmap(descriptor, 0, flags=_FLAGS, prot=mmap.PROT_READ)


def _aligned(size: int) -> int:
    return -(-size // ALIGNMENT) * ALIGNMENT

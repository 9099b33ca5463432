"""A segment with any bytes changed is the same segment still, or damage; nothing else comes of it."""

import zlib
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from index.whoosh.codec.array_file import MAGIC, ArrayFile
from index.whoosh.codec.errors import SegmentDamaged
from index.whoosh.codec.segment_reader import open_segment
from index.whoosh.codec.segment_writer import write_segment
from tests.fuzz.target import Target
from tests.index.whoosh.codec.documents import documents
from tests.index.whoosh.codec.test_segments import check as check_segment

_LENGTH_AT: Final = len(MAGIC) + 4
_CRC_AT: Final = _LENGTH_AT + 4
_HEADER_AT: Final = _CRC_AT + 4


DOCUMENTS: Final = tuple(documents(Random(8), 3))


def _sound() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "segment"
        write_segment(path, DOCUMENTS)
        return path.read_bytes()


SOUND: Final = _sound()
"""Their segment."""


def is_sealed(data: bytes) -> bool:
    """Whether the header gets a checksum that fits, as no accident would do it: an odd first byte says so."""
    return bool(data) and data[0] % 2 == 1


def edits(data: bytes) -> Iterator[tuple[int, int]]:
    """Places in the sound segment and the byte that is put there: behind the first byte four bytes for each,
    three of them the place."""
    for at in range(1, len(data) - 3, 4):
        yield int.from_bytes(data[at : at + 3], "little") % len(SOUND), data[at + 3]


def edited(data: bytes) -> bytes:
    """The sound segment with the edits made."""
    changed = bytearray(SOUND)
    for place, value in edits(data):
        changed[place] = value
    if is_sealed(data):
        length = int.from_bytes(changed[_LENGTH_AT:_CRC_AT], "little")
        crc = zlib.crc32(changed[_HEADER_AT : _HEADER_AT + length])
        changed[_CRC_AT:_HEADER_AT] = crc.to_bytes(4, "little")
    return bytes(changed)


def check(data: bytes) -> None:
    """A file that verifies holds all that the sound one holds; what differs is the room between arrays."""
    changed = edited(data)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "segment"
        path.write_bytes(changed)
        try:
            ArrayFile(path).verify()
            if not is_sealed(data):
                check_segment(open_segment(path), DOCUMENTS)
        except SegmentDamaged:
            assert changed != SOUND


SEEDS: Final = (
    b"",
    bytes((0, 0, 0, 0, 1)),
    b"".join((b"\x00", (len(SOUND) // 2).to_bytes(3, "little"), b"\xff")),
    b"".join((b"\x01", (_HEADER_AT + 3).to_bytes(3, "little"), b"x")),
    b"".join((b"\x01", (_HEADER_AT + 30).to_bytes(3, "little"), b"9")),
    b"".join((b"\x01", _LENGTH_AT.to_bytes(3, "little"), b"\x00")),
)

TARGET: Final = Target(check=check, seeds=SEEDS, longest=81)

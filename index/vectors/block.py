"""The bytes of a vector file: a head, then blocks, each with its checksum.

    head    = MAGIC length crc JSON          what made the vectors
    block   = MAGIC length crc payload
    payload = length JSON scales rows        what the journal said up to a sequence

Whole numbers are little-endian u32; blanks behind the JSON let the arrays begin at a multiple of 4.
A scale is a float32, a row `dimension` bytes. A file is only ever appended to, or replaced as a whole.
"""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import msgspec
import numpy as np

from index.decoding import UNDECODABLE
from index.vectors.embedder import Model
from index.vectors.passages import PassageRule
from index.vectors.quantised import Quantised

HEAD_MAGIC = b"PSVECTOR"
BLOCK_MAGIC = b"PSVBLOCK"
FORMAT = 1
"""Of the layout; part of the head."""

_FRAME = struct.Struct("<8sII")
_LENGTH = struct.Struct("<I")


@dataclass(frozen=True, slots=True)
class Recipe:
    """What made the vectors of a file, and of what: with another recipe a file is made anew."""

    model: Model
    rule: PassageRule
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Head:
    """`born` tells a file from all others of the same recipe, so that nobody reads on in the wrong one."""

    recipe: Recipe
    born: str


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """An article: its rows in the block, none where it is gone, and the digest of its passages."""

    id: str
    rows: int
    digest: str


class Covered(msgspec.Struct, frozen=True, array_like=True):
    """How far the journal was followed, and its entry there (`Journal.entry`)."""

    sequence: int
    entry: str | None


class _Listing(msgspec.Struct, frozen=True, array_like=True):
    covered: Covered
    entries: list[Entry]


_HEAD: Final = msgspec.json.Decoder(Head)
_LISTING: Final = msgspec.json.Decoder(_Listing)


@dataclass(frozen=True, slots=True)
class Block:
    """Articles that changed up to a place in the journal, with their vectors one behind the other."""

    covered: Covered
    entries: Sequence[Entry]
    vectors: Quantised


def head_bytes(head: Head) -> bytes:
    """A head as the file has it."""
    return _framed(HEAD_MAGIC, _padded(msgspec.json.encode(head)))


def block_bytes(block: Block) -> bytes:
    """A block as the file has it."""
    listing = _padded(msgspec.json.encode(_Listing(block.covered, list(block.entries))))
    arrays = block.vectors.scales.astype("<f4").tobytes() + block.vectors.rows.tobytes()
    padding = b"\0" * (-len(arrays) % 4)
    return _framed(BLOCK_MAGIC, _LENGTH.pack(len(listing)) + listing + arrays + padding)


def read_head(data: memoryview) -> tuple[Head, int] | None:
    """The head and where it ends; None where there is none that is whole."""
    found = _frame(data, 0, HEAD_MAGIC)
    if found is None:
        return None
    payload, end = found
    try:
        return _HEAD.decode(payload), end
    except UNDECODABLE:
        # Whole, and of another program: as good as none.
        return None


def read_block(data: memoryview, start: int, dimension: int) -> tuple[Block, int] | None:
    """The block that starts there and where it ends; None where there is none that is whole.

    The arrays are views of the data.
    """
    found = _frame(data, start, BLOCK_MAGIC)
    if found is None:
        return None
    payload, end = found
    (length,) = _LENGTH.unpack_from(payload)
    listing = _LISTING.decode(payload[_LENGTH.size : _LENGTH.size + length])
    count = sum(entry.rows for entry in listing.entries)
    scales = np.frombuffer(payload, "<f4", count, _LENGTH.size + length)
    rows = np.frombuffer(payload, np.int8, count * dimension, _LENGTH.size + length + scales.nbytes)
    return Block(listing.covered, listing.entries, Quantised(scales, rows.reshape(count, dimension))), end


def _framed(magic: bytes, payload: bytes) -> bytes:
    return _FRAME.pack(magic, len(payload), _checksum(magic, payload)) + payload


def _frame(data: memoryview, start: int, magic: bytes) -> tuple[memoryview, int] | None:
    if len(data) - start < _FRAME.size:
        return None
    found, length, checksum = _FRAME.unpack_from(data, start)
    end = start + _FRAME.size + length
    if found != magic or end > len(data):
        return None
    payload = data[start + _FRAME.size : end]
    return (payload, end) if _checksum(magic, payload) == checksum else None


def _checksum(magic: bytes, payload: bytes | memoryview) -> int:
    """Of the length too, so that no other stretch of bytes passes for it."""
    return zlib.crc32(payload, zlib.crc32(_LENGTH.pack(len(payload)), zlib.crc32(magic)))


def _padded(json: bytes) -> bytes:
    return json + b" " * (-len(json) % 4)

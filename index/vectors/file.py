"""A vector file: read as far as it is whole, appended to, or replaced."""

import mmap
import os
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index.durable import write_atomic
from index.file_state import FileState
from index.vectors.block import Block, Head, Recipe, block_bytes, head_bytes, read_block, read_head
from index.vectors.table import VectorTable


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as it was found: `end` is where its last whole block ends, `table` what lies before that.

    What lies behind the end was cut off by a kill or is damaged, and so may be all that follows it: none of
    it counts.
    """

    head: Head
    state: FileState
    end: int
    table: VectorTable

    @property
    def is_whole(self) -> bool:
        return self.end == self.state.size


def open_file(path: Path, recipe: Recipe, known: Opened | None = None) -> Opened | None:
    """What the file holds, memory-mapped; None where there is none of this recipe.

    Blocks that are already `known` are not read again. Raises OSError.
    """
    try:
        with path.open("rb") as file:
            state = FileState.of_open(file.fileno())
            if known is not None and known.state == state:
                return known
            if state.size == 0:
                return None
            data = memoryview(mmap.mmap(file.fileno(), state.size, access=mmap.ACCESS_READ))
    except FileNotFoundError:
        return None
    found = read_head(data)
    if found is None or found[0].recipe != recipe:
        return None
    head, end = found
    table = VectorTable()
    if known is not None and known.head == head and known.end <= state.size:
        end, table = known.end, known.table
    reading = _Reading(data, end, recipe.model.dimension)
    table = table.with_blocks(reading)
    return Opened(head, state, reading.end, table)


def append(path: Path, block: Block) -> None:
    """Put a block behind the others, and on the disk; the file has to be whole. Raises OSError."""
    data = block_bytes(block)
    with path.open("ab") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def create(path: Path, recipe: Recipe, blocks: Iterable[Block] = ()) -> None:
    """Replace the file by one of these blocks: all of it or nothing. Raises OSError."""
    write_atomic(path, b"".join((head_bytes(_new_head(recipe)), *map(block_bytes, blocks))))


def cut(path: Path, opened: Opened) -> None:
    """Replace the file by what of it is whole; not in place: readers have it mapped. Raises OSError."""
    with path.open("rb") as file:
        file.seek(len(head_bytes(opened.head)))
        blocks = file.read(opened.end - file.tell())
    # Born anew: other blocks may follow now than those that a reader has seen.
    write_atomic(path, head_bytes(_new_head(opened.head.recipe)) + blocks)


def _new_head(recipe: Recipe) -> Head:
    return Head(recipe, uuid.uuid4().hex)


class _Reading:
    """The whole blocks from a place on; `end` is where the last one that was read ends."""

    def __init__(self, data: memoryview, start: int, dimension: int) -> None:
        self._data = data
        self._dimension = dimension
        self.end = start

    def __iter__(self) -> Iterator[Block]:
        while (found := read_block(self._data, self.end, self._dimension)) is not None:
            block, self.end = found
            yield block

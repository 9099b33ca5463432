"""Any lists of numbers are packed and come back, one by one, together, and looked into."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.whoosh.codec.array_file import ArrayFile, write_arrays
from index.whoosh.codec.packed_lists import ListPacker, Lists, PackedLists
from tests.fuzz.target import Target

UNIVERSES: Final = (1, 2, 255, 256, 257, 65_536, 70_000, 2**20, 2**24, 2**32 - 256)

_END: Final = 0
_STRETCH: Final = 1
"""First bytes that end a list, and that begin a stretch of neighbours; any other byte is a step to the next
number, the larger the wider."""


def groups_of(data: bytes, universe: int) -> Iterator[NDArray[np.uint32]]:
    """Rising numbers below the universe, list by list."""
    numbers: list[int] = []
    at = -1
    steps = iter(data)
    for step in steps:
        if step == _END:
            yield np.array(numbers, dtype=np.uint32)
            numbers, at = [], -1
        elif step == _STRETCH:
            length = min(next(steps, 0), universe - 1 - at)
            numbers += range(at + 1, at + 1 + length)
            at += length
        elif (beyond := at + 1 + (step >> 3) ** (step & 7)) < universe:
            numbers.append(beyond)
            at = beyond
    yield np.array(numbers, dtype=np.uint32)


def check(data: bytes) -> None:
    """Each list is what was put in, in whichever form it was packed."""
    if not data:
        return
    universe = UNIVERSES[data[0] % len(UNIVERSES)]
    groups = list(groups_of(data[1:], universe))
    packer = ListPacker(universe)
    packer.add(Lists(np.cumsum([0, *map(len, groups)]), np.concatenate(groups)))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "lists"
        write_arrays(path, packer.arrays("a"))
        lists = PackedLists(ArrayFile(path), "a", universe)
        assert lists.counts().tolist() == [len(group) for group in groups]
        for at, group in enumerate(groups):
            assert np.array_equal(lists.numbers(at), group)
            if len(group):
                assert lists.places(at, group).tolist() == list(range(len(group)))
        together = lists.lists(0, len(groups))
        assert np.array_equal(together.values, np.concatenate(groups))


TARGET: Final = Target(
    check=check,
    seeds=(
        b"\x00\x02",
        b"\x05\x01\xff\x00\x02\x0a\x13\x1c",
        b"\x09\xff\xfe\xfd\x00\x00\x50\x51\x52",
        b"\x03\x01\x40",
    ),
    longest=400,
)

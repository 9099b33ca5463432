"""When a vector file is worth writing anew, and of which blocks."""

from collections.abc import Iterator
from itertools import islice

import numpy as np

from index.vectors.block import Block, Entry
from index.vectors.quantised import Quantised
from index.vectors.table import VectorTable

MOST_STRETCHES = 512
"""Blocks of a file: each costs a scan about a hundredth of a millisecond, whatever it holds (measured)."""
ARTICLES = 4_096
"""In a block of a file that is written anew."""


def is_worth_it(table: VectorTable) -> bool:
    """Whether half of the rows are of no use, or the blocks are many and could be few."""
    dead = table.stored_rows - table.rows
    blocks = len(table.stretches)
    return dead > max(table.rows, ARTICLES) or blocks > MOST_STRETCHES + 2 * (len(table) // ARTICLES)


def compacted(table: VectorTable, dimension: int) -> Iterator[Block]:
    """The same articles and vectors in as few blocks as can be; one at least, as it says what is covered."""
    names = iter(table.places)
    some = tuple(islice(names, ARTICLES))
    if not some:
        yield Block(table.covered, (), Quantised.of(np.empty((0, dimension), dtype=np.float32)))
    while some:
        parts = [part for name in some if (part := table.vectors(name)) is not None]
        vectors = Quantised(
            np.concatenate([part.scales for part in parts]), np.concatenate([part.rows for part in parts])
        )
        entries = [Entry(name, table.places[name].rows, table.places[name].digest) for name in some]
        yield Block(table.covered, entries, vectors)
        some = tuple(islice(names, ARTICLES))

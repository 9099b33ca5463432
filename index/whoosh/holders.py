"""Which documents of a segment hold a run of characters."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.whoosh.codec.packed_lists import Numbers
from index.whoosh.codec.positions import UNIT_BITS
from index.whoosh.codec.segment_reader import SegmentReader


def documents_holding(run: str, reader: SegmentReader) -> NDArray[np.uint32]:
    """The documents, deleted ones too, in one of whose parts the run stands in one piece; rising.

    `run` is folded, without white space and controls, and not empty.
    """
    places = reader.character_positions(run) if len(run) == 1 else _places(run, reader)
    return np.unique(reader.unit_documents[places >> np.uint32(UNIT_BITS)])


def _places(run: str, reader: SegmentReader) -> Numbers:
    """Where a run of two or more characters begins, rising."""
    pairs = [reader.pair(first, second) for first, second in pairwise(run)]
    if min(pairs) < 0:
        return np.zeros(0, dtype=np.uint32)
    rarest = min(range(len(pairs)), key=lambda at: reader.pair_count(pairs[at]))
    begins = reader.pair_positions(pairs[rarest]).astype(np.int64) - rarest
    begins = begins[(begins >= 0) & (begins + len(run) <= reader.positions.extent)]
    for at, pair in enumerate(pairs):
        begins = begins[reader.pair_stands_at(pair, (begins + at).astype(np.uint32))]
    return begins.astype(np.uint32)

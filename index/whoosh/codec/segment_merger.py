"""Merges segments into one, without the documents that are no longer live."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.documents import KEYWORD_FIELDS
from index.whoosh.codec.array_file import Array, write_arrays
from index.whoosh.codec.article_ids import merged_ids
from index.whoosh.codec.characters import merged_characters
from index.whoosh.codec.columns import merged_columns
from index.whoosh.codec.keywords import merged_keywords
from index.whoosh.codec.numbering import document_numbers
from index.whoosh.codec.positions import Positions, position_numbers
from index.whoosh.codec.segment_reader import SegmentReader
from index.whoosh.codec.words import merged_words


@dataclass(frozen=True, slots=True)
class Source:
    """A segment and which of its documents are live: (documents,)."""

    reader: SegmentReader
    live: NDArray[np.bool_]


def merge_segments(path: Path, sources: Sequence[Source]) -> None:
    """Write the live documents of segments, in their order, into a new file, on the disk when this returns.

    What is read is compared with its checksums, so that no damage comes into the new file. Raises
    SegmentDamaged and OSError, and ValueError for more positions than one segment has.
    """
    readers = [source.reader for source in sources]
    live = [source.live for source in sources]
    for reader in readers:
        reader.verify()
    documents = document_numbers(live)
    count = sum(int(mask.sum()) for mask in live)
    held = [reader.positions for reader in readers]
    merged = Positions.of_new_segment(
        np.concatenate([positions.characters[mask] for positions, mask in zip(held, live, strict=True)])
    )
    moved = position_numbers(held, documents, merged)
    arrays: dict[str, Array] = {
        **merged_ids([reader.ids for reader in readers], documents),
        **merged_columns([reader.columns for reader in readers], live),
        **merged_words([reader.words for reader in readers], documents, count),
        **merged_characters([reader.characters for reader in readers], held, documents, moved, merged),
    }
    for field in KEYWORD_FIELDS:
        keywords = [reader.keywords(field) for reader in readers]
        arrays.update(merged_keywords(field, keywords, documents, count))
    write_arrays(path, arrays)

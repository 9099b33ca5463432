"""Writes documents as one new segment."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.article import Part
from index.documents import KEYWORD_FIELDS, IndexDocument
from index.whoosh.codec.array_file import Array, write_arrays
from index.whoosh.codec.article_ids import id_arrays
from index.whoosh.codec.characters import character_arrays
from index.whoosh.codec.columns import document_columns
from index.whoosh.codec.keywords import keyword_arrays
from index.whoosh.codec.positions import Positions
from index.whoosh.codec.term_dictionary import term_bytes
from index.whoosh.codec.words import word_arrays


def write_segment(path: Path, documents: Sequence[IndexDocument]) -> None:
    """Write a new file, on the disk when this returns. The ids of the documents differ.

    Raises OSError, and ValueError for more positions than one segment has.
    """
    characters = [[len(document.characters.get(part, "")) for part in Part] for document in documents]
    positions = Positions.of_new_segment(np.array(characters, dtype=np.int64).reshape(-1, len(Part)))
    arrays: dict[str, Array] = {
        **id_arrays([term_bytes(document.id) for document in documents]),
        **document_columns(documents),
        **word_arrays([document.words for document in documents]),
        **character_arrays(documents, positions),
    }
    for field in KEYWORD_FIELDS:
        arrays.update(keyword_arrays(field, [document.keywords.get(field, ()) for document in documents]))
    write_arrays(path, arrays)

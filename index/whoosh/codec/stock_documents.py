"""A segment's documents as Whoosh reads them: lengths, deletions, columns and ids."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import PerDocumentReader
from whoosh.columns import ColumnReader

from index.documents import DATE_FIELDS
from index.whoosh.codec.segment_reader import SegmentReader
from index.whoosh.field_names import CLUSTER, ID, WORDS


class NumberColumnReader(ColumnReader):  # type: ignore[misc]  # whoosh has no annotations
    """A column of numbers, which Whoosh may sort either way."""

    def __init__(self, values: NDArray[np.int64]) -> None:
        self._values = values
        self._sign = 1

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, docnum: int) -> int:
        return int(self._values[docnum])

    def sort_key(self, docnum: int) -> int:
        return self._sign * self[docnum]

    def set_reverse(self) -> None:
        self._sign = -1

    def load(self) -> list[int]:
        values: list[int] = self._values.tolist()
        return values


class ColumnarDocumentReader(PerDocumentReader):  # type: ignore[misc]  # whoosh has no annotations
    """Whoosh's per-document reader. `segment` is the entry in the table of contents."""

    def __init__(self, reader: SegmentReader, segment: Any) -> None:
        self._reader = reader
        self._segment = segment

    def doc_count(self) -> int:
        return int(self._segment.doc_count())

    def doc_count_all(self) -> int:
        return self._reader.count

    def has_deletions(self) -> bool:
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        return bool(self._segment.is_deleted(docnum))

    def deleted_docs(self) -> list[int]:
        numbers: list[int] = self._segment.deleted_docs()
        return numbers

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return fieldname == CLUSTER or fieldname in DATE_FIELDS

    def column_reader(self, fieldname: str, _column: object) -> NumberColumnReader:
        is_date = fieldname in DATE_FIELDS
        return NumberColumnReader(self._reader.dates(fieldname) if is_date else self._reader.clusters)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return int(self._reader.lengths[docnum]) if fieldname == WORDS else default

    def field_length(self, fieldname: str) -> int:
        return int(self._lengths(fieldname).sum(dtype=np.int64))

    def min_field_length(self, fieldname: str) -> int:
        return int(self._lengths(fieldname).min(initial=2**32 - 1)) if fieldname == WORDS else 0

    def max_field_length(self, fieldname: str) -> int:
        return int(self._lengths(fieldname).max(initial=0))

    def stored_fields(self, docnum: int) -> Mapping[str, str]:
        """Its id: articles are stored in the database."""
        return {ID: self._reader.id_of(docnum)}

    def _lengths(self, fieldname: str) -> NDArray[np.uint32]:
        return self._reader.lengths if fieldname == WORDS else np.zeros(0, dtype=np.uint32)

"""One value for each document: length, parts, dates and cluster."""

from collections.abc import Callable, Mapping, Sequence
from operator import methodcaller
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.article import Part
from index.documents import DATE_FIELDS, IndexDocument
from index.whoosh.codec.array_file import Array, ArrayFile
from index.whoosh.codec.integers import column_arrays, narrow, read_column

NO_DATE: Final = -(2**63)
NO_CLUSTER: Final = -1

_LENGTHS: Final = "lengths"
_CLUSTERS: Final = "clusters"


class SegmentColumns:
    """Reads the columns of a segment; each call reads them anew."""

    def __init__(self, file: ArrayFile) -> None:
        self._file = file
        self._count = len(file.array(_LENGTHS))

    def lengths(self) -> NDArray[np.uint32]:
        """Weighted words of each document."""
        return self._file.array(_LENGTHS).astype(np.uint32)

    def characters(self) -> NDArray[np.int64]:
        """Characters of each part of each document: (documents, parts)."""
        return np.stack(
            [self._file.array(_characters(part), self._count).astype(np.int64) for part in Part], axis=1
        )

    def dates(self, field: str) -> NDArray[np.int64]:
        """Seconds since 1970 UTC of each document, NO_DATE where there is none."""
        return read_column(self._file, _date(field), NO_DATE, self._count)

    def clusters(self) -> NDArray[np.int64]:
        """The number of each document's cluster of copies, NO_CLUSTER where it is in none."""
        return read_column(self._file, _CLUSTERS, NO_CLUSTER, self._count)


def document_columns(documents: Sequence[IndexDocument]) -> Mapping[str, Array]:
    """The columns of documents."""

    arrays: dict[str, Array] = {_LENGTHS: narrow(_column([document.length for document in documents]))}
    for part in Part:
        sizes = _column([len(document.characters.get(part, "")) for document in documents])
        arrays[_characters(part)] = narrow(sizes)
    for field in DATE_FIELDS:
        dates = _column([document.dates.get(field, NO_DATE) for document in documents])
        arrays.update(column_arrays(_date(field), dates, NO_DATE))
    clusters = [NO_CLUSTER if document.cluster is None else document.cluster for document in documents]
    return {**arrays, **column_arrays(_CLUSTERS, _column(clusters), NO_CLUSTER)}


def merged_columns(
    sources: Sequence[SegmentColumns], live: Sequence[NDArray[np.bool_]]
) -> Mapping[str, Array]:
    """The columns of the live documents of segments."""

    def joined(values: Callable[[SegmentColumns], Array]) -> Array:
        return np.concatenate([values(source)[mask] for source, mask in zip(sources, live, strict=True)])

    characters = joined(SegmentColumns.characters)
    arrays: dict[str, Array] = {_LENGTHS: narrow(joined(SegmentColumns.lengths))}
    for at, part in enumerate(Part):
        arrays[_characters(part)] = narrow(characters[:, at])
    for field in DATE_FIELDS:
        dates = joined(methodcaller("dates", field))
        arrays.update(column_arrays(_date(field), dates, NO_DATE))
    return {**arrays, **column_arrays(_CLUSTERS, joined(SegmentColumns.clusters), NO_CLUSTER)}


def _column(values: Sequence[int]) -> NDArray[np.int64]:
    return np.array(values, dtype=np.int64)


def _characters(part: Part) -> str:
    return f"sizes.{part.value}"


def _date(field: str) -> str:
    return f"date.{field}"

"""The segments that a writer holds open: written from documents, merged, and marked with tombstones."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from index.documents import IndexDocument
from index.whoosh.codec.positions import UNIT
from index.whoosh.codec.segment import ColumnarSegment, new_segment_id, segment_path
from index.whoosh.codec.segment_merger import Source, merge_segments
from index.whoosh.codec.segment_reader import SegmentReader, open_segment
from index.whoosh.codec.segment_writer import write_segment
from index.whoosh.merge_policy import SegmentSize

BATCH_DOCUMENTS: Final = 16_384
BATCH_CHARACTERS: Final = 2**22
"""A segment is written from at most these, or from one document: they bound the memory of inverting, which
takes some 67 bytes a character at its peak (measured on 2026-11-24), 280 MB here. The merge policy
joins the pieces."""

LOOKED_UP: Final = 30
"""Looking one id up takes as long as going through so many (measured on 2026-11-24, 80,000 documents)."""


@dataclass(frozen=True, slots=True)
class WriterSegment:
    """A segment's entry in the table of contents, and the open file that it names."""

    entry: ColumnarSegment
    reader: SegmentReader

    @property
    def size(self) -> SegmentSize:
        entry = self.entry
        return SegmentSize(entry.doc_count_all(), entry.deleted_count(), self._live_positions())

    def live_length(self) -> int:
        """The lengths of all live documents, added up."""
        return int(self.reader.lengths[self.entry.live()].sum(dtype=np.int64))

    def _live_positions(self) -> int:
        """The positions that its live documents take: exact, so that a merge has as many as was planned."""
        if not self.entry.deleted_count():
            return self.entry.positions
        units = np.diff(self.reader.first_units)
        return int(units[self.entry.live()].sum(dtype=np.int64)) * UNIT

    def without(self, ids: AbstractSet[str]) -> "WriterSegment":
        """The same segment, the documents with these ids deleted."""
        found = _documents_of(self.reader, ids)
        return replace(self, entry=self.entry.without(np.array(found, dtype=np.uint32))) if found else self


def opened(folder: Path, entry: ColumnarSegment) -> WriterSegment:
    """Open the file of an entry. Raises OSError and SegmentDamaged."""
    return WriterSegment(entry, open_segment(entry.path(folder)))


def written_segment(folder: Path, documents: Sequence[IndexDocument]) -> WriterSegment:
    """A new segment, its bytes on the disk. Raises OSError."""
    segment_id = new_segment_id()
    write_segment(segment_path(folder, segment_id), documents)
    return _fresh(folder, segment_id)


def merged_segment(folder: Path, segments: Iterable[WriterSegment]) -> WriterSegment:
    """A new segment of their live documents, its bytes on the disk. Raises OSError and SegmentDamaged."""
    segment_id = new_segment_id()
    sources = [Source(segment.reader, segment.entry.live()) for segment in segments]
    merge_segments(segment_path(folder, segment_id), sources)
    return _fresh(folder, segment_id)


def in_batches(documents: Iterable[IndexDocument]) -> Iterator[list[IndexDocument]]:
    """The documents in order, as many at a time as a segment is written from."""
    batch: list[IndexDocument] = []
    characters = 0
    for document in documents:
        size = sum(map(len, document.characters.values()))
        if batch and (len(batch) == BATCH_DOCUMENTS or characters + size > BATCH_CHARACTERS):
            yield batch
            batch, characters = [], 0
        batch.append(document)
        characters += size
    if batch:
        yield batch


def _documents_of(reader: SegmentReader, ids: AbstractSet[str]) -> list[int]:
    """The documents with these ids."""
    if len(ids) * LOOKED_UP < reader.count:
        return [document for document in map(reader.document_of, ids) if document >= 0]
    wanted = {article_id.encode("utf-8", "surrogatepass") for article_id in ids}
    return [document for document, known in enumerate(reader.ids.in_order()) if known in wanted]


def _fresh(folder: Path, segment_id: str) -> WriterSegment:
    reader = open_segment(segment_path(folder, segment_id))
    nothing = np.zeros(0, dtype=np.uint32)
    return WriterSegment(ColumnarSegment(segment_id, reader.count, reader.positions.extent, nothing), reader)

"""One segment of a Whoosh index as numpy arrays."""

import threading
import weakref
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import SegmentReader, TermNotFound

from index.whoosh.field_names import CHARACTERS, ID_VALUE, RECORD
from index.whoosh.record import LAYOUT, POSITION_BITS

Documents = NDArray[np.int64]
Weights = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Columns:
    """Per document of a segment, deleted ones too: ids and records (`LAYOUT`)."""

    ids: tuple[str, ...]
    records: NDArray[np.void]


class Segment:
    """Reads the postings of one segment; only live documents are returned. Safe to share between threads.

    Everything that is read later is opened here, so that a later commit may delete the files.
    """

    def __init__(self, folder: str, schema: Any, segment: Any, columns: Columns | None) -> None:
        """`columns` of the same segment, read before, are used again: they never change."""
        self._reader = SegmentReader(FileStorage(folder, readonly=True), schema, segment)
        # Whoosh's readers move the position of a shared file.
        self._lock = threading.Lock()
        # A snapshot goes when the last search on it ends; its files have to be closed then, not later.
        weakref.finalize(self, self._reader.close)
        self.count: int = segment.doc_count_all()
        self.columns = columns or self._read_columns()
        self.live = np.ones(self.count, dtype=bool)
        self.live[list(segment.deleted_docs())] = False

    def weights(self, field: str, term: str) -> tuple[Documents, Weights]:
        """Documents that hold a term, rising, with the weight of each."""
        documents: list[int] = []
        weights: list[float] = []
        with self._lock:
            matcher = self._matcher(field, term)
            while matcher is not None and matcher.is_active():
                documents.append(matcher.id())
                weights.append(matcher.weight())
                matcher.next()
        return np.array(documents, dtype=np.int64), np.array(weights, dtype=np.float64)

    def places(self, character: str) -> Documents:
        """Every place (document << POSITION_BITS | position) of a character, rising."""
        found: list[Documents] = []
        with self._lock:
            matcher = self._matcher(CHARACTERS, character)
            while matcher is not None and matcher.is_active():
                positions = np.frombuffer(matcher.value(), dtype="<u4").astype(np.int64)
                found.append(positions | (matcher.id() << POSITION_BITS))
                matcher.next()
        return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)

    def _matcher(self, field: str, term: str) -> Any:
        try:
            return self._reader.postings(field, term)
        except TermNotFound:
            return None

    def _read_columns(self) -> Columns:
        ids = self._reader.column_reader(ID_VALUE)
        records = self._reader.column_reader(RECORD)
        data = b"".join(records[at] for at in range(self.count))
        return Columns(
            ids=tuple(ids[at].decode("utf-8") for at in range(self.count)),
            records=np.frombuffer(data, dtype=LAYOUT),
        )

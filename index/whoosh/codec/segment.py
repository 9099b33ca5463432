"""What Whoosh's table of contents says of a segment: its name, its size and its deleted documents."""

import secrets
from pathlib import Path
from typing import Final, NoReturn

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import Segment

from index.errors import GenerationStale
from index.whoosh.codec.whoosh_codec import ColumnarCodec, StockWritingRefused

INDEX_NAME: Final = "MAIN"
"""Begins the names of all files that Whoosh knows of."""

STATE_VERSION: Final = 1
"""Of what is pickled. With the path of the class it is part of the format of a generation."""

_SUFFIX: Final = ".seg"


def new_segment_id() -> str:
    """The name of a segment that was never there."""
    return f"{INDEX_NAME}_{secrets.token_hex(8)}"


def segment_path(folder: Path, segment_id: str) -> Path:
    """The one file of a segment."""
    return folder / f"{segment_id}{_SUFFIX}"


class ColumnarSegment(Segment):  # type: ignore[misc]  # whoosh has no annotations
    """Names a file that never changes, and says which of its documents are deleted. Immutable.

    `count` documents, deleted ones too, with so many `positions`; `deleted` holds rising document numbers.
    """

    def __init__(self, segment_id: str, count: int, positions: int, deleted: NDArray[np.uint32]) -> None:
        self.indexname, _, self.segid = segment_id.rpartition("_")
        self.compound = False
        self.count = count
        self.positions = positions
        self.deleted = deleted
        deleted.flags.writeable = False

    def __getstate__(self) -> tuple[int, str, int, int, bytes]:
        deleted = self.deleted.astype("<u4", copy=False).tobytes()
        return STATE_VERSION, self.segment_id(), self.count, self.positions, deleted

    def __setstate__(self, state: tuple[int, str, int, int, bytes]) -> None:
        version, segment_id, count, positions, deleted = state
        if version != STATE_VERSION:
            raise GenerationStale(f"state {version} of a segment; this program knows {STATE_VERSION}")
        # Called on an object that was made without arguments: this is its one way to get its values.
        ColumnarSegment.__init__(
            self, segment_id, count, positions, np.frombuffer(deleted, "<u4").astype(np.uint32, copy=False)
        )

    def path(self, folder: Path) -> Path:
        """Its one file."""
        return segment_path(folder, self.segment_id())

    def live(self) -> NDArray[np.bool_]:
        """By document, whether it is not deleted."""
        mask = np.ones(self.count, dtype=np.bool_)
        mask[self.deleted] = False
        return mask

    def without(self, documents: NDArray[np.uint32]) -> "ColumnarSegment":
        """The same segment with these documents deleted too, in any order."""
        return ColumnarSegment(
            self.segment_id(),
            self.count,
            self.positions,
            np.union1d(self.deleted, documents),
        )

    def codec(self) -> ColumnarCodec:
        return ColumnarCodec()

    def should_assemble(self) -> bool:
        """Never: a file inside another could not be mapped."""
        return False

    def doc_count_all(self) -> int:
        return self.count

    def deleted_count(self) -> int:
        return len(self.deleted)

    def deleted_docs(self) -> list[int]:
        numbers: list[int] = self.deleted.tolist()
        return numbers

    def is_deleted(self, docnum: int) -> bool:
        at = int(np.searchsorted(self.deleted, np.uint32(docnum)))
        return at < len(self.deleted) and int(self.deleted[at]) == docnum

    def delete_document(self, *_: object, **__: object) -> NoReturn:
        raise StockWritingRefused

    def set_doc_count(self, *_: object) -> NoReturn:
        raise StockWritingRefused

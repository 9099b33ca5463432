"""The fixed-size record of a document: what sorting, scoring and part borders need."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from index.article import Part
from index.documents import MAX_POSITIONS

POSITION_BITS: Final = (MAX_POSITIONS - 1).bit_length()
"""Bits that hold any position of a document. The last position is never a character's, so that no run of
characters goes on in the next document."""

NO_DATE = -(2**63)
"""`published` of an undated article."""

LAYOUT: Final = np.dtype([("published", "<i8"), ("length", "<u4"), ("starts", "<u4", (len(Part) + 1,))])
"""The bytes of a record, without padding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """`published` in seconds since 1970 UTC; `length` in weighted words; `starts`: the position at which each
    part begins, in the order of `Part`, and one behind the last."""

    published: int
    length: int
    starts: tuple[int, ...]

    def pack(self) -> bytes:
        """The record as `LAYOUT` reads it."""
        return np.array((self.published, self.length, self.starts), dtype=LAYOUT).tobytes()

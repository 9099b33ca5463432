"""The fixed-size record of a document: what sorting, scoring and part borders need."""

import struct
from dataclasses import dataclass
from typing import ClassVar

NO_DATE = -(2**63)
"""`published` of an undated article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """`published` in seconds since 1970 UTC; `length` in weighted words; `starts`: the position at which each
    part begins, in the order of `Part`, and one behind the last."""

    published: int
    length: int
    starts: tuple[int, ...]

    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<qI5I")
    SIZE: ClassVar[int] = 32

    def pack(self) -> bytes:
        return self.LAYOUT.pack(self.published, self.length, *self.starts)

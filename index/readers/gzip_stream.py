"""What is packed with gzip, unpacked as it is read, up to a bound."""

import gzip
import io
import math
import zlib
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from index.readers.refusal import Refusal, RefusedRecord
from index.readers.unpacked import MAX_RATIO, MAX_UNPACKED

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


@dataclass(slots=True)
class Allowance:
    """Bytes that may still come out of gzip; all the streams of one archive share it."""

    left: float = math.inf


class GzipStream(io.RawIOBase):
    """The unpacked bytes; reading raises RefusedRecord where the file is damaged or unpacks to too much.

    Too much is more than the allowance has left, or more than MAX_UNPACKED and MAX_RATIO times what was read
    so far. No memory depends on it: what takes the bytes bounds what it keeps.
    """

    def __init__(self, packed: IO[bytes], allowance: Allowance) -> None:
        super().__init__()
        self._allowance = allowance
        self._packed = packed
        self._unpacked = gzip.GzipFile(fileobj=packed, mode="rb")
        self._size = 0

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill the beginning of the buffer; 0 at the end."""
        view = memoryview(buffer).cast("B")
        try:
            data = self._unpacked.read1(len(view))
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            explanation = f"{error}; what stands before that was read, fetch the file again"
            raise RefusedRecord(Refusal.BAD_GZIP, explanation) from error
        self._size += len(data)
        self._allowance.left -= len(data)
        if self._allowance.left < 0 or self._size > MAX_UNPACKED + MAX_RATIO * self._packed.tell():
            explanation = "the file unpacks to too much for what it is; what comes then is not read"
            raise RefusedRecord(Refusal.ARCHIVE_TOO_LARGE, explanation)
        view[: len(data)] = data
        return len(data)

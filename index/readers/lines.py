"""Streams of bytes to lines, also where a character has two or four bytes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol, Self

from index.readers.encodings import UTF_8, mark_of, unmarked_utf_16
from index.readers.refusal import Refusal, RefusedRecord

MAX_LINE: Final = 32 * 2**20
"""Bytes that a line may have (the team's reliability notes); a longer one is read past in small pieces."""

_PIECE: Final = 2**20

_WIDTHS: Final = {"utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}


class ByteLines(Protocol):
    """What is needed of a stream of bytes."""

    def readline(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its end, byte for byte; its number is counted from 1.

    `data` is None where the line has more than MAX_LINE bytes. `encoding` is that of UTF-16 or UTF-32 where
    the stream begins like one of these, else UTF-8: which of the others it is, the line itself has to tell.
    """

    number: int
    data: bytes | None
    encoding: str

    def checked(self) -> bytes:
        """The line with its end; raises RefusedRecord where it is too long."""
        if self.data is None:
            raise RefusedRecord(Refusal.LINE_TOO_LONG, f"a line has at most {MAX_LINE >> 20} MiB")
        return self.data

    def content(self) -> bytes:
        """The line without its end; raises RefusedRecord where it is too long."""
        line = self.checked().removesuffix("\n".encode(self.encoding))
        return line.removesuffix("\r".encode(self.encoding))


def read_lines(stream: ByteLines) -> Iterator[Line]:
    """The lines of a stream, as soon as they are read; a byte order mark is no part of the first one.

    Memory holds one line. Raises what the stream raises.
    """
    number, form = 1, _Form.of(UTF_8)
    line = stream.readline(MAX_LINE + 1)
    if mark := mark_of(line):
        line, form = line[len(mark.data) :], _Form.of(mark.part)
        line = form.complete(line, stream, MAX_LINE + 1) or form.newline
    elif encoding := unmarked_utf_16(line):
        form = _Form.of(encoding)
        line = form.complete(line, stream, MAX_LINE + 1)
    while line:
        if len(line) > MAX_LINE and not line.endswith(form.newline):
            form.skip_line(stream)
            yield Line(number, None, form.encoding)
        else:
            yield Line(number, line, form.encoding)
        number += 1
        line = form.complete(stream.readline(MAX_LINE + 1), stream, MAX_LINE + 1)


@dataclass(frozen=True, slots=True)
class _Form:
    """How lines end in an encoding."""

    encoding: str
    newline: bytes
    width: int

    @classmethod
    def of(cls, encoding: str) -> Self:
        return cls(encoding, "\n".encode(encoding), _WIDTHS.get(encoding, 1))

    def complete(self, line: bytes, stream: ByteLines, most: int) -> bytes:
        """The line up to its end, of which `line` goes to the first byte that looks like one."""
        if self.width == 1 or not line:
            return line
        read = bytearray(line)
        while True:
            while len(read) % self.width and (more := stream.readline(self.width - len(read) % self.width)):
                read += more
            if read.endswith(self.newline) or len(read) >= most:
                return bytes(read)
            if not (more := stream.readline(most - len(read))):
                return bytes(read)
            read += more

    def skip_line(self, stream: ByteLines) -> None:
        while piece := self.complete(stream.readline(_PIECE), stream, _PIECE):
            if piece.endswith(self.newline):
                return

"""How much a workbook may hold, looked at before openpyxl makes objects of it."""

import io
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Protocol
from xml.etree.ElementTree import ParseError, XMLParser

from lxml import etree

from index.readers.refusal import Refusal, RefusedRecord

MAX_IN_ITEM: Final = 2**15
"""Elements that a row of a sheet, or a text that cells share, may have. By hand: a cell has about three."""

MAX_ITEMS: Final = 2**21
"""Rows, or texts that cells share, in one part. By hand: twice the rows that Excel gives a sheet."""

MAX_BESIDE: Final = 2**18
"""All other elements of a part, such as styles, which are objects at once. By hand on 2026-11-28: Excel has
at most 65,490 styles; 2 million of them, in a file of 1 MiB, took 59 s and 1 GB."""

_ITEMS: Final = frozenset({(3, "row"), (2, "si")})
"""What openpyxl reads one at a time, by its depth."""

_PIECE: Final = 2**16

_BEFORE_A_TAG: Final = b"\xef\xbb\xbf\xfe\xff\x00 \t\r\n"
"""Byte order marks, the zeros of UTF-16 and white space."""

_EBCDIC_TAG: Final = bytes.fromhex("4c6fa794")
"""How a declaration begins in EBCDIC, which lxml reads too."""


class _Parser(Protocol):
    """What lxml's parser and the one of the standard library have in common."""

    def feed(self, data: bytes, /) -> object: ...

    def close(self) -> object: ...


def check_parts(data: bytes) -> None:
    """Raise RefusedRecord where a part brings a document type, or has more elements than are allowed.

    `data` is a zip archive that `check_zip` has let pass. A part can be 100 times as long as in the file, and
    an element is an object of more than twenty times its bytes. Memory holds a piece of a part at a time.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            if _is_xml(archive, member):
                _check(archive, member)


def _is_xml(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Whether a parser of XML could take it: no picture is like that."""
    with archive.open(member) as stream:
        head = stream.read(_PIECE)
    return head.lstrip(_BEFORE_A_TAG).startswith(b"<") or head.startswith(_EBCDIC_TAG)


def _check(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Count as lxml reads the part; where it breaks off, also as the standard library does.

    openpyxl reads sheets with the one and styles with the other, and one may go on where the other stops.
    """
    part = member.filename[:100]
    try:
        _feed(etree.XMLParser(target=_Counter(part), resolve_entities=False, huge_tree=True), archive, member)
    except etree.LxmlError:
        # Where this one breaks off as well, openpyxl does not come further, and says of which row it was.
        with suppress(ParseError, ValueError, LookupError):
            _feed(XMLParser(target=_Counter(part)), archive, member)  # noqa: S314 - refuses document types


def _feed(parser: _Parser, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    with archive.open(member) as stream:
        while piece := stream.read(_PIECE):
            parser.feed(piece)
    parser.close()


@dataclass(slots=True)
class _Counter:
    """Takes what the parser finds in a part, and makes nothing of it."""

    part: str
    _depth: int = 0
    _items: int = 0
    _in_item: int = 0
    _beside: int = 0
    _is_in_item: bool = False

    def start(self, tag: str, _attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._is_in_item:
            self._in_item += 1
        elif (self._depth, tag.rpartition("}")[2]) in _ITEMS:
            self._is_in_item, self._in_item = True, 0
            self._items += 1
        else:
            self._beside += 1
        if self._in_item > MAX_IN_ITEM:
            raise _refused(f"a row or text in {self.part} has more than {MAX_IN_ITEM:,} elements; split it")
        if self._items > MAX_ITEMS:
            raise _refused(f"{self.part} has more than {MAX_ITEMS:,} rows or texts; split it")
        if self._beside > MAX_BESIDE:
            raise _refused(
                f"{self.part} has more than {MAX_BESIDE:,} elements beside its rows; take styles out"
            )

    def end(self, tag: str) -> None:
        if (self._depth, tag.rpartition("}")[2]) in _ITEMS:
            self._is_in_item = False
        self._depth -= 1

    def doctype(self, _name: str, _public: str | None, _system: str | None) -> None:
        raise _refused(f"{self.part} has a document type, which no workbook has; save it again")

    def close(self) -> None:
        """The parser asks for a result here; there is none."""


def _refused(explanation: str) -> RefusedRecord:
    return RefusedRecord(Refusal.UNPARSABLE_TABLE, explanation)

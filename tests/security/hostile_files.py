"""A folder of files that were made to do harm, each with what has to become of it."""

import gzip
import io
import os
import socket
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from docx import Document
from openpyxl import Workbook

SECRET: Final = "钥匙在门垫下面"  # noqa: S105 - of the tests alone
"""What lies outside of the folder, and must never come in."""

STORED: Final = "stored"

PROSE: Final = (
    "关于支持科技创新的通知\n为了推进产业发展，各地要落实有关政策，加强服务，支持企业做好生产经营工作。\n"
)

_MIB: Final = 2**20
_LONG_LINE: Final = 256 * _MIB

_LAUGHS: Final = "<!DOCTYPE x [<!ENTITY a '{}'>{}]>".format(
    "哈" * 100,
    "".join(f"<!ENTITY {name} '{f'&{before};' * 10}'>" for before, name in pairwise("abcdefg")),
)
"""Entities that are a million times as long as they look."""


@dataclass(frozen=True, slots=True)
class Hostile:
    """How a file is made at a path, and the kind of the refusal, or STORED."""

    make: Callable[[Path], object]
    outcome: str


def zipped(members: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def edited(data: bytes, part: str, edit: Callable[[bytes], bytes]) -> bytes:
    """An office file with one part changed, and so many bytes more that its ratio is no matter."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, edit(content) if name == part else content)
        archive.writestr("docProps/picture.bin", os.urandom(_MIB // 2), zipfile.ZIP_STORED)
    return stream.getvalue()


def workbook() -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(("标题", "正文"))
    sheet.append(("通知", "支持科技创新。"))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def wide_row(cells: int) -> bytes:
    """A workbook of which one row has so many empty cells, of four bytes each."""
    return edited(
        workbook(),
        "xl/worksheets/sheet1.xml",
        lambda part: part.replace(b"<sheetData>", b"<sheetData><row>" + b"<c/>" * cells + b"</row>"),
    )


def many_styles(styles: int) -> bytes:
    return edited(
        workbook(),
        "xl/styles.xml",
        lambda part: part.replace(b'<cellXfs count="1">', b"<cellXfs>" + b"<xf/>" * styles),
    )


def laughing_workbook() -> bytes:
    return edited(
        workbook(),
        "xl/worksheets/sheet1.xml",
        lambda part: part.replace(b"<worksheet", _LAUGHS.encode() + b"<worksheet", 1),
    )


def word(xml: str, doctype: str = "") -> bytes:
    """A Word file of one paragraph with this XML in it, and a document type before all."""
    document = Document()
    document.add_paragraph("HERE")
    stream = io.BytesIO()
    document.save(stream)

    def edit(part: bytes) -> bytes:
        text = part.decode().replace("HERE", xml)
        return text.replace("<w:document", doctype + "<w:document", 1).encode()

    return edited(stream.getvalue(), "word/document.xml", edit)


def reading_word(path: Path) -> bytes:
    """A Word file that would have this file's text in its own."""
    return word("招商&secret;引资", f'<!DOCTYPE x [<!ENTITY secret SYSTEM "{path.as_uri()}">]>')


def sparse(size: int) -> Callable[[Path], None]:
    """A file of one line, which takes no room on the disk."""

    def make(path: Path) -> None:
        with path.open("wb") as file:
            file.truncate(size)

    return make


def holding(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


def leading_to(target: Path) -> Callable[[Path], object]:
    return lambda path: path.symlink_to(target)


def listening(path: Path) -> None:
    """A socket; its name has to be short, so it is made where it is."""
    before = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(before)


def hostile_files(secret: Path, long_line: int) -> dict[str, Hostile]:
    """By name. `secret` is a file outside of the folder, `long_line` are the bytes of the longest line."""
    gbk = PROSE.encode("gb18030")
    return {
        # Bombs
        "zeros.zip": Hostile(holding(zipped({"a.txt": bytes(150 * _MIB)})), "archive-too-large"),
        "members.zip": Hostile(
            holding(zipped({f"{n}.txt": b"" for n in range(20_001)})), "archive-too-large"
        ),
        "nested.zip": Hostile(holding(zipped({"a.zip": zipped({"b.txt": b"x"})})), "unknown-file-kind"),
        "zeros.jsonl.gz": Hostile(holding(gzip.compress(bytes(150 * _MIB))), "archive-too-large"),
        "twice.json.gz": Hostile(holding(gzip.compress(gzip.compress(bytes(150 * _MIB)))), "bad-encoding"),
        "behind.jsonl.gz": Hostile(holding(gzip.compress(b'{"title":"x"}\n') + b"garbage"), "bad-gzip"),
        "zeros.docx": Hostile(holding(zipped({"word/document.xml": bytes(150 * _MIB)})), "archive-too-large"),
        "cells.xlsx": Hostile(holding(wide_row(10_000_000)), "unparsable-table"),
        "styles.xlsx": Hostile(holding(many_styles(8_000_000)), "unparsable-table"),
        # Lines, depth and what never ends
        "line.jsonl": Hostile(sparse(long_line), "line-too-long"),
        "line.csv": Hostile(sparse(_LONG_LINE), "empty"),
        "line.txt": Hostile(sparse(_LONG_LINE), "file-too-large"),
        "line.html": Hostile(sparse(_LONG_LINE), "file-too-large"),
        "line.zip": Hostile(sparse(_LONG_LINE), "file-too-large"),
        "deep.html": Hostile(holding(b"<div>" * 100_000 + b"x" + b"</div>" * 100_000), "unparsable-html"),
        "tags.html": Hostile(holding(b"<a " * 50_000), "unparsable-html"),
        "comments.html": Hostile(holding(b"<!--" * 50_000), "unparsable-html"),
        "deep.json": Hostile(holding(b"[" * 100_000), "invalid-json"),
        "deep.jsonl": Hostile(holding(b'{"title":' + b"[" * 100_000), "bad-value"),
        "deep.docx": Hostile(holding(word("</w:t></w:r></w:p>" + "<w:sdt>" * 100_000)), "unparsable-word"),
        # Entities
        "laughs.docx": Hostile(holding(word("&g;", _LAUGHS)), "unparsable-word"),
        "laughs.xlsx": Hostile(holding(laughing_workbook()), "unparsable-table"),
        "reading.docx": Hostile(holding(reading_word(secret)), "unparsable-word"),
        # Encodings
        "gb18030.txt": Hostile(holding(gbk), STORED),
        "gb18030.html": Hostile(holding(b"<meta charset=gb2312><p>" + gbk), STORED),
        "lying.html": Hostile(holding(b"<meta charset=utf-8><p>" + gbk), STORED),
        "big5.txt": Hostile(
            holding("關於推動科技創新的通知\n為了發展產業，各地要支持企業做好工作。".encode("big5")), STORED
        ),
        "utf-16.txt": Hostile(holding(PROSE.encode("utf-16")), STORED),
        "utf-16-le.txt": Hostile(holding(PROSE.encode("utf-16-le")), STORED),
        "wrong-end.txt": Hostile(holding(PROSE.encode() + b"\xff"), "bad-encoding"),
        "wrong-end-gbk.txt": Hostile(holding(gbk + b"\xff"), "bad-encoding"),
        "wrong-end.jsonl": Hostile(holding(b'{"title":"x\xff"}'), "bad-encoding"),
        # Places
        "out.txt": Hostile(leading_to(secret), "link-leads-out"),
        "device.txt": Hostile(leading_to(Path("/dev/zero")), "link-leads-out"),
        "nowhere.txt": Hostile(leading_to(Path("nowhere")), "missing-file"),
        "itself.txt": Hostile(leading_to(Path("itself.txt")), "unreadable-file"),
        "pipe.txt": Hostile(os.mkfifo, "unreadable-file"),
        "socket.txt": Hostile(listening, "unreadable-file"),
        "climbing.zip": Hostile(holding(zipped({"../../../climbed.txt": PROSE.encode()})), STORED),
        "line\nfeed.txt": Hostile(holding(b"\xff"), "bad-encoding"),
        "turned\u202e.txt": Hostile(holding(b"\xff"), "bad-encoding"),
    }

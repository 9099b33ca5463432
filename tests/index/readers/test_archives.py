"""Zip archives and gzip: all kinds of files in them, names, passwords, damage, bombs."""

import gzip
import io
import struct
import tracemalloc
import zipfile
from collections.abc import Iterable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from index.readers.archives import read_archive
from index.readers.contents import MAX_BYTES, MEDIA_TYPES, read_contents
from index.readers.kinds import Form, Kind, form_of
from index.readers.mapping import FieldMap
from index.readers.refusal import RefusedRecord
from index.readers.rows import DocumentRow, Location, PageRow, RecordRow, RefusedRow, Row, SkippedRow
from index.readers.unpacked import MAX_RATIO, MAX_UNPACKED
from tests.index.readers.clauses import SIMPLIFIED, TRADITIONAL

KNOWN = FieldMap.parse(())
TABLE = "标题,正文\n甲,乙\n"
UTF_8_FLAG = 0x800


def packed(members: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return stream.getvalue()


def renamed(archive: bytes, old: str, new: bytes) -> bytes:
    """The archive with another name of the same length in bytes, and without the flag that says UTF-8."""
    assert len(old) == len(new)
    return archive.replace(old.encode(), new)


def rows(data: bytes, *mapped: str) -> list[Row]:
    return list(read_archive(data, "news.zip", FieldMap.parse(mapped)))


def reasons(found: Iterable[Row]) -> list[tuple[str, str]]:
    return [(row.location.source, row.reason) for row in found if isinstance(row, RefusedRow | SkippedRow)]


def workbook() -> bytes:
    book = Workbook()
    stream = io.BytesIO()
    sheet = book.worksheets[0]
    sheet.title = "表"
    for row in (("标题", "正文"), ("甲", "乙")):
        sheet.append(row)
    book.save(stream)
    return stream.getvalue()


EVERY_KIND = {
    "a.txt": "甲\n乙".encode("gb18030"),
    "a.HTML": b"<p>x</p>",
    "a.htm": b"<p>x</p>",
    "a.xhtml": b"<p>x</p>",
    "a.pdf": b"%PDF-1.7",
    "a.docx": b"PK\3\4",
    "a.csv": TABLE.encode("gb18030"),
    "a.tsv": TABLE.replace(",", "\t").encode(),
    "a.json": '[{"title":"甲"}]'.encode(),
    "a.jsonl": '{"title":"甲"}\n'.encode(),
    "a.ndjson": '{"title":"甲"}\n'.encode(),
    "a.xlsx": workbook(),
}


@pytest.mark.parametrize("end", ["", ".gz"], ids=["plain", "gzip"])
@pytest.mark.parametrize("name", EVERY_KIND)
def test_every_kind_of_file_in_an_archive(name: str, end: str) -> None:
    data = EVERY_KIND[name]
    [row] = rows(packed([(f"2024/{name}{end}", gzip.compress(data) if end else data)]))
    assert row.location.source.startswith(f"news.zip!2024/{name}{end}")
    match row:
        case DocumentRow():
            form = form_of(name)
            assert form is not None
            assert row.original.data == data
            assert (row.original.media_type, row.original.encoding) == (MEDIA_TYPES[form.kind], "")
        case PageRow():
            assert (row.original.data, row.text) == (data, "甲\n乙")
        case RecordRow():
            assert row.record.title == "甲"
        case _:
            pytest.fail(str(row))


def test_places_in_a_workbook_in_an_archive() -> None:
    [row] = rows(packed([("a.xlsx", workbook())]))
    assert str(row.location) == "news.zip!a.xlsx!表:2"


names = st.text("甲乙丙abc ()-", min_size=1, max_size=8).map(str.strip).filter(bool)


@given(st.dictionaries(names, st.sampled_from([*SIMPLIFIED, *TRADITIONAL]), min_size=1, max_size=8))
def test_what_was_packed_comes_out(pages: dict[str, str]) -> None:
    members = [(f"{name}.txt", text.encode()) for name, text in pages.items()]
    found = rows(packed(members, zipfile.ZIP_STORED))
    assert [
        (row.location.source, row.original.data, row.text) for row in found if isinstance(row, PageRow)
    ] == [(f"news.zip!{name}.txt", text.encode(), text) for name, text in pages.items()]


def test_what_is_not_read_is_named() -> None:
    members = [
        ("pages/", b""),
        ("pages/a.txt", "甲".encode()),
        ("pages/photo.png", b"png"),
        ("pages/old.doc", b"doc"),
        ("inner.zip", packed([("b.txt", b"b")])),
        ("inner.zip.gz", b""),
        (".hidden.txt", b"x"),
        ("__MACOSX/._a.txt", b"x"),
        (".git/a.txt", b"x"),
        ("empty.pdf", b""),
    ]
    found = rows(packed(members))
    assert [row.location.source for row in found if isinstance(row, PageRow)] == ["news.zip!pages/a.txt"]
    refused = {row.location.source: row.reason for row in found if isinstance(row, RefusedRow)}
    skipped = [row.location.source for row in found if isinstance(row, SkippedRow)]
    assert skipped == ["news.zip!pages/photo.png", "news.zip!inner.zip.gz"]
    assert {name: reason.split(":")[0] for name, reason in refused.items()} == {
        "news.zip!pages/old.doc": "unknown-file-kind",
        "news.zip!inner.zip": "unknown-file-kind",
        "news.zip!empty.pdf": "empty",
    }
    assert refused["news.zip!pages/old.doc"].endswith("save it as .docx")


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        pytest.param("gb18030", "政策文件/关于印发方案的通知.txt", id="Simplified"),
        pytest.param("gb18030", "政策文件/關於產業發展的說明.txt", id="Traditional in GB18030"),
        pytest.param("big5hkscs", "政策文件/關於產業發展的說明.txt", id="Big5"),
        pytest.param("utf-8", "政策文件/关于印发方案的通知.txt", id="UTF-8 without its flag"),
        pytest.param("cp437", "résumé.txt", id="the old encoding of zip"),
    ],
)
def test_names_in_old_encodings(codec: str, name: str) -> None:
    written = name.encode(codec)
    placeholder = "x" * (len(written) - 4) + ".txt"
    [row] = rows(renamed(packed([(placeholder, "甲".encode())]), placeholder, written))
    assert isinstance(row, PageRow)
    assert row.location.source == f"news.zip!{name}"


def test_a_file_with_a_password() -> None:
    data = bytearray(packed([("a.txt", b"a"), ("b.txt", b"b")], zipfile.ZIP_STORED))
    for signature, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = data.index(signature) + offset
        data[at : at + 2] = struct.pack("<H", 1)
    found = rows(bytes(data))
    assert reasons(found) == [("news.zip!a.txt", "encrypted: the file has a password; unpack it first")]
    assert [row.location.source for row in found if isinstance(row, PageRow)] == ["news.zip!b.txt"]


def test_a_damaged_file_does_not_stop_the_others() -> None:
    data = packed([("a.txt", b"unmistakable"), ("b.csv", TABLE.encode())], zipfile.ZIP_STORED)
    found = rows(data.replace(b"unmistakable", b"unmistakeable"[:12]))
    [(place, reason)] = reasons(found)
    assert place == "news.zip!a.txt"
    assert reason.startswith("bad-archive: BadZipFile: Bad CRC-32")
    assert len(found) == 2


SMALL = packed([("a.txt", "甲".encode()), ("乙.csv", TABLE.encode()), ("c.html", b"<p>" + b"x" * 60)])


@given(st.integers(0, len(SMALL) - 1), st.integers(0, 255))
def test_no_wrong_byte_stops_the_reading_of_what_comes_later(place: int, byte: int) -> None:
    damaged = bytearray(SMALL)
    damaged[place] = byte
    assert all(row.location.source.startswith("news.zip") for row in rows(bytes(damaged)))


def damaged(field: int, value: bytes) -> bytes:
    """An archive in whose directory an entry has other bytes in the field that begins at that place."""
    data = bytearray(packed([("甲.txt", b"a")]))
    start = data.index(b"PK\1\2") + field
    data[start : start + len(value)] = value
    return bytes(data)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(damaged(46, b"\xff\xff"), id="a name that is no UTF-8"),
        pytest.param(damaged(42, b"\xff\xff\xff\x7f"), id="a place behind the end"),
        pytest.param(damaged(10, b"\x0e\0"), id="a method that does not fit"),
        pytest.param(damaged(8, b"\x20\x08"), id="patched data"),
    ],
)
def test_a_damaged_directory_is_refused(data: bytes) -> None:
    [(_, reason)] = reasons(rows(data))
    assert reason.startswith("bad-archive: ")


def test_a_member_without_a_name_is_skipped() -> None:
    data = packed([("a", b"x"), ("b.txt", "乙".encode())])
    end = data.rindex(b"PK\5\6")
    directory = data.index(b"PK\1\2")
    entry = bytearray(data[directory : directory + 46])
    entry[28:30] = b"\0\0"
    record = bytearray(data[end:])
    record[12:16] = struct.pack("<L", end - directory - 1)
    found = rows(data[:directory] + bytes(entry) + data[directory + 47 : end] + bytes(record))
    assert [type(row) for row in found] == [SkippedRow, PageRow]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "bad-archive: ", id="no byte"),
        pytest.param(b"no archive", "bad-archive: ", id="no archive"),
        pytest.param(packed([("a.txt", b"a")])[:-10], "bad-archive: ", id="cut off"),
        pytest.param(packed([("a.txt", b"0" * 3_000_000)]), "archive-too-large: ", id="ratio"),
        pytest.param(
            packed([(f"{n}.txt", b"0" * 300_000) for n in range(20)]),
            "archive-too-large: ",
            id="ratio of all",
        ),
    ],
)
def test_what_is_no_archive_or_a_bomb_is_refused_before_it_is_unpacked(data: bytes, reason: str) -> None:
    [(place, refused)] = reasons(rows(data))
    assert place == "news.zip"
    assert refused.startswith(reason)


def test_something_before_or_behind_an_archive_is_no_matter() -> None:
    data = packed([("a.txt", "甲".encode())])
    for around in (b"#!/bin/sh\n" + data, data + b"trailing garbage"):
        assert [type(row) for row in rows(around)] == [PageRow]


def test_a_size_that_is_a_lie_gives_no_more_than_it_says() -> None:
    """What unpacks to more than its stated size is cut there, and its checksum then is wrong."""
    data = bytearray(packed([("a.jsonl", b'{"title":"a"}\n' * 1_000)]))
    for signature, offset in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        at = data.index(signature) + offset
        data[at : at + 4] = struct.pack("<L", 28)
    found = rows(bytes(data))
    assert sum(isinstance(row, RecordRow) for row in found) <= 2
    assert reasons(found)[-1][1].startswith("bad-archive: ")


def unpacked(data: bytes, kind: Kind) -> list[Row]:
    return list(read_contents(io.BytesIO(data), Form(kind, is_packed=True), Location("a.gz"), KNOWN))


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.ZIP])
@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"plain", id="not packed"),
        pytest.param(gzip.compress(b'{"title":"a"}')[:-6], id="cut off"),
        pytest.param(gzip.compress(b'{"title":"a"}') + b"garbage", id="garbage behind it"),
    ],
)
def test_broken_gzip_is_never_an_article_cut_short(data: bytes, kind: Kind) -> None:
    found = unpacked(data, kind)
    assert isinstance(found[-1], RefusedRow)
    assert found[-1].reason.split(":")[0] in {"bad-gzip", "empty", "invalid-json"}
    assert not any(isinstance(row, PageRow | DocumentRow) for row in found)


def bomb(size: int) -> bytes:
    stream = io.BytesIO()
    with gzip.GzipFile(fileobj=stream, mode="wb") as file:
        for _ in range(size >> 20):
            file.write(bytes(2**20))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        pytest.param(Kind.JSON_LINES, "archive-too-large: ", id="streamed, by its ratio"),
        pytest.param(Kind.COMMAS, "archive-too-large: ", id="a table, by its ratio"),
        pytest.param(Kind.TEXT, "file-too-large: ", id="a page, by its size"),
        pytest.param(Kind.HTML, "file-too-large: ", id="HTML, by its size"),
        pytest.param(Kind.JSON, "file-too-large: ", id="JSON, by its size"),
        pytest.param(Kind.WORKBOOK, "file-too-large: ", id="a workbook, by its size"),
    ],
)
def test_a_bomb_costs_bounded_memory(kind: Kind, reason: str) -> None:
    data = bomb(2 * MAX_UNPACKED)
    assert len(data) * MAX_RATIO < MAX_UNPACKED
    tracemalloc.start()
    try:
        found = unpacked(data, kind)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert isinstance(found[-1], RefusedRow)
    assert found[-1].reason.startswith(reason)
    assert peak < 3 * MAX_UNPACKED


def test_gzip_in_an_archive_may_unpack_to_no_more_than_an_archive_may() -> None:
    line = b'{"text":"' + Random(1).randbytes(15_000).hex().encode() + b"0" * 970_000 + b'"}\n'
    data = gzip.compress(line * (MAX_UNPACKED // len(line) + 2))
    assert len(data) * MAX_RATIO > MAX_UNPACKED
    [*good, last] = rows(packed([("a.jsonl.gz", data)], zipfile.ZIP_STORED))
    assert len(good) == MAX_UNPACKED // len(line)
    assert isinstance(last, RefusedRow)
    assert last.reason.startswith("archive-too-large: ")


def test_all_the_gzip_in_an_archive_shares_one_allowance() -> None:
    page = Random(1).randbytes(80_000).hex().encode() + b"a" * (8 * 2**20)
    members = [(f"{number:02}.html.gz", gzip.compress(page)) for number in range(14)]
    found = rows(packed(members, zipfile.ZIP_STORED))
    fitting = MAX_UNPACKED // len(page)
    assert [type(row) for row in found] == [DocumentRow] * fitting + [RefusedRow] * (14 - fitting)
    assert {reason.split(":")[0] for _, reason in reasons(found)} == {"archive-too-large"}


@pytest.mark.parametrize("kind", MAX_BYTES)
def test_the_largest_document(kind: Kind) -> None:
    form = Form(kind, is_packed=False)
    for size, expected in ((MAX_BYTES[kind], DocumentRow), (MAX_BYTES[kind] + 1, RefusedRow)):
        [row] = read_contents(io.BytesIO(bytes(size)), form, Location("a"), KNOWN)
        assert isinstance(row, expected)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.csv", Form(Kind.COMMAS, is_packed=False)),
        ("A.CSV.GZ", Form(Kind.COMMAS, is_packed=True)),
        ("a.b.ndjson", Form(Kind.JSON_LINES, is_packed=False)),
        ("a.zip", Form(Kind.ZIP, is_packed=False)),
        ("a.zip.gz", None),
        ("a.gz", None),
        ("csv", None),
        ("a.csv.bak", None),
        ("a.png", None),
    ],
)
def test_kinds_by_their_names(name: str, form: Form | None) -> None:
    assert form_of(name) == form


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("a.doc", ".docx"),
        ("a.WPS", ".docx"),
        ("a.rtf", ".docx"),
        ("a.xls", ".xlsx"),
        ("a.et.gz", ".xlsx"),
        ("a.rar", ".zip"),
    ],
)
def test_kinds_that_have_to_be_saved_as_others(name: str, better: str) -> None:
    with pytest.raises(RefusedRecord, match=rf"^unknown-file-kind: .* save it as {better}$"):
        form_of(name)

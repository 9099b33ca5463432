"""JSON lines: good rows, bad rows, broken streams."""

import gzip
import io
import json
import tracemalloc
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec
import pytest

from index.article import Original
from index.readers.contents import read_contents
from index.readers.json_lines import read_json_lines
from index.readers.kinds import Form, Kind
from index.readers.lines import MAX_LINE
from index.readers.mapping import FieldMap
from index.readers.record import MAX_TEXT, Record, decode_record
from index.readers.refusal import Refusal, RefusedRecord
from index.readers.rows import Location, RecordRow, RefusedRow, Row

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


def rows(data: bytes) -> list[Row]:
    return list(read_json_lines(io.BytesIO(data), "news.jsonl"))


def reasons(data: bytes) -> list[tuple[int | None, str]]:
    """Line and kind of each refused row."""
    return [
        (row.location.line, row.reason.split(":")[0]) for row in rows(data) if isinstance(row, RefusedRow)
    ]


def test_a_record_with_every_key() -> None:
    line = json.dumps(
        {
            "id": "a-1",
            "title": "題",
            "lead": "導",
            "text": "文",
            "url": "https://news.example/1",
            "source": "湖北日報",
            "published": "2024-10-14",
            "region": "湖北",
            "origin": "sample",
            "tags": ["科技", "創新"],
            "category": ["政策"],
        },
        ensure_ascii=False,
    ).encode()
    [row] = rows(line + b"\n")
    assert row == RecordRow(
        Location("news.jsonl", 1),
        Original(line, "application/json", "utf-8"),
        Record(
            id="a-1",
            title="題",
            lead="導",
            text="文",
            url="https://news.example/1",
            source="湖北日報",
            published="2024-10-14",
            region="湖北",
            origin="sample",
            tags=("科技", "創新"),
            category=("政策",),
        ),
    )


def test_null_means_that_a_key_is_not_given() -> None:
    assert decode_record(b'{"title":"a","id":null,"text":null,"tags":null}') == Record(title="a")


def test_blank_lines_line_ends_and_mark_are_no_part_of_a_record() -> None:
    data = b'\xef\xbb\xbf{"text":"1"}\r\n\n  \t\r\n{"text":"2"}\n{"text":"3"}'
    found = rows(data)
    assert [(row.location.line, row.original.data) for row in found if isinstance(row, RecordRow)] == [
        (1, b'{"text":"1"}'),
        (4, b'{"text":"2"}'),
        (5, b'{"text":"3"}'),
    ]


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "big5hkscs"])
def test_each_line_is_read_in_its_own_encoding(codec: str) -> None:
    line = '{"text":"臺北市政府發布新聞，說明產業發展的計畫"}'.encode(codec)
    first, second = rows(line + b'\r\n{"text":"\xe6\x96\x87"}\n')
    assert isinstance(first, RecordRow)
    assert isinstance(second, RecordRow)
    assert first.original == Original(line, "application/json", codec)
    assert first.record.text == "臺北市政府發布新聞，說明產業發展的計畫"
    assert (second.original.encoding, second.record.text) == ("utf-8", "文")


@pytest.mark.parametrize(
    ("codec", "mark"),
    [
        pytest.param("utf-16-le", "\ufeff", id="utf-16-le"),
        pytest.param("utf-16-be", "\ufeff", id="utf-16-be"),
        pytest.param("utf-32-le", "\ufeff", id="utf-32-le"),
        pytest.param("utf-32-be", "\ufeff", id="utf-32-be"),
        pytest.param("utf-16-le", "", id="utf-16-le without a mark"),
        pytest.param("utf-16-be", "", id="utf-16-be without a mark"),
    ],
)
def test_lines_of_wide_characters(codec: str, mark: str) -> None:
    lines = ['{"text":"上海上午ਊ"}', "  ", '{"text":"1"}', "nonsense", '{"text":"2"}']
    found = rows((mark + "\r\n".join(lines)).encode(codec))
    assert [(row.location.line, type(row)) for row in found] == [
        (1, RecordRow),
        (3, RecordRow),
        (4, RefusedRow),
        (5, RecordRow),
    ]
    assert isinstance(found[0], RecordRow)
    assert found[0].original == Original(lines[0].encode(codec), "application/json", codec)
    assert found[0].record.text == "上海上午ਊ"


def test_a_line_of_wide_characters_that_is_cut_off() -> None:
    assert reasons('{"text":"1"}\n{"text":"2"}'.encode("utf-16")[:-1]) == [(2, Refusal.BAD_ENCODING.value)]


@pytest.mark.slow
def test_a_long_line_of_wide_characters_is_read_past() -> None:
    data = ("\ufeff" + "上a" * (MAX_LINE // 4 + 2) + '\n{"text":"next"}').encode("utf-16-be")
    assert reasons(data) == [(1, Refusal.LINE_TOO_LONG.value)]
    assert len(rows(data)) == 2


def test_a_bad_line_does_not_stop_the_others() -> None:
    data = b'{"text":"1"}\nnot json\n{"text":"2"}\n'
    assert [type(row) for row in rows(data)] == [RecordRow, RefusedRow, RecordRow]


@pytest.mark.parametrize(
    ("line", "refusal", "named"),
    [
        pytest.param(b"not json", Refusal.INVALID_JSON, "one JSON object", id="no json"),
        pytest.param(b'{"text":"a"', Refusal.INVALID_JSON, "", id="cut off"),
        pytest.param(b'{"text":"a"} {"text":"b"}', Refusal.INVALID_JSON, "", id="two objects"),
        pytest.param(b'{"text":NaN}', Refusal.INVALID_JSON, "", id="not a number"),
        pytest.param(b'{"text":"a","id":Infinity}', Refusal.INVALID_JSON, "", id="infinity"),
        pytest.param(b'{"text":"a\x01"}', Refusal.INVALID_JSON, "", id="raw control character"),
        pytest.param(b'["text"]', Refusal.BAD_VALUE, "object", id="no object"),
        pytest.param(b'{"text":1}', Refusal.BAD_VALUE, "$.text", id="number for text"),
        pytest.param(b'{"text":"a","tags":"b"}', Refusal.BAD_VALUE, "$.tags", id="string for a list"),
        pytest.param(b'{"text":"a","tags":[1]}', Refusal.BAD_VALUE, "$.tags[0]", id="number in a list"),
        pytest.param(b'{"text":' + b"[" * 100_000, Refusal.BAD_VALUE, "$.text", id="deep nesting"),
        pytest.param(
            b'{"x":' + b"[" * 9_999 + b"]" * 9_999 + b"}", Refusal.BAD_VALUE, "x", id="deep in unknown"
        ),
        pytest.param(
            b'{"text":"a","body":"b","when":1}', Refusal.UNKNOWN_KEY, "body, when", id="unknown keys"
        ),
        pytest.param(b'{"text":"\\ud800"}', Refusal.BAD_TEXT, "surrogate", id="lone high surrogate"),
        pytest.param(b'{"text":"\\uDC00"}', Refusal.BAD_TEXT, "surrogate", id="lone low surrogate"),
        pytest.param(b'{"text":"\\ud800\\u0041"}', Refusal.BAD_TEXT, "surrogate", id="half a pair"),
        pytest.param(b'{"text":"\xff"}', Refusal.BAD_ENCODING, "UTF-8", id="no utf-8"),
        pytest.param(b'{"text":"\xed\xa0\x80"}', Refusal.BAD_ENCODING, "UTF-8", id="surrogate as utf-8"),
        pytest.param(b'{"text":"a","text":"b"}', Refusal.REPEATED_KEY, "text", id="a key twice"),
        pytest.param(
            b'{"text":"a","\\u0074ext":"b"}', Refusal.REPEATED_KEY, "text", id="a key twice, once escaped"
        ),
        pytest.param(b'{"id":1' + b"0" * 5_000 + b"}", Refusal.BAD_VALUE, "$.id", id="a number without end"),
        pytest.param(b'{"url":"https://news.example"}', Refusal.EMPTY, "title", id="nothing to read"),
        pytest.param(
            b'{"title":" ","lead":"\\t","text":"\\u3000\\n"}', Refusal.EMPTY, "lead", id="white space only"
        ),
    ],
)
def test_refused_records(line: bytes, refusal: Refusal, named: str) -> None:
    with pytest.raises(RefusedRecord) as refused:
        decode_record(line)
    assert refused.value.refusal is refusal
    assert named in str(refused.value)
    assert reasons(line) == [(1, refusal.value)]


def test_a_surrogate_pair_is_a_character() -> None:
    assert decode_record(b'{"text":"\\ud83d\\ude00"}').text == "😀"


@pytest.mark.parametrize("key", ["title", "lead", "text"])
def test_one_of_title_lead_and_text_is_enough(key: str) -> None:
    assert decode_record(json.dumps({key: "文"}).encode()) == msgspec.convert({key: "文"}, Record)


def decoded(**values: object) -> Record:
    return decode_record(json.dumps({"text": "a"} | values, ensure_ascii=False).encode())


def assert_too_long(named: str, **values: object) -> None:
    with pytest.raises(RefusedRecord) as refused:
        decoded(**values)
    assert refused.value.refusal is Refusal.TEXT_TOO_LONG
    assert named in str(refused.value)


@pytest.mark.parametrize(
    ("key", "most"),
    [
        ("id", 200),
        ("title", 1_000),
        ("url", 2_048),
        ("source", 200),
        ("written_by", 200),
        ("published", 200),
        ("region", 200),
        ("origin", 200),
    ],
)
def test_the_longest_value(key: str, most: int) -> None:
    assert getattr(decoded(**{key: "中" * most}), key) == "中" * most
    assert_too_long(f"`{key}` has {most + 1:,} code points", **{key: "中" * (most + 1)})


@pytest.mark.parametrize("key", ["tags", "category"])
def test_the_longest_entry_of_a_list(key: str) -> None:
    assert getattr(decoded(**{key: ["a", "中" * 200]}), key) == ("a", "中" * 200)
    assert_too_long(f"`{key}` has 201 code points", **{key: ["a", "中" * 201]})


def test_every_key_has_a_bound() -> None:
    endless = "a" * (MAX_TEXT + 1)
    for key in Record.__struct_fields__:
        values = (endless, [endless], ["a" * 200] * 10_000)
        kinds = values[1:] if key in {"tags", "category", "related"} else values[:1]
        for value in kinds:
            assert_too_long(f"`{key}`", **{key: value})


@pytest.mark.parametrize(
    ("rest", "counted"),
    [
        pytest.param({"lead": "中" * 1_000}, 1_000, id="lead"),
        pytest.param({"title": "中" * 1_000}, 1_000, id="title"),
        pytest.param({"tags": ["中" * 100] * 3}, 303, id="tags and what parts them"),
        pytest.param({"tags": [""] * 500}, 500, id="empty tags"),
        pytest.param({"origin": "news"}, len("dataset:news") + 1, id="the data set's tag"),
    ],
)
def test_the_longest_searched_text(rest: dict[str, object], counted: int) -> None:
    most = MAX_TEXT - counted
    assert decoded(**rest, text="中" * most).text == "中" * most
    named = "(`title`, `lead`, `text` and `tags`) has 2,000,001 code points"
    assert_too_long(named, **rest, text="中" * (most + 1))


@pytest.mark.parametrize(
    ("rest", "counted"),
    [
        pytest.param({}, 0, id="notice"),
        pytest.param({"related": ["中" * 99] * 5}, 500, id="related"),
        pytest.param({"category": ["中" * 99] * 5}, 500, id="category"),
    ],
)
def test_the_longest_text_that_is_only_kept(rest: dict[str, object], counted: int) -> None:
    most = MAX_TEXT - counted
    assert decoded(**rest, notice="中" * most).notice == "中" * most
    named = "(`notice`, `category` and `related`) has 2,000,001 code points"
    assert_too_long(named, **rest, notice="中" * (most + 1))


def test_a_line_above_the_limit_is_read_past() -> None:
    long = b'{"text":"' + b"a" * MAX_LINE + b'"}'
    assert reasons(long + b"\n" + b'{"text":"next"}\n') == [(1, Refusal.LINE_TOO_LONG.value)]
    assert len(rows(long + b"\n" + b'{"text":"next"}\n')) == 2
    assert reasons(long) == [(1, Refusal.LINE_TOO_LONG.value)]


class EndlessLine(io.RawIOBase):
    """A stream whose first line has a gigabyte, made on the fly."""

    def __init__(self) -> None:
        self.left = 2**30

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        view = memoryview(buffer).cast("B")
        count = min(len(view), self.left)
        view[:count] = b"a" * count
        self.left -= count
        return count


def test_an_endless_line_is_never_held_whole() -> None:
    tracemalloc.start()
    try:
        [row] = read_json_lines(io.BufferedReader(EndlessLine(), 2**20), "endless")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert isinstance(row, RefusedRow)
    assert peak < 4 * MAX_LINE


def packed(count: int) -> bytes:
    lines = (
        json.dumps({"id": str(number), "text": "湖北" * (number % 97 + 1)}) for number in range(1, count + 1)
    )
    return gzip.compress("\n".join(lines).encode())


def unpacked_rows(data: bytes) -> list[Row]:
    form = Form(Kind.JSON_LINES, is_packed=True)
    return list(read_contents(io.BytesIO(data), form, Location("news.jsonl.gz"), FieldMap.parse(())))


def test_gzip() -> None:
    found = unpacked_rows(packed(500))
    assert [row.record.id for row in found if isinstance(row, RecordRow)] == [str(n) for n in range(1, 501)]


def test_gzip_of_several_members() -> None:
    [row] = unpacked_rows(gzip.compress(b'{"text":') + gzip.compress(b'"1"}'))
    assert isinstance(row, RecordRow)


def broken_archives() -> Iterator[tuple[str, bytes]]:
    whole = packed(20_000)
    middle = len(whole) // 2
    yield "truncated", whole[:middle]
    yield (
        "damaged",
        whole[:middle] + bytes(byte ^ 0xFF for byte in whole[middle : middle + 64]) + whole[middle + 64 :],
    )
    yield "wrong checksum", whole[:-8] + b"\0\0\0\0" + whole[-4:]


@pytest.mark.parametrize(("data"), [pytest.param(data, id=name) for name, data in broken_archives()])
def test_a_broken_archive_gives_its_good_rows_and_says_where_it_broke(data: bytes) -> None:
    found = unpacked_rows(data)
    good = sum(isinstance(row, RecordRow) for row in found)
    assert good > 1_000
    assert all(isinstance(row, RecordRow) for row in found[:1_000])
    last = found[-1]
    assert isinstance(last, RefusedRow)
    assert last.location.line == len(found)
    assert last.reason.startswith("bad-gzip: ")


def test_what_is_no_archive_at_all() -> None:
    [row] = unpacked_rows(b'{"text":"plain"}\n')
    assert isinstance(row, RefusedRow)
    assert row.location == Location("news.jsonl.gz", 1)
    assert row.reason.startswith("bad-gzip: ")


class FailingStream(io.BytesIO):
    """A stream on a disk that fails at its second line."""

    def readline(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise OSError(5, "Input/output error")
        return super().readline(size)


def test_a_stream_that_fails_gives_what_it_gave() -> None:
    first, last = read_json_lines(FailingStream(b'{"text":"1"}\n{"text":"2"}\n'), "disk")
    assert isinstance(first, RecordRow)
    assert last == RefusedRow(Location("disk", 2), "unreadable-file: [Errno 5] Input/output error")


def test_rows_come_as_they_are_read() -> None:
    stream = io.BytesIO(b'{"text":"1"}\n{"text":"2"}\n')
    found = read_json_lines(stream, "-")
    next(found)
    assert stream.tell() == len(b'{"text":"1"}\n')

"""Tables as text: delimiters, quotes, encodings, damage."""

import csv
import io
import time
import tracemalloc
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Original
from index.readers.csv_records import MAX_ROW_LINES, Fields
from index.readers.delimited import COMMAS, TABS, read_delimited
from index.readers.lines import MAX_LINE
from index.readers.mapping import FieldMap
from index.readers.record import Record
from index.readers.rows import Location, RecordRow, RefusedRow, Row, SkippedRow
from index.readers.tables import MAX_HEADER
from tests.index.readers.clauses import SIMPLIFIED, TRADITIONAL

KNOWN = FieldMap.parse(())
HEADER = "标题,正文,来源\n"


def rows(data: bytes, delimiters: Sequence[str] = COMMAS, field_map: FieldMap = KNOWN) -> list[Row]:
    return list(read_delimited(io.BytesIO(data), "list.csv", field_map, delimiters))


def records(found: Iterable[Row]) -> list[Record]:
    return [row.record for row in found if isinstance(row, RecordRow)]


def reasons(found: Iterable[Row]) -> list[tuple[int | None, str]]:
    return [(row.location.line, row.reason) for row in found if isinstance(row, RefusedRow | SkippedRow)]


def test_a_table() -> None:
    data = (
        "编号,标题,正文,发布时间,标签,点击量\r\n"
        'hb-1,"鄂州,武汉","第一段\r\n第二段说""好""",2024-10-14,"科技、创新",31\r\n'
        "\r\n"
        ",武汉,,,,\r\n"
    ).encode()
    first, second, unused = rows(data)
    lines = data.split(b"\r\n")
    assert first == RecordRow(
        Location("list.csv", 2),
        Original(lines[0] + b"\r\n" + lines[1] + b"\r\n" + lines[2] + b"\r\n", "text/csv", "utf-8"),
        Record(
            id="hb-1",
            title="鄂州,武汉",
            text='第一段\r\n第二段说"好"',
            published="2024-10-14",
            tags=("科技", "创新"),
        ),
    )
    assert second.location == Location("list.csv", 5)
    assert records([second]) == [Record(title="武汉")]
    assert unused == SkippedRow(
        Location("list.csv"), "columns not used: 点击量; name a key with --map to use one"
    )


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "gb18030", "big5hkscs"]
)
def test_delimiters_and_encodings(delimiter: str, codec: str) -> None:
    table = [("標題", "內文"), ("臺北市政府", "為了推動創新，市府與企業合作"), ("功許蓋", "經濟部|,;")]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(table)
    found = rows(text.getvalue().encode(codec))
    assert records(found) == [Record(title=title, text=body) for title, body in table[1:]]
    assert reasons(found) == []
    for row in found:
        assert isinstance(row, RecordRow)
        copy = row.original.data.decode(row.original.encoding)
        assert next(csv.reader(io.StringIO(copy), delimiter=delimiter)) == list(table[0])


parts = st.sampled_from([*SIMPLIFIED, *TRADITIONAL, ",", ";", "|", "\t", '"', '""', "\n", "\r\n", "a", " "])
texts = st.builds(
    lambda first, others: "".join((first, *others)), st.sampled_from(SIMPLIFIED), st.lists(parts, max_size=6)
)


@given(
    table=st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=6),
    delimiter=st.sampled_from(COMMAS),
    codec=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"]),
    line_end=st.sampled_from(["\n", "\r\n"]),
)
def test_a_table_comes_back_as_it_was_written(
    table: list[tuple[str, str, str]], delimiter: str, codec: str, line_end: str
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=line_end)
    writer.writerow(("标题", "正文", "来源"))
    writer.writerows(table)
    found = rows(text.getvalue().encode(codec))
    assert reasons(found) == []
    assert records(found) == [Record(title=title, text=body, source=source) for title, body, source in table]
    for row, (title, body, _) in zip(found, table, strict=True):
        assert isinstance(row, RecordRow)
        kept = csv.reader(
            io.StringIO(row.original.data.decode(row.original.encoding), newline=""), delimiter=delimiter
        )
        assert [cells[:2] for cells in kept] == [["标题", "正文"], [title, body]]


def test_excel_may_say_what_parts_cells() -> None:
    assert records(rows(b"sep=|\ntitle;text\nx;y\n")) == []
    assert records(rows(b"sep=;\r\ntitle;text\r\nx|,|,;y\r\n")) == [Record(title="x|,|,", text="y")]


def test_a_table_of_one_column_and_one_with_tabs_by_its_name() -> None:
    assert records(rows("标题\n甲,乙\n".encode())) == []
    assert records(rows("标题\n甲乙\n".encode())) == [Record(title="甲乙")]
    assert records(rows("标题\t正文,来源\n甲\t乙\n".encode(), TABS)) == [Record(title="甲")]


def test_what_stands_above_the_header_is_named() -> None:
    found = rows("政策清单\n2024年,,\n标题,正文\n甲,乙\n".encode())
    assert records(found) == [Record(title="甲", text="乙")]
    assert reasons(found) == [
        (1, "above the header, not used: 政策清单"),
        (2, "above the header, not used: 2024年"),
    ]


def test_a_header_that_is_repeated_is_no_article() -> None:
    assert records(rows((HEADER + "甲,乙,丙\n" + HEADER + "丁,戊,己\n").encode())) == [
        Record(title="甲", text="乙", source="丙"),
        Record(title="丁", text="戊", source="己"),
    ]


def test_running_numbers_are_no_ids() -> None:
    table = "编号,标题\n1,甲\nhb-2,乙\n".encode()
    assert records(rows(table)) == [Record(title="甲"), Record(id="hb-2", title="乙")]
    assert reasons(rows(table))[0][1].startswith("columns not used: 编号;")
    mapped = FieldMap.parse(("id=编号",))
    assert records(rows(table, field_map=mapped))[0] == Record(id="1", title="甲")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param("甲,乙", "bad-value: the row has 2 cells, its header 3", id="too few cells"),
        pytest.param("甲,乙,丙,丁", "bad-value: the row has 4 cells, its header 3", id="too many cells"),
        pytest.param(",,丙", "empty: ", id="nothing to read"),
        pytest.param('"甲"乙,丙,丁', "unparsable-table: ", id="text behind a quote"),
        pytest.param('甲,"乙,丙', "unparsable-table: ", id="a quote that is never closed"),
        pytest.param("甲" * 1_001 + ",乙,丙", "text-too-long: ", id="a title that is none"),
        pytest.param("甲\r乙,丙,丁", "unparsable-table: ", id="a lone carriage return"),
    ],
)
def test_a_bad_row_does_not_stop_the_others(line: str, reason: str) -> None:
    found = rows((HEADER + "一,二,三\n" + line + "\n四,五,六\n").encode())
    [(number, refused)] = reasons(found)
    assert number == 3
    assert refused.startswith(reason)
    assert [record.title for record in records(found)] == ["一", "四"]


def test_empty_cells_behind_the_last_column_are_nothing() -> None:
    assert records(rows((HEADER + "甲,乙,丙,, \n").encode())) == [Record(title="甲", text="乙", source="丙")]


def test_a_quote_that_is_never_closed_takes_no_other_rows_with_it() -> None:
    table = HEADER + '甲,"乙,丙\n' + "丁,戊,己\n" * 20_000
    found = rows(table.encode())
    assert [line for line, _ in reasons(found)] == [2]
    assert len(records(found)) == 20_000
    assert found[-1].location.line == 20_002


def test_the_paragraphs_of_a_text_that_breaks_off_are_no_rows() -> None:
    table = HEADER + '甲,乙,丙\n丁,"第一段\n第二段\n第三段\n'
    found = rows(table.encode())
    assert records(found) == [Record(title="甲", text="乙", source="丙")]
    [(line, reason)] = reasons(found)
    assert line == 3
    assert reason.endswith("is a quotation mark missing or not doubled?; lines 3 to 5 were not read")


def test_the_paragraphs_of_a_text_in_no_encoding_are_no_rows() -> None:
    table = HEADER.encode() + b'a,"\xff\xff\nb,c,d\n",e\nf,g,h\n'
    found = rows(table)
    assert [record.title for record in records(found)] == ["f"]
    assert reasons(found)[0][0] == 2


def test_many_quotes_that_are_never_closed_cost_little_time() -> None:
    table = HEADER + ('甲,"乙,丙\n' + "丁,戊,己\n" * 99) * 300
    started = time.process_time()
    found = rows(table.encode())
    assert time.process_time() - started < 60
    assert len([row for row in found if isinstance(row, RefusedRow)]) >= 150


@pytest.mark.parametrize("line", ['a","b\n', 'a","b"\n', '"a","b\n', '"a,b\n'])
@pytest.mark.parametrize("beginning", ["", '甲,"乙\n'], ids=["", "open"])
def test_lines_that_are_read_again_and_again_cost_little_time(beginning: str, line: str) -> None:
    started = time.process_time()
    found = rows((HEADER + beginning + line * 20_000).encode())
    assert time.process_time() - started < 30
    assert isinstance(found[-1], RefusedRow)


def test_what_is_not_read_for_broken_quotes_is_told() -> None:
    (first, *_, last) = reasons(rows((HEADER + 'a","b\n' * 20_000).encode()))
    assert first[1].startswith("unparsable-table: ")
    assert last[1].startswith("too-costly: too many quotation marks are missing; this row and all below it")


def test_a_header_that_would_fill_every_original_is_refused() -> None:
    [row] = rows(f"标题,{'长' * MAX_HEADER}\n甲,乙\n".encode())
    assert isinstance(row, RefusedRow)
    assert row.reason.startswith("unparsable-table: the header has 196,6")


def test_rows_above_a_missing_header_that_cannot_be_read_are_told() -> None:
    (*_, last) = reasons(rows("标题,正\udcff\udcfe文\n甲,乙\n".encode(errors="surrogateescape")))
    assert last[1].startswith("unknown-header: ")
    assert "1 of the first rows could not be read: row 1: bad-encoding: " in last[1]


def test_many_rows_above_a_missing_header_that_cannot_be_read_cost_bounded_memory() -> None:
    [row] = rows(b"\x81\xff\xfe,\x81\n" * 5_000)
    assert isinstance(row, RefusedRow)
    assert "1,000 of the first rows could not be read" in row.reason


@pytest.mark.parametrize("delimiter", COMMAS, ids=["comma", "tab", "semicolon", "bar"])
def test_a_row_of_delimiters_is_refused_before_its_cells_are_made(delimiter: str) -> None:
    table = HEADER.replace(",", delimiter) + 'a"' + delimiter * 20_000_000 + "\n" + delimiter.join("丁戊己")
    tracemalloc.start()
    try:
        found = rows(table.encode())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert records(found) == [Record(title="丁", text="戊", source="己")]
    assert reasons(found) == [
        (2, "unparsable-table: the row has more than 1,000 columns; take out empty ones")
    ]
    assert peak < 14 * 20_000_000  # the cells alone would be 8 bytes each more


def test_delimiters_in_quotes_make_no_columns() -> None:
    text = "a,\n" * 3_000 + "," * 3_000 + '""' + "," * 3_000
    assert records(rows(f'{HEADER}甲,"{text}",丙\n'.encode())) == [
        Record(title="甲", text=text.replace('""', '"'), source="丙")
    ]


@given(st.text('a",|', max_size=20), st.sampled_from(",|"))
def test_the_fields_of_a_line_are_as_many_as_the_reader_makes(line: str, delimiter: str) -> None:
    try:
        [cells] = csv.reader([line + delimiter], delimiter=delimiter, strict=True)
    except csv.Error:
        return
    assert Fields.of(delimiter).ends(line + delimiter, 100, is_quoted=False) == len(cells) - 1


@given(st.text('a",', max_size=20))
def test_the_fields_of_a_line_inside_of_quotes_are_as_many_as_the_reader_makes(line: str) -> None:
    try:
        [cells] = csv.reader(['"\n', line + ","], strict=True)
    except csv.Error:
        return
    assert Fields.of(",").ends(line + ",", 100, is_quoted=True) == len(cells) - 1


def test_a_row_of_too_many_lines_is_refused_alone() -> None:
    table = HEADER + '甲,"' + "乙\n" * MAX_ROW_LINES + '",丙\n丁,戊,己\n'
    found = rows(table.encode())
    (line, reason), *_ = reasons(found)
    assert line == 2
    assert reason.startswith("line-too-long: the row does not end; is a quotation mark never closed?")
    assert reason.endswith("lines 2 to 100001 were not read")
    assert records(found) == [Record(title="丁", text="戊", source="己")]


def test_a_lone_carriage_return_in_quotes_is_part_of_the_text() -> None:
    assert records(rows((HEADER + '"甲\r",乙,丙\n').encode()))[0].title == "甲\r"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "empty: ", id="no byte"),
        pytest.param(b"\xef\xbb\xbf\n\n", "empty: ", id="no cell"),
        pytest.param(b"a,b\n1,2\n", "unknown-header: ", id="no known header"),
    ],
)
def test_a_table_without_a_header_is_refused_once(data: bytes, reason: str) -> None:
    [(line, refused)] = reasons(rows(data))
    assert line is None
    assert refused.startswith(reason)


def test_a_column_that_was_named_and_is_missing_refuses_the_whole_table() -> None:
    [row] = rows((HEADER + "甲,乙,丙\n").encode(), field_map=FieldMap.parse(("title=题目",)))
    assert isinstance(row, RefusedRow)
    assert row.reason == "unknown-header: there is no column 题目; the columns are: 标题、正文、来源"


def encoded(*cells: tuple[str, str]) -> bytes:
    return b",".join(text.encode(codec) for text, codec in cells) + b"\n"


def test_rows_and_fields_in_other_encodings_than_the_file() -> None:
    data = HEADER.encode() + b"".join(
        [
            encoded(("湖北通知", "utf-8"), ("现将有关事项通知如下", "utf-8"), ("新华社", "utf-8")),
            encoded(("湖北通知", "utf-8"), ("现将有关事项通知如下", "gb18030"), ("新华社", "gb18030")),
            encoded(("湖北通知", "gb18030"), ("现将有关事项通知如下", "gb18030"), ("新华社", "gb18030")),
        ]
    )
    found = rows(data)
    expected = Record(title="湖北通知", text="现将有关事项通知如下", source="新华社")
    assert records(found) == [expected] * 3
    assert [row.original.encoding for row in found if isinstance(row, RecordRow)] == ["utf-8", "", ""]
    assert reasons(found) == [(None, "2 rows are in several encodings: each field was read by itself")]


def test_utf_8_among_fields_that_are_valid_gb18030_with_it() -> None:
    """The title's bytes are good GB18030 too, where they read 娌冲寳…: the line as a whole gives no sign."""
    title, text = "河北省科学技术厅", "现将有关事项通知如下\n请认真贯彻执行\n联通\n"
    assert title.encode().decode("gb18030")
    row = b",".join((title.encode(), b'"' + text.encode("gb18030") + b'"', "新华社".encode("gb18030")))
    good = encoded(("湖北通知", "gb18030"), ("现将有关事项通知如下", "gb18030"), ("新华社", "gb18030"))
    found = rows(HEADER.encode("gb18030") + good * 3 + row + b"\n" + good)
    assert records(found)[3] == Record(title=title, text=text, source="新华社")
    assert reasons(found) == [(None, "1 rows are in several encodings: each field was read by itself")]
    [mixed] = [row for row in found if isinstance(row, RecordRow) and not row.original.encoding]
    assert mixed.original.data == HEADER.encode("gb18030") + row + b"\n"


mixed_tables = st.lists(
    st.tuples(*[st.tuples(texts, st.sampled_from(["utf-8", "gb18030"]))] * 3), min_size=1, max_size=5
)


@given(mixed_tables, st.sampled_from(["utf-8", "gb18030"]))
def test_fields_in_two_encodings_come_back(
    table: list[tuple[tuple[str, str], ...]], header_codec: str
) -> None:
    quoted = [[('"' + text.replace('"', '""') + '"', codec) for text, codec in row] for row in table]
    found = rows(HEADER.encode(header_codec) + b"".join(encoded(*row) for row in quoted))
    assert records(found) == [
        Record(title=title, text=text, source=source) for (title, _), (text, _), (source, _) in table
    ]


def test_one_wrong_byte_refuses_its_row_only() -> None:
    good = encoded(("湖北通知", "gb18030"), ("现将有关事项通知如下", "gb18030"), ("新华社", "gb18030"))
    found = rows(HEADER.encode("gb18030") + good + b"\xff\xff,x,y\n" + good)
    assert len(records(found)) == 2
    [(line, reason)] = reasons(found)
    assert (line, reason.split(":")[0]) == (3, "bad-encoding")


def test_wide_characters_with_a_lone_surrogate_refuse_their_row_only() -> None:
    good = "甲,乙,丙\n".encode("utf-16-le")
    found = rows(("\ufeff" + HEADER).encode("utf-16-le") + good + b"\x00\xd8,\0x\0,\0\n\0" + good)
    assert [record.title for record in records(found)] == ["甲", "甲"]
    assert [line for line, _ in reasons(found)] == [3]


def test_a_text_that_is_longer_than_the_csv_module_allows_by_itself() -> None:
    text = "鄂州武汉" * 100_000
    assert records(rows((HEADER + f"甲,{text},\n").encode())) == [Record(title="甲", text=text)]


def test_a_line_above_the_limit_is_refused_and_read_past() -> None:
    found = rows(HEADER.encode() + b"a" * (MAX_LINE + 1) + b"\n" + "甲,乙,丙\n".encode())
    assert [(line, reason.split(":")[0]) for line, reason in reasons(found)] == [(2, "line-too-long")]
    assert [record.title for record in records(found)] == ["甲"]


def test_rows_come_as_they_are_read() -> None:
    stream = io.BytesIO((HEADER + "甲,乙,丙\n" * 1_000_000).encode())
    found = read_delimited(stream, "list.csv", KNOWN)
    next(found)
    assert stream.tell() < 10_000

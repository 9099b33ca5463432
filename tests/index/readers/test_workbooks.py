"""Tables in Excel's form: sheets, values, damage, bombs."""

import io
import json
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

import pytest
from openpyxl import DEFUSEDXML, Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.worksheet.worksheet import Worksheet

from index.article import Original
from index.readers.mapping import FieldMap
from index.readers.record import Record
from index.readers.rows import Location, RecordRow, RefusedRow, Row, SkippedRow
from index.readers.sheets import MAX_CELL, MAX_ROW_TEXT
from index.readers.tables import MAX_COLUMNS
from index.readers.workbooks import read_workbook

HEADER = ("标题", "正文", "发布日期")


def workbook(**sheets: Iterable[Sequence[object]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, cells in sheets.items():
        sheet = book.create_sheet(name)
        for row in cells:
            sheet.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def edited(data: bytes, member: str, edit: tuple[str, str]) -> bytes:
    """The workbook with one of its files changed as by re.sub."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == member:
                text, changes = re.subn(edit[0], edit[1], content.decode())
                assert changes
                content = text.encode()
            new.writestr(name, content)
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def rows(data: bytes, *mapped: str) -> list[Row]:
    return list(read_workbook(data, "list.xlsx", FieldMap.parse(mapped)))


def records(found: Iterable[Row]) -> list[Record]:
    return [row.record for row in found if isinstance(row, RecordRow)]


def reasons(found: Iterable[Row]) -> list[tuple[str, str]]:
    return [(str(row.location), row.reason) for row in found if isinstance(row, RefusedRow | SkippedRow)]


def test_a_sheet() -> None:
    data = workbook(
        政策=[
            ("湖北省政策清单",),
            (),
            ("标题", "正文", "发布日期", "点击", "点击", ""),
            ("甲", "第一段\n第二段", date(2024, 10, 14), 31, 2.5, True),
            (),
            ("乙",),
        ]
    )
    first, second, above, unused = rows(data)
    place = Location("list.xlsx!政策", 4)
    named = {
        "标题": "甲",
        "正文": "第一段\n第二段",
        "发布日期": "2024-10-14",
        "点击": "31",
        "点击#5": "2.5",
        "#6": "TRUE",
    }
    original = json.dumps(named, ensure_ascii=False, separators=(",", ":")).encode()
    assert first == RecordRow(
        place,
        Original(original, "application/json", "utf-8"),
        Record(title="甲", text="第一段\n第二段", published="2024-10-14"),
    )
    assert (second.location.line, records([second])) == (6, [Record(title="乙")])
    assert reasons([above, unused]) == [
        ("list.xlsx!政策:1", "above the header, not used: 湖北省政策清单"),
        ("list.xlsx!政策", "columns not used: 点击, #6; name a key with --map to use one"),
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(12, "12", id="whole number"),
        pytest.param(12.0, "12", id="whole number with a point"),
        pytest.param(0.1, "0.1", id="fraction"),
        pytest.param(-1.5e300, "-1.5e+300", id="large number"),
        pytest.param("007", "007", id="text of digits"),
        pytest.param(True, "TRUE", id="truth"),
        pytest.param(date(2024, 10, 14), "2024-10-14", id="date"),
        pytest.param(datetime(2024, 10, 14), "2024-10-14", id="midnight"),  # noqa: DTZ001  # as Excel has it
        pytest.param(datetime(2024, 10, 14, 15, 46, 51), "2024-10-14 15:46:51", id="time"),  # noqa: DTZ001
        pytest.param(time(15, 46, 51), "15:46:51", id="time of day"),
        pytest.param(timedelta(hours=30), "1 day, 6:00:00", id="duration"),
        pytest.param("a\r\nb", "a\r\nb", id="line ends"),
        pytest.param("a_x000D_b", "a\rb", id="an escaped control character"),
        pytest.param("_xD83D__xDE00_", "😀", id="an escaped pair of surrogates"),
        pytest.param("_x", "_x", id="no escape"),
    ],
)
def test_the_texts_of_values(value: object, text: str) -> None:
    [row] = records(rows(workbook(a=[("标题", "正文"), ("甲", value)])))
    assert row.text == text


def test_each_visible_sheet_with_a_header_is_read() -> None:
    book = Workbook()
    sheets = [book.worksheets[0], *(book.create_sheet(name) for name in ("藏", "封面", "空", "二"))]
    for sheet, name in zip(sheets, ["甲", "乙", "", "", "丁"], strict=True):
        if name:
            sheet.append(HEADER)
            sheet.append((name,))
    sheets[1].sheet_state = "hidden"
    sheets[2].append(("说明",))
    sheets[0].title = "一"
    found = rows(saved(book))
    assert [(row.location.source, row.record.title) for row in found if isinstance(row, RecordRow)] == [
        ("list.xlsx!一", "甲"),
        ("list.xlsx!二", "丁"),
    ]
    skipped = {
        row.location.source: row.reason
        for row in found
        if isinstance(row, SkippedRow) and not row.location.line
    }
    assert skipped["list.xlsx!藏"] == "the sheet is hidden; show it to have it read"
    assert skipped["list.xlsx!封面"].startswith("unknown-header: ")
    assert skipped["list.xlsx!空"].startswith("empty: ")
    assert not any(isinstance(row, RefusedRow) for row in found)


def test_a_workbook_without_any_header_is_refused() -> None:
    found = rows(workbook(a=[("甲", "乙")], b=[]))
    assert [type(row) for row in found] == [RefusedRow, RefusedRow]


def test_columns_that_were_named() -> None:
    [record] = records(rows(workbook(a=[("事项", "说明"), ("甲", "乙")]), "title=事项", "text=说明"))
    assert record == Record(title="甲", text="乙")


def test_more_cells_than_columns_refuse_the_row() -> None:
    found = rows(workbook(a=[("标题", "正文"), ("甲", "乙", "丙"), ("丁", "戊", " ")]))
    assert records(found) == [Record(title="丁", text="戊")]
    assert reasons(found)[0] == (
        "list.xlsx!a:2",
        "bad-value: the row has 3 cells, its header 2; give each cell a column",
    )


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        pytest.param("=1+1", "bad-value: 正文: a cell has a formula that was never calculated", id="formula"),
        pytest.param("#N/A", "bad-value: 正文: a cell holds the error #N/A", id="error"),
        pytest.param("_xD800_", "bad-value: 正文: a cell has half of a surrogate pair", id="half a pair"),
    ],
)
def test_a_cell_without_a_value(cell: str, reason: str) -> None:
    """It refuses the row where the article needs it, and nowhere else."""
    table = [("标题", "正文", "备注"), ("甲", cell, ""), ("乙", "文", cell)]
    found = rows(workbook(a=table))
    assert records(found) == [Record(title="乙", text="文")]
    assert reasons(found)[0][1].startswith(reason)


def test_a_formula_has_the_value_that_was_calculated_last() -> None:
    data = workbook(a=[("标题", "正文"), ("甲", '=CONCATENATE("a","b")')])
    data = edited(data, SHEET, (r"</f><v ?/>|</f><v></v>", "</f><v>ab</v>"))
    data = edited(data, SHEET, (r'(<c r="B2")', r'\1 t="str"'))
    assert records(rows(data)) == [Record(title="甲", text="ab")]


def test_a_wrong_size_loses_no_cells() -> None:
    data = edited(
        workbook(a=[("标题", "正文"), ("甲", "乙")]),
        SHEET,
        (r'<dimension ref="[^"]*"', '<dimension ref="A1:A1"'),
    )
    assert records(rows(data)) == [Record(title="甲", text="乙")]


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        pytest.param(
            (r'r="2"', 'r="999999999999"'),
            "unparsable-table: the sheet has more than 1,048,576 rows",
            id="a row far down",
        ),
        pytest.param(
            (r'r="B2"', 'r="ZZZ2"'),
            "unparsable-table: the sheet has more than 1,000 columns",
            id="a cell far out",
        ),
        pytest.param(
            (r'r="B2"', 'r="ZZZZZ2"'), "unparsable-table: the workbook cannot be read", id="a cell nowhere"
        ),
        pytest.param(
            (
                r't="inlineStr"><is><t>[^<]*</t></is></c></row></sheetData>',
                't="s"><v>99</v></c></row></sheetData>',
            ),
            "unparsable-table: the workbook cannot be read",
            id="a text that is not there",
        ),
    ],
)
def test_hostile_sheets_are_refused(edit: tuple[str, str], reason: str) -> None:
    found = rows(edited(workbook(a=[("标题", "正文"), ("甲", "乙")]), SHEET, edit))
    assert records(found) == []
    [(_, refused)] = reasons(found)
    assert refused.startswith(reason)


def test_entities_are_not_expanded() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    data = workbook(a=[("标题",), ("甲",)])
    assert DEFUSEDXML
    found = rows(edited(data, SHEET, (r"^", bomb)))
    assert records(found) == []
    assert reasons(found)[0][1].startswith("unparsable-table: ")


def test_a_sheet_that_breaks_off_gives_what_stood_before() -> None:
    data = edited(workbook(a=[("标题",), ("甲",), ("乙",)]), SHEET, (r'<row r="3">.*', ""))
    found = rows(data)
    assert records(found) == [Record(title="甲")]
    [(place, reason)] = reasons(found)
    assert place == "list.xlsx!a:3"
    assert reason.startswith("unparsable-table: the workbook cannot be read (ParseError: ")


def test_a_workbook_as_excel_writes_it() -> None:
    """Texts in a list of their own, formatted in parts or not; a day as a number with a format."""
    rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006/"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}sharedStrings+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}relationships"><Relationship Id="r1" '
        f'Type="{rels}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{rels}"><sheets>'
        '<sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}relationships">'
        f'<Relationship Id="r1" Type="{rels}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{rels}/styles" Target="styles.xml"/>'
        f'<Relationship Id="r3" Type="{rels}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><fonts><font/></fonts>'
        "<fills><fill><patternFill/></fill></fills>"
        "<borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>"
        '<cellXfs><xf/><xf numFmtId="31"/></cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}"><si><t>标题</t></si><si><t>发布日期</t></si>'
        "<si><r><t>湖北</t></r><r><t>政策</t></r></si></sst>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>'
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>'
        '<row r="3"><c r="A3" t="s"><v>2</v></c><c r="C3" s="1"><v>45579</v></c></row>'
        "</sheetData></worksheet>",
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
    [row, *_] = rows(stream.getvalue())
    assert row.location == Location("list.xlsx!表", 3)
    assert records([row]) == [Record(title="湖北政策", published="2024-10-14")]


def test_a_sheet_as_wide_as_allowed() -> None:
    header = ["标题", *(f"列{number}" for number in range(1, MAX_COLUMNS))]
    assert records(rows(workbook(a=[header, ("甲",)]))) == [Record(title="甲")]


def with_shared_text(data: bytes, text: str) -> bytes:
    """The workbook with this as its only shared text."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    stream = io.BytesIO(edited(data, "[Content_Types].xml", ("</Types>", override)))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{SHEETS}"><si><t>{text}</t></si></sst>')
    return stream.getvalue()


def test_a_text_that_many_cells_share_is_not_multiplied() -> None:
    header = ["标题", *(f"列{number}" for number in range(1, MAX_COLUMNS))]
    data = workbook(a=[header, ["x"] * MAX_COLUMNS, ("乙",)])
    data = edited(data, SHEET, (r't="inlineStr"><is><t>x</t></is>', 't="s"><v>0</v>'))
    found = rows(with_shared_text(data, "x" * MAX_CELL))
    assert records(found) == [Record(title="乙")]
    assert reasons(found)[0] == (
        "list.xlsx!a:2",
        f"text-too-long: the row has more than {MAX_ROW_TEXT:,} characters; split it",
    )


@pytest.mark.parametrize(
    ("text", "refused"),
    [("x" * MAX_CELL, []), ("_x000D_" * MAX_CELL, []), ("x" * (MAX_CELL + 1), ["text-too-long"])],
    ids=["as long as allowed", "as long as allowed, escaped", "longer"],
)
def test_the_longest_cell(text: str, refused: list[str]) -> None:
    data = workbook(a=[("标题", "正文"), ("甲", "long")])
    found = rows(edited(data, SHEET, ("<t>long</t>", f"<t>{text}</t>")))
    assert [reason.split(":")[0] for _, reason in reasons(found)] == refused
    assert len(records(found)) == 1 - len(refused)


def test_a_header_that_would_fill_every_original_is_refused() -> None:
    header = ["标题", *(f"{'列' * 40}{number}" for number in range(1, MAX_COLUMNS))]
    [(_, reason)] = reasons(rows(workbook(a=[header, ("甲",)])))
    assert reason.startswith("unparsable-table: the header has 12")


def packed_zeros(count: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * count)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "bad-archive: ", id="no byte"),
        pytest.param(b"title,text\n", "bad-archive: ", id="a table as text"),
        pytest.param(workbook(a=[HEADER])[:-30], "bad-archive: ", id="cut off"),
        pytest.param(packed_zeros(10), "unparsable-table: ", id="another archive"),
        pytest.param(packed_zeros(5_000_000), "archive-too-large: ", id="a bomb"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "encrypted: ", id="with a password, or old"),
    ],
)
def test_what_is_no_workbook(data: bytes, reason: str) -> None:
    [(place, refused)] = reasons(rows(data))
    assert place == "list.xlsx"
    assert refused.startswith(reason)


def test_what_openpyxl_warns_of_is_no_matter() -> None:
    """Drop-down lists in Excel's newer form make it warn; pytest makes errors of warnings."""
    extension = '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst></worksheet>'
    data = edited(workbook(a=[("标题",), ("甲",)]), SHEET, (r"</worksheet>", extension))
    assert records(rows(data)) == [Record(title="甲")]


def test_charts_are_passed_over() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    assert isinstance(sheet, Worksheet)
    sheet.append(("标题",))
    sheet.append(("甲",))
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, min_row=1, max_row=2))
    book.create_chartsheet("图").add_chart(chart)
    assert records(rows(saved(book))) == [Record(title="甲")]

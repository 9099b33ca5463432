"""What stands in the cells of a workbook, by openpyxl."""

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import repeat
from typing import Final, Protocol, Self, TypeVar

from openpyxl import load_workbook
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.utils.datetime import from_excel
from openpyxl.utils.escape import unescape
from openpyxl.workbook import Workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from index.readers.lines import MAX_LINE
from index.readers.refusal import Refusal, RefusedRecord
from index.readers.rows import Location, RefusedRow
from index.readers.tables import MAX_COLUMNS, TableRow
from index.readers.unpacked import check_zip
from index.readers.workbook_parts import check_parts

MAX_ROWS: Final = 2**20
"""Rows that a sheet may have: as many as Excel gives it."""

MAX_CELL: Final = 32_767
"""Characters that a cell may have: as many as Excel gives it."""

MAX_ROW_TEXT: Final = MAX_LINE // 4
"""Characters that the cells of a row may have together, so that they are no more bytes than a line may be.
A text that many cells share stands in the file once, and in what is kept of the row in each place."""

_CHINESE_DATES: Final = frozenset((*range(27, 37), *range(50, 59)))
"""Formats of days and times that every Chinese Excel has and openpyxl does not know (ECMA-376, 18.8.30)."""

_OLD_CONTAINER: Final = b"\xd0\xcf\x11\xe0"
"""Old workbooks begin with this, and new ones that have a password."""

_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")

_HALF_A_PAIR = re.compile("[\ud800-\udfff]")
_HALF_ESCAPED = re.compile(r"_x[dD][89a-fA-F][0-9a-fA-F]{2}_")

_HALF_A_SECOND: Final = timedelta(microseconds=500_000)

T = TypeVar("T")


class SheetCell(Protocol):
    """What is looked at of a cell."""

    @property
    def value(self) -> object: ...

    @property
    def data_type(self) -> object: ...


Cells = tuple[SheetCell, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """An open workbook: the values that were calculated last, and the formulas, where there are any."""

    values: Workbook
    formulas: Workbook | None

    @classmethod
    def open(cls, data: bytes) -> Self:
        """Raises RefusedRecord where this is no workbook, or would unpack to too much."""
        if data.startswith(_OLD_CONTAINER):
            explanation = "the workbook has a password or the form of old Excel; save it as .xlsx without one"
            raise RefusedRecord(Refusal.ENCRYPTED, explanation)
        check_zip(data)
        _carefully(lambda: check_parts(data))
        has_formulas = _carefully(lambda: _has_formulas(data))
        return cls(_load(data, values=True), _load(data, values=False) if has_formulas else None)

    def sheets(self) -> tuple[tuple[str, bool], ...]:
        """The names of the sheets that hold cells, in their order, and whether each can be seen."""
        return tuple((sheet.title, sheet.sheet_state == "visible") for sheet in self.values.worksheets)

    def rows(self, sheet: str, source: str) -> Iterator[TableRow | RefusedRow]:
        """The rows of a sheet; where it breaks off, the last one is refused."""
        number = 0
        formulas = repeat((0, ())) if self.formulas is None else _cells(self.formulas, sheet)
        pairs = zip(_cells(self.values, sheet), formulas, strict=False)
        try:
            for (number, values), (_, written) in pairs:
                if too_long := _too_long(values):
                    yield RefusedRow(Location(source, number), str(too_long))
                else:
                    yield _row(number, values, written, self.values.epoch)
        except RefusedRecord as error:
            yield RefusedRow(Location(source, number + 1), str(error))


def _load(data: bytes, *, values: bool) -> Workbook:
    return _carefully(
        lambda: load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)
    )


def _has_formulas(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return any(
            _FORMULA.search(archive.read(member))
            for member in archive.infolist()
            if member.filename.lower().endswith(".xml")
        )


def _cells(book: Workbook, name: str) -> Iterator[tuple[int, Cells]]:
    """The number of each row that is not empty, and its cells."""
    sheet = book[name]
    if not isinstance(sheet, ReadOnlyWorksheet):
        raise RefusedRecord(Refusal.UNPARSABLE_TABLE, "the sheet is a chart")
    sheet.reset_dimensions()  # what a file says of its size may be wrong, and cells would be left out
    rows = enumerate(sheet.iter_rows(), 1)
    while found := _carefully(lambda: next((row for row in rows if row[1] or row[0] > MAX_ROWS), None)):
        number, cells = found
        if number > MAX_ROWS:
            raise RefusedRecord(
                Refusal.UNPARSABLE_TABLE, f"the sheet has more than {MAX_ROWS:,} rows; split it"
            )
        if len(cells) > MAX_COLUMNS:
            explanation = f"the sheet has more than {MAX_COLUMNS:,} columns; take out empty ones"
            raise RefusedRecord(Refusal.UNPARSABLE_TABLE, explanation)
        yield number, cells


def _too_long(cells: Cells) -> RefusedRecord | None:
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    if sum(map(len, texts)) > MAX_ROW_TEXT:
        explanation = f"the row has more than {MAX_ROW_TEXT:,} characters; split it"
    elif any(len(text) > MAX_CELL and len(_unescaped(text)) > MAX_CELL for text in texts):
        explanation = (
            f"a cell has more than {MAX_CELL:,} characters; hand over long texts as CSV or JSON lines"
        )
    else:
        return None
    return RefusedRecord(Refusal.TEXT_TOO_LONG, explanation)


def _row(number: int, values: Cells, written: Cells, epoch: datetime) -> TableRow:
    faults: dict[int, str] = {}
    texts = tuple(_text(_value(cell, epoch)) for cell in values)
    for place, cell in enumerate(values):
        if cell.data_type == "e":
            faults[place] = f"a cell holds the error {cell.value}; correct it"
        elif cell.value is None and place < len(written) and written[place].data_type == "f":
            faults[place] = "a cell has a formula that was never calculated; save the file with Excel"
        elif _HALF_ESCAPED.search(texts[place]):
            faults[place] = "a cell has half of a surrogate pair (such as _xD800_), which is no character"
    return TableRow(number, texts, faults=faults)


def _value(cell: SheetCell, epoch: datetime) -> object:
    number = cell.value
    is_number = isinstance(number, int | float) and not isinstance(number, bool)
    if is_number and isinstance(cell, ReadOnlyCell) and cell.style_array.numFmtId in _CHINESE_DATES:
        with suppress(ValueError, OverflowError):  # a number that is no day of any calendar stays one
            return from_excel(number, epoch)
    return number


def _text(value: object) -> str:
    """A date as in ISO 8601, a number without a point that it does not need, all else as it stands."""
    match value:
        case None:
            return ""
        case str():
            return _unescaped(value)
        case bool():
            return str(value).upper()
        case float() if value.is_integer() and abs(value) < 2**53:
            return str(int(value))
        case datetime():
            seconds = (value + _HALF_A_SECOND).replace(microsecond=0)
            return seconds.isoformat(" ") if seconds.time() != time() else seconds.date().isoformat()
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _unescaped(text: str) -> str:
    """The text with its `_x000D_` resolved, but for halves of surrogate pairs, which are no characters."""
    if "_x" not in text:
        return text
    joined = unescape(text).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return _HALF_A_PAIR.sub(lambda half: f"_x{ord(half[0]):04X}_", joined)


def _carefully(read: Callable[[], T]) -> T:
    """What `read` gives, without warnings of what openpyxl leaves out, such as drop-down lists."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return read()
    except RefusedRecord:
        raise
    except Exception as error:  # openpyxl raises whatever the damaged part of a file makes its code raise
        explanation = f"the workbook cannot be read ({type(error).__name__}: {error}); save it again"
        raise RefusedRecord(Refusal.UNPARSABLE_TABLE, explanation[:400]) from error

"""Whether LibreOffice opens our CSV with the right columns, and computes nothing of it.

    python -m benchmarks.libreoffice [--soffice soffice]

Writes a table whose cells are texts of articles and formulas that somebody might have put into one, as the
product writes it, and one without guards as a control. LibreOffice turns both into its own workbooks, which
are read back: each cell has to be the text that was written, and none a formula. In the control formulas have
to be found, or the check shows nothing. The status is 1 where anything is wrong.
"""

import argparse
import csv
import io
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell

from web.formats.csv_text import BYTE_ORDER_MARK, csv_text, guarded

Row = Sequence[str]
IMPORT: Final = "44,34,76,1"
"""What its dialogue proposes for a file with a byte order mark, which it does not show here: commas, double
quotes, UTF-8, from the first line on."""
HEADER: Final = ("id", "title", "source")
ROWS: Final[tuple[Row, ...]] = (
    ("a1", "招商产业园开园", "浙江日报"),
    ("a2", '𠮷祥里 <b>&"引号"', "来源，有逗号"),
    ("a3", "两行\n标题", "a;b\tc"),
    ("a4", "=1+1", "+1+1"),
    ("a5", "-2+3", "@SUM(1,2)"),
    ("a6", '=HYPERLINK("http://site.example/","x")', "＝1+1"),
    ("a7", "\t=1+1", " =1+1"),
    ("a8", "=cmd|'/c calc'!A0", "'=1+1"),
)


def opened(written: str, soffice: str, folder: Path) -> list[list[Cell]]:
    """The cells of what LibreOffice makes of a CSV file."""
    source = folder / "table.csv"
    source.write_text(written, encoding="utf-8", newline="")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", f"--infilter=CSV:{IMPORT}", "--convert-to", "xlsx"]
    command += ["--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    sheet = load_workbook(folder / "table.xlsx").worksheets[0]
    return [[cell for cell in row if isinstance(cell, Cell)] for row in sheet.iter_rows()]


def formulas(cells: Sequence[Sequence[Cell]]) -> list[str]:
    return [f"{cell.coordinate}: {cell.value}" for row in cells for cell in row if cell.data_type == "f"]


def differences(cells: Sequence[Sequence[Cell]], rows: Sequence[Row]) -> list[str]:
    """Where a cell is not the text that was written."""
    found = [[("" if cell.value is None else str(cell.value)) for cell in row] for row in cells]
    expected = [[guarded(cell) for cell in row] for row in rows]
    if [len(row) for row in found] != [len(row) for row in expected]:
        return [f"{len(found)} rows of {sorted({len(row) for row in found})} cells"]
    return [
        f"{one!r} instead of {other!r}"
        for row, wanted in zip(found, expected, strict=True)
        for one, other in zip(row, wanted, strict=True)
        if one != other
    ]


def unguarded(rows: Sequence[Row]) -> str:
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    return written.getvalue()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--soffice", default="soffice", help="the program to run")
    soffice = parser.parse_args().soffice
    rows = (HEADER, *ROWS)
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        ours = opened(BYTE_ORDER_MARK + csv_text(rows), soffice, Path(one))
        control = opened(BYTE_ORDER_MARK + unguarded(rows), soffice, Path(other))
    faults = [*differences(ours, rows), *formulas(ours)]
    print(f"ours: {len(ours)} rows of {len(ours[0])} columns, {len(formulas(ours))} formulas")
    print(f"without guards: {len(formulas(control))} formulas")
    for fault in faults:
        print(f"wrong: {fault}")
    if not formulas(control):
        print("wrong: no formula without guards either, so nothing was shown")
    return 1 if faults or not formulas(control) else 0


if __name__ == "__main__":
    sys.exit(main())

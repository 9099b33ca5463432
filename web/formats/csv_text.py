"""Rows as CSV (RFC 4180) that no spreadsheet program takes for formulas."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO

BYTE_ORDER_MARK = "\ufeff"
GUARD = "'"
"""Stands before a cell that a spreadsheet program would compute, which is why it shows it as it is."""

_COMPUTED = re.compile(r"""[\t\r]|[\s"']*[=+\-@＝＋－＠]""")
"""How such a cell begins; some programs look through white space and quotes, and take full-width signs."""


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """The rows, each ended by CR LF; every cell is in quotes, and guarded where it needs to be."""
    written = StringIO(newline="")
    csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(
        [guarded(cell) for cell in row] for row in rows
    )
    return written.getvalue()


def guarded(cell: str) -> str:
    """The cell with a GUARD before it, if it could be taken for a formula."""
    return GUARD + cell if _COMPUTED.match(cell) else cell

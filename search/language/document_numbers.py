"""Document numbers in queries: 鄂政发〔2024〕12号 is one term, in whatever brackets a text sets its year."""

import re
from typing import Final

from index.describe.document_number import normalised

BRACKETS: Final = ("〔〕", "[]", "()", "【】", "〖〗")
"""What pages set around the year, folded: those of the standard (GB/T 9704—2012), and what keyboards have."""

_WRITTEN: Final = re.compile(f"[{re.escape(''.join(pair[0] for pair in BRACKETS))}](?:19|20)")
_NUMBER: Final = re.compile("(?P<name>.+)〔(?P<year>[0-9]{4})〕(?P<serial>[0-9]+)号")


def number_of(folded: str) -> str | None:
    """The number that a whole text is, written as it is stored; None for text that is no number with its year
    in brackets."""
    number = normalised(folded) if _WRITTEN.search(folded) else None
    return number if number is not None and _NUMBER.fullmatch(number) else None


def spellings(number: str) -> tuple[str, ...]:
    """The ways in which texts write such a number, folded and without white space."""
    parts = _NUMBER.fullmatch(number)
    if parts is None:
        raise ValueError(f"{number!r} is not a document number with its year in brackets")
    return tuple(
        f"{parts['name']}{opening}{parts['year']}{closing}{th}{parts['serial']}号"
        for opening, closing in BRACKETS
        for th in ("", "第")
    )

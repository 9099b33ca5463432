"""PDF files to lines."""

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError

from index.readers.documents.office import page_of
from index.readers.documents.parsed import ParsedPage
from index.readers.media import MAX_OFFICE
from index.readers.record import MAX_TEXT, too_long
from index.readers.refusal import Refusal, RefusedRecord

MAX_PAGES: Final = 2_000
"""Pages of a PDF. Chosen by hand: a plan of five years has 200."""

_HEADS: Final = 3
"""Pages on which a line has to stand at the same edge to be a running head."""

_RULE = r"[-—–－―·~\s]{0,8}"
_NUMBER = r"第?\s?[0-9０-９]{1,4}\s?页?"
_PAGE_NUMBER = re.compile(rf"{_RULE}{_NUMBER}(?:\s?[/／,，共of]{{1,2}}\s?{_NUMBER})?{_RULE}")
"""- 3 -, 第 3 页 共 10 页, 3 / 10."""

_MARKED_NUMBER = re.compile(r"[-—–－―·~].*[-—–－―·~]|.*页.*")
"""Of page numbers: those that can be no figure of a table."""

_NEAR: Final = (-2, -1, 1, 2)
"""Pages on which a number that counts is looked for: a leaf may have one number, and one page a picture."""

_DIGITS = re.compile(r"[0-9０-９]+")

_MOST_NUMBERS: Final = 4
"""Numbers of a running head of which one may count: year, issue, page and pages. By hand."""

_MOST_DIGITS: Final = 9
"""Digits that are looked at of a number; no page has more."""

logging.getLogger("pypdf").addHandler(logging.NullHandler())
"""Else each flaw that pypdf mends is told to the terminal wherever no log is set up."""


def parse_pdf(data: bytes) -> ParsedPage:
    """The lines of a PDF as its pages have them, without page numbers and heads that every page repeats.

    Lines that were wrapped stay so. Raises RefusedRecord, `no-text` for pictures of pages.
    """
    if len(data) > MAX_OFFICE:
        raise RefusedRecord(Refusal.FILE_TOO_LARGE, f"a PDF has at most {MAX_OFFICE >> 20} MiB")
    try:
        reader = _opened(data)
        pages = _pages(reader)
        title, created = _properties(reader)
    except RefusedRecord:
        raise
    except MemoryError:
        raise
    except DependencyError as error:
        raise _encrypted() from error
    except Exception as error:  # a damaged file makes pypdf raise nearly anything
        raise RefusedRecord(
            Refusal.UNPARSABLE_PDF,
            f"it cannot be read ({type(error).__name__}: {str(error)[:200]}); open it and save it again",
        ) from error
    lines = list(_without_edges(pages))
    if not any(char.isalpha() for line in lines for char in line):
        raise RefusedRecord(
            Refusal.NO_TEXT, "it holds pictures of pages and no text; run text recognition on it"
        )
    return page_of(lines, title_line=None, title=title, created=created)


def _opened(data: bytes) -> PdfReader:
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
        raise _encrypted()
    if len(reader.pages) > MAX_PAGES:
        raise RefusedRecord(
            Refusal.TEXT_TOO_LONG, f"it has {len(reader.pages):,} pages, at most {MAX_PAGES:,}; split it"
        )
    return reader


def _encrypted() -> RefusedRecord:
    return RefusedRecord(Refusal.ENCRYPTED, "it needs a password; save it without one")


def _pages(reader: PdfReader) -> list[list[str]]:
    """The lines of each page that hold something."""
    pages: list[list[str]] = []
    length = 0
    for page in reader.pages:
        text = _sound(page.extract_text())
        length += len(text)
        if length > MAX_TEXT:
            raise too_long("the document (or its beginning)", length, MAX_TEXT)
        pages.append([line.strip() for line in text.splitlines() if line.strip()])
    return pages


def _sound(text: str) -> str:
    """The text with pairs of surrogates joined; half of a pair stands for a character that the file lost."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _without_edges(pages: Sequence[Sequence[str]]) -> Iterator[str]:
    """All lines, but for page numbers at the edge of a page and for running heads after their first page."""
    numbered = _without_numbers(pages)
    heads = _repeated([(place, page[0]) for place, page in enumerate(numbered) if page])
    feet = _repeated([(place, page[-1]) for place, page in enumerate(numbered) if len(page) > 1])
    shown: set[str] = set()
    for place, page in enumerate(numbered):
        for index, line in enumerate(page):
            forms: set[str] = set()
            if index == 0:
                forms |= _forms(place, line) & heads
            if index == len(page) - 1:
                forms |= _forms(place, line) & feet
            if not forms & shown:
                yield line
            shown |= forms


def _without_numbers(pages: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """A page number is the last line of a page, or its first."""
    feet = _page_numbers([page[-1] if page else "" for page in pages])
    heads = _page_numbers([page[0] if len(page) > 1 else "" for page in pages])
    return [
        page[:-1] if place in feet else page[1:] if place in heads else page
        for place, page in enumerate(pages)
    ]


def _page_numbers(lines: Sequence[str]) -> frozenset[int]:
    """The places of those that number their page: they say so, or one of the next pages counts on.

    All other numbers may be the last figures of a table.
    """
    found = {place: line for place, line in enumerate(lines) if _PAGE_NUMBER.fullmatch(line)}
    values = {place: int(_DIGITS.findall(line)[0]) for place, line in found.items()}
    return frozenset(
        place
        for place, line in found.items()
        if _MARKED_NUMBER.fullmatch(line)
        or any(values.get(place + step) == values[place] + step for step in _NEAR)
    )


def _repeated(lines: Sequence[tuple[int, str]]) -> frozenset[str]:
    """The forms that stand on more than half of the pages, and on three at least; given with their pages."""
    counts = Counter(form for place, line in lines for form in _forms(place, line))
    return frozenset(form for form, count in counts.items() if count >= _HEADS and count * 2 > len(lines))


def _forms(page: int, line: str) -> set[str]:
    """What a running head has in common with those of other pages; nothing for figures alone.

    It is the line itself, or the line where one number counts the pages: then how far it is ahead of them.
    """
    if not any(char.isalpha() for char in line):
        return set()
    numbers = list(_DIGITS.finditer(line))
    forms = {line}
    if len(numbers) <= _MOST_NUMBERS:
        for number in numbers:
            ahead = int(number[0][:_MOST_DIGITS]) - page
            forms.add(f"{line[: number.start()]}\0{ahead}\0{line[number.end() :]}")
    return forms


def _properties(reader: PdfReader) -> tuple[str | None, datetime | None]:
    """Title and day of making, as far as they can be read."""
    properties = reader.metadata
    if properties is None:
        return None, None
    try:
        created = properties.creation_date
    except ValueError:
        created = None
    return properties.title, created

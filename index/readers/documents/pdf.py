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

from index.readers.documents.office import MAX_OFFICE, page_of
from index.readers.documents.parsed import ParsedPage
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

_DIGITS = re.compile(r"[0-9０-９]+")

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
    numbered = [_without_number(page) for page in pages]
    heads = _repeated([page[0] for page in numbered if page])
    feet = _repeated([page[-1] for page in numbered if len(page) > 1])
    shown: set[str] = set()
    for page in numbered:
        for index, line in enumerate(page):
            at_edge = (index == 0 and _masked(line) in heads) or (
                index == len(page) - 1 and _masked(line) in feet
            )
            if not at_edge or _masked(line) not in shown:
                yield line
            if at_edge:
                shown.add(_masked(line))


def _without_number(page: Sequence[str]) -> Sequence[str]:
    """A page number is the last line of a page, or its first."""
    if page and _PAGE_NUMBER.fullmatch(page[-1]):
        return page[:-1]
    if len(page) > 1 and _PAGE_NUMBER.fullmatch(page[0]):
        return page[1:]
    return page


def _repeated(lines: Sequence[str]) -> frozenset[str]:
    """Those that stand on more than half of the pages, their numbers aside, and on three at least."""
    counts = Counter(map(_masked, lines))
    return frozenset(line for line, count in counts.items() if count >= _HEADS and count * 2 > len(lines))


def _masked(line: str) -> str:
    return _DIGITS.sub("0", line)


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

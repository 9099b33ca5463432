"""Word files (`.docx`) to lines."""

import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml.ns import qn

from index.readers.documents.office import page_of
from index.readers.documents.parsed import ParsedPage
from index.readers.media import MAX_OFFICE
from index.readers.refusal import Refusal, RefusedRecord
from index.readers.unpacked import check_zip

_OLD_FORM: Final = bytes.fromhex("d0cf11e0a1b11ae1")
"""How a `.doc` begins, and how a `.docx` does that was locked with a password."""

_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")

_TEMPLATE_AUTHOR: Final = "python-docx"
"""The author of a file whose properties are those of the template that it was made from."""

_CELL_END: Final = "\t"

_HIDDEN: Final = frozenset(
    {
        qn("w:del"),
        qn("w:moveFrom"),
        qn("w:instrText"),
        qn("w:pPr"),
        qn("w:rPr"),
        qn("w:tblPr"),
        qn("w:sectPr"),
    }
    | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
"""What is not shown: text taken out or moved away, names of fields, properties, what older programs show."""

_SIGNS: Final = {
    qn("w:tab"): " ",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}

_TEXTS: Final = frozenset({qn("w:t"), qn("m:t")})

Element = Any
"""An element of lxml, which has no types of its own."""


def parse_word(data: bytes) -> ParsedPage:
    """The paragraphs and tables of a Word file in their order, a row of one-line cells as one line.

    Heads and feet of pages, notes and comments are left out, and numbers that Word counts itself are no text.
    The title is the one paragraph of that style. Raises RefusedRecord.
    """
    if len(data) > MAX_OFFICE:
        raise RefusedRecord(Refusal.FILE_TOO_LARGE, f"a Word file has at most {MAX_OFFICE >> 20} MiB")
    if data.startswith(_OLD_FORM):
        if _LOCKED in data:
            raise RefusedRecord(Refusal.ENCRYPTED, "it needs a password; save it without one")
        raise RefusedRecord(Refusal.UNPARSABLE_WORD, "it is of the old form `.doc`; save it as `.docx`")
    check_zip(data)
    try:
        document = Document(io.BytesIO(data))
        lines = [line for line in _lines(document.element.body) if line]
        title_line = _title_line(document, lines)
        properties = _properties(document)
    except MemoryError:
        raise
    except Exception as error:  # a damaged file makes python-docx raise nearly anything
        raise RefusedRecord(
            Refusal.UNPARSABLE_WORD,
            f"it cannot be read ({type(error).__name__}: {str(error)[:200]}); open it and save it again",
        ) from error
    if document.element.getroottree().docinfo.internalDTD is not None:
        # The text behind an entity of its own would be lost, and no program that writes Word files has any.
        raise RefusedRecord(Refusal.UNPARSABLE_WORD, "it has a document type; open it and save it again")
    if not lines:
        raise RefusedRecord(Refusal.NO_TEXT, "it holds no text; pictures of text are not read")
    title, created = properties
    return page_of(lines, title_line=title_line, title=title, created=created)


def _lines(element: Element) -> Iterator[str]:
    """The lines of a body, a cell or a text box; empty ones too."""
    for child in element:
        if child.tag == qn("w:p"):
            yield from _paragraph(child)
        elif child.tag == qn("w:tr"):
            yield from _row(child)
        elif child.tag not in _HIDDEN:
            yield from _lines(child)


def _row(row: Element) -> Iterator[str]:
    cells = [[line for line in _lines(cell) if line] for cell in row]
    if all(len(cell) < 2 for cell in cells):
        yield _CELL_END.join(line for cell in cells for line in cell)
    else:
        for cell in cells:
            yield from cell


def _paragraph(paragraph: Element) -> Iterator[str]:
    """Its lines, then those of the text boxes that hang on it."""
    pieces: list[str] = []
    boxes: list[Element] = []
    _collect(paragraph, pieces, boxes)
    for line in "".join(pieces).split("\n"):
        yield line.strip()
    for box in boxes:
        yield from _lines(box)


def _collect(element: Element, pieces: list[str], boxes: list[Element]) -> None:
    for child in element:
        if child.tag in _TEXTS:
            pieces.append((child.text or "").replace("\n", " "))
        elif child.tag in _SIGNS:
            pieces.append(_SIGNS[child.tag])
        elif child.tag == qn("w:txbxContent"):
            boxes.append(child)
        elif child.tag not in _HIDDEN:
            _collect(child, pieces, boxes)


def _title_line(document: DocumentObject, lines: list[str]) -> int | None:
    """The line of the only paragraph with the style of titles; None where there is none, or several."""
    titles = [paragraph.text.strip() for paragraph in document.paragraphs if _is_title(paragraph.style)]
    shown = [title for title in titles if title]
    return lines.index(shown[0]) if len(shown) == 1 and shown[0] in lines else None


def _is_title(style: Any) -> bool:
    return style is not None and style.name == "Title"


def _properties(document: DocumentObject) -> tuple[str | None, datetime | None]:
    """Title and day of making; nothing where they are the template's."""
    properties = document.core_properties
    if properties.author == _TEMPLATE_AUTHOR:
        return None, None
    return properties.title.strip() or None, properties.created

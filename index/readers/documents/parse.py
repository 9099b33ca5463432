"""One door for all documents: bytes of a known kind to a parsed page."""

from collections.abc import Callable

from index.article import Original
from index.readers.documents.html import parse_html
from index.readers.documents.parsed import ParsedPage
from index.readers.documents.pdf import parse_pdf
from index.readers.documents.word import parse_word
from index.readers.encodings import Decoded
from index.readers.media import HTML, PDF, WORD
from index.readers.refusal import Refusal, RefusedRecord


def parse_document(original: Original, decode: Callable[[bytes], Decoded]) -> ParsedPage:
    """The lines of a web page, a PDF or a Word file (`.docx`), by its media type.

    `decode` turns the bytes of a web page into text. Raises RefusedRecord: a document is never read in part
    without a word. It may take the time that its size needs; whoever reads strange files bounds that.
    """
    kind = original.media_type
    if kind == HTML:
        return parse_html(original.data, decode)
    if kind == PDF:
        return parse_pdf(original.data)
    if kind == WORD:
        return parse_word(original.data)
    raise RefusedRecord(Refusal.UNKNOWN_KIND, f"{kind} is none of {HTML}, {PDF}, {WORD}")

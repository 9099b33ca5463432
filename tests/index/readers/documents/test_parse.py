"""The one door for documents."""

import io

import pytest
from docx import Document

from index.article import Original
from index.readers.documents.parse import parse_document
from index.readers.encodings import decode
from index.readers.media import HTML, MAX_OFFICE, PDF, WORD
from index.readers.refusal import RefusedRecord
from tests.index.readers.documents.pdf_samples import pdf


def _word() -> bytes:
    document = Document()
    document.add_paragraph("科技创新")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("kind", "data", "encoding"),
    [(HTML, "<p>科技创新".encode(), "utf-8"), (PDF, pdf([["科技创新"]]), ""), (WORD, _word(), "")],
    ids=["html", "pdf", "word"],
)
def test_each_kind_goes_to_its_reader(kind: str, data: bytes, encoding: str) -> None:
    page = parse_document(Original(data, kind, ""), decode)
    assert (page.text, page.encoding) == ("科技创新", encoding)


def test_another_kind_is_refused() -> None:
    with pytest.raises(RefusedRecord, match=r"^unknown-file-kind: text/plain is none of"):
        parse_document(Original(b"x", "text/plain", ""), decode)


@pytest.mark.parametrize("kind", [PDF, WORD])
def test_a_file_that_is_too_large_is_refused(kind: str) -> None:
    with pytest.raises(RefusedRecord, match=r"^file-too-large: .*50 MiB"):
        parse_document(Original(b"x" * (MAX_OFFICE + 1), kind, ""), decode)

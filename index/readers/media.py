"""Media types of pages and documents, and how many bytes they may have."""

from typing import Final

HTML: Final = "text/html"
PDF: Final = "application/pdf"
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

MAX_PAGE: Final = 16 * 2**20
"""Bytes that a page of text or HTML may have (the team's reliability notes)."""

MAX_OFFICE: Final = 50 * 2**20
"""Bytes that a PDF or a Word file may have. Chosen by hand: the text limit is 2 million characters."""

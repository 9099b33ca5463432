"""The kinds of files, by the ends of their names."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from index.readers.refusal import Refusal, RefusedRecord


class Kind(Enum):
    """What a file holds; the values are the ends of names that say so."""

    TEXT = (".txt",)
    HTML = (".html", ".htm", ".xhtml")
    PDF = (".pdf",)
    WORD = (".docx",)
    COMMAS = (".csv",)
    TABS = (".tsv",)
    JSON = (".json",)
    JSON_LINES = (".jsonl", ".ndjson")
    WORKBOOK = (".xlsx",)
    ZIP = (".zip",)


KINDS: Final = tuple(end for kind in Kind for end in kind.value)
"""The ends of names of files that are read, in upper or lower case; `.gz` may follow all but `.zip`."""

GZIP: Final = ".gz"

_SAVED_AS: Final = {
    ".doc": ".docx",
    ".wps": ".docx",
    ".rtf": ".docx",
    ".odt": ".docx",
    ".ofd": ".pdf",
    ".xls": ".xlsx",
    ".et": ".xlsx",
    ".ods": ".xlsx",
    ".mht": ".html",
    ".mhtml": ".html",
    ".rar": ".zip",
    ".7z": ".zip",
    ".tar": ".zip",
    ".tgz": ".zip",
}
"""Ends of names that articles have too, and what to save those files as."""


@dataclass(frozen=True, slots=True)
class Form:
    """The kind of a file, and whether it is packed with gzip."""

    kind: Kind
    is_packed: bool


def form_of(name: str) -> Form | None:
    """The form that a file's name speaks of; None for what is no article.

    Raises RefusedRecord for what may hold articles and is not read, with what to save it as.
    """
    lower = name.lower()
    plain = lower.removesuffix(GZIP)
    for kind in Kind:
        if plain.endswith(kind.value):
            return Form(kind, is_packed=plain != lower) if kind is not Kind.ZIP or plain == lower else None
    for end, better in _SAVED_AS.items():
        if plain.endswith(end):
            explanation = f"files of the kind {end} are not read; save it as {better}"
            raise RefusedRecord(Refusal.UNKNOWN_KIND, explanation)
    return None

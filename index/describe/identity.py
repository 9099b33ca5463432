"""The id of an article: the same for the same article, wherever its file lies."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

from index.text.folding import Folding

ID_FORM: Final = "1 to 128 of the characters A-Z a-z 0-9 . _ : -, and more than dots"
"""What an id is, in words. It stands in addresses and on command lines; a browser takes an address that ends
in `.` or `..` for a folder or the one above it."""

_ID = re.compile(r"(?!\.+$)[A-Za-z0-9._:-]{1,128}")

_DIGITS = 24
"""Hexadecimal digits: among ten million articles the chance that any two share an id is below 1 in 10**14."""


def is_id(text: str) -> bool:
    """True if the text can be the id of an article: see ID_FORM."""
    return _ID.fullmatch(text) is not None


def derived_id(
    *,
    url: str | None,
    source: str | None,
    published: datetime | None,
    title: str,
    original: Sequence[str],
    folding: Folding,
) -> str:
    """The id of an article that comes without one.

    Made of folded source and url; without a url, of folded source, moment and folded title; where one of
    these is missing, of the original texts.
    """
    publisher = folding.fold(source or "")
    if url:
        return _digest("url", publisher, url)
    if publisher and published and title:
        return _digest("title", publisher, published.astimezone(UTC).isoformat(), folding.fold(title))
    return _digest("text", *original)


def _digest(*fields: str) -> str:
    """Each field goes in behind its length, so that no two lists of fields read the same."""
    digest = sha256()
    for field in fields:
        data = field.encode("utf-8")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()[:_DIGITS]

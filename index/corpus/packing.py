"""Stored rows as bytes, and back with all that is checked when they are read from the database."""

import sqlite3
import zlib
from collections.abc import Sequence
from typing import Final

import msgspec

from index.article import Article, Original
from index.corpus.rows import article_of, damaged, original_of
from index.decoding import UNDECODABLE
from index.errors import CorpusDamaged

Value = bytes | int | float | None
"""What a column holds, text as its bytes."""

_Columns = dict[str, Value]

_ARTICLE: Final = msgspec.msgpack.Decoder(tuple[_Columns, list[_Columns]])
_ORIGINAL: Final = msgspec.msgpack.Decoder(_Columns)


def pack_article(row: sqlite3.Row, repairs: Sequence[sqlite3.Row]) -> bytes:
    """The rows of an article as `article_of` takes them."""
    return zlib.compress(msgspec.msgpack.encode((_columns(row), [*map(_columns, repairs)])))


def unpack_article(article_id: str, data: bytes) -> Article:
    """The article with this id that was packed; raises CorpusDamaged, which names it."""
    try:
        row, repairs = _ARTICLE.decode(zlib.decompress(data))
        article = article_of(row, repairs)
    except (zlib.error, *UNDECODABLE, KeyError) as error:
        raise _unreadable(article_id, error) from error
    if article.id != article_id:
        raise damaged(article_id, "another article is in its place")
    return article


def pack_original(row: sqlite3.Row) -> bytes:
    """The row of an original as `original_of` takes it; its bytes are compressed as they are."""
    return msgspec.msgpack.encode(_columns(row))


def unpack_original(article_id: str, data: bytes) -> Original:
    """The original of the article with this id that was packed; raises CorpusDamaged, which names it."""
    try:
        row = _ORIGINAL.decode(data)
        original = original_of(row)
        is_its_own = row["id"] == article_id.encode()
    except (*UNDECODABLE, KeyError) as error:
        raise _unreadable(article_id, error) from error
    if not is_its_own:
        raise damaged(article_id, "the original of another article is in its place")
    return original


def _unreadable(article_id: str, error: Exception) -> CorpusDamaged:
    reason = f"there is no {error}" if isinstance(error, KeyError) else str(error)
    return damaged(article_id, reason)


def _columns(row: sqlite3.Row) -> _Columns:
    return dict(zip(row.keys(), row, strict=True))

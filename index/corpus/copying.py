"""Reads what goes into a copy of the articles."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from index.article_copy import ArticleRecord, ClusterRecord, Clusters, DeletedRecord, Packed, Record
from index.corpus import statements
from index.corpus.clusters import count_copies, load_cluster
from index.corpus.lenient_rows import readable_added, readable_published, readable_title
from index.corpus.packing import pack_article, pack_original
from index.corpus.pool import ReadingPool
from index.corpus.reader import entry_of, last_sequence
from index.corpus.rows import (
    article_of,
    damaged,
    id_of,
    original_of,
    shown_id,
)
from index.data_folder import DataFolder
from index.errors import CorpusDamaged

_CHANGES: Final = """
    SELECT sequence, id, key, 1 AS live, added, published, published_utc, title, cluster
    FROM article LEFT JOIN repost USING (key) WHERE sequence > :after
    UNION ALL
    SELECT sequence, id, NULL, 0, NULL, NULL, NULL, NULL, NULL FROM deleted WHERE sequence > :after
    ORDER BY sequence LIMIT :limit
"""

_MEMBER: Final = "SELECT key FROM repost WHERE cluster = ? LIMIT 1"
_NUMBERS: Final = "SELECT DISTINCT cluster FROM repost WHERE cluster > ? ORDER BY cluster LIMIT ?"
_SKETCHING: Final = "SELECT version, done, last FROM sketching"

_LOST: Final = "it cannot be found by its id"

_COSMETIC: Final = frozenset(rule.encode() for rule in statements.COSMETIC)


class CorpusCopySource:
    """The articles of one data folder as a CopySource. Threads may share it.

    Every method raises CorpusDamaged where the database is damaged beyond single articles, and
    CorpusUnavailable where SQLite cannot read.
    """

    def __init__(self, pool: ReadingPool) -> None:
        self._pool = pool

    @classmethod
    def open(cls, folder: DataFolder) -> "CorpusCopySource":
        """Open the database of a data folder; raises what ReadingPool.open does."""
        return cls(ReadingPool.open(folder))

    def last_sequence(self) -> int:
        """Number of the newest journal entry; 0 when the journal is empty."""
        with self._pool.snapshot() as connection:
            return last_sequence(connection)

    def entry(self, sequence: int) -> str | None:
        """A fingerprint of the journal entry with this number; None where there is none."""
        with self._pool.snapshot() as connection:
            return entry_of(connection, sequence)

    def records(self, after: int, limit: int, max_bytes: int) -> Sequence[Record]:
        """The newest states with a sequence above `after`, oldest first (see CopySource)."""
        records: list[Record] = []
        size = 0
        with self._pool.snapshot() as connection:
            for row in connection.execute(_CHANGES, {"after": after, "limit": limit}).fetchall():
                record = _record(connection, row)
                records.append(record)
                size += _size(record)
                if size >= max_bytes:
                    break
        return tuple(records)

    def clusters(self, numbers: Iterable[int]) -> Clusters:
        """The clusters with these numbers, all of one moment."""
        with self._pool.snapshot() as connection:
            found = tuple(_clusters(connection, numbers))
            return Clusters(last_sequence(connection), found)

    def cluster_numbers(self, after: int, limit: int) -> Sequence[int]:
        """The next numbers of clusters above `after`, rising, at most `limit` of them."""
        with self._pool.snapshot() as connection:
            return tuple(int(row["cluster"]) for row in connection.execute(_NUMBERS, (after, limit)))

    def copies_found(self) -> str | None:
        """What the copies were found by; None while they are being looked for anew, article by article."""
        with self._pool.snapshot() as connection:
            row = connection.execute(_SKETCHING).fetchone()
        version = shown_id(row["version"])
        return f"{version} {row['last']}" if row["done"] == row["last"] else None

    def close(self) -> None:
        """Close all connections; a call that runs in another thread still gets its answer."""
        self._pool.close()


def _record(connection: sqlite3.Connection, row: sqlite3.Row) -> Record:
    try:
        article_id = id_of(row)
    except CorpusDamaged:
        return DeletedRecord(shown_id(row["id"]), row["sequence"])
    if not row["live"]:
        return DeletedRecord(article_id, row["sequence"])
    article = connection.execute(statements.ARTICLE_BY_ID, (article_id,)).fetchone()
    repairs = connection.execute(statements.REPAIRS_BY_KEY, (row["key"],)).fetchall()
    original = connection.execute(statements.ORIGINAL_BY_ID, (article_id,)).fetchone()
    added, published = readable_added(row), readable_published(row)
    return ArticleRecord(
        id=article_id,
        sequence=row["sequence"],
        key=row["key"],
        cluster=row["cluster"],
        article=_packed_article(article_id, article, repairs),
        original=_packed_original(article_id, original),
        added=None if added is None else added.isoformat(),
        published=None if published is None else published.isoformat(),
        order=row["published_utc"],
        title=readable_title(row),
        is_repaired=any(repair["part"] is not None and repair["rule"] not in _COSMETIC for repair in repairs),
    )


def _packed_article(article_id: str, row: sqlite3.Row | None, repairs: Sequence[sqlite3.Row]) -> Packed:
    try:
        if row is None:
            raise damaged(article_id, _LOST)
        article_of(row, repairs)
    except CorpusDamaged as error:
        return Packed(None, str(error))
    return Packed(pack_article(row, repairs))


def _packed_original(article_id: str, row: sqlite3.Row | None) -> Packed:
    try:
        if row is None:
            raise damaged(article_id, _LOST)
        original_of(row)
    except CorpusDamaged as error:
        return Packed(None, str(error))
    return Packed(pack_original(row))


def _clusters(connection: sqlite3.Connection, numbers: Iterable[int]) -> Iterator[ClusterRecord]:
    for number in sorted(set(numbers)):
        member = connection.execute(_MEMBER, (number,)).fetchone()
        if member is None:
            continue
        key = int(member["key"])
        count = count_copies(connection, [number]).get(number)
        try:
            yield ClusterRecord(number, load_cluster(connection, key), count)
        except CorpusDamaged as error:
            yield ClusterRecord(number, None, count, str(error))


def _size(record: Record) -> int:
    """Bytes of what is packed in it."""
    if isinstance(record, DeletedRecord):
        return 0
    return sum(len(packed.data or b"") for packed in (record.article, record.original))

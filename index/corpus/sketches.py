"""The sketches of articles, and which articles have one like it."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple
from zlib import crc32

from index.corpus.rows import published_of
from index.errors import CorpusDamaged
from index.reposts.similarity import Outline
from index.reposts.sketch import KEPT, LEAST_SHARED, Sketch, least_shared

LOOKED_AT: Final = 200
"""Articles that are looked at for one hash: those stored last. What a site adds to its pages is in thousands
of them, but copies have other hashes in common too. Where there are more copies than this, the last 200 are
in one cluster with the rest. Chosen by hand."""

RECENT: Final = 50_000
"""Hashes that wait to be merged with the others, some 3,000 articles'. In the table of all hashes nearly
every one changes a page of its own; merged so many at a time, a page takes several. With 100,000 articles
storing 200 more waits 70 ms for the disk without this, 35 ms with it, the merges included (measured by hand
on 2026-11-24)."""

_WITH_HASH = """
    SELECT key FROM (
        SELECT key FROM recent_hash WHERE hash = :hash{number} UNION ALL
        SELECT key FROM sketch_hash WHERE hash = :hash{number} ORDER BY key DESC LIMIT {limit}
    )
"""

_WITH_HASHES = " UNION ALL ".join(_WITH_HASH.format(number=number, limit=LOOKED_AT) for number in range(KEPT))

_LIKE = f"""
    SELECT article.key, article.id, article.published, sketch.size, sharing.hashes,
        coalesce(repost.cluster, article.key) AS cluster
    FROM (
        SELECT key, count(*) AS hashes FROM ({_WITH_HASHES}) GROUP BY key HAVING count(*) >= {LEAST_SHARED}
    ) AS sharing JOIN article USING (key) JOIN sketch USING (key) LEFT JOIN repost USING (key)
"""  # noqa: S608 - only what stands above
"""One statement for all hashes of a sketch: it is run for each article."""

_SKETCH = """
    SELECT article.id, article.published, sketch.size, sketch.hashes
    FROM article JOIN sketch USING (key) WHERE key = ?
"""

_PUT = """
    INSERT INTO sketch (key, size, hashes) VALUES (?, ?, ?)
    ON CONFLICT (key) DO UPDATE SET size = excluded.size, hashes = excluded.hashes
"""
_MERGE = "INSERT OR IGNORE INTO sketch_hash SELECT hash, key FROM recent_hash ORDER BY hash, key"

_BYTES = 6  # of a hash: it has at most 47 bits (index.reposts.sketch.BITS)


class Candidate(NamedTuple):
    """An article that may be a copy: its key, the number of its cluster (else its key), hashes in common."""

    key: int
    cluster: int
    shared: int


def put_sketch(connection: sqlite3.Connection, key: int, sketch: Sketch) -> None:
    """Store the sketch of the article with this key in the place of the one that it had."""
    before, after = _stored_hashes(connection, key), set(sketch.hashes)
    _drop(connection, key, before - after)
    connection.executemany(
        "INSERT OR IGNORE INTO recent_hash (hash, key) VALUES (?, ?)",
        [(value, key) for value in after - before],
    )
    connection.execute(_PUT, (key, sketch.size, packed(sketch.hashes)))


def drop_sketch(connection: sqlite3.Connection, key: int) -> None:
    """Forget the sketch of the article with this key, if it has one."""
    _drop(connection, key, _stored_hashes(connection, key))
    connection.execute("DELETE FROM sketch WHERE key = ?", (key,))


def possible_copies(connection: sqlite3.Connection, key: int) -> Sequence[Candidate]:
    """Other articles that may be copies of the one with this key, as far as sketches tell.

    Those with the most hashes in common first; the order of equal ones is another for each key, so that a
    cluster does not hang on few of its members. One whose id or time is damaged is passed over.
    """
    own = connection.execute(_SKETCH, (key,)).fetchone()
    outline = None if own is None else _outline(own)
    if outline is None:
        return ()
    hashes = unpacked(own["hashes"])
    found: list[Candidate] = []
    missing = {f"hash{number}": None for number in range(KEPT)}
    given = {f"hash{number}": value for number, value in enumerate(hashes)}
    for row in connection.execute(_LIKE, missing | given):
        other = _outline(row) if row["key"] != key else None
        least = None if other is None else least_shared(outline, other)
        if least is not None and row["hashes"] >= least:
            found.append(Candidate(row["key"], row["cluster"], row["hashes"]))
    return sorted(found, key=lambda other: (-other.shared, crc32(b"%d %d" % (key, other.key)), other.key))


def merge_hashes(connection: sqlite3.Connection) -> None:
    """Merge the recent hashes with the others where there are enough of them."""
    if connection.execute("SELECT count(*) AS rows FROM recent_hash").fetchone()["rows"] >= RECENT:
        connection.execute(_MERGE)
        connection.execute("DELETE FROM recent_hash")


def stored_sketch(connection: sqlite3.Connection, key: int) -> tuple[int, tuple[int, ...]] | None:
    """Size and hashes of the sketch of the article with this key; None where it has no sketch."""
    row = connection.execute("SELECT size, hashes FROM sketch WHERE key = ?", (key,)).fetchone()
    return None if row is None else (row["size"], unpacked(row["hashes"]))


def has_hashes(connection: sqlite3.Connection, key: int, hashes: Iterable[int]) -> bool:
    """Whether an article is found by each of these hashes."""
    statement = """
        SELECT 1 FROM recent_hash WHERE hash = :hash AND key = :key
        UNION ALL SELECT 1 FROM sketch_hash WHERE hash = :hash AND key = :key
    """
    return all(
        connection.execute(statement, {"hash": value, "key": key}).fetchone() is not None for value in hashes
    )


def packed(hashes: Sequence[int]) -> bytes:
    """The hashes as they are stored: six bytes each, big end first."""
    return b"".join(value.to_bytes(_BYTES, "big") for value in hashes)


def unpacked(data: bytes) -> tuple[int, ...]:
    """The hashes in what was stored."""
    return tuple(int.from_bytes(data[at : at + _BYTES], "big") for at in range(0, len(data), _BYTES))


def _outline(row: sqlite3.Row) -> Outline | None:
    """The outline in a row that holds id, published and size; None where it is damaged."""
    try:
        return Outline(row["size"], published_of(row))
    except CorpusDamaged:
        return None


def _stored_hashes(connection: sqlite3.Connection, key: int) -> set[int]:
    sketch = stored_sketch(connection, key)
    return set() if sketch is None else set(sketch[1])


def _drop(connection: sqlite3.Connection, key: int, hashes: set[int]) -> None:
    rows = [(value, key) for value in hashes]
    connection.executemany("DELETE FROM recent_hash WHERE hash = ? AND key = ?", rows)
    connection.executemany("DELETE FROM sketch_hash WHERE hash = ? AND key = ?", rows)

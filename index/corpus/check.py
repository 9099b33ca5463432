"""Finds what is wrong in the database."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

from index.corpus import statements
from index.corpus.pool import ReadingPool
from index.corpus.reader import load_article
from index.corpus.repost_check import in_clusters, in_hashes, in_sketch
from index.corpus.rows import id_of, original_of, shown_id
from index.data_folder import DataFolder
from index.errors import CorpusDamaged
from index.reposts.sketch import Sketcher

_DISAGREEMENTS = (
    """
    SELECT article.id, 'the journal has no entry for its present state' AS reason
    FROM article LEFT JOIN journal USING (sequence)
    WHERE journal.id IS NOT article.id OR journal.action IS NOT 'put' OR journal.digest IS NOT article.digest
    """,
    """
    SELECT id, 'the journal has no entry for when it was added' AS reason FROM article
    WHERE NOT EXISTS (
        SELECT 1 FROM journal
        WHERE journal.id = article.id AND journal.action = 'put' AND journal.at = article.added
    )
    """,
    """
    SELECT deleted.id, 'the journal has no entry for its deletion' AS reason
    FROM deleted LEFT JOIN journal USING (sequence)
    WHERE journal.id IS NOT deleted.id OR journal.action IS NOT 'delete'
    """,
    """
    SELECT newest.id, 'its newest journal entry is not its present state' AS reason
    FROM (SELECT id, max(sequence) AS sequence FROM journal GROUP BY id) AS newest
    LEFT JOIN article ON article.id = newest.id LEFT JOIN deleted ON deleted.id = newest.id
    WHERE coalesce(article.sequence, deleted.sequence) IS NOT newest.sequence
        OR (article.id IS NULL) = (deleted.id IS NULL)
    """,
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it was written; `article_id` is None where it is not one article's."""

    article_id: str | None
    reason: str


def check_corpus(folder: DataFolder) -> Iterator[Problem]:
    """Every problem in the database of a data folder; none if all is well.

    Checks SQLite's structures, the digest of each article and original, that journal, articles and deletions
    agree, and that sketches, pairs of copies and clusters do. Reads one article at a time and holds no
    transaction between two of them, so a writer may go on. Raises what ReadingPool.open does but for
    CorpusDamaged.
    """
    try:
        pool = ReadingPool.open(folder)
    except CorpusDamaged as error:
        yield Problem(None, error.reason)
        return
    with closing(pool):
        for find in (_in_structure, _in_articles, _in_journal, _in_copies):
            try:
                yield from find(pool)
            except CorpusDamaged as error:
                yield Problem(None, error.reason)


def _in_structure(pool: ReadingPool) -> Iterator[Problem]:
    with pool.snapshot() as connection:
        reports = [row[0].decode("utf-8", "replace") for row in connection.execute("PRAGMA integrity_check")]
        orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
    yield from (Problem(None, report) for report in reports if report != "ok")
    for row in orphans:
        table, parent = row["table"].decode(), row["parent"].decode()
        yield Problem(None, f"row {row['rowid']} of table {table} belongs to no row of {parent}")


def _in_articles(pool: ReadingPool) -> Iterator[Problem]:
    key = 0
    sketcher = Sketcher.load()
    while (step := _check_next(pool, key, sketcher)) is not None:
        key, problem = step
        if problem is not None:
            yield problem


def _check_next(pool: ReadingPool, after: int, sketcher: Sketcher) -> tuple[int, Problem | None] | None:
    """The key of the next article and what is wrong with it; None after the last one."""
    with pool.snapshot() as connection:
        row = connection.execute(
            "SELECT key, id FROM article WHERE key > ? ORDER BY key LIMIT 1", (after,)
        ).fetchone()
        if row is None:
            return None
        key: int = row["key"]
        name = shown_id(row["id"])
        try:
            article_id = id_of(row)
            article = load_article(connection, article_id)
            if article is None:
                return key, Problem(name, "it cannot be found by its id")
            original_of(connection.execute(statements.ORIGINAL_BY_ID, (article_id,)).fetchone())
            reason = in_sketch(connection, key, article, sketcher)
        except CorpusDamaged as error:
            reason = error.reason
        return key, None if reason is None else Problem(name, reason)


def _in_journal(pool: ReadingPool) -> Iterator[Problem]:
    with pool.snapshot() as connection:
        for statement in _DISAGREEMENTS:
            for row in connection.execute(statement):
                yield Problem(shown_id(row["id"]), row["reason"].decode())


def _in_copies(pool: ReadingPool) -> Iterator[Problem]:
    with pool.snapshot() as connection:
        for key, reason in (*in_hashes(connection), *in_clusters(connection)):
            yield Problem(None if key is None else _name(connection, key), reason)


def _name(connection: sqlite3.Connection, key: int) -> str:
    """The id of the article with this key; the key where it has gone."""
    row = connection.execute("SELECT id FROM article WHERE key = ?", (key,)).fetchone()
    return f"number {key}" if row is None else shown_id(row["id"])

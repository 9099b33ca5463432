"""Reads stored articles and the journal."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from sys import getsizeof
from types import TracebackType

from index.arrivals import Arrivals
from index.article import Article, Original, Part
from index.article_reader import ArticlePage, CorpusStats, DamagedArticle, SteppedPage
from index.cache import ByteBoundedCache
from index.corpus import statements
from index.corpus.arrivals import arrivals
from index.corpus.clusters import count_copies, load_cluster
from index.corpus.fingerprint import entry_digest
from index.corpus.lenient_rows import readable_published, readable_title
from index.corpus.pool import ReadingPool
from index.corpus.rows import (
    added_of,
    article_of,
    damaged,
    id_of,
    is_storable,
    original_of,
    shown_id,
)
from index.data_folder import DataFolder
from index.errors import CorpusDamaged
from index.journal import Change, StoredArticle
from index.reposts.cluster import Cluster, CopyCount

_CHANGES = """
    SELECT sequence, id, 1 AS live, added, cluster FROM article LEFT JOIN repost USING (key)
    WHERE sequence > :after
    UNION ALL
    SELECT sequence, id, 0, NULL, NULL FROM deleted WHERE sequence > :after
    ORDER BY sequence LIMIT :limit
"""

_STATE = """
    SELECT sequence, id, 1 AS live, added, cluster FROM article LEFT JOIN repost USING (key) WHERE id = :id
    UNION ALL
    SELECT sequence, id, 0, NULL, NULL FROM deleted WHERE id = :id
"""

_ENTRY = "SELECT sequence, id, action, digest, at FROM journal WHERE sequence = ?"

_ENTRIES = "SELECT id, sequence FROM article WHERE id > ? ORDER BY id LIMIT ?"

_KEY = "SELECT key FROM article WHERE id = ?"
_CLUSTER = "SELECT cluster FROM article JOIN repost USING (key) WHERE id = ?"
_ADDED = "SELECT id, added FROM article WHERE id = ?"

_NEWEST_FIRST = (
    "SELECT id, published FROM article WHERE published_utc IS NOT NULL ORDER BY published_utc DESC"
)

_TITLES = "SELECT id, title FROM article ORDER BY published_utc DESC, key DESC LIMIT ?"

_REPAIR_BYTES = 400
_FACTS_BYTES = 1_800
"""Of a repair with its two short texts, and of all that is said of an article beside its texts; measured on
600 articles (2026-11-29)."""


class CorpusReader:
    """The articles of one data folder: an ArticleReader and a Journal. Threads may share it.

    Every method raises CorpusDamaged where the database is damaged beyond single articles, and
    CorpusUnavailable where SQLite cannot read.
    """

    __slots__ = ("_kept", "_pool")

    def __init__(self, pool: ReadingPool, kept_bytes: int = 0) -> None:
        self._pool = pool
        self._kept = ByteBoundedCache[Article](kept_bytes, bytes_of)

    @classmethod
    def open(cls, folder: DataFolder, kept_bytes: int = 0) -> "CorpusReader":
        """Open the database of a data folder; raises what ReadingPool.open does.

        The articles that `articles` gave last are kept, up to so many bytes, and given again while their
        digests are those that are stored: to read and check one costs ten times as much.
        """
        return cls(ReadingPool.open(folder), kept_bytes)

    def articles(self, ids: Iterable[str]) -> Mapping[str, Article | DamagedArticle]:
        """The articles with these ids, all of one moment; unknown and deleted ones are left out."""
        with self._pool.snapshot() as connection:
            found = ((article_id, self._load(connection, article_id)) for article_id in ids)
            return {article_id: article for article_id, article in found if article is not None}

    def original(self, article_id: str) -> Original | DamagedArticle | None:
        """What came in for this article, byte for byte; None if there is no such article."""
        with self._pool.snapshot() as connection:
            row = connection.execute(statements.ORIGINAL_BY_ID, (_parameter(article_id),)).fetchone()
            if row is None:
                return None
            try:
                return original_of(row)
            except CorpusDamaged as error:
                return DamagedArticle(str(error))

    def is_deleted(self, article_id: str) -> bool:
        """True if an article with this id was stored once and then deleted."""
        with self._pool.snapshot() as connection:
            row = connection.execute(
                "SELECT 1 FROM deleted WHERE id = ?", (_parameter(article_id),)
            ).fetchone()
            return row is not None

    def cluster(self, article_id: str) -> Cluster | None:
        """The copies of an article with it; None where it has none, or there is no such article."""
        with self._pool.snapshot() as connection:
            row = connection.execute(_KEY, (_parameter(article_id),)).fetchone()
            return None if row is None else load_cluster(connection, row["key"])

    def copy_counts(self, ids: Iterable[str]) -> Mapping[str, CopyCount]:
        """How many copies each of these articles has, all of one moment; those without any are left out."""
        with self._pool.snapshot() as connection:
            rows = ((name, connection.execute(_CLUSTER, (_parameter(name),)).fetchone()) for name in ids)
            clusters = {name: int(row["cluster"]) for name, row in rows if row is not None}
            counts = count_copies(connection, clusters.values())
            return {name: counts[number] for name, number in clusters.items() if number in counts}

    def times_added(self, ids: Iterable[str]) -> Mapping[str, datetime]:
        """When each of these articles was first stored; those whose time is damaged are left out."""
        times: dict[str, datetime] = {}
        with self._pool.snapshot() as connection:
            for name in ids:
                row = connection.execute(_ADDED, (_parameter(name),)).fetchone()
                if row is not None:
                    with suppress(CorpusDamaged):
                        times[name] = added_of(row)
        return times

    def page(self, ids: Iterable[str]) -> ArticlePage:
        """The articles with these ids, of which more than one thing is to be known."""
        return SteppedPage(self, tuple(ids))

    def stats(self) -> CorpusStats:
        """Counts over all articles; `newest` is the latest time that an article was published.

        Damaged articles count, but for `newest` where it is the time that is damaged.
        """
        with self._pool.snapshot() as connection:
            counts = connection.execute(
                "SELECT count(*) AS articles, count(*) - count(published_utc) AS undated FROM article"
            ).fetchone()
            repaired = connection.execute(statements.COUNT_REPAIRED, statements.COSMETIC).fetchone()
            groups = connection.execute("SELECT count(DISTINCT cluster) AS groups FROM repost").fetchone()
            with closing(connection.execute(_NEWEST_FIRST)) as dated:
                newest = next((time for row in dated if (time := readable_published(row)) is not None), None)
            return CorpusStats(
                articles=counts["articles"],
                undated=counts["undated"],
                repaired=repaired["repaired"],
                sequence=last_sequence(connection),
                newest=newest,
                duplicate_groups=groups["groups"],
            )

    def last_sequence(self) -> int:
        """Number of the newest journal entry; 0 when the journal is empty."""
        with self._pool.snapshot() as connection:
            return last_sequence(connection)

    def newest_entry(self) -> tuple[int, str | None]:
        """Number of the newest journal entry, 0 when the journal is empty, and its fingerprint."""
        with self._pool.snapshot() as connection:
            sequence = last_sequence(connection)
            return sequence, entry_of(connection, sequence)

    def entry(self, sequence: int) -> str | None:
        """A fingerprint of the journal entry with this number; None where there is none (see Journal)."""
        with self._pool.snapshot() as connection:
            return entry_of(connection, sequence)

    def arrivals(self, after: int) -> Arrivals:
        """When articles came in, as seen from the journal entry `after`.

        Raises CorpusDamaged where such a time is damaged.
        """
        with self._pool.snapshot() as connection:
            return arrivals(connection, after)

    def changes(self, after: int, limit: int, max_characters: int) -> Sequence[Change]:
        """The next changes with a sequence above `after`, oldest first, all of one moment (see Journal).

        At most `limit` of them, at least 1, and no further one once title, lead, body and tags of
        those before hold `max_characters` code points. No article is read beyond these bounds.
        """
        if limit < 1:
            raise ValueError("limit is at least 1")
        changes: list[Change] = []
        characters = 0
        with self._pool.snapshot() as connection:
            for row in connection.execute(_CHANGES, {"after": after, "limit": limit}).fetchall():
                change = _change(connection, row)
                changes.append(change)
                if isinstance(change.state, StoredArticle):
                    characters += characters_of(change.state.article)
                if characters >= max_characters:
                    break
        return tuple(changes)

    def states(self, ids: Iterable[str]) -> Iterator[Change]:
        """The newest state of each of these articles, in their order (see Journal)."""
        for article_id in ids:
            with self._pool.snapshot() as connection:
                row = connection.execute(_STATE, {"id": _parameter(article_id)}).fetchone()
                change = Change(0, article_id, None) if row is None else _change(connection, row)
            yield change

    def titles(self, limit: int) -> Sequence[str]:
        """The titles of at most so many articles, the newest first and those without a date last.

        Empty ones, and titles that are no text any more, are left out.
        """
        with self._pool.snapshot() as connection:
            rows = connection.execute(_TITLES, (limit,)).fetchall()
        return tuple(title for row in rows if (title := readable_title(row)))

    def holdings(self) -> "Holdings":
        """What is stored at one moment."""
        with self._pool.snapshot() as connection:
            ids = frozenset(shown_id(row["id"]) for row in connection.execute("SELECT id FROM article"))
            return Holdings(last_sequence(connection), ids)

    def newest_entries(self, after: str, limit: int) -> Sequence[tuple[str, int]]:
        """The next articles behind this id, in the order of the ids' code points, at most so many: their ids,
        and the numbers of their newest journal entries. Empty exactly when there are none."""
        with self._pool.snapshot() as connection:
            rows = connection.execute(_ENTRIES, (after, limit)).fetchall()
        return tuple((shown_id(row["id"]), row["sequence"]) for row in rows)

    def ids_of_source(self, source: str) -> frozenset[str]:
        """The ids of the articles that were published there (`Article.source`, exactly)."""
        with self._pool.snapshot() as connection:
            rows = connection.execute("SELECT id FROM article WHERE source = ?", (source,)).fetchall()
        return frozenset(shown_id(row["id"]) for row in rows)

    def export(self) -> Iterator[Article]:
        """Every article, in the order of the ids' code points. Raises CorpusDamaged at one that is damaged.

        Each is read when it is asked for, so this holds no transaction: what is stored or deleted
        meanwhile may be seen or not.
        """
        article = self._next("")
        while article is not None:
            yield article
            article = self._next(article.id)

    def close(self) -> None:
        """Close all connections; a call that runs in another thread still gets its answer."""
        self._pool.close()

    def __enter__(self) -> "CorpusReader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _load(self, connection: sqlite3.Connection, article_id: str) -> Article | DamagedArticle | None:
        """As `load_article`, but a damaged article raises nothing, and one that was read before is kept."""
        row = connection.execute(statements.DIGEST_BY_ID, (_parameter(article_id),)).fetchone()
        if row is None:
            return None
        digest = row["digest"]
        kept = self._kept.kept(digest)
        if kept is not None and kept.id == article_id:
            return kept
        try:
            article = load_article(connection, article_id)
        except CorpusDamaged as error:
            return DamagedArticle(str(error))
        return None if article is None else self._kept.keep(digest, article)

    def _next(self, after: str) -> Article | None:
        with self._pool.snapshot() as connection:
            row = connection.execute(
                "SELECT id FROM article WHERE id > ? ORDER BY id LIMIT 1", (after,)
            ).fetchone()
            return None if row is None else _named(connection, row)


@dataclass(frozen=True, slots=True)
class Holdings:
    """The ids of all articles, damaged ones too, when the newest journal entry was `sequence`."""

    sequence: int
    ids: frozenset[str]


def load_article(connection: sqlite3.Connection, article_id: str) -> Article | None:
    """The article with this id, checked; None if there is none. Raises CorpusDamaged, which names it."""
    row = connection.execute(statements.ARTICLE_BY_ID, (_parameter(article_id),)).fetchone()
    if row is None:
        return None
    return article_of(row, connection.execute(statements.REPAIRS_BY_KEY, (row["key"],)).fetchall())


def last_sequence(connection: sqlite3.Connection) -> int:
    """Number of the newest journal entry; 0 when the journal is empty."""
    newest: int | None = connection.execute("SELECT max(sequence) FROM journal").fetchone()[0]
    return newest or 0


def entry_of(connection: sqlite3.Connection, sequence: int) -> str | None:
    """A fingerprint of the journal entry with this number; None where there is none."""
    row = connection.execute(_ENTRY, (sequence,)).fetchone()
    return None if row is None else entry_digest(*row).hex()


def characters_of(article: Article) -> int:
    """Code points of the texts of an article, also of those that are not searched."""
    searched = sum(len(article.text(part)) for part in Part)
    return searched + len(article.notice) + sum(map(len, article.related))


def bytes_of(article: Article) -> int:
    """What an article takes in memory, about."""
    texts = (*map(article.text, Part), article.notice, *article.related)
    return sum(map(getsizeof, texts)) + _REPAIR_BYTES * len(article.repairs) + _FACTS_BYTES


def _named(connection: sqlite3.Connection, row: sqlite3.Row) -> Article:
    """The article whose id is in a row; raises CorpusDamaged."""
    article = load_article(connection, id_of(row))
    if article is None:
        raise damaged(row["id"], "it cannot be found by its id")
    return article


def _change(connection: sqlite3.Connection, row: sqlite3.Row) -> Change:
    """The change in a row that holds sequence, id, live, added and cluster."""
    try:
        stored = (
            StoredArticle(_named(connection, row), added_of(row), row["cluster"]) if row["live"] else None
        )
        return Change(row["sequence"], id_of(row), stored)
    except CorpusDamaged as error:
        return Change(row["sequence"], shown_id(row["id"]), DamagedArticle(str(error)))


def _parameter(article_id: str) -> str | None:
    """The id as a parameter; None, which equals no id, where it is one that SQLite refuses."""
    return article_id if is_storable(article_id) else None

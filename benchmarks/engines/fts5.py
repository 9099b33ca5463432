"""SQLite's full-text index: words in one table, runs of three characters in another, keywords beside them."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, repeat
from pathlib import Path
from string import punctuation
from typing import Final

from benchmarks.engines.engine import Answer, Search, Stopwatch
from benchmarks.engines.fts5_queries import Statement, statements
from index.article import Part
from index.documents import KEYWORD_FIELDS, PUBLISHED, IndexDocument
from search.plan import Plan

GAP: Final = "\x01"
"""Stands between two parts; there is none in folded text."""

# Words come cut, with spaces between; the tokenizer must not cut them further.
_TOKENCHARS: Final = punctuation.replace("'", "''''").replace('"', '""')

SCHEMA: Final = f"""
CREATE TABLE articles (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, published INTEGER);
CREATE TABLE keywords (field TEXT NOT NULL, value TEXT NOT NULL, number INTEGER NOT NULL,
    PRIMARY KEY (field, value, number)) WITHOUT ROWID;
CREATE INDEX keywords_by_number ON keywords (number, field, value);
CREATE VIRTUAL TABLE words USING fts5(text, content='', tokenize="ascii tokenchars '{_TOKENCHARS}'");
CREATE VIRTUAL TABLE runs USING fts5(text, content='', tokenize='trigram case_sensitive 1');
"""


class Fts5:
    """One transaction a batch, synchronous; both indexes optimised at the end."""

    name = "SQLite FTS5"

    def build(self, folder: Path, batches: Iterable[Sequence[IndexDocument]]) -> Mapping[str, float]:
        watch = Stopwatch()
        folder.mkdir(parents=True, exist_ok=True)
        with watch.measure("write"):
            connection = _connect(folder)
            connection.executescript(SCHEMA)
        number = 0
        for batch in batches:
            with watch.measure("write"):
                connection.execute("BEGIN")
                for document in batch:
                    _insert(connection, number, document)
                    number += 1
            with watch.measure("commit"):
                connection.execute("COMMIT")
        with watch.measure("merge"):
            for table in ("words", "runs"):
                connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.close()
        return watch.seconds

    def open(self, folder: Path) -> "Fts5Reader":
        return Fts5Reader(folder)

    def update(self, folder: Path) -> "Fts5Updater":
        return Fts5Updater(folder)


class Fts5Reader:
    """A connection of its own."""

    def __init__(self, folder: Path) -> None:
        self._connection = _connect(folder)

    def prepare(self, plan: Plan) -> Search[list[list[tuple[int, ...]]]] | None:
        made = statements(plan)
        if made is None:
            return None
        connection = self._connection

        def run() -> list[list[tuple[int, ...]]]:
            return [connection.execute(one.sql, one.values).fetchall() for one in made]

        return Search(run, _answer)

    def close(self) -> None:
        self._connection.close()


class Fts5Updater:
    """Adds only: a table that keeps no text can be deleted from only by who still has the text."""

    takes_deletes = False

    def __init__(self, folder: Path) -> None:
        self._connection = _connect(folder)
        self._number = 2**40

    def change(self, puts: Sequence[IndexDocument], deletes: Sequence[str]) -> None:
        if deletes:
            raise NotImplementedError("no deletes without the text")
        self._connection.execute("BEGIN")
        for document in puts:
            self._number += 1
            _insert(self._connection, self._number, document)
        self._connection.execute("COMMIT")

    def total(self, plan: Plan) -> int:
        made: Sequence[Statement] = statements(plan) or ()
        total: int = self._connection.execute(made[0].sql, made[0].values).fetchone()[0]
        return total

    def close(self) -> None:
        self._connection.close()


def _connect(folder: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(folder / "fts5.sqlite3", isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA mmap_size = 8589934592")
    return connection


def _insert(connection: sqlite3.Connection, number: int, document: IndexDocument) -> None:
    connection.execute(
        "INSERT INTO articles VALUES (?, ?, ?)", (number, document.id, document.dates.get(PUBLISHED))
    )
    connection.executemany(
        "INSERT OR IGNORE INTO keywords VALUES (?, ?, ?)",
        [(field, value, number) for field in KEYWORD_FIELDS for value in document.keywords.get(field, ())],
    )
    words = " ".join(chain.from_iterable(map(repeat, document.words, document.words.values())))
    connection.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (number, words))
    runs = GAP.join(document.characters[part] for part in Part)
    connection.execute("INSERT INTO runs (rowid, text) VALUES (?, ?)", (number, runs))


def _answer(rows: list[list[tuple[int, ...]]]) -> Answer:
    (((total,),), _, *facets) = rows
    return Answer(total, tuple(tuple(count for _, count in facet) for facet in facets))

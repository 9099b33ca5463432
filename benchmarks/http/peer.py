"""The peer: Datasette over SQLite's full-text index, with the same articles and the same words."""

import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from string import punctuation
from typing import Any, Final
from urllib.parse import urlencode

from benchmarks.http.questions import FACETS, FOLDER, Kind, Question, province_of
from index.analysis.analyzer import Analyzer
from index.article import Article
from index.describe.times import CHINA

DATABASE: Final = "peer.db"
SHOWN: Final = 200
"""Characters of a body that an answer shows."""

# Words come cut, with spaces between; the tokenizer must not cut them further.
_TOKENCHARS: Final = punctuation.replace("'", "''''").replace('"', '""')

SCHEMA: Final = f"""
CREATE TABLE articles (id INTEGER PRIMARY KEY, name TEXT, title TEXT, shown TEXT, source TEXT, topic TEXT,
    year TEXT, region TEXT);
CREATE TABLE runs (id INTEGER PRIMARY KEY, name TEXT, title TEXT, shown TEXT);
CREATE INDEX articles_region ON articles (region);
CREATE VIRTUAL TABLE articles_fts USING fts5(words, content='', tokenize="ascii tokenchars '{_TOKENCHARS}'");
CREATE VIRTUAL TABLE runs_fts USING fts5(text, content='', tokenize='trigram');
"""
"""Datasette searches the table that a full-text table is named after."""


def build(folder: Path, articles: Iterable[Article], analyzer: Analyzer) -> None:
    """Make its database, unless it is there."""
    path = folder / DATABASE
    if path.exists():
        return
    unfinished = path.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(unfinished)) as connection, connection:
        connection.executescript(SCHEMA)
        for number, article in enumerate(articles):
            _insert(connection, number, article, analyzer)
        for table in ("articles_fts", "runs_fts"):
            connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608
    unfinished.rename(path)


def _insert(connection: sqlite3.Connection, number: int, article: Article, analyzer: Analyzer) -> None:
    shown = article.body[:SHOWN]
    text = f"{article.title}\n{article.lead}\n{article.body}"
    topic = article.topics[0].name if article.topics else None
    year = None if article.published is None else str(article.published.astimezone(CHINA).year)
    connection.execute(
        "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (number, article.id, article.title, shown, article.source, topic, year, province_of(article)),
    )
    connection.execute("INSERT INTO runs VALUES (?, ?, ?, ?)", (number, article.id, article.title, shown))
    connection.execute(
        "INSERT INTO articles_fts (rowid, words) VALUES (?, ?)",
        (number, " ".join(analyzer.index_words(text))),
    )
    connection.execute(
        "INSERT INTO runs_fts (rowid, text) VALUES (?, ?)", (number, analyzer.characters(text))
    )


def path_of(question: Question) -> str:
    """Where Datasette answers this."""
    match question.kind:
        case Kind.PHRASE:
            return f"/peer/runs.json?{urlencode({'_search': question.text, '_size': 10})}"
        case Kind.WORD:
            return f"/peer/articles.json?{urlencode({'_search': question.text, '_size': 10})}"
        case Kind.FILTERED:
            pairs = [("_search", question.text), ("_size", "10"), ("region", question.region or "")]
            pairs += [("_facet", name) for name in FACETS]
            return f"/peer/articles.json?{urlencode(pairs)}"


def app() -> Any:
    """The application of a worker; the folder stands in the environment."""
    # Only the environment that runs the peer has it.
    from datasette.app import Datasette  # noqa: PLC0415

    return Datasette(files=[str(Path(os.environ[FOLDER]) / DATABASE)]).app()

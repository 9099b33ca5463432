"""Finds where sketches, pairs and clusters do not agree with the articles and with each other."""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from index.article import Article
from index.corpus.clusters import pairs_of
from index.corpus.sketches import has_hashes, stored_sketch
from index.reposts.components import components
from index.reposts.sketch import Sketcher

_IS_WAITING = "SELECT 1 FROM sketching WHERE version <> ? OR (done < ? AND ? <= last)"

_SURPLUS = """
    SELECT (SELECT count(*) FROM recent_hash) + (SELECT count(*) FROM sketch_hash)
        - (SELECT coalesce(sum(length(hashes)), 0) / 6 FROM sketch) AS rows
"""

_ONE_WAY = """
    SELECT pair.key FROM repost_pair AS pair
    LEFT JOIN repost_pair AS back ON back.key = pair.other AND back.other = pair.key
    WHERE back.similarity IS NOT pair.similarity
"""


class Disagreement(NamedTuple):
    """Something that is wrong; `key` is that of an article, None where it is not one article's."""

    key: int | None
    reason: str


def in_sketch(connection: sqlite3.Connection, key: int, article: Article, sketcher: Sketcher) -> str | None:
    """What is wrong with the sketch of the article with this key; None where it is right, or to come."""
    if connection.execute(_IS_WAITING, (sketcher.version, key, key)).fetchone() is not None:
        return None
    sketch = sketcher.sketch(article)
    if stored_sketch(connection, key) != (sketch.size, sketch.hashes):
        return "its sketch is not that of its text"
    if not has_hashes(connection, key, sketch.hashes):
        return "the table of hashes lacks some of its sketch"
    return None


def in_hashes(connection: sqlite3.Connection) -> Iterator[Disagreement]:
    """Hashes that belong to no sketch. The other way round is a matter of `in_sketch`."""
    rows = connection.execute(_SURPLUS).fetchone()["rows"]
    if rows:
        yield Disagreement(None, f"the table of hashes has {rows:+} rows more than the sketches have hashes")


def in_clusters(connection: sqlite3.Connection) -> Iterator[Disagreement]:
    """Articles whose pairs are written one way only, or lead to other articles than are in their cluster."""
    for row in connection.execute(_ONE_WAY):
        yield Disagreement(row["key"], "a copy of it is not written as its copy, too, or as another one")
    clusters = {row["key"]: row["cluster"] for row in connection.execute("SELECT key, cluster FROM repost")}
    paired = [row["key"] for row in connection.execute("SELECT DISTINCT key FROM repost_pair")]
    for part in components([*paired, *clusters], lambda key: pairs_of(connection, key)):
        expected = min(part) if len(part) > 1 else None
        for key in part:
            if clusters.get(key) != expected:
                yield Disagreement(key, "its cluster is not the one that its copies make")

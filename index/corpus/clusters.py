"""Pairs of copies, and the clusters that they make."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing, suppress

from index.article import is_damage
from index.corpus.rows import id_of, published_of
from index.errors import CorpusDamaged
from index.reposts.cluster import Cluster, CopyCount, CopyFacts, cluster_of
from index.reposts.components import components

Pairs = Mapping[int, float]
"""How similar an article is to others, by their keys: to some of its copies, not to all."""

_PUT_PAIR = "INSERT OR REPLACE INTO repost_pair (key, other, similarity) VALUES (?, ?, ?)"
_DROP_PAIR = "DELETE FROM repost_pair WHERE key = ? AND other = ?"
_CLUSTER = "SELECT cluster FROM repost WHERE key = ?"
_PUT_CLUSTER = """
    INSERT INTO repost (key, cluster) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET cluster = excluded.cluster
"""

_SIZE = "SELECT count(*) AS size FROM repost WHERE cluster = ?"
_EARLIEST_FIRST = """
    SELECT article.id, article.published FROM repost JOIN article USING (key) WHERE repost.cluster = ?
    ORDER BY article.published_utc IS NULL, article.published_utc, article.id
"""
_COPIES = """
    SELECT article.key, article.id, article.published, article.source IS NOT NULL AS has_source, sketch.size
    FROM repost JOIN article USING (key) JOIN sketch USING (key) WHERE repost.cluster = ?
"""
_PAIRS = """
    SELECT pair.key, pair.other, pair.similarity
    FROM repost JOIN repost_pair AS pair USING (key) WHERE repost.cluster = ?
"""
_RULES = """
    SELECT DISTINCT repair.key, repair.rule FROM repost JOIN repair USING (key)
    WHERE repost.cluster = ? AND repair.part IS NOT NULL
"""


def load_cluster(connection: sqlite3.Connection, key: int) -> Cluster | None:
    """The cluster of the article with this key; None where it has no copies.

    A copy whose id or time is damaged is left out. Raises CorpusDamaged where the pairs are.
    """
    row = _row(connection, key)
    if row is None:
        return None
    cluster: int = row["cluster"]
    damaged = {
        row["key"]
        for row in connection.execute(_RULES, (cluster,))
        if is_damage(row["rule"].decode("utf-8", "replace"))
    }
    copies: list[CopyFacts] = []
    for row in connection.execute(_COPIES, (cluster,)):
        with suppress(CorpusDamaged):
            copies.append(
                CopyFacts(
                    key=row["key"],
                    id=id_of(row),
                    published=published_of(row),
                    has_source=bool(row["has_source"]),
                    is_damaged=row["key"] in damaged,
                    size=row["size"],
                )
            )
    if len(copies) < 2:
        return None
    pairs = _all_pairs(connection, cluster)
    return cluster_of(copies, lambda copy: pairs.get(copy, {}))


def count_copies(connection: sqlite3.Connection, clusters: Iterable[int]) -> Mapping[int, CopyCount]:
    """How many copies each article of these clusters has, by the numbers of the clusters; without those of
    fewer than two articles.

    The members of a cluster are sorted once, however often it is named.
    """
    counts = ((cluster, _count_members(connection, cluster)) for cluster in set(clusters))
    return {cluster: count for cluster, count in counts if count is not None}


def pairs_of(connection: sqlite3.Connection, key: int) -> Pairs:
    """The articles that the one with this key has a pair with."""
    rows = connection.execute("SELECT other, similarity FROM repost_pair WHERE key = ?", (key,))
    return {row["other"]: row["similarity"] for row in rows}


def cluster_number(connection: sqlite3.Connection, key: int) -> int:
    """The number of the cluster that this article is in; its own key where it has no copies."""
    row = _row(connection, key)
    return key if row is None else int(row["cluster"])


def put_pairs(connection: sqlite3.Connection, key: int, pairs: Pairs) -> Sequence[int]:
    """Let the article with this key have pairs with these others and with none else; clusters follow.

    A cluster has the smallest key of its members as its number: that of the member stored first. Gives the
    articles of a cluster that fell apart, but for those of its biggest part: not all pairs are kept, so they
    may have some with the rest.
    """
    before = pairs_of(connection, key)
    gone = before.keys() - pairs.keys()
    changed = {other: similarity for other, similarity in pairs.items() if before.get(other) != similarity}
    connection.executemany(_DROP_PAIR, [way for other in gone for way in ((key, other), (other, key))])
    connection.executemany(
        _PUT_PAIR,
        [
            way
            for other, similarity in changed.items()
            for way in ((key, other, similarity), (other, key, similarity))
        ],
    )
    if gone:
        return _part(connection, [key, *gone, *pairs])
    if pairs.keys() - before.keys():
        _join(connection, [key, *pairs])
    return ()


def add_pairs(connection: sqlite3.Connection, key: int, pairs: Pairs) -> None:
    """Let the article with this key have pairs with these others, too."""
    put_pairs(connection, key, {**pairs_of(connection, key), **pairs})


def _join(connection: sqlite3.Connection, keys: Sequence[int]) -> None:
    """Make one cluster of these articles and of the clusters that they are in."""
    clusters = {key: row["cluster"] for key in keys if (row := _row(connection, key)) is not None}
    alone = [key for key in keys if key not in clusters]
    number = min([*alone, *clusters.values()])
    for cluster in set(clusters.values()) - {number}:
        connection.execute("UPDATE repost SET cluster = ? WHERE cluster = ?", (number, cluster))
    connection.executemany(_PUT_CLUSTER, [(key, number) for key in alone])


def _part(connection: sqlite3.Connection, keys: Iterable[int]) -> Sequence[int]:
    """Find the clusters of these articles anew, some pair of which is gone; all members but the biggest's."""
    parts = sorted(components(keys, lambda key: pairs_of(connection, key)), key=len)
    for part in parts:
        if len(part) == 1:
            connection.executemany("DELETE FROM repost WHERE key = ?", [(key,) for key in part])
        else:
            number = min(part)
            connection.executemany(_PUT_CLUSTER, [(key, number) for key in part])
    return [key for part in parts[:-1] for key in sorted(part)]


def _all_pairs(connection: sqlite3.Connection, cluster: int) -> Mapping[int, Pairs]:
    """The pairs of each member of a cluster."""
    pairs: dict[int, dict[int, float]] = {}
    for row in connection.execute(_PAIRS, (cluster,)):
        pairs.setdefault(row["key"], {})[row["other"]] = row["similarity"]
    return pairs


def _count_members(connection: sqlite3.Connection, cluster: int) -> CopyCount | None:
    """What each member of a cluster has; None where it is its only one, or none is whole."""
    size: int = connection.execute(_SIZE, (cluster,)).fetchone()["size"]
    with closing(connection.execute(_EARLIEST_FIRST, (cluster,))) as rows:
        earliest = next((name for member in rows if (name := _whole_id(member)) is not None), None)
    return None if earliest is None or size < 2 else CopyCount(size - 1, earliest)


def _whole_id(row: sqlite3.Row) -> str | None:
    """The id in a row that holds id and published; None where one of them is damaged."""
    try:
        published_of(row)
        return id_of(row)
    except CorpusDamaged:
        return None


def _row(connection: sqlite3.Connection, key: int) -> sqlite3.Row | None:
    row: sqlite3.Row | None = connection.execute(_CLUSTER, (key,)).fetchone()
    return row

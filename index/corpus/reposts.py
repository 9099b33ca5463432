"""Finds the copies of an article when it is stored, and keeps the clusters right."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from index.article import Article
from index.corpus.clusters import put_pairs
from index.corpus.rows import compared_texts_of, published_of
from index.corpus.sketches import drop_sketch, merge_hashes, possible_copies, put_sketch
from index.errors import CorpusDamaged
from index.reposts.similarity import Comparable, similarity
from index.reposts.sketch import Sketch, Sketcher

_TEXTS = "SELECT id, title, lead, body, published FROM article WHERE key = ?"

_WAITING = """
    SELECT key FROM article
    WHERE key > (SELECT done FROM sketching) AND key <= (SELECT last FROM sketching) ORDER BY key LIMIT ?
"""

_DROP = (
    "DELETE FROM sketch",
    "DELETE FROM sketch_hash",
    "DELETE FROM recent_hash",
    "DELETE FROM repost_pair",
    "DELETE FROM repost",
)

_RESTART = """
    INSERT OR REPLACE INTO sketching (number, version, done, last)
    SELECT 1, ?, 0, coalesce(max(key), 0) FROM article
"""


@dataclass(frozen=True, slots=True)
class Reposts:
    """The copies among the articles of a database; all of it happens in the caller's transaction.

    Law: the clusters do not depend on the order in which articles are stored, as long as no hash is in more
    articles than are looked at (`sketches.LOOKED_AT`).
    """

    connection: sqlite3.Connection
    sketcher: Sketcher

    def place(self, key: int, article: Article, sketch: Sketch | None) -> None:
        """Find the copies of an article, or of its new state, that is stored under this key.

        `sketch` is the article's; it is made here where there is none, or one of another version.
        """
        if sketch is None or sketch.version != self.sketcher.version:
            sketch = self.sketcher.sketch(article)
        others = self._look_up(key, sketch, article.published)
        # Few articles have copies: the others need not be read again for comparing them.
        pairs = self._confirmed(self.sketcher.comparable(article), others) if others else {}
        put_pairs(self.connection, key, pairs)

    def forget(self, key: int) -> None:
        """Take an article out, before it is deleted."""
        put_pairs(self.connection, key, {})
        drop_sketch(self.connection, key)

    def settle(self) -> None:
        """What is to be done before a commit, now and then."""
        merge_hashes(self.connection)

    def is_current(self) -> bool:
        """Whether the sketches that are stored, and those to come, are of this version."""
        row = self.connection.execute("SELECT version FROM sketching").fetchone()
        return row is not None and row["version"] == self.sketcher.version.encode()

    def restart(self) -> None:
        """Let every article that is stored now wait for a new sketch (see `fill`)."""
        self.connection.execute(_RESTART, (self.sketcher.version,))

    def drop(self) -> None:
        """Forget all sketches, pairs and clusters, and let every article wait for new ones."""
        for statement in _DROP:
            self.connection.execute(statement)
        self.restart()

    def fill(self, limit: int) -> int:
        """Give sketches, and places in clusters, to at most so many of the articles that wait for one.

        Those are the ones stored before there were sketches, or under another version of them. Gives how many
        were reached; fewer than `limit` when none is left.
        """
        if limit < 1:
            raise ValueError("limit is at least 1")
        keys = [row["key"] for row in self.connection.execute(_WAITING, (limit,))]
        for key in keys:
            text = self._comparable(key)
            if text is None:
                self.forget(key)
            else:
                others = self._look_up(key, self.sketcher.of(text), text.published)
                put_pairs(self.connection, key, self._confirmed(text, others))
        if len(keys) == limit:
            self.connection.execute("UPDATE sketching SET done = ?", (keys[-1],))
        else:
            self.connection.execute("UPDATE sketching SET done = last")
        return len(keys)

    def _look_up(self, key: int, sketch: Sketch, published: datetime | None) -> tuple[int, ...]:
        """Store the sketch; the keys of the articles that may be copies."""
        put_sketch(self.connection, key, sketch)
        return tuple(possible_copies(self.connection, key, sketch, published))

    def _confirmed(self, text: Comparable, others: Iterable[int]) -> dict[int, float]:
        """Those of the articles that are copies, with their similarity."""
        pairs: dict[int, float] = {}
        for other in others:
            compared = self._comparable(other)
            found = None if compared is None else similarity(text, compared)
            if found is not None:
                pairs[other] = found
        return pairs

    def _comparable(self, key: int) -> Comparable | None:
        """What a stored article is compared by; None where it is damaged, until it is stored anew."""
        row = self.connection.execute(_TEXTS, (key,)).fetchone()
        try:
            title, lead, body = compared_texts_of(row)
            published = published_of(row)
        except CorpusDamaged:
            return None
        return Comparable.of(
            title=title, lead=lead, body=body, published=published, folding=self.sketcher.folding
        )

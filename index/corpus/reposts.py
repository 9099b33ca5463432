"""Finds the copies of an article when it is stored, and keeps the clusters right."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from index.article import Article
from index.corpus.clusters import Pairs, add_pairs, cluster_number, pairs_of, put_pairs
from index.corpus.rows import compared_texts_of, published_of
from index.corpus.sketches import Candidate, drop_sketch, merge_hashes, possible_copies, put_sketch
from index.errors import CorpusDamaged
from index.reposts.similarity import Comparable, similarity
from index.reposts.sketch import Sketch, Sketcher

LINKS: Final = 3
"""Pairs that an article gets with one cluster: enough that a cluster seldom falls apart when one member goes,
and the work for a copy does not grow with the number of copies. Chosen by hand."""

COMPARED: Final = 20
"""Articles that one is compared with, text by text. Chosen by hand: `benchmarks/reposts.py` finds as many
copies with it as without a limit."""

REJOINED: Final = 200
"""Articles that are looked up anew where a cluster falls apart. Chosen by hand."""

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

    Law: two articles are in one cluster if and only if a chain of pairs leads from one to the other, whatever
    was stored and deleted in whatever order, though few of the pairs are kept. It holds as long as no limit
    is reached: `COMPARED`, `REJOINED`, `sketches.LOOKED_AT`.
    """

    connection: sqlite3.Connection
    sketcher: Sketcher

    def place(self, key: int, article: Article, sketch: Sketch | None) -> None:
        """Find the copies of an article, or of its new state, that is stored under this key.

        `sketch` is the article's; it is made here where there is none, or one of another version.
        """
        if sketch is None or sketch.version != self.sketcher.version:
            sketch = self.sketcher.sketch(article)
        put_sketch(self.connection, key, sketch)
        others = possible_copies(self.connection, key)
        # Few articles have copies: the text of the others need not be made ready for comparing.
        pairs = (
            self._confirmed(self.sketcher.comparable(article), self._known_first(key, others))
            if others
            else {}
        )
        self._put(key, pairs)

    def forget(self, key: int) -> None:
        """Take an article out, before it is deleted."""
        drop_sketch(self.connection, key)
        self._put(key, {})

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
                put_sketch(self.connection, key, self.sketcher.of(text))
                others = possible_copies(self.connection, key)
                self._put(key, self._confirmed(text, self._known_first(key, others)))
        if len(keys) == limit:
            self.connection.execute("UPDATE sketching SET done = ?", (keys[-1],))
        else:
            self.connection.execute("UPDATE sketching SET done = last")
        return len(keys)

    def _known_first(self, key: int, others: Iterable[Candidate]) -> Sequence[Candidate]:
        """Those first that the article has pairs with, so that the ones that still hold stay."""
        known = pairs_of(self.connection, key)
        return sorted(others, key=lambda other: other.key not in known)

    def _put(self, key: int, pairs: Pairs) -> None:
        """Let these be the pairs of an article, and look anew where that makes a cluster fall apart."""
        for loose in islice(put_pairs(self.connection, key, pairs), REJOINED):
            own = cluster_number(self.connection, loose)
            others = [other for other in possible_copies(self.connection, loose) if other.cluster != own]
            text = self._comparable(loose) if others else None
            if text is not None:
                add_pairs(self.connection, loose, self._confirmed(text, others))

    def _confirmed(self, text: Comparable, others: Iterable[Candidate]) -> Pairs:
        """Copies among the articles, the first ones that are found, and how similar they are."""
        pairs: dict[int, float] = {}
        links: Counter[int] = Counter()
        left = COMPARED
        for other in others:
            if left and links[other.cluster] < LINKS:
                left -= 1
                compared = self._comparable(other.key)
                found = None if compared is None else similarity(text, compared)
                if found is not None:
                    pairs[other.key] = found
                    links[other.cluster] += 1
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

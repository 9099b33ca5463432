"""Which articles came into another cluster: they enter the journal, so that indexes hear of it.

Triggers of the connection watch the table of clusters, so that no statement that changes it can be forgotten.
"""

import sqlite3

# No INSERT OR IGNORE: the policy of the statement that fires the trigger would take its place.
_WATCH = (
    "CREATE TEMP TABLE moved (key INTEGER PRIMARY KEY, cluster INTEGER)",
    """
    CREATE TEMP TRIGGER cluster_found AFTER INSERT ON main.repost
    WHEN NOT EXISTS (SELECT 1 FROM moved WHERE key = new.key)
    BEGIN INSERT INTO moved (key, cluster) VALUES (new.key, NULL); END
    """,
    """
    CREATE TEMP TRIGGER cluster_changed AFTER UPDATE ON main.repost
    WHEN new.cluster IS NOT old.cluster AND NOT EXISTS (SELECT 1 FROM moved WHERE key = old.key)
    BEGIN INSERT INTO moved (key, cluster) VALUES (old.key, old.cluster); END
    """,
    """
    CREATE TEMP TRIGGER cluster_lost AFTER DELETE ON main.repost
    WHEN NOT EXISTS (SELECT 1 FROM moved WHERE key = old.key)
    BEGIN INSERT INTO moved (key, cluster) VALUES (old.key, old.cluster); END
    """,
)
"""`moved` holds the cluster that an article was in before the transaction; NULL where it was in none."""

# The order of a CROSS JOIN is kept: else all articles would be read for the few that moved.
_ENTER = """
    INSERT INTO journal (id, action, digest, at)
    SELECT article.id, 'put', article.digest, :at
    FROM moved CROSS JOIN article USING (key) LEFT JOIN repost USING (key)
    WHERE repost.cluster IS NOT moved.cluster AND article.sequence <= :committed
    ORDER BY article.sequence
"""

_FOLLOW = """
    UPDATE article SET sequence = newest.sequence
    FROM (SELECT id, sequence FROM journal WHERE sequence > :last) AS newest WHERE article.id = newest.id
"""


def watch(connection: sqlite3.Connection) -> None:
    """Remember from now on, on this connection, which articles came into another cluster."""
    for statement in _WATCH:
        connection.execute(statement)


def enter_moves(connection: sqlite3.Connection, committed: int, at: str) -> None:
    """Give those that came into another cluster in this transaction a new journal entry, before it ends.

    What has an entry after `committed`, the newest one before the transaction, needs no other.
    """
    last = connection.execute("SELECT max(sequence) FROM journal").fetchone()[0]
    connection.execute(_ENTER, {"committed": committed, "at": at})
    connection.execute(_FOLLOW, {"last": last})
    connection.execute("DELETE FROM moved")

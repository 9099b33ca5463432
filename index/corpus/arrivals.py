"""Reads when articles came in."""

import sqlite3
from contextlib import closing
from datetime import datetime

from index.arrivals import Arrivals
from index.corpus.rows import added_of

_BEHIND = "SELECT id, added FROM article WHERE sequence > ? ORDER BY added LIMIT 1"
_NEWEST = "SELECT id, at AS added FROM journal ORDER BY sequence DESC LIMIT 1"


def arrivals(connection: sqlite3.Connection, after: int) -> Arrivals:
    """Those of a connection inside a transaction. Raises CorpusDamaged where a time is damaged."""
    return Arrivals(_time(connection, _BEHIND, after), _time(connection, _NEWEST))


def _time(connection: sqlite3.Connection, query: str, *parameters: int) -> datetime | None:
    """The time in the only row of a query that gives id and added."""
    with closing(connection.execute(query, parameters)) as rows:
        row = rows.fetchone()
        return None if row is None else added_of(row)

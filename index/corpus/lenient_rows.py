"""What rows say, for lists and figures that go on where a row is damaged."""

import sqlite3
from datetime import datetime

from index.corpus.rows import added_of, published_of, title_of
from index.errors import CorpusDamaged


def readable_added(row: sqlite3.Row) -> datetime | None:
    """When the article in a row that holds id and added was stored; None where it cannot be read."""
    try:
        return added_of(row)
    except CorpusDamaged:
        return None


def readable_published(row: sqlite3.Row) -> datetime | None:
    """The time in a row that holds id and published; None where it cannot be read."""
    try:
        return published_of(row)
    except CorpusDamaged:
        return None


def readable_title(row: sqlite3.Row) -> str:
    """The title in a row that holds id and title; empty where it cannot be read."""
    try:
        return title_of(row)
    except CorpusDamaged:
        return ""

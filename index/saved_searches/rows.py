"""Saved searches and their alerts as rows of the database, and back."""

import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime

from index.errors import CorpusDamaged
from index.saved_searches.saved_search import AlertOutcome, AlertResult, AlertState, Frequency, SavedSearch


def search_row(search: SavedSearch) -> Mapping[str, object]:
    return {
        "id": search.id,
        "owner": search.owner,
        "name": search.name,
        "query": search.query,
        "grammar": search.grammar,
        "frequency": search.frequency.value,
        "webhook": search.webhook,
        "feed_key": search.feed_key,
        "secret": search.secret,
        "version": search.version,
        "created": seconds_of(search.created),
        "changed": seconds_of(search.changed),
    }


def search_of(row: sqlite3.Row) -> SavedSearch:
    """The saved search of a row. Raises CorpusDamaged."""
    try:
        return SavedSearch(
            id=row["id"],
            owner=row["owner"],
            name=row["name"],
            query=row["query"],
            grammar=row["grammar"],
            frequency=Frequency(row["frequency"]),
            webhook=row["webhook"],
            feed_key=row["feed_key"],
            secret=row["secret"],
            version=row["version"],
            created=time_of(row["created"]),
            changed=time_of(row["changed"]),
        )
    except (ValueError, OverflowError) as error:
        raise _damaged(row, error) from error


def alert_row(state: AlertState) -> Mapping[str, object]:
    last = state.last
    return {
        "since": seconds_of(state.since),
        "due": seconds_of(state.due),
        "until": None if state.until is None else seconds_of(state.until),
        "tries": state.tries,
        "last_at": None if last is None else seconds_of(last.at),
        "last_result": None if last is None else last.result.value,
        "last_status": None if last is None else last.status,
        "last_articles": 0 if last is None else last.articles,
    }


def alert_of(row: sqlite3.Row) -> AlertState:
    """The state of the alert of a row. Raises CorpusDamaged."""
    try:
        last = (
            None
            if row["last_at"] is None
            else AlertOutcome(
                at=time_of(row["last_at"]),
                result=AlertResult(row["last_result"]),
                status=row["last_status"],
                articles=row["last_articles"],
            )
        )
        return AlertState(
            since=time_of(row["since"]),
            due=time_of(row["due"]),
            until=None if row["until"] is None else time_of(row["until"]),
            tries=row["tries"],
            last=last,
        )
    except (ValueError, OverflowError) as error:
        raise _damaged(row, error) from error


def seconds_of(moment: datetime) -> int:
    """Whole seconds since 1970 UTC, without the rest."""
    return int(moment.timestamp() // 1)


def time_of(seconds: int) -> datetime:
    """That moment in UTC. Raises ValueError or OverflowError where no calendar has it."""
    return datetime.fromtimestamp(seconds, UTC)


def _damaged(row: sqlite3.Row, error: Exception) -> CorpusDamaged:
    return CorpusDamaged(f"the saved search {row['id']!a} does not hold what was written: {error}")

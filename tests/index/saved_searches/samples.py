"""Saved searches for tests."""

from dataclasses import replace
from datetime import UTC, datetime

from index.saved_searches.saved_search import AlertState, Frequency, SavedSearch

NOON = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
OWNER = "0" * 32
WEBHOOK = "https://hooks.example.org/new"

SEARCH = SavedSearch(
    id="s1",
    owner=OWNER,
    name="湖北 “𠮷” 补贴",
    query="q=补贴&region=420000",
    grammar=1,
    frequency=Frequency.HOURLY,
    webhook=None,
    feed_key=b"\x00\xff" * 16,
    secret="not-secret",  # noqa: S106 - of a test
    version=1,
    created=NOON,
    changed=NOON,
)
ALERT = AlertState(since=NOON, due=NOON + Frequency.HOURLY.period)


def numbered(number: int, *, webhook: str | None = None, owner: str = OWNER) -> SavedSearch:
    """A saved search whose id holds the number."""
    return replace(SEARCH, id=f"s{number}", webhook=webhook, owner=owner)

"""What is kept of a saved search."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum


class Frequency(Enum):
    """How often a saved search is looked at for its webhook."""

    HOURLY = "hourly"
    DAILY = "daily"
    WEEKLY = "weekly"

    @property
    def period(self) -> timedelta:
        match self:
            case Frequency.HOURLY:
                return timedelta(hours=1)
            case Frequency.DAILY:
                return timedelta(days=1)
            case Frequency.WEEKLY:
                return timedelta(weeks=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch:
    """A search that somebody saved.

    `owner` is a fingerprint of the owner's token, `feed_key` the sha256 of the key of the feed: neither leads
    back. `secret` signs what is sent to the webhook, so it is kept as it is. `query` is a query string of the
    search endpoint, `grammar` the number of the query language that it is written in. `version` rises with
    each change. Times are aware, in whole seconds.
    """

    id: str
    owner: str
    name: str
    query: str
    grammar: int
    frequency: Frequency
    webhook: str | None
    feed_key: bytes
    secret: str
    version: int
    created: datetime
    changed: datetime


class AlertResult(Enum):
    """How the last look at a saved search ended."""

    DELIVERED = "delivered"
    NOTHING_NEW = "nothing-new"
    NOT_RUN = "not-run"
    """The search itself could not be run."""
    ADDRESS_REFUSED = "address-refused"
    """The webhook's host has an address that is not public."""
    UNREACHABLE = "unreachable"
    """No connection, no secure one, or no answer in time."""
    STATUS = "status"
    """The webhook answered, but with no status from 200 to 299."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertOutcome:
    """The last look: when (aware), how it ended, the status that the webhook answered, and how many articles
    were told."""

    at: datetime
    result: AlertResult
    status: int | None = None
    articles: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertState:
    """How far the webhook of a saved search has been told. Times are aware, in whole seconds.

    Articles first stored before `since` are done with. `due` is when to look next. `until` is the end of the
    delivery that was begun and has not been taken yet, None between deliveries; `tries` is how often it was
    sent. Both are stored before anything is sent, so that a restart sends the same delivery again.
    """

    since: datetime
    due: datetime
    until: datetime | None = None
    tries: int = 0
    last: AlertOutcome | None = None

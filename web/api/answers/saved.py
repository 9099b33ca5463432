"""Saved searches, and what is new for them."""

from msgspec import Struct

from index.saved_searches.saved_search import AlertResult, Frequency
from web.api.answers.search import HitAnswer, NoticeAnswer


class OutcomeAnswer(Struct, frozen=True, kw_only=True):
    """How the last look ended: with the `status` that the webhook answered, if any; `articles` were told."""

    at: str
    result: AlertResult
    status: int | None
    articles: int


class AlertAnswer(Struct, frozen=True, kw_only=True):
    """How far the webhook was told: of what was first stored before `since`. `due_at` is when it is looked at
    next, `tries` how often the delivery was sent that it has not taken yet."""

    since: str
    due_at: str
    tries: int
    last: OutcomeAnswer | None


class SavedSearchAnswer(Struct, frozen=True, kw_only=True):
    """A saved search; `alert` only where it has a webhook."""

    id: str
    name: str
    query: str
    frequency: Frequency
    webhook: str | None
    grammar_version: int
    version: int
    created_at: str
    changed_at: str
    alert: AlertAnswer | None


class NewSavedSearchAnswer(SavedSearchAnswer, frozen=True, kw_only=True):
    """One that was just saved, with what is told only now: the address of its feed, and the secret that signs
    what its webhook gets. `notices` are the parts of its query that were read otherwise than written."""

    feed: str
    secret: str
    notices: tuple[NoticeAnswer, ...]


class SavedSearchesAnswer(Struct, frozen=True, kw_only=True):
    """A page of the caller's saved searches, the newest first."""

    searches: tuple[SavedSearchAnswer, ...]
    total: int
    page: int
    per_page: int


class NewsAnswer(Struct, frozen=True, kw_only=True):
    """What was first stored from `since` on and before `until`, and is found. The next question is about
    `since` that `until`: then every article comes once."""

    id: str
    name: str
    query: str
    since: str
    until: str
    generation: str
    total: int
    clusters: int
    next_cursor: str | None
    results: tuple[HitAnswer, ...]

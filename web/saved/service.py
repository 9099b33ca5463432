"""What owners do with their saved searches."""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from index.saved_searches.errors import SavedSearchNotFound
from index.saved_searches.saved_search import AlertState, SavedSearch
from index.saved_searches.store import IndexState, SavedPage, SavedSearches, WatchedSearch
from web.errors import BadParameters, Fault, FaultKind
from web.saved.drafts import Draft, DraftReader
from web.saved.horizon import now
from web.saved.news import FoundBySaved, News, NewsFinder
from web.saved.window import GENERATION, read_moment
from web.texts.text import Message

FEED_SIZE: Final = 20
"""Articles of a feed (API contract)."""
ID_BYTES: Final = 8
KEY_BYTES: Final = 24
"""Of the key of a feed and of the secret that signs: no one guesses 192 bits."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A new saved search, how its query was read, and what is told only once: the key of its feed and the
    secret that signs what its webhook gets."""

    watched: WatchedSearch
    read: FoundBySaved
    feed_key: str

    @property
    def secret(self) -> str:
        return self.watched.search.secret


class SavedSearchService:
    """Safe to share between threads; every method may wait for the disk, some for a search."""

    def __init__(
        self,
        store: SavedSearches,
        news: NewsFinder,
        drafts: DraftReader,
        clock: Callable[[], datetime] = now,
    ) -> None:
        """`clock` gives aware times."""
        self._store = store
        self._news = news
        self._drafts = drafts
        self._clock = clock

    def add(self, owner: str, given: Mapping[str, object]) -> Saved:
        """Save a search.

        Raises BadParameters, LimitReached, and what a search raises that finds fault with its query.
        """
        draft = self._drafts.new(given)
        moment = self._clock().replace(microsecond=0)
        key = secrets.token_urlsafe(KEY_BYTES)
        search = SavedSearch(
            id=secrets.token_hex(ID_BYTES),
            owner=owner,
            name=draft.name,
            query=draft.query,
            grammar=draft.grammar,
            frequency=draft.frequency,
            webhook=draft.webhook,
            feed_key=_digest(key),
            secret=secrets.token_urlsafe(KEY_BYTES),
            version=1,
            created=moment,
            changed=moment,
        )
        read = self._news.check(search)
        alert = _beginning(search, moment)
        self._store.add(search, alert)
        return Saved(WatchedSearch(search, alert), read, key)

    def page(self, owner: str, offset: int, limit: int) -> SavedPage:
        """Some of those of an owner, the newest first."""
        return self._store.of_owner(owner, offset, limit)

    def get(self, owner: str, search_id: str) -> WatchedSearch:
        """Raises SavedSearchNotFound, also where it is somebody else's."""
        watched = self._store.get(search_id)
        if watched.search.owner != owner:
            raise SavedSearchNotFound("it is somebody else's")
        return watched

    def change(self, owner: str, search_id: str, known: int, given: Mapping[str, object]) -> WatchedSearch:
        """Change what is given, if it is still the version `known`. What was not told yet stays so.

        Raises what `add` and `get` raise, and SavedSearchChanged.
        """
        watched = self.get(owner, search_id)
        before = watched.search
        draft = self._drafts.changed(given, _draft_of(before))
        moment = self._clock().replace(microsecond=0)
        after = replace(
            before,
            name=draft.name,
            query=draft.query,
            grammar=draft.grammar,
            frequency=draft.frequency,
            webhook=draft.webhook,
            version=known + 1,
            changed=moment,
        )
        if after.query != before.query:
            self._news.check(after)
        self._store.change(after, known, _alert_after(watched, after, moment))
        return self._store.get(search_id)

    def remove(self, owner: str, search_id: str, known: int) -> None:
        """Raises what `get` raises, and SavedSearchChanged."""
        self.get(owner, search_id)
        self._store.remove(search_id, known)

    def news(self, owner: str, search_id: str, since: str, limit: int, cursor: str) -> News:
        """A page of what came in after `since`: a generation, a time, or "" for when it was saved. The first
        one, or that which the `cursor` leads to.

        Raises what `get` raises, BadParameters, InvalidCursor, SnapshotGone, SavedSearchOutdated, and what a
        search raises for reasons of the moment.
        """
        search = self.get(owner, search_id).search
        begin = self._moment(since) if since else search.created
        if cursor:
            return self._news.further(search, begin, limit, cursor)
        return self._news.since(search, begin, limit)

    def feed(self, search_id: str, key: str) -> tuple[SavedSearch, FoundBySaved]:
        """What came in last, for whoever has the key of the feed.

        Raises SavedSearchNotFound, also where the key is wrong, and what `news` raises.
        """
        search = self._store.get(search_id).search
        if not hmac.compare_digest(search.feed_key, _digest(key)):
            raise SavedSearchNotFound("this is not the key of its feed")
        return search, self._news.latest(search, FEED_SIZE)

    def _moment(self, since: str) -> datetime:
        if GENERATION.fullmatch(since):
            folder, _, revision = since.partition(".")
            moment = self._store.known_until(IndexState(int(folder), int(revision)))
            message = Message("saved.fault.generation", {"generation": since})
        else:
            moment = read_moment(since)
            message = Message("saved.fault.since")
        if moment is None:
            raise BadParameters((Fault(kind=FaultKind.INVALID, parameter="since", detail=message),))
        return moment


def _beginning(search: SavedSearch, moment: datetime) -> AlertState:
    """Nothing that came in before is told."""
    return AlertState(since=moment, due=moment + search.frequency.period)


def _alert_after(watched: WatchedSearch, after: SavedSearch, moment: datetime) -> AlertState:
    """How telling goes on with the changed search. A delivery that was begun is given up: what it held comes
    with the next one."""
    before, alert = watched.search, watched.alert
    if before.webhook is None:
        return _beginning(after, moment)
    due = alert.due if after.frequency is before.frequency else moment + after.frequency.period
    return replace(alert, due=due, until=None, tries=0)


def _draft_of(search: SavedSearch) -> Draft:
    return Draft(
        name=search.name,
        query=search.query,
        grammar=search.grammar,
        frequency=search.frequency,
        webhook=search.webhook,
    )


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()

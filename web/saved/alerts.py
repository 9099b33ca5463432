"""Tells webhooks what is new for the saved searches that they belong to."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Protocol

from index.errors import WriterBusy
from index.saved_searches.errors import SavedSearchNotFound
from index.saved_searches.saved_search import AlertOutcome, AlertResult, AlertState, SavedSearch
from index.saved_searches.store import IndexState, SavedSearches, WatchedSearch
from index.writer_lock import WriterLock
from search.errors import IndexUnavailable, SearchTimeout
from web.saved.errors import SavedSearchOutdated
from web.saved.horizon import Horizon, now
from web.saved.news import News, NewsFinder
from web.saved.webhooks.posting import AddressRefused, Poster, Unreachable
from web.saved.webhooks.signature import signature
from web.saved.webhooks.target import TargetRefused, read_target
from web.saved.window import Window, written_moment

MAX_TOLD: Final = 50
"""Articles in one delivery; it says how many there are in all. Chosen by hand on 2026-11-28."""
PAUSES: Final = (timedelta(minutes=1), timedelta(minutes=10))
"""Before the second and the third try; after that the next one is a period later (API contract: 3 tries)."""
OK: Final = range(200, 300)

_log = logging.getLogger(__name__)


class Delivery(Protocol):
    """Makes the body of a delivery."""

    def __call__(self, search: SavedSearch, news: News) -> bytes:
        """JSON of bounded size."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerts:
    """Looks at the saved searches that are due; for one thread. `lock` is held meanwhile, so that of several
    servers on a data folder one does it.

    Deliveries of one search are of windows that follow one another: nothing is told twice, nothing left out.
    What is to be sent is stored before it is sent; who is killed then sends the same again, with the same
    `X-Delivery-Id`. A delivery that is not taken in three tries is given up, and what it held comes with the
    next one. `poster` None: nothing is sent, as webhooks are switched off.
    """

    store: SavedSearches
    news: NewsFinder
    horizon: Horizon
    poster: Poster | None
    delivery: Delivery
    lock: Path
    clock: Callable[[], datetime] = now

    def tend(self, should_stop: Callable[[], bool]) -> None:
        """Note the state of the index, and tell what is new for those that are due.

        What goes wrong with a search or its webhook stands in its outcome. What else fails keeps no other
        waiting; the first such failure is raised at the end.
        """
        try:
            with WriterLock(self.lock, wait=0.0):
                self._tend(should_stop)
        except WriterBusy as busy:
            _log.debug("alerts are not sent from here: %s", busy)

    def _tend(self, should_stop: Callable[[], bool]) -> None:
        try:
            generation, until = self.horizon.of_newest()
        except IndexUnavailable as error:
            _log.debug("no alerts yet: %s", error)
            return
        folder, _, revision = generation.partition(".")
        self.store.note_state(IndexState(int(folder), int(revision)), until)
        if self.poster is not None:
            self._tell(self.poster, until, should_stop)

    def _tell(self, poster: Poster, until: datetime, should_stop: Callable[[], bool]) -> None:
        failures: list[Exception] = []
        for search_id in self.store.due(self.clock()):
            if should_stop():
                return
            try:
                watched = self.store.get(search_id)
                # It may have been changed while others were told.
                if watched.search.webhook is not None and watched.alert.due <= self.clock():
                    self._look(poster, watched, until)
            except SavedSearchNotFound:
                _log.debug("%s was removed before it was looked at", search_id)
            except Exception as failure:  # one that cannot be told may not keep the others waiting
                failures.append(failure)
        if failures:
            raise failures[0]

    def _look(self, poster: Poster, watched: WatchedSearch, until: datetime) -> None:
        search, alert = watched.search, watched.alert
        window = Window.of(alert.since, alert.until or until)
        try:
            news = self.news.within(search, window, MAX_TOLD)
        except (SavedSearchOutdated, SearchTimeout) as error:
            _log.warning("the saved search %s cannot be run: %s", search.id, error)
            self._end(watched, alert.since, AlertResult.NOT_RUN)
            return
        if not news.found.result.total:
            self._end(watched, window.until, AlertResult.NOTHING_NEW)
            return
        begun = replace(alert, until=window.until, tries=alert.tries + 1)
        if self.store.put_alert(search.id, search.version, begun):
            self._send(poster, WatchedSearch(search, begun), news)

    def _send(self, poster: Poster, watched: WatchedSearch, news: News) -> None:
        result, status = self._posted(poster, watched.search, news)
        articles = news.found.result.total
        if result is AlertResult.DELIVERED:
            self._end(watched, news.window.until, result, status, articles)
        elif watched.alert.tries <= len(PAUSES):
            self._try_again(watched, result, status)
        else:
            self._end(watched, watched.alert.since, result, status)

    def _posted(self, poster: Poster, search: SavedSearch, news: News) -> tuple[AlertResult, int | None]:
        body = self.delivery(search, news)
        headers = {
            "X-Signature": signature(search.secret, body),
            "X-Delivery-Id": delivery_id(search, news.window),
        }
        try:
            target = read_target(search.webhook or "", poster.rules)
            status = poster.post(target, body, headers)
        except (TargetRefused, AddressRefused) as error:
            _log.warning("the webhook of %s is refused: %s", search.id, error)
            return AlertResult.ADDRESS_REFUSED, None
        except Unreachable as error:
            _log.info("the webhook of %s cannot be reached: %s", search.id, error)
            return AlertResult.UNREACHABLE, None
        return (AlertResult.DELIVERED if status in OK else AlertResult.STATUS), status

    def _try_again(self, watched: WatchedSearch, result: AlertResult, status: int | None) -> None:
        alert = watched.alert
        moment = self.clock()
        outcome = AlertOutcome(at=moment, result=result, status=status)
        self._put(watched, replace(alert, due=moment + PAUSES[alert.tries - 1], last=outcome))

    def _end(
        self,
        watched: WatchedSearch,
        since: datetime,
        result: AlertResult,
        status: int | None = None,
        articles: int = 0,
    ) -> None:
        """Be done with it for this time; all before `since` is done with for ever."""
        moment = self.clock()
        due = _next(watched.alert.due, watched.search.frequency.period, moment)
        outcome = AlertOutcome(at=moment, result=result, status=status, articles=articles)
        self._put(watched, AlertState(since=since, due=due, last=outcome))

    def _put(self, watched: WatchedSearch, alert: AlertState) -> None:
        search = watched.search
        if not self.store.put_alert(search.id, search.version, alert):
            _log.debug("%s was changed while it was told", search.id)


def delivery_id(search: SavedSearch, window: Window) -> str:
    """Equal for every try of one delivery, and for no other."""
    return f"{search.id}.{search.version}.{written_moment(window.since)}.{written_moment(window.until)}"


def _next(due: datetime, period: timedelta, moment: datetime) -> datetime:
    """When it is due after `moment`: a whole number of periods later."""
    missed = max(0, (moment - due) // period)
    return due + (missed + 1) * period

"""Up to which moment the index is complete, so that what came in can be told exactly once."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Protocol

from index.arrivals import Arrivals
from index.errors import WriterBusy
from index.writer_lock import LockUnusable, WriterLock
from search.errors import IndexUnavailable
from search.results import Readiness

_FIRST: Final = datetime.fromtimestamp(0, UTC)


class ArrivalReader(Protocol):
    """Reads when articles came in; safe to share between threads."""

    def arrivals(self, after: int) -> Arrivals:
        """As seen from the journal entry `after`."""
        ...


class Ready(Protocol):
    """Tells which state of the index is searched."""

    def readiness(self) -> Readiness: ...


def now() -> datetime:
    return datetime.now(UTC)


class Horizon:
    """Safe to share between threads.

    An article is stored at the time of its `put`, is seen with its batch, and is found once it is indexed. So
    at any moment there may be articles that were stored before it and cannot be found yet. The horizon is a
    moment, in whole seconds as the index has times, before which there are none.
    """

    def __init__(
        self, lock: Path, articles: ArrivalReader, searching: Ready, clock: Callable[[], datetime] = now
    ) -> None:
        """`lock` is the file that whoever stores articles locks; `clock` gives aware times."""
        self._lock = lock
        self._articles = articles
        self._searching = searching
        self._clock = clock

    def of_newest(self) -> tuple[str, datetime]:
        """The generation that is searched now, and the moment before which all that was stored is in it.

        Raises IndexUnavailable, and what the reader raises.
        """
        readiness = self._searching.readiness()
        if readiness.generation is None:
            raise IndexUnavailable("; ".join(readiness.reasons))
        quiet = self._quiet_moment()
        came = self._articles.arrivals(readiness.sequence)
        # Whoever is storing now began after the newest entry was made, so theirs are newer than that.
        moment = quiet or came.newest or _FIRST
        if came.earliest is not None:
            moment = min(moment, came.earliest)
        return readiness.generation, moment.astimezone(UTC).replace(microsecond=0)

    def _quiet_moment(self) -> datetime | None:
        """A moment just now at which nobody was storing; None where somebody is, or it cannot be seen."""
        try:
            with WriterLock(self._lock, wait=0.0):
                return self._clock()
        except (WriterBusy, LockUnusable):
            return None

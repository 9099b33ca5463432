"""The vocabulary of the newest state of the index, made anew as the index changes."""

import logging
import threading
import time
from collections.abc import Callable

from index.errors import PolicySearchError
from index.text.folding import Folding
from search.engine import SearchEngine, Snapshot
from search.suggestions.syllables import Syllables
from search.suggestions.terms import TermReader
from search.suggestions.vocabulary import Vocabulary

REST = 20.0
"""After a vocabulary was made nothing is made for this many times as long: so at most 5 % of a processor is
spent on following an index that changes all the time."""

_log = logging.getLogger(__name__)


class FollowedVocabulary:
    """Hands out a vocabulary at once, but for the first time; safe to share between threads.

    The first caller makes it, and others wait. Later a thread makes a new one where the index has moved on,
    and the one before serves until then: whoever uses it asks the index what its texts find.
    """

    def __init__(
        self,
        engine: SearchEngine,
        reader: TermReader,
        folding: Folding,
        syllables: Syllables,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`clock` gives seconds."""
        self._engine = engine
        self._reader = reader
        self._folding = folding
        self._syllables = syllables
        self._clock = clock
        self._lock = threading.Lock()
        self._vocabulary: Vocabulary | None = None
        self._rests_until = 0.0

    def current(self) -> Vocabulary:
        """The newest vocabulary that is made. Raises IndexUnavailable."""
        snapshot = self._engine.snapshot()
        vocabulary = self._vocabulary
        if vocabulary is None:
            with self._lock:
                return self._vocabulary or self._make(snapshot)
        if (
            vocabulary.generation != snapshot.generation
            and self._clock() >= self._rests_until
            and self._lock.acquire(blocking=False)
        ):
            threading.Thread(target=self._renew, args=(snapshot,), name="vocabulary", daemon=True).start()
        return vocabulary

    def _renew(self, snapshot: Snapshot) -> None:
        """Make a new vocabulary and release the lock, which the caller has taken."""
        started = self._clock()
        try:
            self._make(snapshot)
        except PolicySearchError as error:
            # The one before serves on; what is amiss with index or articles is told by those who keep them.
            _log.warning("suggestions stay those of before: %s", error)
            self._rest(started)
        finally:
            self._lock.release()

    def _make(self, snapshot: Snapshot) -> Vocabulary:
        started = self._clock()
        terms = self._reader.terms(snapshot)
        made = Vocabulary.of(snapshot.generation, terms, self._folding, self._syllables)
        self._vocabulary = made
        self._rest(started)
        _log.info("suggestions of generation %s made in %.1f s", made.generation, self._clock() - started)
        return made

    def _rest(self, started: float) -> None:
        now = self._clock()
        self._rests_until = now + REST * (now - started)

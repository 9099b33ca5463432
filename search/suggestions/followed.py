"""The vocabulary of the newest state of the index, made anew as the index changes."""

import logging
import threading
import time
from collections.abc import Callable, Iterator

from index.errors import PolicySearchError
from index.text.folding import Folding
from search.engine import Snapshot
from search.suggestions.syllables import Syllables
from search.suggestions.terms import TermReader
from search.suggestions.vocabulary import Term, Vocabulary

REST = 20.0
"""After a vocabulary was made nothing is made for this many times as long: so at most 5 % of a processor is
spent on following an index that changes all the time."""

_log = logging.getLogger(__name__)


class VocabularyClosed(Exception):
    """The vocabulary is not wanted any more."""


class FollowedVocabulary:
    """Hands out the newest vocabulary that is made, and never waits for one; safe to share between threads.

    Whoever keeps the index up to date tells it the newest state, and a thread makes a vocabulary of that.
    The one before serves until then: whoever uses it asks the index what its texts find.
    """

    def __init__(
        self,
        reader: TermReader,
        folding: Folding,
        syllables: Callable[[], Syllables],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`syllables` loads them, when the first vocabulary is made; `clock` gives seconds."""
        self._reader = reader
        self._folding = folding
        self._load_syllables = syllables
        self._clock = clock
        self._making = threading.Lock()
        self._reading = threading.Lock()
        self._closed = threading.Event()
        self._syllables: Syllables | None = None
        self._vocabulary: Vocabulary | None = None
        self._rests_until = float("-inf")

    def current(self) -> Vocabulary | None:
        """The newest vocabulary; None while none is made."""
        return self._vocabulary

    def follow(self, snapshot: Snapshot) -> None:
        """Have a thread make a vocabulary of this state, unless it is the one that there is, another one is
        being made, or it is time to rest. Raises RuntimeError where no thread can be had."""
        vocabulary = self._vocabulary
        if vocabulary is not None and vocabulary.generation == snapshot.generation:
            return
        if self._clock() < self._rests_until or not self._making.acquire(blocking=False):
            return
        try:
            threading.Thread(target=self._renew, args=(snapshot,), name="vocabulary", daemon=True).start()
        except RuntimeError:  # the system gives no thread now
            self._making.release()
            raise

    def make(self, snapshot: Snapshot) -> Vocabulary:
        """Make a vocabulary of this state now, for those who can wait. Raises what reading raises, and
        VocabularyClosed."""
        with self._making:
            return self._make(snapshot)

    def close(self) -> None:
        """Stop making one; articles and index are not read any more once this returns."""
        self._closed.set()
        with self._reading:
            pass

    def _renew(self, snapshot: Snapshot) -> None:
        """Make a new vocabulary, and release the lock that the caller has taken."""
        started = self._clock()
        try:
            made = self._make(snapshot)
            _log.info("suggestions of generation %s made in %.1f s", made.generation, self._clock() - started)
        except VocabularyClosed:
            pass
        except PolicySearchError as error:
            # The one before serves on; what is amiss with index or articles is told by those who keep them.
            _log.warning("suggestions stay those of before: %s", error)
        finally:
            now = self._clock()
            self._rests_until = now + REST * (now - started)
            self._making.release()

    def _make(self, snapshot: Snapshot) -> Vocabulary:
        if self._syllables is None:
            self._syllables = self._load_syllables()
        terms = self._terms(snapshot)
        made = Vocabulary.of(snapshot.generation, terms, self._folding, self._syllables)
        self._vocabulary = made
        return made

    def _terms(self, snapshot: Snapshot) -> Iterator[Term]:
        with self._reading:
            self._go_on()
            for term in self._reader.terms(snapshot):
                self._go_on()
                yield term

    def _go_on(self) -> None:
        if self._closed.is_set():
            raise VocabularyClosed("the vocabulary was closed")

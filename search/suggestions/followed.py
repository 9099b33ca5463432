"""The vocabulary of the newest state of the index, made anew as the index changes."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from index.errors import PolicySearchError
from search.engine import Snapshot
from search.suggestions.making import VocabularyClosed
from search.suggestions.vocabulary import Vocabulary, state_of

REST = 20.0
"""After a vocabulary was made nothing is made for this many times as long: so at most 5 % of a processor is
spent on following an index that changes all the time."""

_log = logging.getLogger(__name__)


class CurrentVocabulary(Protocol):
    """Hands out a vocabulary, and never waits for one; safe to share between threads."""

    def current(self) -> Vocabulary | None:
        """The newest vocabulary; None while none is made."""
        ...


@dataclass(frozen=True, slots=True)
class MadeVocabulary:
    """One that was made before and stays as it is."""

    vocabulary: Vocabulary

    def current(self) -> Vocabulary:
        return self.vocabulary


class VocabularySource(Protocol):
    """Where vocabularies come from; safe to share between threads."""

    def newest(self) -> Vocabulary | None:
        """One that was made, by any process, since this was asked last; None where none was."""
        ...

    def make(self, snapshot: Snapshot) -> Vocabulary | None:
        """One of this state, or of a newer one; None where another process is there to make it. Raises
        PolicySearchError, OSError, and VocabularyClosed."""
        ...

    def close(self) -> None:
        """Stop making one; articles and index are not read any more once this returns."""
        ...


class FollowedVocabulary:
    """Hands out the newest vocabulary that is made, and never waits for one; safe to share between threads.

    Whoever keeps the index up to date tells it the newest state, and a thread sees to a vocabulary of that.
    The one before serves until then: whoever uses it asks the index what its texts find.
    """

    def __init__(self, source: VocabularySource, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` gives seconds."""
        self._source = source
        self._clock = clock
        self._making = threading.Lock()
        self._vocabulary: Vocabulary | None = None
        self._rests_until = float("-inf")

    def current(self) -> Vocabulary | None:
        """The newest vocabulary; None while none is made."""
        return self._vocabulary

    def follow(self, snapshot: Snapshot) -> None:
        """Take up a vocabulary that was made meanwhile. Have a thread make one of this state, unless it is
        the one that there is, another one is being made, or it is time to rest. Raises RuntimeError where
        no thread can be had."""
        state = state_of(snapshot)
        if self._is_of(state):
            return
        self._take_up(self._source.newest())
        if self._is_of(state) or self._clock() < self._rests_until:
            return
        if not self._making.acquire(blocking=False):
            return
        try:
            threading.Thread(target=self._renew, args=(snapshot,), name="vocabulary", daemon=True).start()
        except RuntimeError:  # the system gives no thread now
            self._making.release()
            raise

    def close(self) -> None:
        """Stop making one; articles and index are not read any more once this returns."""
        self._source.close()

    def _is_of(self, state: str) -> bool:
        vocabulary = self._vocabulary
        return vocabulary is not None and vocabulary.state == state

    def _take_up(self, made: Vocabulary | None) -> None:
        if made is not None:
            self._vocabulary = made
            _log.info("suggestions are those of generation %s", made.state)

    def _renew(self, snapshot: Snapshot) -> None:
        """Make a new vocabulary, and release the lock that the caller has taken."""
        started = self._clock()
        try:
            self._take_up(self._source.make(snapshot))
        except VocabularyClosed:
            pass
        except (PolicySearchError, OSError) as error:
            # The one before serves on; what is amiss with index or articles is told by those who keep them.
            _log.warning("suggestions stay those of before: %s", error)
        finally:
            now = self._clock()
            self._rests_until = now + REST * (now - started)
            self._making.release()

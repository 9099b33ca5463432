"""Makes vocabularies in this process."""

import threading
from collections.abc import Callable, Iterator

from index.text.folding import Folding
from search.engine import Snapshot
from search.suggestions.syllables import Syllables
from search.suggestions.terms import TermReader
from search.suggestions.vocabulary import Term, Vocabulary, state_of


class VocabularyClosed(Exception):
    """The vocabulary is not wanted any more."""


class VocabularyMaker:
    """Makes a vocabulary of any state, whatever is there already; safe to share between threads."""

    def __init__(self, reader: TermReader, folding: Folding, syllables: Callable[[], Syllables]) -> None:
        """`syllables` loads them, when the first vocabulary is made."""
        self._reader = reader
        self._folding = folding
        self._load_syllables = syllables
        self._syllables: Syllables | None = None
        self._reading = threading.Lock()
        self._closed = threading.Event()

    def newest(self) -> None:
        """Nobody else makes any."""

    def make(self, snapshot: Snapshot) -> Vocabulary:
        """A vocabulary of this state. Raises what reading raises, and VocabularyClosed."""
        if self._syllables is None:
            self._syllables = self._load_syllables()
        return Vocabulary.of(state_of(snapshot), self._terms(snapshot), self._folding, self._syllables)

    def close(self) -> None:
        """Stop making one; articles and index are not read any more once this returns."""
        self._closed.set()
        with self._reading:
            pass

    def _terms(self, snapshot: Snapshot) -> Iterator[Term]:
        with self._reading:
            self._go_on()
            for term in self._reader.terms(snapshot):
                self._go_on()
                yield term

    def _go_on(self) -> None:
        if self._closed.is_set():
            raise VocabularyClosed("the vocabulary was closed")

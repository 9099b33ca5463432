"""Has suggestions made where no server does it: beside the process that indexes."""

import logging
from collections.abc import Callable
from typing import Final

from index.data_folder import DataFolder
from index.factory import IndexPlace
from search.engine import SearchEngine
from search.errors import IndexUnavailable
from search.factory import open_engine
from search.ranking import TUNED, Ranking
from search.suggestions.opening import open_vocabulary

WORK: Final = "making suggestions"

_log = logging.getLogger(__name__)


class VocabularyUpkeep:
    """Keeps the suggestions of a data folder those of the newest state of its index; called by one thread.

    A server on the folder does the same: a lock says who makes them.
    """

    def __init__(
        self, folder: DataFolder, place: IndexPlace, analyzer: Callable[[], str], ranking: Ranking = TUNED
    ) -> None:
        """`analyzer` gives the version of the words that the index at `place` has."""
        self._place = place
        self._analyzer = analyzer
        self._ranking = ranking
        self._vocabulary = open_vocabulary(folder, place, analyzer, ranking)
        self._engine: SearchEngine | None = None
        self._words = ""

    def tend(self, _should_stop: Callable[[], bool]) -> None:
        """Have them made, unless they are, or others are being made."""
        words = self._analyzer()
        if self._engine is None or words != self._words:
            self._let_go()
            self._engine, self._words = open_engine(self._place, words, self._ranking), words
        try:
            snapshot = self._engine.snapshot()
        except IndexUnavailable as error:
            _log.debug("no suggestions yet: %s", error)
        else:
            self._vocabulary.follow(snapshot)

    def close(self) -> None:
        """Stop making them."""
        self._vocabulary.close()
        self._let_go()

    def _let_go(self) -> None:
        if self._engine is not None:
            self._engine.close()
            self._engine = None

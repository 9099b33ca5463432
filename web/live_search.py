"""Searching that takes up an operator's new words by itself, once there is an index for them."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from index.analysis.analyzer import Analyzer
from index.analysis.user_words import UserWordsInvalid
from index.article_reader import CorpusStats
from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from index.file_state import FileState
from index.text.repair import Repairer
from index.upkeep import Upkeep
from search.engine import SearchEngine
from search.factory import open_engine
from search.ranking import Ranking
from search.request import SearchRequest
from search.results import ArticleView, Readiness, SearchResult
from search.service import SearchService
from search.text_analysis import TextAnalysis, TextUse
from web.keeper import tend

_log = logging.getLogger(__name__)

UNSEEN: Final = FileState(-1, -1, -1)


@dataclass(frozen=True, slots=True)
class _Side:
    """A search service with its index, both of one analyzer."""

    engine: SearchEngine
    service: SearchService
    upkeep: Upkeep


class LiveSearch:
    """The search service of a data folder; safe to share between threads.

    New words in the folder make a new analyzer, and that needs an index of its own. Until this is built, the
    old words and their index serve; then one reference is exchanged. Searches that run end undisturbed.
    """

    def __init__(
        self,
        folder: DataFolder,
        articles: CorpusReader,
        analyzer: Analyzer,
        renew: Callable[[Analyzer], Analyzer],
    ) -> None:
        """`renew` gives the analyzer of the words that are in the folder now: the same one, or a new one."""
        self._folder = folder
        self._articles = articles
        self._renew = renew
        self._repairer = Repairer.load(analyzer.folding)
        # Words may have come since the analyzer was made, so they are looked at once in any case.
        self._words: FileState | None = UNSEEN
        self._side = self._open(analyzer)
        self._next: _Side | None = None

    def search(self, request: SearchRequest) -> SearchResult:
        return self._side.service.search(request)

    def article(self, article_id: str, q: str = "") -> ArticleView:
        return self._side.service.article(article_id, q)

    def analyze(self, text: str, use: TextUse) -> TextAnalysis:
        return self._side.service.analyze(text, use)

    def stats(self) -> CorpusStats:
        return self._side.service.stats()

    def readiness(self) -> Readiness:
        return self._side.service.readiness()

    def close(self) -> None:
        for side in (self._side, self._next):
            if side is not None:
                side.engine.close()

    def tend(self, should_stop: Callable[[], bool]) -> None:
        """Take up new words, and index what was stored; called by one thread, again and again.

        Raises what `web.keeper.tend` raises, and at the end UserWordsInvalid for words that cannot be used:
        the old ones stay then, and what was stored is indexed with them.
        """
        invalid: UserWordsInvalid | None = None
        try:
            self._take_up_words()
        except UserWordsInvalid as error:
            invalid = error
        side = self._next or self._side
        tend(side.upkeep, side.service.readiness, should_stop)
        if self._next is not None and self._next.service.readiness().ready:
            old, self._side, self._next = self._side, self._next, None
            old.engine.close()
            _log.info("searching with the new words")
        if invalid is not None:
            raise invalid

    def _take_up_words(self) -> None:
        state = _state(self._folder)
        if state == self._words:
            return
        now = self._side.upkeep.analyzer
        analyzer = self._renew(now)
        self._words = state
        if self._next is not None:
            self._next.engine.close()
        self._next = None if analyzer.version == now.version else self._open(analyzer)

    def _open(self, analyzer: Analyzer) -> _Side:
        ranking = Ranking()
        engine = open_engine(self._folder, analyzer.version, ranking)
        service = SearchService(engine, self._articles, analyzer, ranking, self._repairer)
        return _Side(engine, service, Upkeep.of(self._folder, analyzer))


def _state(folder: DataFolder) -> FileState | None:
    """The state of the file of words; None where there is none."""
    try:
        return FileState.of(folder.words)
    except FileNotFoundError:
        return None

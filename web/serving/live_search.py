"""Searching that takes up an operator's files by itself: words, once there is an index for them, rules for
queries at once."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from index.analysis.analyzer import Analyzer
from index.analysis.user_words import UserWordsInvalid
from index.article_reader import ServedArticles
from index.data_folder import DataFolder
from index.errors import PolicySearchError
from index.factory import IndexPlace
from index.file_state import FileState
from index.upkeep import Upkeep
from search.engine import SearchEngine
from search.errors import IndexUnavailable
from search.factory import open_engine
from search.ranking import TUNED, Ranking
from search.rules.pinned import PinsInvalid
from search.rules.query_rules import QueryRules
from search.semantic.meaning import NO_MEANING, Meaning
from search.suggestions.opening import open_vocabulary
from search.synonyms.rules import SynonymsInvalid
from web.serving.keeper import Aside, nowhere_else, tend
from web.serving.side_making import SideMaker
from web.serving.side_search import Side, SideSearch

_log = logging.getLogger(__name__)

UNSEEN: Final = FileState(-1, -1, -1)
FILE_FAULTS: Final = (UserWordsInvalid, SynonymsInvalid, PinsInvalid)


@dataclass(frozen=True, slots=True)
class Renewing:
    """How what the files of the folder say now is loaded; both raise what is wrong with a file."""

    analyzer: Callable[[Analyzer], Analyzer]
    """That of the words that are in the folder now: the same one, or a new one."""
    rules: Callable[[], QueryRules]


@dataclass(frozen=True, slots=True)
class TakenUp:
    """What searches are answered with: an analyzer with the operator's words, and the states of the files of
    rules, None where there is no such file."""

    analyzer: Analyzer
    synonyms: FileState | None
    pinned: FileState | None


@dataclass(frozen=True, slots=True)
class KeptSide(Side):
    """A side whose index is kept up to date here."""

    upkeep: Upkeep


class LiveSearch(SideSearch[KeptSide]):
    """The search service of a data folder; safe to share between threads.

    New words in the folder make a new analyzer, and that needs an index of its own. Until this is built, the
    old words and their index serve; then one reference is exchanged. Synonyms and pinned results need no
    index: with them a new service takes over at once. Searches that run end undisturbed.

    Suggestions follow the index behind the scenes, made by a process of their own, once for all servers of
    the folder. Until the first are made there are none: some 15 seconds of a processor for 107,000 articles.
    """

    def __init__(
        self,
        folder: DataFolder,
        articles: ServedArticles,
        analyzer: Analyzer,
        renewing: Renewing,
        meaning: Meaning = NO_MEANING,
        *,
        ranking: Ranking = TUNED,
        place: IndexPlace | None = None,
        aside: Aside = nowhere_else,
    ) -> None:
        """The index lies at `place`; None: in the folder. Raises SynonymsInvalid and PinsInvalid."""
        self._folder = folder
        self._place = place or folder
        self._renewing = renewing
        self._aside = aside
        self._ranking = ranking
        # Words may have come since the analyzer was made, so they are looked at once in any case.
        self._words: FileState | None = UNSEEN
        self._rule_files = _states(folder)
        self._rules = renewing.rules()
        self._vocabulary = open_vocabulary(folder, self._place, self._words_version, ranking)
        self._sides = SideMaker.load(articles, self._vocabulary, analyzer.folding, ranking, meaning)
        super().__init__(self._open(analyzer))
        self._next: KeptSide | None = None

    def taken_up(self) -> TakenUp:
        """Which of the operator's words and rules are in use now."""
        synonyms, pinned = self._rule_files
        return TakenUp(self._side.upkeep.analyzer, synonyms, pinned)

    def close(self) -> None:
        self._vocabulary.close()
        for side in (self._side, self._next):
            if side is not None:
                side.engine.close()

    def tend(self, should_stop: Callable[[], bool]) -> None:
        """Take up new files, and index what was stored; called by one thread, again and again.

        Raises what `web.serving.keeper.tend` raises, and at the end UserWordsInvalid, SynonymsInvalid or
        PinsInvalid for the first file that cannot be used: what it said before stays, and what was stored is
        indexed.
        """
        self._follow()
        invalid: list[PolicySearchError] = []
        for take_up in (self._take_up_words, self._take_up_rules):
            try:
                take_up()
            except FILE_FAULTS as error:
                invalid.append(error)
        side = self._next or self._side
        tend(side.upkeep, side.service.readiness, should_stop, self._aside)
        if self._next is not None and self._next.service.readiness().ready:
            old, self._answering, self._next = self._side, self._next, None
            old.engine.close()
            _log.info("searching with the new words")
        if invalid:
            raise invalid[0]

    def _follow(self) -> None:
        """Have suggestions made of the newest state of the index, if there is one."""
        try:
            snapshot = self._side.engine.snapshot()
        except IndexUnavailable as error:
            _log.debug("no suggestions yet: %s", error)
        else:
            self._vocabulary.follow(snapshot)

    def _words_version(self) -> str:
        """That of the words which the index that is searched has."""
        return self._side.upkeep.analyzer.version

    def _take_up_words(self) -> None:
        state = _state(self._folder.words)
        if state == self._words:
            return
        now = self._side.upkeep.analyzer
        analyzer = self._renewing.analyzer(now)
        self._words = state
        if self._next is not None:
            self._next.engine.close()
        self._next = None if analyzer.version == now.version else self._open(analyzer)

    def _take_up_rules(self) -> None:
        states = _states(self._folder)
        if states == self._rule_files:
            return
        self._rules = self._renewing.rules()
        self._answering = self._with_rules(self._side)
        if self._next is not None:
            self._next = self._with_rules(self._next)
        # Last, since `taken_up` says by it what is in use.
        self._rule_files = states
        _log.info("searching with the new synonyms and pinned results")

    def _with_rules(self, side: KeptSide) -> KeptSide:
        return self._served(side.engine, side.upkeep)

    def _open(self, analyzer: Analyzer) -> KeptSide:
        engine = open_engine(self._place, analyzer.version, self._ranking)
        return self._served(engine, Upkeep.of(self._folder, analyzer, self._place))

    def _served(self, engine: SearchEngine, upkeep: Upkeep) -> KeptSide:
        side = self._sides.make(engine, upkeep.analyzer, self._rules)
        return KeptSide(side.engine, side.service, side.suggestions, upkeep)


def _states(folder: DataFolder) -> tuple[FileState | None, FileState | None]:
    """The states of the files of rules for queries."""
    return _state(folder.synonyms), _state(folder.pinned)


def _state(file: Path) -> FileState | None:
    """None where there is no such file."""
    try:
        return FileState.of(file)
    except FileNotFoundError:
        return None

"""Searching on a machine that has no data folder: all comes from the place that another one fills."""

import logging
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from index.analysis.analyzer import Analyzer
from index.errors import Cause, PolicySearchError
from index.served_place import RuleFiles, ServedPlace
from index.text.folding import Folding
from search.engine import SearchEngine
from search.ranking import Ranking
from search.results import Readiness
from search.rules.query_rules import QueryRules
from search.rules.rule_files import RuleFile, read_rules
from search.suggestions.fetched import FetchedVocabulary
from search.suggestions.syllables import load_syllables
from web.serving.side_making import SideMaker
from web.serving.side_search import Side, SideSearch

SYNONYMS = "synonyms.txt"
PINNED = "pinned.txt"
"""What errors call the files, and rules of synonyms say they stand in: as in a data folder."""

OpenEngine = Callable[[str], SearchEngine]
"""Opens the engine on the index that is searched, for queries of the analyzer of this version."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Rules:
    """Files of rules, and what they say."""

    files: RuleFiles
    rules: QueryRules


@dataclass(frozen=True, slots=True)
class ServedSide(Side):
    """A side with the analyzer of its generation, and the rules that it answers by."""

    analyzer: Analyzer
    taken_up: _Rules


class ServedSearch(SideSearch[ServedSide]):
    """The search service of such a place; safe to share between threads.

    Until there are an index, the words that it was made with and the articles, everything but
    `readiness` raises IndexUnavailable. Then a new dictionary is taken up together with the generation that
    was made with it: until both are here, the generation before serves with the words before. Synonyms,
    pinned results and suggestions are taken up as they come. Searches that run end undisturbed.
    """

    def __init__(
        self, place: ServedPlace, open_engine: OpenEngine, folding: Folding, ranking: Ranking
    ) -> None:
        """The place stays its owner's; `open_engine` opens engines on its index. Nothing is asked of it
        yet."""
        super().__init__()
        self._open_engine = open_engine
        self._folding = folding
        self._articles = place.articles()
        self._state = place.state()
        self._analyzers = place.analyzers(folding)
        self._vocabulary = FetchedVocabulary(place.files(), load_syllables())
        self._sides = SideMaker.load(self._articles, self._vocabulary, folding, ranking)
        self._lacking = "the search cluster has not been asked yet"

    def readiness(self) -> Readiness:
        """As the service says; before there is one, what it waits for."""
        if self._answering is not None:
            return super().readiness()
        return Readiness(ready=False, generation=None, sequence=0, lag=0, reasons=(self._lacking,))

    def tend(self, _should_stop: Callable[[], bool]) -> None:
        """Take up what has changed there; called by one thread, again and again.

        What may pass is waited for while there is nothing to serve yet. Raises what reading the place
        raises, SynonymsInvalid and PinsInvalid where this program cannot use the rules, and OSError where
        there is no room for suggestions: then all that could not be taken up stays as it was.
        """
        try:
            self._follow()
        except PolicySearchError as error:
            if self._answering is not None or error.cause is not Cause.UNAVAILABLE:
                raise
            self._wait_for(str(error))
        else:
            self._vocabulary.follow()

    def close(self) -> None:
        """Let go of what is held there for this process."""
        if self._answering is not None:
            self._answering.engine.close()

    def _follow(self) -> None:
        former = self._answering
        analyzer = self._analyzers.newest(None if former is None else former.analyzer)
        files = self._state.rules()
        if former is None:
            # Raises where there are none yet: then no hit could be shown.
            self._articles.last_sequence()
            self._answering = self._opened(analyzer, self._read(files))
            _log.info("searching the index in the cluster")
            return
        if analyzer is not former.analyzer:
            self._answering = self._opened(analyzer, former.taken_up)
            former.engine.close()
            _log.info("searching with the new words")
        if files != former.taken_up.files:
            engine = self._side.engine
            side = self._sides.make(engine, analyzer, (taken_up := self._read(files)).rules)
            self._answering = ServedSide(engine, side.service, side.suggestions, analyzer, taken_up)
            _log.info("searching with the new synonyms and pinned results")

    def _opened(self, analyzer: Analyzer, taken_up: _Rules) -> ServedSide:
        """A side on the generation of this analyzer, which can answer. Raises IndexUnavailable."""
        engine = self._open_engine(analyzer.version)
        try:
            engine.snapshot()
        except BaseException:
            engine.close()
            raise
        side = self._sides.make(engine, analyzer, taken_up.rules)
        return ServedSide(engine, side.service, side.suggestions, analyzer, taken_up)

    def _read(self, files: RuleFiles) -> _Rules:
        synonyms, pinned = RuleFile(SYNONYMS, files.synonyms), RuleFile(PINNED, files.pinned)
        return _Rules(files, read_rules(synonyms, pinned, self._folding))

    def _wait_for(self, lacking: str) -> None:
        if lacking != self._lacking:
            _log.warning("nothing can be searched yet: %s", lacking)
        self._lacking = lacking


@contextmanager
def open_served(
    place: ServedPlace, open_engine: OpenEngine, folding: Folding, ranking: Ranking
) -> Iterator[ServedSearch]:
    """The search service of such a place, closed at the end; it has nothing until it is tended."""
    with closing(ServedSearch(place, open_engine, folding, ranking)) as served:
        yield served

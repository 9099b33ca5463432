"""What machines without a data folder need beside the index, brought to where it lies by the one that has."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Final

from index.analysis.analyzer import Analyzer
from index.data_folder import DataFolder
from index.errors import WriterBusy
from index.file_state import FileState
from index.served_place import RuleFiles, ServedPlace, StateDamaged, StateFile, WordsMissing
from search.rules.rule_files import read_rules
from search.suggestions.fetched import SHARED_NAME, content_version
from search.suggestions.vocabulary_file import VocabularyFile
from web.serving.indexer import has_indexer
from web.serving.opening import rule_file

LOOK_S: Final = 10.0
"""After so many seconds the place is looked at though nothing has changed here: somebody may have removed
what lies there, or another version of the program may have written it."""

CopyArticles = Callable[[Callable[[], bool]], None]
"""Lets the place have all articles; asks now and then whether to stop, and then raises IndexingStopped.
Raises WriterBusy at once where another process is indexing."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Sent:
    """The state of a file when it was sent, and the version that it has there."""

    state: FileState
    version: str


class Supply:
    """Keeps rules for queries, suggestions, words and articles in a place as they are in the data folder.

    Words and articles come with the index that names them; here it is seen to that they stay. Called by one
    thread.
    """

    def __init__(
        self,
        folder: DataFolder,
        place: ServedPlace,
        analyzer: Callable[[], Analyzer],
        copy_articles: CopyArticles,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`analyzer` gives the one that the index is made with now, `clock` seconds that never go back."""
        self._folder = folder
        self._analyzer = analyzer
        self._copy_articles = copy_articles
        self._clock = clock
        self._state = place.state()
        self._files = place.files()
        self._vocabulary = VocabularyFile.of(folder).path
        self._sent: _Sent | None = None
        self._seen: tuple[FileState | None, ...] = ()
        self._due = -inf

    def tend(self, should_stop: Callable[[], bool]) -> None:
        """Bring what has changed, and look now and then whether all of it is still there.

        Raises SynonymsInvalid and PinsInvalid, with the rules of before left there, OSError where a file
        cannot be read, IndexingStopped once `should_stop`, and what writing to the place raises.
        """
        files = (self._folder.synonyms, self._folder.pinned, self._vocabulary)
        states = tuple(map(_state, files))
        if states == self._seen and self._clock() < self._due:
            return
        *_, vocabulary = states
        self._bring_words()
        self._bring_vocabulary(vocabulary)
        self._bring_articles(should_stop)
        # Last, since a fault in them stays until somebody mends it.
        self._bring_rules()
        self._seen, self._due = states, self._clock() + LOOK_S

    def _bring_rules(self) -> None:
        synonyms, pinned = rule_file(self._folder.synonyms), rule_file(self._folder.pinned)
        # As on this machine, nothing is taken up of files with a fault.
        read_rules(synonyms, pinned, self._analyzer().folding)
        wanted = RuleFiles(synonyms=synonyms.data, pinned=pinned.data)
        try:
            if self._state.rules() == wanted:
                return
        except StateDamaged as error:
            _log.warning("the rules are written anew: %s", error)
        self._state.put_rules(wanted)
        _log.info("the cluster has the new synonyms and pinned results")

    def _bring_words(self) -> None:
        analyzer = self._analyzer()
        try:
            if self._state.words(analyzer.version) == analyzer.added:
                return
        except (WordsMissing, StateDamaged) as error:
            _log.info("the words are written anew: %s", error)
        self._state.put_words(analyzer)

    def _bring_vocabulary(self, state: FileState | None) -> None:
        """The file of suggestions, which is in this state; it is read where it or what is there has
        changed."""
        if state is None or self._has(state):
            return
        data = self._vocabulary.read_bytes()
        file = StateFile(content_version(data), data)
        self._files.put(SHARED_NAME, file)
        self._sent = _Sent(state, file.version)

    def _has(self, state: FileState) -> bool:
        """Whether the place has the file of suggestions that is in this state."""
        sent = self._sent
        if sent is None or sent.state != state:
            return False
        try:
            return self._files.version(SHARED_NAME) == sent.version
        except StateDamaged:
            return False

    def _bring_articles(self, should_stop: Callable[[], bool]) -> None:
        """Those that no indexing brings: where all is indexed, as by an older version of this program."""
        # A process that only indexes looks by itself.
        if has_indexer(self._folder) or not self._folder.articles.exists():
            return
        try:
            self._copy_articles(should_stop)
        except WriterBusy as busy:
            _log.debug("no articles are copied here: %s", busy)


def _state(file: Path) -> FileState | None:
    """None where there is no such file."""
    try:
        return FileState.of(file)
    except FileNotFoundError:
        return None

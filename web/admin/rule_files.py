"""An operator's words and synonyms: checked, written into the data folder, and taken up from there."""

from collections.abc import Collection, Hashable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from index.analysis.analyzer import Analyzer
from index.analysis.setup import load_analyzer
from index.analysis.user_words import UserWords, UserWordsInvalid, read_user_words
from index.data_folder import DataFolder
from index.durable import write_atomic
from index.errors import GenerationMissing, WriterBusy
from index.factory import IndexPlace, open_store
from index.file_state import FileState
from index.writer_lock import WriterLock
from search.synonyms.rule_file import read_synonyms
from search.synonyms.rules import SynonymRule, SynonymsInvalid
from web.admin.answers import SynonymsAnswer, WordsAnswer
from web.admin.jobs import Job
from web.admin.live import Follower

LANE_WAIT_S: Final = 5.0
"""How long a change of rules waits for another one to be taken up. By hand."""

NAME: Final = "body"
"""What the errors of a file call the body of a request."""


@dataclass(frozen=True, slots=True)
class RuleFiles:
    """Takes over words and synonyms, one request at a time.

    `data` is None where what the file says already is to be taken up; the server does that by itself, but
    this says when it has, and what is wrong with the file.
    """

    folder: DataFolder
    place: IndexPlace
    follower: Follower

    def reload_words(self, data: bytes | None, job: Job) -> WordsAnswer:
        """Make these the words. Raises UserWordsInvalid, with nothing changed, WriterBusy and NotTakenUp."""
        side = self.follower.side
        with self._one_at_a_time():
            planned = self._planned_words(data)
            before = side.taken_up().analyzer.version
            _write(self.folder.words, data)
            self.follower.wait_until(
                lambda: side.taken_up().analyzer.version == planned.version, job.should_stop
            )
            every = side.stats().articles
            generation = side.readiness().generation
        reanalysed = 0 if before == planned.version else every if planned.stale is None else planned.stale
        return planned.answer(reanalysed, generation, is_dry=False)

    def try_words(self, data: bytes | None) -> WordsAnswer:
        """What `reload_words` would do; nothing is changed. Raises UserWordsInvalid."""
        return self._planned_words(data).answer(0, self.follower.side.readiness().generation, is_dry=True)

    def reload_synonyms(self, data: bytes | None, job: Job) -> SynonymsAnswer:
        """Make these the synonyms; pinned results are taken up with them.

        Raises SynonymsInvalid, with nothing changed, WriterBusy and NotTakenUp.
        """
        with self._one_at_a_time():
            planned = self._planned_synonyms(data)
            _write(self.folder.synonyms, data)
            self.follower.wait_until(self._are_rules_taken_up, job.should_stop)
        return planned.answer(self.follower.side.readiness().generation, is_dry=False)

    def try_synonyms(self, data: bytes | None) -> SynonymsAnswer:
        """What `reload_synonyms` would do; nothing is changed. Raises SynonymsInvalid."""
        return self._planned_synonyms(data).answer(self.follower.side.readiness().generation, is_dry=True)

    def _planned_words(self, data: bytes | None) -> "_PlannedWords":
        written = _read(self.folder.words)
        if data is None:
            old = new = read_user_words(written, str(self.folder.words))
        else:
            old, new = UserWords(), read_user_words(data, NAME)
            # What is there may be unusable: then all that takes its place is new.
            with suppress(UserWordsInvalid):
                old = read_user_words(written, str(self.folder.words))
        now = self.follower.side.taken_up().analyzer
        analyzer = now if now.added == new else load_analyzer(now.folding, new)
        return _PlannedWords(analyzer.version, _Change.of(old.words, new.words), self._stale(analyzer))

    def _planned_synonyms(self, data: bytes | None) -> "_PlannedSynonyms":
        written, name = _read(self.folder.synonyms), str(self.folder.synonyms)
        folding = self.follower.side.taken_up().analyzer.folding
        if data is None:
            old = new = read_synonyms(written, name, folding).rules
        else:
            old, new = (), read_synonyms(data, NAME, folding).rules
            with suppress(SynonymsInvalid):
                old = read_synonyms(written, name, folding).rules
        return _PlannedSynonyms(_Change.of(_unplaced(old), _unplaced(new)))

    def _are_rules_taken_up(self) -> bool:
        taken_up = self.follower.side.taken_up()
        written = _state(self.folder.synonyms), _state(self.folder.pinned)
        return (taken_up.synonyms, taken_up.pinned) == written

    def _stale(self, analyzer: Analyzer) -> int | None:
        try:
            return open_store(self.folder, analyzer, self.place).count_stale()
        except GenerationMissing:
            return None

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        lane = WriterLock(self.folder.rules_lock, LANE_WAIT_S)
        try:
            lane.__enter__()
        except WriterBusy as error:
            raise WriterBusy(
                "words or synonyms are being taken up already; try again when that is done"
            ) from error
        try:
            yield
        finally:
            lane.__exit__(None, None, None)


@dataclass(frozen=True, slots=True)
class _Change:
    """How many entries there will be, and how many come and go."""

    entries: int
    added: int
    removed: int

    @classmethod
    def of(cls, old: Collection[Hashable], new: Collection[Hashable]) -> "_Change":
        before, after = set(old), set(new)
        return cls(len(after), len(after - before), len(before - after))


@dataclass(frozen=True, slots=True)
class _PlannedWords:
    """The version of the analyzer with the new words, and how many articles they make stale."""

    version: str
    change: _Change
    stale: int | None

    def answer(self, reanalysed: int, generation: str | None, *, is_dry: bool) -> WordsAnswer:
        return WordsAnswer(
            dictionary_version=self.version,
            words=self.change.entries,
            added=self.change.added,
            removed=self.change.removed,
            stale=self.stale,
            reanalysed=reanalysed,
            dry_run=is_dry,
            generation=generation,
        )


@dataclass(frozen=True, slots=True)
class _PlannedSynonyms:
    change: _Change

    def answer(self, generation: str | None, *, is_dry: bool) -> SynonymsAnswer:
        return SynonymsAnswer(
            rules=self.change.entries,
            added=self.change.added,
            removed=self.change.removed,
            dry_run=is_dry,
            generation=generation,
        )


def _unplaced(rules: Collection[SynonymRule]) -> tuple[SynonymRule, ...]:
    """The rules, wherever in the file they stand."""
    return tuple(replace(rule, line=0) for rule in rules)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""


def _write(file: Path, data: bytes | None) -> None:
    """Replace what the file says, where that is asked for and it says something else."""
    if data is not None and data != _read(file):
        write_atomic(file, data)


def _state(file: Path) -> FileState | None:
    """None where there is no such file."""
    try:
        return FileState.of(file)
    except FileNotFoundError:
        return None

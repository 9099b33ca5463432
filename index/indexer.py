"""Follows the journal: what changed in the truth since the last commit goes into the index."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass

from index.analysing import Analysed, analysed
from index.analysis.analyzer import Analyzer
from index.averages import MEASURED_ARTICLES
from index.errors import (
    Cause,
    EngineAway,
    GenerationDamaged,
    GenerationMissing,
    GenerationStale,
    PolicySearchError,
    StorageFailed,
)
from index.journal import Change, Journal
from index.stages import Stage, StageClock
from index.writer import START_AVERAGE_LENGTH, IndexStore, IndexWriter, Succession


@dataclass(frozen=True, slots=True)
class Batch:
    """How much a commit holds at most: changes, and code points of their texts."""

    changes: int
    characters: int


BATCH = Batch(2_000, 4_000_000)
"""About ten seconds of analysis: what was stored is found soon."""

REBUILD_BATCH = Batch(10_000, 16_000_000)
"""Fewer commits where all articles are indexed, and nobody waits for the first ones (reliability plan, 0)."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many more changes the next commit will hold, and what the stages took, in seconds."""

    changes: int
    seconds: Mapping[Stage, float]


OnProgress = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class IndexReport:
    """`generation` as `folder.commit`; `changes` of the journal; `rebuilt`: why all was indexed anew, if so.

    `reanalysed`: where the words of the analyzer have changed, how many articles hold one of them and were
    analysed again, the others staying as they were; None where that was not the way.
    """

    generation: str
    changes: int
    rebuilt: str | None
    reanalysed: int | None = None


class IndexOfAnotherJournal(PolicySearchError):
    """The index may be that of another machine; nothing of it was changed."""

    kind = "index-of-another-journal"
    cause = Cause.MISCONFIGURED


class IndexingStopped(PolicySearchError):
    """The process was told to end; what was committed stays, the next run goes on from there."""

    kind = "indexing-stopped"
    cause = Cause.UNAVAILABLE


def never() -> bool:
    """For work that nobody stops."""
    return False


@dataclass(frozen=True, slots=True)
class Indexer:
    """Brings an index up to date with the journal. Runs under the lock of the index.

    An article that is damaged or too long for an index is left out and logged: none of it is found, and all
    others are. `should_stop` is asked before each change; once it is true, IndexingStopped is raised, and
    what was not committed is dropped.
    """

    journal: Journal
    analyzer: Analyzer
    store: IndexStore
    should_stop: Callable[[], bool] = never

    def catch_up(self, on_progress: OnProgress) -> IndexReport | None:
        """Index all changes since the last commit; None if there were none.

        A generation that is missing, stale or damaged is rebuilt from the start of the journal, and so is one
        that covers more than there is, or the entry of another journal: the articles were restored from a
        backup, or others put in their place. Where other machines can write too, that raises
        IndexOfAnotherJournal, for it may be the index of one of them. One that is stale by a few words alone
        is succeeded by one in which only the articles that hold them are analysed again.
        `on_progress` is told what has become part of the index; it is visible after its commit.
        """
        try:
            with closing(self.store.live()) as writer:
                mismatch = self._mismatch(writer)
                if mismatch is None:
                    if writer.sequence == self.journal.last_sequence():
                        return None
                    followed = self._follow(writer, BATCH, on_progress)
                    return IndexReport(followed.generation, followed.changes, rebuilt=None)
                reason = f"the index {mismatch}"
                if self.store.is_shared:
                    raise IndexOfAnotherJournal(
                        f"{reason}: choose another name for the index, or run `policy-search rebuild` to "
                        "make it anew from the articles of this data folder"
                    )
                # Where no backup was restored, it is all that tells of articles that a disk has lost.
                _log.warning("all is indexed anew: %s", reason)
        except GenerationDamaged as error:
            _log.warning("index set aside: %s", error)
            self.store.set_aside()
            reason = str(error)
        except GenerationMissing as error:
            reason = str(error)
        except GenerationStale as error:
            reason = str(error)
            return self._renew(on_progress, reason, MEASURED_ARTICLES, self._from_live)
        return self._renew(on_progress, reason, MEASURED_ARTICLES, self._anew)

    def rebuild(self, on_progress: OnProgress, reason: str) -> IndexReport:
        """Index every article into a new generation, beside the live one, and switch to it.

        It goes on from what an earlier rebuild committed before it was stopped or killed. The average length
        is measured, however few articles there are.
        """
        return self._renew(on_progress, reason, 1, self._anew)

    def _renew(
        self,
        on_progress: OnProgress,
        reason: str,
        measure_from: int,
        begin: "Callable[[], _Begun]",
    ) -> IndexReport:
        """Make a new generation live, from where `begin` says."""
        try:
            begun = begin()
            with closing(begun.writer) as writer:
                if begun.stale is not None:
                    self._analyse_again(writer, begun.stale, on_progress)
                followed = self._follow(writer, REBUILD_BATCH, on_progress)
                average = START_AVERAGE_LENGTH
                if writer.documents >= measure_from:
                    average = writer.measured_average
                if begun.stale is None:
                    # Nobody waits for it, and a search over one segment takes half the time of one over ten.
                    writer.optimise()
                generation = writer.commit(writer.sequence, average)
                self.store.make_live(writer)
        except EngineAway:
            # Nothing is wrong with what was begun: the next run goes on with it.
            raise
        except (GenerationDamaged, StorageFailed):
            # After an error of the disk a later success proves nothing, and the articles need the room first.
            self.store.remove_unfinished()
            raise
        if begun.stale is None:
            return IndexReport(generation, followed.changes, rebuilt=reason)
        return IndexReport(generation, followed.changes, rebuilt=None, reanalysed=len(begun.stale))

    def _anew(self) -> "_Begun":
        """On what was begun, if it was from this journal, or on nothing."""
        return _Begun(self._resumed() or self.store.create())

    def _from_live(self) -> "_Begun":
        """On what was begun with these words, or what the live generation holds, or on nothing where it has
        no successor."""
        resumed = self._resumed()
        if resumed is not None:
            return _Begun(resumed)
        succession = self._succession()
        if succession is not None:
            return _Begun(succession.writer, succession.stale)
        return _Begun(self.store.create())

    def _succession(self) -> Succession | None:
        try:
            succession = self.store.succeed()
        except (GenerationMissing, GenerationDamaged, GenerationStale) as error:
            _log.info("the live generation has no successor: %s", error)
            return None
        if succession is not None:
            mismatch = self._mismatch(succession.writer)
            if mismatch is None:
                return succession
            _log.info("the live generation has no successor: it %s", mismatch)
            succession.writer.close()
        return None

    def _resumed(self) -> IndexWriter | None:
        """A writer on a generation that was begun from this journal, if there is one."""
        writer = self.store.resume()
        if writer is not None:
            mismatch = self._mismatch(writer)
            if mismatch is None:
                return writer
            _log.info("the rebuild does not go on from what was begun: it %s", mismatch)
            writer.close()
        return None

    def _analyse_again(self, writer: IndexWriter, ids: frozenset[str], on_progress: OnProgress) -> None:
        """Put these articles as they are now, in one commit that covers no more of the journal.

        What has changed since comes again where the journal is followed.
        """
        _log.info("%d articles hold a word that has changed: they are analysed again", len(ids))
        clock = StageClock()
        states = self._stoppable(self.journal.states(sorted(ids)))
        with closing(analysed(states, len(ids), self.analyzer)) as outcomes:
            for change, outcome in outcomes:
                _apply(writer, change, outcome, clock)
                on_progress(Progress(1, clock.taken()))
        with clock.measure(Stage.INDEX):
            writer.commit(writer.sequence, writer.average_length, writer.entry)
        on_progress(Progress(0, clock.taken()))

    def _mismatch(self, writer: IndexWriter) -> str | None:
        """Why a generation cannot go on with this journal; None if it can."""
        last = self.journal.last_sequence()
        if writer.sequence > last:
            return f"covers the journal up to {writer.sequence}, which ends at {last}"
        if writer.entry != self.journal.entry(writer.sequence):
            return (
                f"was made from another journal, whose entry {writer.sequence} is not the one that is there"
            )
        return None

    def _follow(self, writer: IndexWriter, batch: Batch, on_progress: OnProgress) -> "_Followed":
        """Commit batches up to the end of the journal."""
        changed = 0
        generation = ""
        clock = StageClock()
        ends: set[int] = set()
        waiting = self.journal.last_sequence() - writer.sequence
        changes = self._changes(writer.sequence, batch, ends)
        with closing(analysed(changes, waiting, self.analyzer)) as outcomes:
            for change, outcome in outcomes:
                _apply(writer, change, outcome, clock)
                changed += 1
                on_progress(Progress(1, clock.taken()))
                if change.sequence in ends:
                    with clock.measure(Stage.INDEX):
                        entry = self.journal.entry(change.sequence)
                        generation = writer.commit(change.sequence, writer.average_length, entry)
                    on_progress(Progress(0, clock.taken()))
        return _Followed(generation, changed)

    def _changes(self, after: int, batch: Batch, ends: set[int]) -> Iterator[Change]:
        """All changes after a sequence; where a batch ends, its last sequence is put into `ends` before."""
        while changes := self.journal.changes(after, batch.changes, batch.characters):
            after = changes[-1].sequence
            ends.add(after)
            yield from self._stoppable(changes)

    def _stoppable(self, changes: Iterable[Change]) -> Iterator[Change]:
        """The changes, until it is to stop."""
        for change in changes:
            if self.should_stop():
                raise IndexingStopped("indexing was stopped; it goes on with the next run")
            yield change


def _apply(writer: IndexWriter, change: Change, outcome: Analysed, clock: StageClock) -> None:
    """Hand a change to the writer."""
    with clock.measure(Stage.INDEX):
        if outcome.reason is not None:
            _log.error("left out of the index: %s", outcome.reason)
        if outcome.document is None:
            writer.delete(change.id, change.sequence)
        else:
            writer.put(outcome.document, change.sequence)
    clock.add_all(outcome.seconds)


@dataclass(frozen=True, slots=True)
class _Begun:
    """A writer on a generation that is not finished, and which of its articles have to be analysed again
    first; None: none has, since it began with nothing."""

    writer: IndexWriter
    stale: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class _Followed:
    """The newest commit, as `folder.commit`, and how many changes went into the index."""

    generation: str
    changes: int

"""Follows the journal: what changed in the truth since the last commit goes into the index."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from index.analysis.analyzer import Analyzer
from index.article_reader import DamagedArticle
from index.documents import IndexDocument, to_document
from index.errors import (
    Cause,
    DocumentTooLong,
    GenerationDamaged,
    GenerationMissing,
    GenerationStale,
    PolicySearchError,
)
from index.journal import Change, Journal
from index.writer import START_AVERAGE_LENGTH, IndexStore, IndexWriter

BATCH_CHANGES = 2_000
BATCH_CHARACTERS = 4_000_000
"""A commit holds at most these: about ten seconds of analysis, a few hundred megabytes while inverting."""

MEASURED_ARTICLES = 100
"""From so many articles on, a generation that nobody asked for measures their average length.

Fewer say little about those to come, and the average stays with the generation until a rebuild, so that
scores do not move between commits. Chosen by hand on 2026-11-24, not measured.
"""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class IndexReport:
    """`generation` as `folder.commit`; `rebuilt`: why everything was indexed anew, if it was."""

    generation: str
    changes: int
    rebuilt: str | None


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

    def catch_up(self, on_progress: Callable[[int], None]) -> IndexReport | None:
        """Index all changes since the last commit; None if there were none.

        A generation that is missing, stale or damaged is rebuilt from the start of the journal, and so is one
        that covers more than there is: the articles were restored from an older backup.
        `on_progress` is told how many more changes were analysed; they are visible after their commit.
        """
        try:
            writer = self.store.live()
        except GenerationDamaged as error:
            _log.warning("index set aside: %s", error)
            self.store.set_aside()
            return self._rebuild(on_progress, str(error), MEASURED_ARTICLES)
        except (GenerationMissing, GenerationStale) as error:
            return self._rebuild(on_progress, str(error), MEASURED_ARTICLES)
        try:
            last = self.journal.last_sequence()
            if writer.sequence == last:
                return None
            if writer.sequence < last:
                followed = self._follow(writer, on_progress)
                return IndexReport(followed.generation, followed.changes, rebuilt=None)
            reason = f"the index covers the journal up to {writer.sequence}, which ends at {last}"
        finally:
            writer.close()
        return self._rebuild(on_progress, reason, MEASURED_ARTICLES)

    def rebuild(self, on_progress: Callable[[int], None], reason: str) -> IndexReport:
        """Index every article into a new generation, beside the live one, and switch to it.

        The average length is measured, however few articles there are.
        """
        return self._rebuild(on_progress, reason, measure_from=1)

    def _rebuild(self, on_progress: Callable[[int], None], reason: str, measure_from: int) -> IndexReport:
        writer = self.store.create()
        try:
            followed = self._follow(writer, on_progress)
            average = START_AVERAGE_LENGTH
            if followed.length and followed.documents >= measure_from:
                average = followed.length / followed.documents
            generation = writer.commit(writer.sequence, average)
            self.store.make_live(writer)
        finally:
            writer.close()
        return IndexReport(generation, followed.changes, rebuilt=reason)

    def _follow(self, writer: IndexWriter, on_progress: Callable[[int], None]) -> "_Followed":
        """Commit batches up to the end of the journal."""
        changed = documents = length = 0
        generation = ""
        while changes := self.journal.changes(writer.sequence, BATCH_CHANGES, BATCH_CHARACTERS):
            for change in changes:
                if self.should_stop():
                    raise IndexingStopped("indexing was stopped; it goes on with the next run")
                document = self._document(change)
                if document is None:
                    writer.delete(change.id)
                else:
                    documents += 1
                    length += document.length
                    writer.put(document)
                on_progress(1)
            generation = writer.commit(changes[-1].sequence, writer.average_length)
            changed += len(changes)
        return _Followed(generation, changed, documents, length)

    def _document(self, change: Change) -> IndexDocument | None:
        """What is to be indexed; None where nothing is: the article was deleted, or cannot be indexed."""
        match change.article:
            case None:
                return None
            case DamagedArticle(reason=reason):
                _log.error("left out of the index: %s", reason)
                return None
            case article:
                try:
                    return to_document(article, self.analyzer)
                except DocumentTooLong as error:
                    _log.error("left out of the index: %s", error)
                    return None


@dataclass(frozen=True, slots=True)
class _Followed:
    """`length`: the lengths of all `documents` that were put, added up."""

    generation: str
    changes: int
    documents: int
    length: int

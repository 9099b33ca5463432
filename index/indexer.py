"""Follows the journal: what changed in the truth since the last commit goes into the index."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from index.analysis.analyzer import Analyzer
from index.documents import to_document
from index.errors import GenerationDamaged, GenerationMissing, GenerationStale
from index.journal import Journal
from index.writer import START_AVERAGE_LENGTH, IndexStore, IndexWriter

BATCH_CHANGES = 2_000
BATCH_CHARACTERS = 4_000_000
"""A commit holds at most these: about ten seconds of analysis, a few hundred megabytes while inverting."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class IndexReport:
    """`generation` as `folder.commit`; `rebuilt`: why everything was indexed anew, if it was."""

    generation: str
    changes: int
    rebuilt: str | None


@dataclass(frozen=True, slots=True)
class Indexer:
    """Brings an index up to date with the journal. Runs under the writer lock."""

    journal: Journal
    analyzer: Analyzer
    store: IndexStore

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
            return self.rebuild(on_progress, reason=str(error))
        except (GenerationMissing, GenerationStale) as error:
            return self.rebuild(on_progress, reason=str(error))
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
        return self.rebuild(on_progress, reason)

    def rebuild(self, on_progress: Callable[[int], None], reason: str) -> IndexReport:
        """Index every article into a new generation, beside the live one, and switch to it."""
        writer = self.store.create()
        try:
            followed = self._follow(writer, on_progress)
            average = followed.length / followed.documents if followed.length else START_AVERAGE_LENGTH
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
                if change.article is None:
                    writer.delete(change.id)
                else:
                    document = to_document(change.article, self.analyzer)
                    documents += 1
                    length += document.length
                    writer.put(document)
                on_progress(1)
            generation = writer.commit(changes[-1].sequence, writer.average_length)
            changed += len(changes)
        return _Followed(generation, changed, documents, length)


@dataclass(frozen=True, slots=True)
class _Followed:
    """`length`: the lengths of all `documents` that were put, added up."""

    generation: str
    changes: int
    documents: int
    length: int

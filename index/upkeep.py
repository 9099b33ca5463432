"""Keeps a data folder's index up to date with its articles."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from index.analysis.analyzer import Analyzer
from index.data_folder import DataFolder
from index.factory import IndexPlace, copy_anew, forget_words, open_journal, open_store
from index.indexer import Indexer, IndexReport, OnProgress, never
from index.writer import IndexStore
from index.writer_lock import WriterLock


@dataclass(frozen=True, slots=True)
class Upkeep:
    """Runs the indexer under the index's own lock, so that articles can be stored meanwhile.

    `wait` is how many seconds to wait for another process that is indexing; then WriterBusy is raised,
    and nothing is amiss: the other process is doing the same work. `should_stop`: see `Indexer`.
    """

    folder: DataFolder
    analyzer: Analyzer
    store: IndexStore
    wait: float = 5.0
    should_stop: Callable[[], bool] = never
    place: IndexPlace | None = None

    @classmethod
    def of(cls, folder: DataFolder, analyzer: Analyzer, place: IndexPlace | None = None) -> "Upkeep":
        """The upkeep of a data folder's index, which lies at `place`; None: in the folder."""
        return cls(folder, analyzer, open_store(folder, analyzer, place), place=place)

    def catch_up(self, on_progress: OnProgress) -> IndexReport | None:
        """Index what was stored since the last commit; None if nothing was. Raises CorpusMissing."""
        with self._indexer() as indexer:
            return indexer.catch_up(on_progress)

    def rebuild(self, on_progress: OnProgress, reason: str) -> IndexReport:
        """Index every article anew, beside the live generation, and switch. Raises CorpusMissing.

        In a cluster the articles that machines without a database read are written anew before.
        """
        with self._indexer() as indexer:
            copy_anew(self.folder, self.place or self.folder, self.should_stop)
            return indexer.rebuild(on_progress, reason)

    def scrub(self) -> tuple[str, ...]:
        """Read all of each kept generation, and take those out of use that are damaged.

        Gives what is wrong with each; the next `catch_up` makes anew what is missing. Raises StorageFailed.
        """
        with WriterLock(self.folder.index_lock, self.wait):
            damaged = self.store.scrub()
            forget_words(self.place or self.folder)
            return damaged

    def optimise(self) -> str:
        """Merge the segments of the live generation; gives it as `folder.commit`.

        Nothing is indexed. Raises GenerationMissing, GenerationStale, GenerationDamaged, StorageFailed.
        """
        with WriterLock(self.folder.index_lock, self.wait), closing(self.store.live()) as writer:
            writer.optimise()
            return writer.commit(writer.sequence, writer.average_length)

    def roll_back(self, generation: str) -> None:
        """Make a kept generation the live one, `folder.commit`; what it lacks is indexed by the next
        `catch_up`. Raises GenerationUnknown, GenerationStale, GenerationDamaged and StorageFailed."""
        with WriterLock(self.folder.index_lock, self.wait):
            self.store.roll_back(generation)

    @contextmanager
    def _indexer(self) -> Iterator[Indexer]:
        with (
            open_journal(self.folder, self.place or self.folder, self.should_stop) as journal,
            WriterLock(self.folder.index_lock, self.wait),
        ):
            yield Indexer(journal, self.analyzer, self.store, self.should_stop)


def copy_articles(folder: DataFolder, place: IndexPlace, should_stop: Callable[[], bool]) -> None:
    """Let a cluster have all articles for machines without a database; nothing for an index in the folder.

    Indexing does that before it names an article; this is for where nothing is to be indexed. Raises
    CorpusMissing, WriterBusy at once where another process is indexing, IndexingStopped once `should_stop`,
    and what `index.opensearch` does.
    """
    with open_journal(folder, place, should_stop) as journal, WriterLock(folder.index_lock, wait=0.0):
        # It copies what it has not copied yet before it says how far it reaches.
        journal.last_sequence()

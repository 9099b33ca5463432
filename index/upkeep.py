"""Keeps a data folder's index up to date with its articles."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from index.analysis.analyzer import Analyzer
from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from index.factory import IndexPlace, open_store
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

    @classmethod
    def of(cls, folder: DataFolder, analyzer: Analyzer, place: IndexPlace | None = None) -> "Upkeep":
        """The upkeep of a data folder's index, which lies at `place`; None: in the folder."""
        return cls(folder, analyzer, open_store(folder, analyzer, place))

    def catch_up(self, on_progress: OnProgress) -> IndexReport | None:
        """Index what was stored since the last commit; None if nothing was. Raises CorpusMissing."""
        with CorpusReader.open(self.folder) as journal, WriterLock(self.folder.index_lock, self.wait):
            return self._indexer(journal).catch_up(on_progress)

    def rebuild(self, on_progress: OnProgress, reason: str) -> IndexReport:
        """Index every article anew, beside the live generation, and switch. Raises CorpusMissing."""
        with CorpusReader.open(self.folder) as journal, WriterLock(self.folder.index_lock, self.wait):
            return self._indexer(journal).rebuild(on_progress, reason)

    def scrub(self) -> tuple[str, ...]:
        """Read all of each kept generation, and take those out of use that are damaged.

        Gives what is wrong with each; the next `catch_up` makes anew what is missing. Raises StorageFailed.
        """
        with WriterLock(self.folder.index_lock, self.wait):
            return self.store.scrub()

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

    def _indexer(self, journal: CorpusReader) -> Indexer:
        return Indexer(journal, self.analyzer, self.store, self.should_stop)

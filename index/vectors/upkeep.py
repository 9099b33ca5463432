"""Keeps a data folder's vectors up to date with its articles."""

from collections.abc import Callable
from dataclasses import dataclass

from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from index.indexer import never
from index.vectors.block import Covered, Recipe
from index.vectors.embedder import Embedder
from index.vectors.filler import Filled, Filler, OnFilled
from index.vectors.passages import DEFAULT_RULE, PassageRule
from index.vectors.reader import VectorReader
from index.writer_lock import WriterLock


@dataclass(frozen=True, slots=True)
class VectorUpkeep:
    """Runs the filler under the vectors' own lock, so that articles can be stored and indexed meanwhile.

    `reader` reads what is made here. `wait` is how many seconds to wait for another process that makes
    vectors; then WriterBusy is raised, and nothing is amiss: the other process is doing the same work.
    `should_stop` and `threads`: see `Filler`.
    """

    folder: DataFolder
    embedder: Embedder
    rule: PassageRule
    reader: VectorReader
    wait: float = 5.0
    should_stop: Callable[[], bool] = never
    threads: int = 1

    @classmethod
    def of(cls, folder: DataFolder, embedder: Embedder, rule: PassageRule = DEFAULT_RULE) -> "VectorUpkeep":
        """The upkeep of a data folder's vectors."""
        return cls(folder, embedder, rule, VectorReader(folder.vectors, Recipe(embedder.model, rule)))

    def catch_up(self, on_filled: OnFilled) -> Filled | None:
        """Make vectors for what was stored since the last time; None if nothing was, which is soon seen.

        Raises CorpusMissing, WriterBusy, StorageFailed and IndexingStopped.
        """
        with CorpusReader.open(self.folder) as journal:
            last = journal.last_sequence()
            if self.reader.table().covered == Covered(last, journal.entry(last)):
                return None
            with WriterLock(self.folder.vectors_lock, self.wait):
                filler = Filler(
                    self.folder.vectors, journal, self.embedder, self.rule, self.should_stop, self.threads
                )
                return filler.catch_up(on_filled)

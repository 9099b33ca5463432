"""A data folder whose vectors are filled by an embedder of the tests."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from index.article import Article
from index.corpus.reader import CorpusReader
from index.corpus.writer import CorpusWriter
from index.data_folder import DataFolder
from index.indexer import IndexingStopped, never
from index.vectors.embedder import Embedder
from index.vectors.filler import Filled
from index.vectors.passages import PassageRule
from index.vectors.table import VectorTable
from index.vectors.upkeep import VectorUpkeep
from index.writer_lock import WriterLock
from tests.embedders import PairEmbedder
from tests.index.corpus.samples import ORIGINAL

RULE = PassageRule(characters=24, most=3)


class VectorFolder:
    """A data folder with its database and its vectors."""

    def __init__(self, root: Path, embedder: Embedder | None = None) -> None:
        self.folder = DataFolder(root)
        self.folder.create()
        self.embedder = embedder or PairEmbedder()
        self.change([])

    def change(self, puts: list[Article], *deletes: str) -> None:
        """One transaction on the database; the vectors are not touched."""
        with WriterLock(self.folder.lock), CorpusWriter.open(self.folder) as writer:
            for article in puts:
                writer.put(article, ORIGINAL)
            for name in deletes:
                writer.delete(name)
            writer.commit()

    def fill(self, should_stop: Callable[[], bool] = never) -> Filled | None:
        """Make what vectors are missing."""
        upkeep = VectorUpkeep.of(self.folder, self.embedder, RULE)
        return replace(upkeep, should_stop=should_stop).catch_up(lambda _: None)

    def fill_until(self, should_stop: Callable[[], bool]) -> None:
        """Make vectors until it is stopped, or all are there."""
        with suppress(IndexingStopped):
            self.fill(should_stop)

    def table(self) -> VectorTable:
        """What a reader that opens the file now finds."""
        return VectorUpkeep.of(self.folder, self.embedder, RULE).reader.table()

    def stored(self) -> dict[str, Article]:
        """All articles of the database."""
        with CorpusReader.open(self.folder) as reader:
            return {
                change.id: article
                for change in reader.changes(0, 10_000, 10**9)
                if isinstance(article := getattr(change.state, "article", None), Article)
            }

"""A data folder with its database, its index, and an engine that follows it."""

from collections.abc import Callable
from pathlib import Path

from index.analysis.analyzer import Analyzer
from index.article import Article
from index.corpus.reader import CorpusReader
from index.corpus.writer import CorpusWriter
from index.data_folder import DataFolder
from index.indexer import Indexer
from index.whoosh.store import WhooshStore
from index.writer_lock import WriterLock
from search.ranking import Ranking
from search.whoosh.engine import WhooshEngine
from tests.index.corpus.samples import ORIGINAL
from tests.index_states import ids


class Site:
    """A data folder with its database and its index, and an engine that follows it."""

    def __init__(self, root: Path, analyzer: Analyzer) -> None:
        self.folder = DataFolder(root)
        self.folder.create()
        self.analyzer = analyzer
        self.store = WhooshStore(self.folder.index, analyzer.version)
        self.engine = WhooshEngine(self.folder.index, analyzer.version, Ranking())
        self.change([])

    def change(self, puts: list[Article], *deletes: str) -> None:
        """One transaction on the database; the index is not touched."""
        with WriterLock(self.folder.lock), CorpusWriter.open(self.folder) as writer:
            for article in puts:
                writer.put(article, ORIGINAL)
            for name in deletes:
                writer.delete(name)
            writer.commit()

    def run(self, step: Callable[[Indexer], object]) -> None:
        """Run a step with an indexer."""
        with CorpusReader.open(self.folder) as journal:
            step(Indexer(journal, self.analyzer, self.store))

    def indexed(self) -> int:
        """How many changes a catch-up indexes."""
        report = self.catch_up()
        return 0 if report is None else report[1]

    def commit(self) -> int:
        """The number of the newest commit in its generation."""
        return int(self.engine.snapshot().generation.split(".")[1])

    def catch_up(self) -> tuple[str, int, str | None] | None:
        """Generation, number of changes and reason of the rebuild, if any; None if nothing was to do."""
        with CorpusReader.open(self.folder) as journal:
            report = Indexer(journal, self.analyzer, self.store).catch_up(lambda _: None)
        return None if report is None else (report.generation, report.changes, report.rebuilt)

    def rebuild(self) -> None:
        self.run(lambda indexer: indexer.rebuild(lambda _: None, reason="asked for"))

    def ids(self) -> set[str]:
        return ids(self.engine.snapshot(), self.analyzer)

"""Opens the parts of the product on a data folder and puts them together."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from index.analysis.analyzer import Analyzer
from index.analysis.setup import load_analyzer
from index.corpus.reader import CorpusReader
from index.corpus.writer import CorpusWriter
from index.data_folder import DataFolder
from index.text.folding import Folding
from index.upkeep import Upkeep
from index.writer_lock import WriterLock
from search.factory import open_engine
from search.ranking import Ranking
from search.service import SearchService


@dataclass(frozen=True, slots=True)
class Opened:
    """A data folder opened for searching, and the upkeep of its index."""

    service: SearchService
    upkeep: Upkeep


def open_analyzer() -> Analyzer:
    """The analyzer for articles and queries; takes about half a second."""
    return load_analyzer(Folding.load())


def prepare(folder: DataFolder) -> None:
    """Make the data folder and its database where they are missing, and bring an older schema up to date."""
    folder.create()
    with WriterLock(folder.lock), CorpusWriter.open(folder):
        pass


@contextmanager
def open_search(folder: DataFolder, analyzer: Analyzer) -> Iterator[Opened]:
    """The search service on a data folder, closed at the end. Raises CorpusMissing."""
    ranking = Ranking()
    with CorpusReader.open(folder) as articles:
        engine = open_engine(folder, analyzer.version, ranking)
        try:
            yield Opened(SearchService(engine, articles, analyzer, ranking), Upkeep.of(folder, analyzer))
        finally:
            engine.close()

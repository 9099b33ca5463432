"""`backup` and `restore`: all articles as one file."""

from dataclasses import dataclass
from pathlib import Path

from index.analysis.analyzer import Analyzer
from index.corpus import backup
from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from index.engine_settings import IN_FOLDER, EngineSettings
from web.commands.ingest import index_stored


@dataclass(frozen=True, slots=True)
class BackupReport:
    """How many articles the backup holds, its size in bytes, and its sha256, which also lies beside it."""

    articles: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """How many articles were restored, and the generation of the index that holds them (null while another
    process is indexing)."""

    articles: int
    generation: str | None


def back_up(folder: DataFolder, file: Path) -> BackupReport:
    """Write a backup. Raises what `index.corpus.backup.back_up` does."""
    with CorpusReader.open(folder) as reader:
        articles = reader.stats().articles
    found = backup.back_up(folder, file)
    return BackupReport(articles, file.stat().st_size, found)


def restore(
    folder: DataFolder, analyzer: Analyzer, file: Path, *, engine: EngineSettings = IN_FOLDER
) -> RestoreReport:
    """Restore a backup and index it. Raises what `index.corpus.backup.restore` does."""
    backup.restore(folder, file)
    generation = index_stored(folder, analyzer, engine=engine)
    with CorpusReader.open(folder) as reader:
        return RestoreReport(reader.stats().articles, generation)

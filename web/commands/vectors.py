"""`vectors`: making the vectors that ranking by meaning needs."""

from dataclasses import dataclass, replace

from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from index.vectors.filler import Filled
from index.vectors.upkeep import VectorUpkeep
from index.workers import usable_processors
from web.commands.progress import Bar, progress_bar

LABEL = "Embedding"


@dataclass(frozen=True, slots=True)
class VectorsReport:
    """What was made now, and what there is. `bytes` is the size of the file."""

    embedder: str
    changes: int
    made: int
    articles: int
    vectors: int
    bytes: int


def make_vectors(upkeep: VectorUpkeep) -> VectorsReport:
    """Make what vectors are missing, on all processors. Raises what `VectorUpkeep.catch_up` does."""
    busy = replace(upkeep, threads=usable_processors())
    with progress_bar(LABEL, _waiting(upkeep)) as bar:
        filled = busy.catch_up(lambda some: _advance(bar, some)) or Filled(0, 0)
    table = upkeep.reader.table()
    return VectorsReport(
        embedder=f"{upkeep.embedder.model.name} {upkeep.embedder.model.version}",
        changes=filled.changes,
        made=filled.vectors,
        articles=len(table),
        vectors=table.rows,
        bytes=upkeep.folder.vectors.stat().st_size,
    )


def _waiting(upkeep: VectorUpkeep) -> int:
    """How many journal entries the vectors are behind; of an article, only the newest one counts later."""
    return _last_sequence(upkeep.folder) - upkeep.reader.table().covered.sequence


def _last_sequence(folder: DataFolder) -> int:
    with CorpusReader.open(folder) as reader:
        return reader.last_sequence()


def _advance(bar: Bar, filled: Filled) -> None:
    bar.advance(filled.changes)
    bar.count(filled.changes)

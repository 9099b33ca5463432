"""`check` and `stats`: what is in a data folder, and whether it is whole."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from index.analysis.analyzer import Analyzer
from index.check import Finding, Place, check_folder
from index.data_folder import DataFolder
from index.engine_settings import IN_FOLDER, EngineSettings
from index.errors import StorageFailed
from index.factory import copy_differences, open_store, served_differences
from index.upkeep import Upkeep
from search.suggestions.fetched import SHARED_NAME
from search.suggestions.vocabulary_file import VocabularyFile
from web.serving.opening import open_index, open_search

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class DataStats:
    """Counts of a data folder. `lag`: journal entries not indexed yet; sizes in bytes, that of the index None
    where what keeps it cannot tell now."""

    articles: int
    undated: int
    repaired: int
    newest: str | None
    sequence: int
    generation: str | None
    lag: int
    articles_bytes: int
    index_bytes: int | None


def check(folder: DataFolder, analyzer: Analyzer, *, engine: EngineSettings = IN_FOLDER) -> Iterator[Finding]:
    """Everything that is wrong in a data folder; see `check_folder`."""
    with open_index(folder, engine) as place:
        store = open_store(folder, analyzer, place)
        files = {SHARED_NAME: VocabularyFile.of(folder).path}
        differences = {
            Place.COPIES: partial(copy_differences, folder, place),
            Place.SERVED: partial(served_differences, folder, place, analyzer, files),
        }
        yield from check_folder(folder, store, differences)


def stats(folder: DataFolder, analyzer: Analyzer, *, engine: EngineSettings = IN_FOLDER) -> DataStats:
    """What a data folder holds. Raises CorpusMissing."""
    with open_search(folder, analyzer, engine=engine) as opened:
        corpus = opened.service.stats()
        readiness = opened.service.readiness()
        index_bytes = _index_bytes(opened.upkeep)
    return DataStats(
        articles=corpus.articles,
        undated=corpus.undated,
        repaired=corpus.repaired,
        newest=None if corpus.newest is None else corpus.newest.isoformat(),
        sequence=corpus.sequence,
        generation=readiness.generation,
        lag=readiness.lag,
        articles_bytes=_size(folder.articles.parent.glob("articles.db*")),
        index_bytes=index_bytes,
    )


def _size(paths: Iterable[Path]) -> int:
    """Bytes of the files; one that another process has removed meanwhile counts nothing."""
    total = 0
    for path in paths:
        with suppress(FileNotFoundError):
            total += path.stat().st_size
    return total


def _index_bytes(upkeep: Upkeep) -> int | None:
    """Bytes of all generations that are kept; None where their engine cannot tell now."""
    try:
        return sum(kept.size for kept in upkeep.store.generations())
    except StorageFailed as error:
        _log.warning("the size of the index is not known: %s", error)
        return None

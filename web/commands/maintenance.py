"""`check` and `stats`: what is in a data folder, and whether it is whole."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from index.analysis.analyzer import Analyzer
from index.check import Finding, check_folder
from index.data_folder import DataFolder
from index.factory import open_store
from web.serving.opening import open_search


@dataclass(frozen=True, slots=True, kw_only=True)
class DataStats:
    """Counts of a data folder. `lag`: journal entries not indexed yet; sizes in bytes."""

    articles: int
    undated: int
    repaired: int
    newest: str | None
    sequence: int
    generation: str | None
    lag: int
    articles_bytes: int
    index_bytes: int


def check(folder: DataFolder, analyzer: Analyzer) -> Iterator[Finding]:
    """Everything that is wrong in a data folder; see `check_folder`."""
    return check_folder(folder, open_store(folder, analyzer))


def stats(folder: DataFolder, analyzer: Analyzer) -> DataStats:
    """What a data folder holds. Raises CorpusMissing."""
    with open_search(folder, analyzer) as opened:
        corpus = opened.service.stats()
        readiness = opened.service.readiness()
    return DataStats(
        articles=corpus.articles,
        undated=corpus.undated,
        repaired=corpus.repaired,
        newest=None if corpus.newest is None else corpus.newest.isoformat(),
        sequence=corpus.sequence,
        generation=readiness.generation,
        lag=readiness.lag,
        articles_bytes=_size(folder.articles.parent.glob("articles.db*")),
        index_bytes=_size(_files_below(folder.index)),
    )


def _size(paths: Iterable[Path]) -> int:
    """Bytes of the files; one that another process has removed meanwhile counts nothing."""
    total = 0
    for path in paths:
        with suppress(FileNotFoundError):
            total += path.stat().st_size
    return total


def _files_below(folder: Path) -> Iterator[Path]:
    for place, _, names in os.walk(folder):
        yield from (Path(place, name) for name in names)

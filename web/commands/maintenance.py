"""`check` and `stats`: what is in a data folder, and whether it is whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index import generation as generations
from index.analysis.analyzer import Analyzer
from index.corpus.check import check_corpus
from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from index.errors import GenerationDamaged, GenerationMissing, GenerationStale
from index.upkeep import Upkeep
from web.opening import open_search


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be, in the `articles` or in the `index`."""

    place: str
    detail: str


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
    """Everything that is wrong: in SQLite, in the files of the index, and between the two."""
    for problem in check_corpus(folder):
        where = "" if problem.article_id is None else f"article {problem.article_id}: "
        yield Finding("articles", f"{where}{problem.reason}")
    try:
        generation = generations.current(folder.index)
        manifest = generation.manifest()
        writer = Upkeep.of(folder, analyzer).store.live()
    except (GenerationMissing, GenerationDamaged, GenerationStale) as error:
        yield Finding("index", str(error))
        return
    writer.close()
    with CorpusReader.open(folder) as articles:
        stats = articles.stats()
    if manifest.sequence != stats.sequence:
        yield Finding("index", f"it covers the journal up to {manifest.sequence} of {stats.sequence}")
    elif manifest.articles != stats.articles:
        yield Finding("index", f"it holds {manifest.articles} articles of {stats.articles}")


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
        index_bytes=_size(folder.index.rglob("*")),
    )


def _size(paths: Iterator[Path]) -> int:
    return sum(path.stat().st_size for path in paths if path.is_file())

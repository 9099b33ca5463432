"""How fast articles are written, and how many bytes they take."""

import gc
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.engines.catalogue import load_engine
from benchmarks.engines.engine import Stopwatch
from benchmarks.engines.library import Library, load_document_work
from benchmarks.engines.processes import apart, stay_on_one_processor
from benchmarks.engines.usage import begin_peak, peak
from index.article import Article
from index.documents import IndexDocument
from index.worker_process import WorkLimits, WorkLost
from index.workers import Workers, usable_processors


@dataclass(frozen=True, slots=True)
class Written:
    """Seconds of each stage (medians over the rounds), articles a second over all of them, and a second of
    the processor; the most memory above the documents in bytes, and the size of what was written."""

    articles: int
    seconds: Mapping[str, float]
    rate: float
    processor_rate: float
    memory: int
    bytes_per_article: float


def measure_writing(
    names: Sequence[str], library: Library, articles: int, rounds: int, work: Path
) -> Mapping[str, Written]:
    """Each engine on one processor, from documents in memory to a durable index, merged; in turn."""
    runs: dict[str, list[Written]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            runs[name].append(apart(_write, name, library, articles, work / "writing"))
    return {name: _middle(written) for name, written in runs.items()}


def measure_end_to_end(
    names: Sequence[str], library: Library, articles: int, work: Path
) -> Mapping[str, float]:
    """Articles a second from stored ones to a durable index: analysed in processes on all processors."""
    return {name: apart(_from_articles, name, library, articles, work / "writing") for name in names}


def size_of(folder: Path) -> int:
    """Bytes of all files."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _write(name: str, library: Library, articles: int, folder: Path) -> Written:
    # A library's own threads would otherwise work while nothing is timed, or on a second processor.
    stay_on_one_processor()
    engine = load_engine(name)
    batches = list(library.batches(articles))
    gc.collect()
    gc.freeze()
    shutil.rmtree(folder, ignore_errors=True)
    before = begin_peak()
    used = time.process_time()
    seconds = dict(engine.build(folder, batches))
    used = time.process_time() - used
    written = sum(map(len, batches))
    memory = peak() - before
    size = size_of(folder)
    shutil.rmtree(folder)
    return Written(
        articles=written,
        seconds=seconds,
        rate=written / sum(seconds.values()),
        processor_rate=written / used,
        memory=memory,
        bytes_per_article=size / written,
    )


def _middle(runs: Sequence[Written]) -> Written:
    stages = {stage: median(run.seconds[stage] for run in runs) for stage in runs[0].seconds}
    return Written(
        articles=runs[0].articles,
        seconds=stages,
        rate=median(run.rate for run in runs),
        processor_rate=median(run.processor_rate for run in runs),
        memory=max(run.memory for run in runs),
        bytes_per_article=median(run.bytes_per_article for run in runs),
    )


def _from_articles(name: str, library: Library, articles: int, folder: Path) -> float:
    engine = load_engine(name)
    stored = [article for chunk in library.articles() for article in chunk][:articles]
    shutil.rmtree(folder, ignore_errors=True)
    gc.collect()
    gc.freeze()
    watch = Stopwatch()
    with watch.measure("all"):
        engine.build(folder, _analysed(stored))
    shutil.rmtree(folder)
    return len(stored) / watch.seconds["all"]


def _analysed(articles: Sequence[Article]) -> Iterator[Sequence[IndexDocument]]:
    """In commits of 10,000; 16 million characters are never reached sooner with articles like these."""
    workers = Workers(load_document_work, usable_processors(), WorkLimits())
    batch: list[IndexDocument] = []
    for _, document in workers.map(articles, lambda article: 3 * len(article.body)):
        if isinstance(document, WorkLost):
            raise RuntimeError(document.reason)  # noqa: TRY004  # the work failed
        batch.append(document)
        if len(batch) == 10_000:
            yield batch
            batch = []
    yield batch

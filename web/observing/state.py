"""What the index and the disk are like at the moment when somebody asks, as metrics."""

import logging
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Protocol

from prometheus_client import Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from index.data_folder import DataFolder
from index.errors import PolicySearchError
from index.generations_kept import KeptGeneration
from search.results import Readiness

Generations = Callable[[], Iterable[KeptGeneration]]
"""Gives the generations that are kept of the index, the live one first."""

_log = logging.getLogger(__name__)


class Ready(Protocol):
    """Whoever knows how the index is doing."""

    def readiness(self) -> Readiness: ...


class ReadinessCollector(Collector):
    """Asks anew at each scrape: what one process would remember, another one may have changed.

    What cannot be found out is left out and logged; the rest is told all the same.
    """

    def __init__(self, service: Ready) -> None:
        self._service = service

    def collect(self) -> Iterator[Metric]:
        for part in self._parts():
            try:
                yield from part()
            except (PolicySearchError, OSError) as error:
                _log.warning("not in the metrics: %s", error)

    def _parts(self) -> tuple[Callable[[], Iterable[Metric]], ...]:
        return (self._readiness,)

    def _readiness(self) -> Iterator[Metric]:
        readiness = self._service.readiness()
        yield _gauge("ready", "1 if searches can be answered.", float(readiness.ready))
        yield _gauge("index_lag", "Changes of articles that searches do not show yet.", readiness.lag)
        yield _gauge("troubles", "What `/readyz` says is amiss, counted.", len(readiness.reasons))
        changes = readiness.sequence + readiness.lag
        yield CounterMetricFamily(
            "policy_search_changes", "Articles that were stored, changed or deleted, whoever did it.", changes
        )


class StateCollector(ReadinessCollector):
    """The same with what a machine that keeps the index knows besides: of the index, and of its disk."""

    def __init__(self, folder: DataFolder, service: Ready, generations: Generations) -> None:
        super().__init__(service)
        self._folder = folder
        self._generations = generations

    def _parts(self) -> tuple[Callable[[], Iterable[Metric]], ...]:
        return (*super()._parts(), self._live_generation, self._disk)

    def _live_generation(self) -> Iterator[Metric]:
        """Of the live generation, if there is one; its number rises by each rebuild."""
        live = next(iter(self._generations()), None)
        if live is None or live.manifest is None:
            return
        yield _gauge("index_generation", "Number of the generation; each rebuild makes one.", _number(live))
        yield _gauge("index_articles", "Articles in the index.", live.manifest.articles)
        yield _gauge("index_files", "Files of the index: one for each segment, and a table.", _files(live))
        yield _gauge("index_bytes", "Bytes of the index.", live.size)

    def _disk(self) -> Iterator[Metric]:
        usage = shutil.disk_usage(self._folder.root)
        yield _gauge("disk_free_bytes", "Bytes free where the data folder lies.", usage.free)
        yield _gauge("disk_bytes", "Bytes of the disk where the data folder lies.", usage.total)
        database = self._folder.articles
        yield _gauge("database_bytes", "Bytes of the database of articles.", _size(database))
        log = database.with_name(f"{database.name}-wal")
        yield _gauge("wal_bytes", "Bytes of its log of writes that are not in it yet.", _size(log))


def _gauge(name: str, help_: str, value: float) -> Metric:
    return GaugeMetricFamily(f"policy_search_{name}", help_, value)


def _number(generation: KeptGeneration) -> int:
    return int(generation.name.partition(".")[0])


def _files(generation: KeptGeneration) -> int:
    return 0 if generation.manifest is None else len(generation.manifest.files)


def _size(file: Path) -> int:
    """0 where there is no such file."""
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0

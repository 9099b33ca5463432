"""Opens the writing half of the index engine. With `search.factory` the only place that names one."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Union, assert_never

from index.analysis.analyzer import Analyzer
from index.averages import Averages
from index.corpus.copying import CorpusCopySource
from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from index.engine_settings import EngineName, EngineSettings
from index.errors import Cause, PolicySearchError
from index.journal import Journal
from index.measuring import measured
from index.served_check import state_differences
from index.whoosh.store import WhooshStore
from index.writer import IndexStore

if TYPE_CHECKING:
    from index.opensearch.cluster import Cluster

IndexPlace = Union[DataFolder, "Cluster"]
"""Where an index lies: in the folder of its articles, or in a cluster."""


class EngineMissing(PolicySearchError):
    """What the chosen engine needs is not installed; the message says how to install it."""

    kind = "engine-missing"
    cause = Cause.MISCONFIGURED


@contextmanager
def open_place(folder: DataFolder, settings: EngineSettings, *, k1: float, b: float) -> Iterator[IndexPlace]:
    """Where the index of a data folder lies by the settings; let go of at the end.

    `k1` and `b` are the constants of BM25, which an index in a cluster has in its frequencies. To be opened
    by each process for itself. Nothing is asked of a cluster yet; raises EngineMissing, and
    ClusterSettingsInvalid of `index.opensearch`.
    """
    match settings.engine:
        case EngineName.WHOOSH:
            yield folder
        case EngineName.OPENSEARCH:
            with open_cluster(settings, k1=k1, b=b) as cluster:
                yield cluster
        case _:
            assert_never(settings.engine)


@contextmanager
def open_cluster(settings: EngineSettings, *, k1: float, b: float) -> Iterator["Cluster"]:
    """The cluster of these settings, for a machine that has no data folder; see `open_place`."""
    with closing(_connected(settings, k1, b)) as cluster:
        yield cluster


def open_store(folder: DataFolder, analyzer: Analyzer, place: IndexPlace | None = None) -> IndexStore:
    """The store of the index of a data folder, whose words have to be those of the analyzer.

    The index lies at `place`; None: in the folder.
    """
    if place is None or isinstance(place, DataFolder):
        return WhooshStore(folder.index, analyzer.version, lexicon=analyzer.lexicon)
    return place.store(analyzer, partial(_averages, folder, analyzer))


@contextmanager
def open_journal(folder: DataFolder, place: IndexPlace, should_stop: Callable[[], bool]) -> Iterator[Journal]:
    """The journal of a data folder, as an indexer has to follow it for an index there.

    For an index in a cluster each change is given out once the cluster has its article too, for readers
    without a database; then it raises what `index.opensearch` does, and IndexingStopped once `should_stop`.
    Raises CorpusMissing.
    """
    with CorpusReader.open(folder) as journal:
        if isinstance(place, DataFolder):
            yield journal
            return
        # Imported where it is chosen, as the cluster is.
        from index.opensearch.copied_journal import CopiedJournal  # noqa: PLC0415

        with closing(CorpusCopySource.open(folder)) as source:
            yield CopiedJournal(journal, place.copier(source, should_stop))


def copy_anew(folder: DataFolder, place: IndexPlace, should_stop: Callable[[], bool]) -> None:
    """Write all articles anew for readers without a database; nothing for an index in the folder. For the
    holder of the index lock.

    Raises CorpusMissing, what `index.opensearch` does, and IndexingStopped once `should_stop`.
    """
    if not isinstance(place, DataFolder):
        with closing(CorpusCopySource.open(folder)) as source:
            place.copier(source, should_stop).rebuild()


def check_place(place: IndexPlace, analyzer: Analyzer) -> str | None:
    """Why the index there has to be made anew, which the indexer does by itself; None if it has not, and
    where a cluster does not answer now.

    Raises what `index.opensearch` does where a cluster, or what is in it, can never be used as it is.
    """
    return None if isinstance(place, DataFolder) else place.check(analyzer.version)


def forget_words(place: IndexPlace) -> None:
    """Remove from a cluster the words that no generation there was made with. Raises what `index.opensearch`
    does."""
    if not isinstance(place, DataFolder):
        place.forget_words()


def copy_differences(folder: DataFolder, place: IndexPlace) -> Iterator[str]:
    """What differs between the journal and a cluster that holds all of it, in more than which articles there
    are, and between the copies of a shard there. An index in a folder has one copy, and sums.

    Raises the errors of `index.opensearch` where the cluster cannot be asked.
    """
    if not isinstance(place, DataFolder):
        with CorpusReader.open(folder) as articles:
            yield from place.differences(articles.newest_entries)


def served_differences(
    folder: DataFolder, place: IndexPlace, analyzer: Analyzer, files: Mapping[str, Path]
) -> Iterator[str]:
    """What differs between a data folder and what machines without one read in a cluster: articles, the words
    of this analyzer, rules for queries, and `files` by the names that they have there. Nothing for an index
    in the folder.

    Raises CorpusMissing and the errors of `index.opensearch` where the cluster cannot be asked.
    """
    if not isinstance(place, DataFolder):
        with closing(CorpusCopySource.open(folder)) as source:
            yield from place.copied_differences(source)
        yield from state_differences(place, folder, analyzer, files)


def _connected(settings: EngineSettings, k1: float, b: float) -> "Cluster":
    try:
        # Imported where it is chosen: elsewhere nothing of it is loaded, or has to be installed.
        from index.opensearch.cluster import Cluster  # noqa: PLC0415
        from index.opensearch.published import Scoring  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "opensearchpy":
            raise
        raise EngineMissing(
            f"the engine {settings.engine.value} is not installed; install it with: "
            'pip install "regional-policy-search[opensearch]"'
        ) from error
    return Cluster.connect(settings, Scoring(k1=k1, b=b))


def _averages(folder: DataFolder, analyzer: Analyzer) -> Averages:
    with CorpusReader.open(folder) as articles:
        return measured(articles, analyzer)

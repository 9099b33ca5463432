"""Libraries and data folders on either engine, for tests of what holds whatever keeps the index."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Final, Protocol

import pytest

from index.analysis.analyzer import Analyzer
from index.data_folder import DataFolder
from index.engine_settings import IN_FOLDER, EngineName, EngineSettings
from index.factory import IndexPlace
from search.engine import SearchEngine
from search.factory import open_engine
from search.ranking import Ranking
from tests.engines import ArticleLibrary, Library
from tests.opensearch.cluster import fresh_prefix, node_url
from tests.opensearch.library import OpenSearchLibrary, prompt_engine

NO_CLUSTERS: Final[Mapping[str, int]] = MappingProxyType({})


class LibraryFactory(Protocol):
    """Makes a library that holds nothing yet; `clusters` of copies by article."""

    def __call__(self, clusters: Mapping[str, int] = NO_CLUSTERS) -> ArticleLibrary: ...


EngineFactory = Callable[[], EngineSettings]
"""Gives the settings of an engine for a data folder, other ones each time."""

Place = Callable[[], AbstractContextManager[EngineSettings]]


@contextmanager
def in_folder() -> Iterator[EngineSettings]:
    """An index of Whoosh in a data folder."""
    yield IN_FOLDER


@contextmanager
def in_cluster() -> Iterator[EngineSettings]:
    """An index of OpenSearch on the node that all tests share; what was made goes at the end."""
    with fresh_prefix(node_url()) as prefix:
        yield EngineSettings(engine=EngineName.OPENSEARCH, urls=(node_url(),), prefix=prefix, replicas=0)


LIBRARIES: Final = (
    pytest.param(Library, id="whoosh"),
    pytest.param(OpenSearchLibrary, id="opensearch", marks=pytest.mark.opensearch),
)
PLACES: Final = (
    pytest.param(in_folder, id="whoosh"),
    pytest.param(in_cluster, id="opensearch", marks=pytest.mark.opensearch),
)


@contextmanager
def libraries(
    kind: type[ArticleLibrary], new_folder: Callable[[], Path], analyzer: Analyzer
) -> Iterator[LibraryFactory]:
    """Makes libraries of this kind, each in a folder of its own; their indexes go at the end."""
    with ExitStack() as stack:

        def make(clusters: Mapping[str, int] = NO_CLUSTERS) -> ArticleLibrary:
            library = kind(new_folder(), analyzer, clusters=dict(clusters))
            stack.callback(library.discard)
            return library

        yield make


def prompt_engine_at(place: IndexPlace, analyzer: str, ranking: Ranking) -> SearchEngine:
    """As `search.factory.open_engine`; in a cluster it does not wait before it sees a commit either."""
    if isinstance(place, DataFolder):
        return open_engine(place, analyzer, ranking)
    return prompt_engine(place.client, place.settings.prefix, analyzer, ranking)


@contextmanager
def engines(place: Place) -> Iterator[EngineFactory]:
    """Gives settings of this kind; what was made under them in a cluster goes at the end."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(place())

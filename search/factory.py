"""Opens the reading half of the index engine. With `index.factory` the only place that names one."""

from index.data_folder import DataFolder
from index.factory import IndexPlace
from search.engine import SearchEngine
from search.ranking import Ranking
from search.whoosh.engine import WhooshEngine


def open_engine(place: IndexPlace, analyzer: str, ranking: Ranking) -> SearchEngine:
    """The engine on the index there; `analyzer` is the version that queries are analysed with."""
    if isinstance(place, DataFolder):
        return WhooshEngine(place.index, analyzer, ranking)
    # Imported where it is chosen: elsewhere nothing of it is loaded, or has to be installed.
    from search.opensearch.engine import OpenSearchEngine  # noqa: PLC0415

    return OpenSearchEngine(place.client, place.settings.prefix, analyzer, ranking)

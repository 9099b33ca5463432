"""Opens the reading half of the index engine. The only place that names one."""

from index.data_folder import DataFolder
from search.engine import SearchEngine
from search.ranking import Ranking
from search.whoosh.engine import WhooshEngine


def open_engine(folder: DataFolder, analyzer: str, ranking: Ranking) -> SearchEngine:
    """The engine on a data folder's index; `analyzer` is the version that queries are analysed with."""
    return WhooshEngine(folder.index, analyzer, ranking)

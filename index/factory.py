"""Opens the writing half of the index engine. The only place that names one."""

from index.analysis.analyzer import Analyzer
from index.data_folder import DataFolder
from index.whoosh.store import WhooshStore
from index.writer import IndexStore


def open_store(folder: DataFolder, analyzer: Analyzer) -> IndexStore:
    """The store of a data folder's index, whose words have to be those of the analyzer."""
    return WhooshStore(folder.index, analyzer.version, lexicon=analyzer.lexicon)

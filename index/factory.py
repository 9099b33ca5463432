"""Opens the writing half of the index engine. The only place that names one."""

from index.data_folder import DataFolder
from index.whoosh.store import WhooshStore
from index.writer import IndexStore


def open_store(folder: DataFolder, analyzer: str) -> IndexStore:
    """The store of a data folder's index; `analyzer` is the version that its tokens have to be of."""
    return WhooshStore(folder.index, analyzer)

"""Opens what a machine with a data folder does for those without, where its index is in a cluster."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from typing import Final

from index.analysis.analyzer import Analyzer
from index.data_folder import DataFolder
from index.factory import IndexPlace
from index.upkeep import copy_articles
from web.serving.elected import Elected
from web.serving.following_vocabulary import WORK, VocabularyUpkeep
from web.serving.keeper import IndexKeeper
from web.serving.supply import Supply

SUPPLYING: Final = "supplying the search cluster"


@contextmanager
def open_supply(
    folder: DataFolder, place: IndexPlace, analyzer: Callable[[], Analyzer]
) -> Iterator[Sequence[IndexKeeper]]:
    """The keepers of what a cluster has beside the index, to be started; none for an index in the folder.

    `analyzer` gives the one that the index is made with. One process on the folder does it for all.
    """
    if isinstance(place, DataFolder):
        yield ()
        return
    supply = Supply(folder, place, analyzer, partial(copy_articles, folder, place))
    with closing(Elected(folder.supply_lock, supply.tend)) as elected:
        yield (IndexKeeper(elected.tend, work=SUPPLYING),)


@contextmanager
def open_indexer_supply(
    folder: DataFolder, place: IndexPlace, analyzer: Callable[[], Analyzer]
) -> Iterator[Sequence[IndexKeeper]]:
    """The same beside a process that only indexes, with what makes suggestions where there is no server."""
    with open_supply(folder, place, analyzer) as supplying:
        if not supplying:
            yield ()
            return
        with closing(VocabularyUpkeep(folder, place, lambda: analyzer().version)) as vocabulary:
            yield (*supplying, IndexKeeper(vocabulary.tend, work=WORK))

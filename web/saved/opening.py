"""Opens the saved searches of a data folder and puts their parts together."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from index.regions.resolve import RegionResolver
from index.saved_searches.store import SavedSearches
from web.saved.alerts import Alerts
from web.saved.delivery import NewsDelivery
from web.saved.drafts import DraftReader
from web.saved.horizon import Horizon
from web.saved.mode import SavedMode
from web.saved.news import NewsFinder
from web.saved.service import SavedSearchService
from web.saved.webhooks.posting import Poster
from web.saved.webhooks.target import PUBLIC_ONLY
from web.serving.searching import Searching


@dataclass(frozen=True, slots=True)
class OpenedSaved:
    """What owners do with saved searches, and what tells their webhooks; that is to be tended in any case,
    since it also takes note of the states of the index."""

    service: SavedSearchService
    alerts: Alerts


@contextmanager
def open_saved(
    folder: DataFolder, searching: Searching, regions: RegionResolver, mode: SavedMode
) -> Iterator[OpenedSaved | None]:
    """The saved searches of a folder that is served, closed at the end; None where they are switched off.

    Raises CorpusMissing, SavedSearchesTooNew, CorpusUnavailable and CorpusDamaged.
    """
    if mode is SavedMode.OFF:
        yield None
        return
    with CorpusReader.open(folder) as articles, closing(SavedSearches.open(folder)) as store:
        horizon = Horizon(folder.lock, articles, searching)
        news = NewsFinder(searching, horizon, regions)
        rules = PUBLIC_ONLY if mode is SavedMode.ON else None
        alerts = Alerts(
            store=store,
            news=news,
            horizon=horizon,
            poster=None if rules is None else Poster(rules=rules),
            delivery=NewsDelivery(regions.regions),
            lock=folder.alerts_lock,
        )
        yield OpenedSaved(SavedSearchService(store, news, DraftReader(regions, rules)), alerts)

"""A data folder with articles that come in at given times, and an application that saves searches."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from starlette.testclient import TestClient

from index.analysis.analyzer import Analyzer
from index.article import Article
from index.corpus import writer as writer_module
from index.corpus.reader import CorpusReader
from index.corpus.writer import CorpusWriter
from index.data_folder import DataFolder
from index.engine_settings import IN_FOLDER, EngineSettings
from index.saved_searches.store import SavedSearches
from index.text.repair import Repairer
from index.upkeep import Upkeep
from index.writer_lock import WriterLock
from search.ranking import TUNED
from search.rules.query_rules import QueryRules
from search.service import SearchService
from tests.both_engines import prompt_engine_at
from tests.index.corpus.samples import ORIGINAL, numbered
from tests.web.known_regions import REGIONS
from tests.web.saved.receiver import LOCAL
from web.app import create_app
from web.http.admin_token import AdminToken
from web.http.bearer import BearerCheck
from web.saved.alerts import Alerts
from web.saved.delivery import NewsDelivery
from web.saved.drafts import DraftReader
from web.saved.horizon import Horizon
from web.saved.mounting import SavedParts
from web.saved.news import NewsFinder
from web.saved.owner import TokenOwner
from web.saved.service import SavedSearchService
from web.saved.webhooks.posting import Poster
from web.saved.webhooks.target import WebhookRules
from web.serving.opening import open_index, prepare, rules_of
from web.settings import WebSettings

TOKEN: Final = "a-token-of-a-test"  # noqa: S105 - of a test
BASE: Final = "/api/v1/saved-searches"
NOON: Final = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
TOO_COMPLEX: Final = "q=" + "+".join(f"字{number}" for number in range(70))
SUBSIDY: Final[Mapping[str, object]] = {"name": "补贴", "query": "q=补贴"}


@dataclass(slots=True)
class Clock:
    """What time it is for everything in these tests; the fractions of seconds are part of it."""

    moment: datetime = NOON

    def __call__(self) -> datetime:
        return self.moment

    def pass_(self, **time: float) -> None:
        self.moment += timedelta(**time)


def about_subsidies(number: int) -> Article:
    return numbered(number, "发放稳岗补贴的通知。")


@dataclass(frozen=True, slots=True)
class Kit:
    """What costs a second to load and never changes."""

    analyzer: Analyzer
    repairer: Repairer
    rules: QueryRules

    @classmethod
    def load(cls, analyzer: Analyzer) -> "Kit":
        rules = rules_of(DataFolder(Path("no-such-folder")), analyzer.folding)
        return cls(analyzer, Repairer.load(analyzer.folding), rules)


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that a test needs; `alerts` sends to this machine alone."""

    folder: DataFolder
    clock: Clock
    upkeep: Upkeep
    searching: SearchService
    store: SavedSearches
    horizon: Horizon
    service: SavedSearchService
    alerts: Alerts
    check: BearerCheck
    client: TestClient

    def put(self, *articles: Article) -> None:
        """Store articles in one batch, now; they are not indexed."""
        with self.storing() as writer:
            for article in articles:
                writer.put(article, ORIGINAL)
            writer.commit()

    @contextmanager
    def storing(self) -> Iterator[CorpusWriter]:
        with WriterLock(self.folder.lock), CorpusWriter.open(self.folder) as writer:
            yield writer

    def index(self) -> None:
        self.upkeep.catch_up(lambda _: None)

    def come_in(self, *articles: Article) -> None:
        """Store and index articles, and let a second pass."""
        self.put(*articles)
        self.index()
        self.clock.pass_(seconds=1)

    def call(self, method: str, path: str = "", /, **options: Any) -> Any:
        """The answer to whoever has the token."""
        headers = {"Authorization": f"Bearer {TOKEN}", **options.pop("headers", {})}
        return self.client.request(method, BASE + path, headers=headers, **options)

    def save(self, **fields: object) -> dict[str, Any]:
        """A saved search of subsidies, as it is answered."""
        answer = self.call("POST", json={**SUBSIDY, **fields})
        assert answer.status_code == 201, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def new(self, search_id: str, **asked: object) -> dict[str, Any]:
        answer = self.call("GET", f"/{search_id}/new", params=asked)
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def rewrite(self, search_id: str, column: str, value: object) -> None:
        """Change what is kept of a search, as another version of this program would have written it."""
        with closing(sqlite3.connect(self.folder.saved_searches)) as connection:
            connection.execute(
                f"UPDATE saved_search SET {column} = ? WHERE id = ?",  # noqa: S608 - a test's own name
                (value, search_id),
            )
            connection.commit()

    def forget_wrong_tokens(self) -> None:
        self.check._wrong.clear()

    def tend(self) -> None:
        self.alerts.tend(lambda: False)

    def with_poster(self, **changes: Any) -> "Desk":
        assert self.alerts.poster is not None
        return replace(self, alerts=replace(self.alerts, poster=replace(self.alerts.poster, **changes)))


@contextmanager
def open_desk(
    root: Path,
    kit: Kit,
    clock: Clock,
    *,
    rules: WebhookRules | None = LOCAL,
    settings: WebSettings | None = None,
    engine: EngineSettings = IN_FOLDER,
) -> Iterator[Desk]:
    folder = DataFolder(root)
    prepare(folder)
    with ExitStack() as stack:
        stack.enter_context(_time_of_storing(clock))
        place = stack.enter_context(open_index(folder, engine))
        upkeep = Upkeep.of(folder, kit.analyzer, place)
        upkeep.catch_up(lambda _: None)
        articles = stack.enter_context(CorpusReader.open(folder))
        reader = stack.enter_context(closing(prompt_engine_at(place, kit.analyzer.version, TUNED)))
        searching = SearchService(
            reader, articles, kit.analyzer, TUNED, kit.repairer, regions=REGIONS, rules=kit.rules
        )
        store = stack.enter_context(closing(SavedSearches.open(folder)))
        horizon = Horizon(folder.lock, articles, searching, clock)
        news = NewsFinder(searching, horizon, REGIONS)
        service = SavedSearchService(store, news, DraftReader(REGIONS, rules), clock)
        token = AdminToken.of(TOKEN)
        check = BearerCheck(token)
        parts = SavedParts(service, TokenOwner(token, check))
        app = create_app(searching, settings or WebSettings(), REGIONS, saved=parts)
        alerts = Alerts(
            store=store,
            news=news,
            horizon=horizon,
            poster=Poster(rules=LOCAL, resolver=lambda _host, _port: ["127.0.0.1"]),
            delivery=NewsDelivery(REGIONS.regions),
            lock=folder.alerts_lock,
            clock=clock,
        )
        client = stack.enter_context(TestClient(app, follow_redirects=False))
        yield Desk(folder, clock, upkeep, searching, store, horizon, service, alerts, check, client)


@contextmanager
def _time_of_storing(clock: Callable[[], datetime]) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writer_module, "_now", lambda: clock().isoformat())
        yield


def ids(news: Mapping[str, Any]) -> list[str]:
    return [hit["id"] for hit in news["results"]]


def decoded(body: bytes) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(body)
    return told

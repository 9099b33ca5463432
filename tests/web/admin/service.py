"""A whole server on a data folder of its own, without a port, and a client that shows its token."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from starlette.testclient import TestClient

from index.analysis.analyzer import Analyzer
from index.composing import load_row_work, load_sparing_work
from index.data_folder import DataFolder
from index.engine_settings import IN_FOLDER, EngineSettings
from search.query_log.files import Retention
from tests.composing import ComposingHere
from tests.web.known_regions import REGIONS
from web.admin.door import WAIT_S
from web.admin.live import Follower
from web.admin.opening import AdminParts, open_admin
from web.admin.storing import Composings
from web.app import create_app
from web.http.admin_token import AdminToken
from web.http.bearer import BearerCheck
from web.serving.keeper import IndexKeeper, KeptService
from web.serving.opening import open_index, open_live, prepare
from web.settings import WebSettings

TOKEN = "correct-horse-battery"  # noqa: S105  # of the tests alone
AUTHORIZATION = {"Authorization": f"Bearer {TOKEN}"}
ADMIN = "/api/v1/admin/"
NDJSON = {"Content-Type": "application/x-ndjson"}
JSON = {"Content-Type": "application/json"}
CSV = {"Content-Type": "text/csv"}
TEXT = {"Content-Type": "text/plain"}
NOTHING: Mapping[str, str] = {}
OFF = Retention(days=0, size=1_000_000)


def composing_here() -> Composings:
    """Composes in this process: starting others takes a second each time."""
    return Composings(repairing=ComposingHere(load_row_work()), sparing=ComposingHere(load_sparing_work()))


@dataclass(frozen=True, slots=True)
class Service:
    """A running server: its folder, and a client to it. Paths are those below the prefix."""

    folder: DataFolder
    client: TestClient

    def post(
        self, path: str, content: bytes | str = b"", headers: Mapping[str, str] = NOTHING, /, **query: str
    ) -> Any:
        return self.client.post(
            ADMIN + path, content=content, headers=AUTHORIZATION | dict(headers), params=query
        )

    def get(self, path: str, **query: str) -> Any:
        return self.client.get(ADMIN + path, headers=AUTHORIZATION, params=query)

    def put(self, path: str, content: bytes | str) -> Any:
        return self.client.put(ADMIN + path, content=content, headers=AUTHORIZATION | JSON)

    def delete(self, path: str) -> Any:
        return self.client.delete(ADMIN + path, headers=AUTHORIZATION)

    def send(self, *records: Mapping[str, object], **query: str) -> Any:
        """A batch of JSON lines."""
        return self.post("articles", lines(*records), NDJSON, **query)

    def found(self, **query: str) -> set[str]:
        """The ids of what a search finds."""
        answer = self.client.get("/api/v1/search", params={"collapse": "none", "per_page": "100"} | query)
        assert answer.status_code == 200, answer.text
        return {hit["id"] for hit in answer.json()["results"]}


@contextmanager
def running(
    folder: DataFolder,
    analyzer: Analyzer,
    composings: Composings,
    *,
    retention: Retention = OFF,
    wait_s: float = WAIT_S,
    engine: EngineSettings = IN_FOLDER,
) -> Iterator[Service]:
    """A server on the folder, which is made where it is missing."""
    prepare(folder)
    with open_index(folder, engine) as place, open_live(folder, analyzer, place=place) as live:
        keeper = IndexKeeper(live.tend, interval_s=0.2)
        parts = AdminParts(
            folder=folder,
            place=place,
            follower=Follower(live, keeper.wake, lambda: keeper.failure),
            regions=REGIONS,
            composings=composings,
            retention=retention,
        )
        with open_admin(parts, BearerCheck(AdminToken.of(TOKEN)), wait_s) as admin:
            app = create_app(KeptService(live, keeper), WebSettings(), REGIONS, private=admin)
            keeper.start()
            try:
                with TestClient(app, follow_redirects=False) as client:
                    yield Service(folder, client)
            finally:
                keeper.stop()


def lines(*records: Mapping[str, object]) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def record(article_id: str, text: str = "招商引资的新办法。", **values: object) -> dict[str, object]:
    return {"id": article_id, "title": f"第{article_id}号", "text": text, **values}

"""Every error that an endpoint of the admin interface is said to answer with can be brought about."""

import errno
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import pytest
from starlette.testclient import TestClient

from index.analysis.analyzer import Analyzer
from index.article_reader import CorpusStats
from index.data_folder import DataFolder
from index.errors import PolicySearchError
from index.writer_lock import WriterLock
from search.errors import IndexUnavailable, SearchTimeout, WildcardTooBroad
from search.request import SearchRequest
from search.results import Readiness, SearchResult
from tests.web.admin.service import ADMIN, AUTHORIZATION, JSON, NDJSON, OFF, TEXT, Service, record, running
from tests.web.known_regions import REGIONS
from web.admin import opening, rule_files
from web.admin.endpoints import (
    ADMIN_ENDPOINTS,
    DELETE,
    DELETE_FOUND,
    DOOR_ERRORS,
    GENERATIONS,
    JOB_STATE,
    PUT,
    REBUILD,
    RELOAD_SYNONYMS,
    RELOAD_WORDS,
    ROLLBACK,
    TAKE_IN,
    ZERO_HITS,
    AdminEndpoint,
)
from web.admin.jobs import MOST_RUNNING
from web.admin.live import FAILING_S, Follower
from web.admin.opening import AdminParts, open_admin
from web.admin.storing import Composings
from web.app import create_app
from web.http.admin_token import AdminToken
from web.http.bearer import BearerCheck
from web.http.limits import MAX_BATCH, MAX_WRONG
from web.openapi.problems import documented_status
from web.serving.live_search import LiveSearch, TakenUp
from web.serving.opening import open_live, prepare
from web.settings import WebSettings

THERE: Final = "there-1"
"""The id of the one article that there is."""
ARTICLE: Final = json.dumps({"title": "新的", "text": "新的一篇"}).encode()
WRONG: Final = {"Authorization": "Bearer wrong"}
BY_WRONG_TOKENS: Final = frozenset({"forbidden", "too-many-attempts"})
"""Of every endpoint alike (`test_door`); tried at one, since few wrong tokens lock a client out."""
FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request to an endpoint, about the article that there is."""

    endpoint: AdminEndpoint
    query: str = ""
    content: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    def of(self, client: TestClient, **changes: Any) -> Any:
        given: dict[str, Any] = {"query": self.query, "content": self.content, "headers": self.headers}
        given |= {"method": self.endpoint.method, "shown": AUTHORIZATION, **changes}
        path = self.endpoint.path.replace("{id}", THERE)
        return client.request(
            given["method"],
            f"{ADMIN}{path}?{given['query']}",
            content=given["content"],
            headers={**given["shown"], **given["headers"]},
        )

    def told(self, client: TestClient, **changes: Any) -> str:
        """The kind of the problem that comes back, whose status is the documented one."""
        answer = self.of(client, **changes)
        kind = str(answer.json()["type"]).removeprefix("/problems/")
        assert answer.status_code == documented_status(kind)
        return kind


FINE: Final = (
    Asked(endpoint=TAKE_IN, content=ARTICLE + b"\n", headers=NDJSON),
    Asked(endpoint=PUT, content=ARTICLE, headers=JSON),
    Asked(endpoint=DELETE),
    Asked(endpoint=DELETE_FOUND, query="q=%E7%A8%B3%E5%B2%97&confirm=1"),
    Asked(endpoint=RELOAD_WORDS, content="稳岗补贴\n".encode(), headers=TEXT),
    Asked(endpoint=RELOAD_SYNONYMS, content="稳岗, 留工\n".encode(), headers=TEXT),
    Asked(endpoint=REBUILD),
    Asked(endpoint=ROLLBACK, query="generation=1.1"),
    Asked(endpoint=GENERATIONS),
    Asked(endpoint=JOB_STATE),
    Asked(endpoint=ZERO_HITS),
)
"""What would be done, if nothing were in its way."""

CHANGES: Final[Mapping[str, Mapping[str, Any]]] = MappingProxyType(
    {
        "token-needed": {"shown": {}},
        "method-not-allowed": {"method": "PATCH"},
        "unknown-parameter": {"query": "nosuch=1"},
        "invalid-parameter": {"query": "lang=xx"},
        "repeated-parameter": {"query": "lang=en&lang=zh"},
        "malformed-request": {"headers": TEXT | {"Content-Length": "many"}},
        "invalid-body": {"content": b"no gzip", "headers": TEXT | {"Content-Encoding": "gzip"}},
        "batch-too-large": {"headers": TEXT | {"Content-Length": str(MAX_BATCH + 1)}},
        "unsupported-content": {"headers": {"Content-Type": "application/zip"}},
        "invalid-key": {"headers": NDJSON | {"Idempotency-Key": "a b"}},
        "id-mismatch": {"content": b'{"id": "another", "title": "a"}'},
        "conflicting-parameters": {"query": "signed_after=2025&signed_before=2024"},
        "query-too-long": {"query": f"q={'a' * 513}"},
        "query-too-complex": {"query": "q=" + "+".join(f"a{number}" for number in range(70))},
        "query-syntax": {"query": "q=%22a"},
        "unknown-field": {"query": "q=nosuch:a"},
        "unknown-region": {"query": "region=nowhere"},
        "ambiguous-region": {"query": "region=%E9%BC%93%E6%A5%BC%E5%8C%BA"},
        "count-changed": {"query": "confirm=7"},
        "body-too-large": {"headers": FORM | {"Content-Length": "131073"}},
        "unsupported-media-type": {"content": b"{}", "headers": JSON},
        "user-words-invalid": {"content": b"a\n\xff"},
        "synonyms-invalid": {"content": b"a => b => c"},
        "text-too-long": {"query": f"reason={'a' * 201}"},
        "generation-not-found": {"query": "generation=9.9"},
        "job-not-found": {},
        "query-log-off": {},
    }
)
"""What is asked otherwise."""
OF_ARTICLES: Final = frozenset({"malformed-request", "invalid-body", "batch-too-large"})
"""Of these, what has to be sent as articles where these are asked for."""

FAILURES: Final[Mapping[str, PolicySearchError]] = MappingProxyType(
    {
        "wildcard-too-broad": WildcardTooBroad("a*", (0, 2)),
        "index-unavailable": IndexUnavailable("m"),
        "timeout": SearchTimeout("m"),
    }
)
"""What the search raises."""


@dataclass(frozen=True, slots=True)
class FailingSide:
    """A searching side whose searches fail."""

    side: LiveSearch
    failure: PolicySearchError

    def readiness(self) -> Readiness:
        return self.side.readiness()

    def taken_up(self) -> TakenUp:
        return self.side.taken_up()

    def stats(self) -> CorpusStats:
        return self.side.stats()

    def walk(self, _request: SearchRequest) -> Iterator[SearchResult]:
        raise self.failure


@dataclass(frozen=True, slots=True)
class Stage:
    """Makes servers on folders of their own, with one article."""

    root: Path
    analyzer: Analyzer
    composings: Composings

    @contextmanager
    def served(self) -> Iterator[Service]:
        """A whole server."""
        with running(DataFolder(self._folder()), self.analyzer, self.composings) as service:
            service.send(record(THERE, "稳岗补贴"))
            yield service

    @contextmanager
    def stuck(self, failure: PolicySearchError | None = None) -> Iterator[TestClient]:
        """A server whose index is no longer kept up to date; with a failure, its searches fail too."""
        root = self._folder()
        with running(DataFolder(root), self.analyzer, self.composings) as service:
            service.send(record(THERE, "稳岗补贴"))
        folder, ticks = DataFolder(root), count(step=FAILING_S)
        prepare(folder)
        with ExitStack() as stack:
            live = stack.enter_context(open_live(folder, self.analyzer))
            live.tend(lambda: False)
            side = live if failure is None else FailingSide(live, failure)
            follower = Follower(side, lambda: None, lambda: "out of order", clock=lambda: next(ticks))
            parts = AdminParts(
                place=folder,
                folder=folder,
                follower=follower,
                regions=REGIONS,
                composings=self.composings,
                retention=OFF,
            )
            check = BearerCheck(AdminToken.of("correct-horse-battery"))
            admin = stack.enter_context(open_admin(parts, check, 30.0))
            app = create_app(live, WebSettings(), REGIONS, private=admin)
            yield stack.enter_context(TestClient(app, follow_redirects=False))

    def _folder(self) -> Path:
        made = len(list(self.root.iterdir()))
        return self.root / str(made)


@pytest.fixture
def stage(tmp_path: Path, analyzer: Analyzer, composings: Composings) -> Stage:
    return Stage(tmp_path, analyzer, composings)


def forbidden(stage: Stage, fine: Asked, _patch: pytest.MonkeyPatch) -> str:
    with stage.served() as service:
        return fine.told(service.client, shown=WRONG)


def too_many_attempts(stage: Stage, fine: Asked, _patch: pytest.MonkeyPatch) -> str:
    with stage.served() as service:
        for _ in range(MAX_WRONG):
            fine.of(service.client, shown=WRONG)
        return fine.told(service.client)


def idempotency_conflict(stage: Stage, fine: Asked, _patch: pytest.MonkeyPatch) -> str:
    keyed = {**fine.headers, "Idempotency-Key": "k"}
    with stage.served() as service:
        fine.of(service.client, headers=keyed)
        return fine.told(service.client, headers=keyed, content=b'{"title": "another"}')


def generation_unusable(stage: Stage, fine: Asked, _patch: pytest.MonkeyPatch) -> str:
    with stage.served() as service:
        service.post("dictionary/reload", "稳岗补贴\n", TEXT)
        before = service.get("generations").json()["generations"][-1]["generation"]
        return fine.told(service.client, query=f"generation={before}")


def busy(stage: Stage, fine: Asked, _patch: pytest.MonkeyPatch) -> str:
    """As many are at work as may be, and wait for whoever has the lock of the index."""
    with stage.served() as service, WriterLock(service.folder.index_lock):
        for number in range(MOST_RUNNING):
            assert service.send(record(f"held-{number}"), wait="false").status_code == 202
        return fine.told(service.client)


def no_space(stage: Stage, fine: Asked, patch: pytest.MonkeyPatch) -> str:
    def full(path: Path, data: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    with stage.served() as service:
        root = service.folder.root
    patch.setattr(opening, "disk_room", lambda _: (0, 2**40))
    patch.setattr(rule_files, "write_atomic", full)
    with running(DataFolder(root), stage.analyzer, stage.composings) as service:
        return fine.told(service.client)


def not_taken_up(stage: Stage, fine: Asked, _patch: pytest.MonkeyPatch) -> str:
    with stage.stuck() as client:
        return fine.told(client)


SITUATIONS: Final[Mapping[str, Callable[[Stage, Asked, pytest.MonkeyPatch], str]]] = MappingProxyType(
    {
        "forbidden": forbidden,
        "too-many-attempts": too_many_attempts,
        "idempotency-conflict": idempotency_conflict,
        "generation-unusable": generation_unusable,
        "busy": busy,
        "no-space": no_space,
        "not-taken-up": not_taken_up,
    }
)

ALL = pytest.mark.parametrize("fine", FINE, ids=[one.endpoint.name for one in FINE])


@ALL
def test_every_error_that_is_asked_for_can_be_brought_about(service: Service, fine: Asked) -> None:
    service.send(record(THERE, "稳岗补贴"))
    for kind in (*DOOR_ERRORS, *fine.endpoint.errors):
        if kind in CHANGES:
            changes = CHANGES[kind]
            if kind in OF_ARTICLES and fine.endpoint in {TAKE_IN, PUT}:
                changes = {**changes, "headers": {**changes["headers"], **fine.headers}}
            assert fine.told(service.client, **changes) == kind


SITUATED = [
    pytest.param(kind, fine, id=f"{fine.endpoint.name} {kind}")
    for fine in FINE
    for kind in (*DOOR_ERRORS, *fine.endpoint.errors)
    if kind in SITUATIONS and (kind not in BY_WRONG_TOKENS or fine.endpoint is GENERATIONS)
]


@pytest.mark.slow  # a server for each, and some wait as long as for another writer
@pytest.mark.parametrize(("kind", "fine"), SITUATED)
def test_every_error_of_a_situation_can_be_brought_about(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, kind: str, fine: Asked
) -> None:
    assert SITUATIONS[kind](stage, fine, monkeypatch) == kind


@pytest.mark.slow
@pytest.mark.parametrize("kind", FAILURES)
def test_what_the_search_raises_is_told(stage: Stage, kind: str) -> None:
    assert kind in DELETE_FOUND.errors
    with stage.stuck(FAILURES[kind]) as client:
        assert Asked(endpoint=DELETE_FOUND).told(client) == kind


@pytest.mark.slow
@pytest.mark.parametrize(
    "fine",
    [one for one in FINE if one.endpoint not in {JOB_STATE, ZERO_HITS}],
    ids=lambda one: one.endpoint.name,
)
def test_without_what_brings_them_about_there_is_none(stage: Stage, fine: Asked) -> None:
    """The control of the tests above; the other two have nothing to tell there."""
    with stage.served() as service:
        live = service.get("generations").json()["generations"][0]["generation"]
        query = fine.query.replace("1.1", str(live))
        answer = fine.of(service.client, query=query)
        assert answer.status_code in fine.endpoint.statuses, answer.text


def test_every_kind_of_the_table_has_its_trial() -> None:
    tried = {*CHANGES, *FAILURES, *SITUATIONS}
    kinds = {kind for endpoint in ADMIN_ENDPOINTS for kind in endpoint.errors}
    assert kinds | set(DOOR_ERRORS) == tried
    assert {one.endpoint.name for one in FINE} == {endpoint.name for endpoint in ADMIN_ENDPOINTS}

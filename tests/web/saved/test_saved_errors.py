"""Every error that an endpoint of saved searches is said to answer with can be brought about."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from index.errors import PolicySearchError
from search.errors import IndexUnavailable, SearchTimeout, SnapshotGone, WildcardTooBroad
from tests.web.fake_service import FakeService
from tests.web.known_regions import REGIONS
from tests.web.saved.desk import BASE, SUBSIDY, TOKEN, TOO_COMPLEX, Desk
from tests.web.saved.receiver import LOCAL
from web.app import create_app
from web.errors import Overloaded
from web.http.admin_token import AdminToken
from web.http.limits import MAX_BODY, MAX_WRONG
from web.openapi.problems import documented_status
from web.saved.drafts import DraftReader
from web.saved.endpoints import FEED, NEWS, SAVED_ENDPOINTS, SavedEndpoint
from web.saved.mounting import SavedParts
from web.saved.news import NewsFinder
from web.saved.owner import TokenOwner
from web.saved.service import SavedSearchService
from web.settings import WebSettings

FAILURES: Final[Mapping[str, PolicySearchError]] = MappingProxyType(
    {
        "overloaded": Overloaded("m"),
        "index-unavailable": IndexUnavailable("m"),
        "timeout": SearchTimeout("m"),
        "wildcard-too-broad": WildcardTooBroad("a*", (0, 2)),
        "cursor-expired": SnapshotGone("m"),
    }
)
"""What the search raises."""

QUERIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "conflicting-parameters": "signed_after=2025&signed_before=2024",
        "unknown-region": "region=乌有",
        "ambiguous-region": "region=鼓楼区",
        "query-too-long": f"q={'字' * 513}",
        "query-too-complex": TOO_COMPLEX,
        "query-syntax": 'q="a&repair=false',
        "unknown-field": "q=nosuch:a&repair=false",
        "result-window": "page=10000&per_page=100",
        "invalid-cursor": f"cursor={'x' * 5_000}",
    }
)
"""What is to be saved."""

PARAMETERS: Final[Mapping[str, str]] = MappingProxyType(
    {"unknown-parameter": "nosuch=1", "invalid-parameter": "lang=xx", "repeated-parameter": "lang=en&lang=zh"}
)

JSON: Final = {"Content-Type": "application/json"}
BODIES: Final[Mapping[str, tuple[bytes, Mapping[str, str]]]] = MappingProxyType(
    {
        "malformed-request": (b"{}", JSON | {"Content-Length": "many"}),
        "invalid-json": (b"[]", JSON),
        "body-too-large": (b" " * (MAX_BODY + 1), JSON),
        "unsupported-content": (b"name=a", {"Content-Type": "application/x-www-form-urlencoded"}),
    }
)

DOORS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {"token-needed": {}, "forbidden": {"Authorization": "Bearer wrong"}}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request to an endpoint that would succeed, but for what a test changes in it."""

    endpoint: SavedEndpoint
    path: str
    query: str = ""
    json: Mapping[str, object] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def of(self, client: TestClient, **changes: Any) -> Any:
        options: dict[str, Any] = {"headers": dict(self.headers)}
        if self.json is not None:
            options["json"] = self.json
        if "content" in changes:
            del options["json"]
        query = changes.pop("query", self.query)
        method = changes.pop("method", self.endpoint.method)
        return client.request(method, f"{BASE}{self.path}?{query}", **(options | changes))

    def told(self, client: TestClient, **changes: Any) -> str:
        """The kind of the problem that comes back, whose status is the documented one."""
        answer = self.of(client, **changes)
        kind = str(answer.json()["type"]).removeprefix("/problems/")
        assert answer.status_code == documented_status(kind)
        return kind


def asked(endpoint: SavedEndpoint, desk: Desk) -> Asked:
    made = desk.save()
    headers = {"Authorization": f"Bearer {TOKEN}"} if endpoint.needs_token else {}
    if endpoint.is_of_a_version:
        headers["If-Match"] = "*"
    bodies: Mapping[str, Mapping[str, object]] = {"POST": SUBSIDY, "PATCH": {"query": "q=新补贴"}}
    return Asked(
        endpoint=endpoint,
        path=endpoint.path.replace("{id}", made["id"]),
        query=made["feed"].partition("?")[2] if endpoint is FEED else "",
        json=bodies.get(endpoint.method),
        headers=headers,
    )


@contextmanager
def failing(desk: Desk, failure: PolicySearchError) -> Iterator[TestClient]:
    """A client of an application with the same saved searches, where searching fails."""
    searching = FakeService(failure=failure)
    news = NewsFinder(searching, desk.horizon, REGIONS)
    service = SavedSearchService(desk.store, news, DraftReader(REGIONS, LOCAL), desk.clock)
    saved = SavedParts(service, TokenOwner(AdminToken.of(TOKEN), desk.check))
    with TestClient(create_app(searching, WebSettings(), REGIONS, saved=saved)) as client:
        yield client


def too_many_attempts(desk: Desk, fine: Asked) -> str:
    for _ in range(MAX_WRONG):
        fine.of(desk.client, headers=DOORS["forbidden"])
    return fine.told(desk.client)


def not_found(desk: Desk, fine: Asked) -> str:
    saved = fine.path.removesuffix("/new").removesuffix(".atom")
    return replace(fine, path=fine.path.replace(saved, "/nosuch")).told(desk.client)


def outdated(desk: Desk, fine: Asked) -> str:
    desk.rewrite(fine.path[1:17], "grammar", 99)
    return fine.told(desk.client)


def limit_reached(desk: Desk, fine: Asked) -> str:
    webhook = {"webhook": "http://localhost:9/"}
    for _ in range(5):
        desk.save(**webhook)
    return fine.told(desk.client, json={**(fine.json or {}), **webhook})


SITUATIONS: Final[Mapping[str, Callable[[Desk, Asked], str]]] = MappingProxyType(
    {
        "too-many-attempts": too_many_attempts,
        "method-not-allowed": lambda desk, fine: fine.told(desk.client, method="PUT"),
        "saved-search-not-found": not_found,
        "saved-search-outdated": outdated,
        "limit-reached": limit_reached,
        "precondition-required": lambda desk, fine: fine.told(
            desk.client, headers={"Authorization": f"Bearer {TOKEN}"}
        ),
        "precondition-failed": lambda desk, fine: fine.told(
            desk.client, headers={**fine.headers, "If-Match": '"7"'}
        ),
    }
)


def brought_about(kind: str, desk: Desk, fine: Asked) -> str:
    """What the endpoint answers where an error of this kind is due."""
    if kind in FAILURES:
        # A search that goes on with a page is one whose state can be gone.
        cursor = "cursor=2026-11-28T12:00:00Z~behind-1" if kind == "cursor-expired" else fine.query
        with failing(desk, FAILURES[kind]) as client:
            return fine.told(client, query=cursor)
    if kind in QUERIES and fine.endpoint is not NEWS:
        return fine.told(desk.client, json={**(fine.json or {}), "query": QUERIES[kind]})
    if kind in QUERIES:
        return fine.told(desk.client, query=quote(QUERIES[kind], safe="=&"))
    if kind in PARAMETERS:
        return fine.told(desk.client, query=PARAMETERS[kind])
    if kind in BODIES:
        content, headers = BODIES[kind]
        return fine.told(desk.client, content=content, headers={**fine.headers, **headers})
    if kind in DOORS:
        return fine.told(desk.client, headers=DOORS[kind])
    return SITUATIONS[kind](desk, fine)


@pytest.mark.parametrize("endpoint", SAVED_ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_every_error_of_the_table_can_be_brought_about(desk: Desk, endpoint: SavedEndpoint) -> None:
    for kind in endpoint.errors:
        fine = asked(endpoint, desk)
        assert brought_about(kind, desk, fine) == kind
        desk.forget_wrong_tokens()
        for watched in desk.service.page(desk_owner(), 0, 100).searches:
            desk.service.remove(desk_owner(), watched.search.id, watched.search.version)


@pytest.mark.parametrize("endpoint", SAVED_ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_without_what_brings_them_about_there_is_none(desk: Desk, endpoint: SavedEndpoint) -> None:
    """The control of the test above."""
    answer = asked(endpoint, desk).of(desk.client)
    assert answer.status_code == endpoint.statuses[0], answer.text


def desk_owner() -> str:
    return AdminToken.of(TOKEN).fingerprint


def test_every_kind_of_the_table_has_its_trial() -> None:
    tried = {*FAILURES, *QUERIES, *PARAMETERS, *BODIES, *DOORS, *SITUATIONS}
    assert {kind for endpoint in SAVED_ENDPOINTS for kind in endpoint.errors} == tried

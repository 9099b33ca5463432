"""Who may enter, and what no answer of the admin interface does."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from index.analysis.analyzer import Analyzer
from index.data_folder import DataFolder
from tests.web.admin.service import ADMIN, AUTHORIZATION, Service, running
from tests.web.fake_service import FakeService
from tests.web.known_regions import REGIONS
from web.admin.endpoints import ADMIN_ENDPOINTS, DOOR_ERRORS, AdminEndpoint
from web.admin.storing import Composings
from web.app import create_app
from web.http.limits import MAX_WRONG
from web.http.problems import problem_kinds
from web.settings import WebSettings
from web.texts.text import Language

ENDPOINTS = tuple((one.method, one.path.replace("{id}", "a1")) for one in ADMIN_ENDPOINTS)
endpoints = pytest.mark.parametrize(("method", "path"), ENDPOINTS, ids=[" ".join(one) for one in ENDPOINTS])


@pytest.fixture(scope="module")
def closed() -> Iterator[TestClient]:
    """A server that has no token."""
    with TestClient(create_app(FakeService(), WebSettings(), REGIONS)) as client:
        yield client


@endpoints
def test_without_a_token_of_the_server_there_is_nothing(closed: TestClient, method: str, path: str) -> None:
    answer = closed.request(method, ADMIN + path, headers=AUTHORIZATION)
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")


@endpoints
def test_a_token_is_needed(service: Service, method: str, path: str) -> None:
    answer = service.client.request(method, ADMIN + path)
    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/token-needed")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_wrong_token_is_refused_everywhere_and_whoever_guesses_is_slowed_down(
    tmp_path: Path, analyzer: Analyzer, composings: Composings
) -> None:
    wrong = {"Authorization": "Bearer wrong"}
    with running(DataFolder(tmp_path / "data"), analyzer, composings) as service:
        refusals = [
            service.client.request(method, ADMIN + path, headers=wrong)
            for method, path in ENDPOINTS[:MAX_WRONG]
        ]
        refused = service.client.get(f"{ADMIN}generations", headers=AUTHORIZATION)
        assert service.client.get("/healthz").status_code == 200
    for refusal in refusals:
        assert (refusal.status_code, refusal.json()["type"]) == (403, "/problems/forbidden")
        assert "WWW-Authenticate" not in refusal.headers
    assert (refused.status_code, refused.json()["type"]) == (429, "/problems/too-many-attempts")
    assert 1 <= int(refused.headers["Retry-After"]) <= 60


@endpoints
def test_nothing_is_kept_by_a_cache_or_read_by_another_site(service: Service, method: str, path: str) -> None:
    for headers in (AUTHORIZATION, {}):
        answer = service.client.request(
            method, ADMIN + path, headers=headers | {"Origin": "https://elsewhere.example"}
        )
        assert answer.headers["Cache-Control"] == "no-store"
        assert "ETag" not in answer.headers
        assert not [name for name in answer.headers if name.startswith("access-control-")]
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@endpoints
def test_other_sites_get_no_leave_to_ask(service: Service, method: str, path: str) -> None:
    answer = service.client.options(
        ADMIN + path,
        headers={"Origin": "https://elsewhere.example", "Access-Control-Request-Method": method},
    )
    assert answer.status_code == 405
    assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_other_methods_are_told_which_there_are(service: Service) -> None:
    answer = service.client.get(f"{ADMIN}articles", headers=AUTHORIZATION)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


@pytest.mark.parametrize(
    ("lang", "title"), [("zh", "需要令牌"), ("zh-Hant", "需要權杖"), ("en", "A token is needed")]
)
def test_errors_speak_the_language_that_was_asked_for(service: Service, lang: str, title: str) -> None:
    assert service.client.get(f"{ADMIN}generations", params={"lang": lang}).json()["title"] == title


@endpoints
def test_unknown_parameters_are_named(service: Service, method: str, path: str) -> None:
    answer = service.client.request(method, ADMIN + path, params={"nosuch": "1"}, headers=AUTHORIZATION)
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/unknown-parameter")
    assert answer.json()["errors"][0]["parameter"] == "nosuch"


def test_all_that_is_described_is_routed_and_nothing_else(service: Service) -> None:
    app = service.client.app
    assert isinstance(app, Starlette)
    routed = {
        (method, route.path)
        for route in app.routes
        if isinstance(route, Route) and route.path.startswith(ADMIN)
        for method in route.methods or ()
        if method != "HEAD"
    }
    assert routed == {(one.method, one.address) for one in ADMIN_ENDPOINTS}


@pytest.mark.parametrize("endpoint", ADMIN_ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_an_endpoint_describes_what_there_is(endpoint: AdminEndpoint) -> None:
    errors = (*DOOR_ERRORS, *endpoint.errors)
    assert set(errors) <= set(problem_kinds())
    assert len(set(errors)) == len(errors)
    assert all(200 <= status < 300 for status in endpoint.statuses)
    assert (endpoint.answer is None) == (endpoint.statuses[0] == 204)
    if endpoint.answer is not None:
        assert msgspec.json.schema(endpoint.answer)
    assert all(endpoint.summary.of(language) for language in Language)
    assert len({parameter.name for parameter in endpoint.parameters}) == len(endpoint.parameters)

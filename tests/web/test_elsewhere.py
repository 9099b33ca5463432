"""Where changes and saved searches live elsewhere, their addresses say so, and no others do."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tests.web.fake_service import FakeService
from tests.web.known_regions import REGIONS
from web.admin.endpoints import ADMIN_ENDPOINTS
from web.app import create_app
from web.http.elsewhere import elsewhere_routes
from web.saved.endpoints import SAVED_ENDPOINTS
from web.settings import WebSettings

ENDPOINTS = [(one.method, one.address) for one in (*ADMIN_ENDPOINTS, *SAVED_ENDPOINTS)]


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(create_app(FakeService(), WebSettings(), REGIONS, private=elsewhere_routes())) as client:
        yield client


@pytest.mark.parametrize(
    ("method", "path"), [*ENDPOINTS, ("GET", "/api/v1/admin"), ("GET", "/api/v1/admin/none/of/it")]
)
def test_an_endpoint_says_where_it_is(client: TestClient, method: str, path: str) -> None:
    answer = client.request(method, path.replace("{id}", "a1"), headers={"Accept-Language": "en"})
    assert answer.status_code == 501
    assert answer.json()["type"] == "/problems/served-elsewhere"
    assert "on the machine that takes in the articles" in answer.json()["detail"]
    assert answer.headers["Cache-Control"] == "no-store"
    # It does not pass by itself.
    assert "Retry-After" not in answer.headers


@pytest.mark.parametrize(("method", "path"), [("GET", "/saved"), ("POST", "/saved/sign-in")])
def test_a_page_says_so_to_people(client: TestClient, method: str, path: str) -> None:
    answer = client.request(method, path, headers={"Accept-Language": "en"})
    assert answer.status_code == 501
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "on the machine that takes in the articles" in answer.text


@pytest.mark.parametrize("path", ["/savedsearches", "/api/v1/administration", "/api/v1/saved-searches-too"])
def test_other_addresses_are_none(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_problem_has_a_page(client: TestClient) -> None:
    assert client.get("/problems/served-elsewhere").status_code == 200

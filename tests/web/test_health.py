from starlette.testclient import TestClient

from search.errors import IndexUnavailable
from tests.web.conftest import ClientFactory
from tests.web.fake_service import FakeService


def test_a_process_that_lives_says_so(client_of: ClientFactory) -> None:
    answer = client_of(FakeService(failure=IndexUnavailable("m"))).get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_a_service_that_can_search_is_ready(client: TestClient) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "generation": "3.118", "sequence": 118, "lag": 2, "reasons": []}


def test_a_service_that_cannot_search_says_why(client_of: ClientFactory) -> None:
    answer = client_of(FakeService(reasons=("no generation is open",))).get("/readyz")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json()["reasons"] == ["no generation is open"]

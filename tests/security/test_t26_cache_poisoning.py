"""T26: what is kept for one reader is what the next one asked for, whatever headers the first one sent."""

import itertools

import pytest
from starlette.testclient import TestClient

from search.request import SearchRequest
from search.results import SearchResult
from tests.web.fake_service import FakeService
from tests.web.known_regions import REGIONS
from web.app import create_app
from web.settings import WebSettings

PAIRS = ("q=科技", "per_page=5", "sort=newest", "repair=false")
UNKEYED = {
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Scheme": "http",
    "X-Original-URL": "/evil",
    "X-Rewrite-URL": "/evil",
    "X-HTTP-Method-Override": "POST",
    "Forwarded": "host=evil.example",
    "Origin": "https://evil.example",
    "Referer": "https://evil.example/",
    "User-Agent": "<script>evil</script>",
    "Range": "bytes=0-1",
    "X-Forwarded-Port": "666",
}
PERMUTATIONS = ["&".join(pairs) for pairs in itertools.permutations(PAIRS)]


@pytest.fixture(scope="module")
def shared() -> TestClient:
    return client_of(FakeService())


def client_of(service: FakeService) -> TestClient:
    return TestClient(create_app(service, WebSettings(), REGIONS))


class Counting(FakeService):
    """Counts the searches that reach it."""

    def __init__(self) -> None:
        super().__init__()
        self.searches = 0

    def search(self, request: SearchRequest) -> SearchResult:
        self.searches += 1
        return super().search(request)


def test_the_order_of_parameters_makes_one_answer() -> None:
    service = Counting()
    client = client_of(service)
    answers = [client.get(f"/api/v1/search?{query}") for query in PERMUTATIONS]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.headers["ETag"] for answer in answers}) == 1
    assert service.searches == 1


def test_another_value_makes_another_answer() -> None:
    """The control: an answer for everybody would pass the test before."""
    service = Counting()
    client = client_of(service)
    tags = {client.get(f"/api/v1/search?q={q}").headers["ETag"] for q in ("科技", "创新", "科技 创新")}
    assert len(tags) == 3
    assert service.searches == 3


@pytest.mark.parametrize(
    "query", ["q=a&utm_source=b", "q=a&q=b", "q=a&cb=1", "Q=a", "q=a&per_page=5&per_page=6"]
)
def test_what_does_not_count_is_refused(shared: TestClient, query: str) -> None:
    """A parameter that nobody reads would make as many entries as there are values of it."""
    answer = shared.get(f"/api/v1/search?{query}")
    assert answer.status_code == 400
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/search?q=科技", "/api/v1/search?q=科技", "/", "/articles/a1", "/help"])
@pytest.mark.parametrize("name", UNKEYED)
def test_a_header_that_is_no_part_of_the_key_changes_nothing(path: str, name: str) -> None:
    client = client_of(FakeService())
    before, poisoned, after = (
        client.get(path, headers=headers) for headers in ({}, {name: UNKEYED[name]}, {})
    )
    assert poisoned.status_code == before.status_code == after.status_code
    assert poisoned.headers.get("ETag") == before.headers.get("ETag") == after.headers.get("ETag")
    assert "evil" not in poisoned.text
    assert "evil" not in after.text


def test_what_pages_depend_on_is_told_to_caches(shared: TestClient) -> None:
    answer = shared.get("/search?q=科技")
    assert answer.headers["Vary"] == "Accept, Accept-Language, Cookie"
    assert answer.headers["Cache-Control"] == "no-cache"
    english = shared.get("/search?q=科技", headers={"Accept-Language": "en"})
    assert english.headers["ETag"] != answer.headers["ETag"]

"""Every answer carries the headers, whatever made it."""

import re

import pytest
from starlette.testclient import TestClient

from search.errors import IndexUnavailable
from tests.web.conftest import ClientFactory
from tests.web.fake_service import FakeService
from tests.web.markup import parse_page
from web.http.headers import DATA_POLICY, PAGE_POLICY
from web.http.limits import MAX_TARGET
from web.settings import WebSettings

PAGE_ANSWERS = [
    ("GET", "/", 200),
    ("GET", "/search?q=科技", 200),
    ("GET", "/search?pag=1", 400),
    ("GET", "/articles/a1", 200),
    ("GET", "/articles/nobody", 404),
    ("GET", "/articles/deleted-1", 410),
    ("GET", "/help", 200),
    ("GET", "/problems/internal", 200),
    ("GET", "/nowhere", 404),
    ("GET", "/static/none/site.css", 404),
    ("POST", "/search", 405),
    ("TRACE", "/", 405),
    ("HEAD", "/search?q=科技", 200),
    ("HEAD", "/nowhere", 404),
    ("GET", "/" + "a" * MAX_TARGET, 414),
]
API_ANSWERS = [
    ("GET", "/api/v1/search?q=科技", 200),
    ("HEAD", "/api/v1/search?q=科技", 200),
    ("GET", "/api/v1/search?pag=1", 400),
    ("GET", "/api/v1/articles/a1", 200),
    ("GET", "/api/v1/articles/nobody", 404),
    ("GET", "/api/v1/articles/deleted-1", 410),
    ("GET", "/api/v1/nowhere", 404),
    ("POST", "/api/v1/search", 415),
    ("DELETE", "/api/v1/search", 405),
    ("OPTIONS", "/api/v1/search", 204),
    ("GET", "/api/v1/search?q=" + "a" * MAX_TARGET, 414),
    ("GET", "/healthz", 200),
    ("GET", "/readyz", 200),
]
FAILING_ANSWERS = [
    ("/", 503),
    ("/search?q=科技", 503),
    ("/api/v1/search?q=科技", 503),
    ("/readyz", 503),
]


@pytest.mark.parametrize(("method", "path", "status"), [*PAGE_ANSWERS, *API_ANSWERS])
def test_every_answer(client: TestClient, method: str, path: str, status: int) -> None:
    answer = client.request(method, path)
    assert answer.status_code == status
    headers = answer.headers
    assert re.fullmatch("[0-9a-f]{32}", headers["X-Request-Id"])
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == ("no-cache" if status < 400 else "no-store")
    assert headers["Vary"] == "Accept, Accept-Language, Cookie"
    assert "Server" not in headers
    assert "Strict-Transport-Security" not in headers


@pytest.mark.parametrize(("method", "path", "status"), PAGE_ANSWERS)
def test_every_page(client: TestClient, method: str, path: str, status: int) -> None:
    answer = client.request(method, path)
    assert answer.status_code == status
    headers = answer.headers
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Content-Security-Policy"] == PAGE_POLICY
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize(("method", "path", "status"), API_ANSWERS)
def test_every_answer_for_programs(client: TestClient, method: str, path: str, status: int) -> None:
    answer = client.request(method, path)
    assert answer.status_code == status
    assert answer.headers["Content-Security-Policy"] == DATA_POLICY
    is_public = path.startswith("/api/") and method in {"GET", "HEAD", "OPTIONS"}
    assert answer.headers.get("Access-Control-Allow-Origin") == ("*" if is_public else None)
    assert answer.headers["Cross-Origin-Resource-Policy"] == ("cross-origin" if is_public else "same-origin")
    assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize(("path", "status"), FAILING_ANSWERS)
@pytest.mark.parametrize("failure", [IndexUnavailable("m"), RuntimeError("m")], ids=["503", "500"])
def test_answers_about_failures(client_of: ClientFactory, path: str, status: int, failure: Exception) -> None:
    answer = client_of(FakeService(failure=failure)).get(path)
    if isinstance(failure, IndexUnavailable):
        assert answer.status_code == status
    policy = PAGE_POLICY if answer.headers["Content-Type"].startswith("text/html") else DATA_POLICY
    assert answer.headers["Content-Security-Policy"] == policy
    assert re.fullmatch("[0-9a-f]{32}", answer.headers["X-Request-Id"])


def test_every_request_has_an_id_of_its_own(client: TestClient) -> None:
    ids = {
        client.get("/healthz", headers={"X-Request-Id": "f" * 32}).headers["X-Request-Id"] for _ in range(5)
    }
    assert len(ids) == 5
    assert "f" * 32 not in ids


def test_the_policies_allow_nothing_inline_and_nothing_from_elsewhere() -> None:
    for policy in (PAGE_POLICY, DATA_POLICY):
        assert policy.startswith("default-src 'none'")
        assert "frame-ancestors 'none'" in policy
        assert not re.search(r"unsafe|\*|https?:|data:", policy)


def test_an_answer_without_content_leaves_the_policy_of_the_page_alone(client: TestClient) -> None:
    """A browser takes what a 304 says in place of what the page came with, and this was not for pages."""
    page = client.get("/search?q=科技")
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    known = client.get("/search?q=科技", headers={"If-None-Match": page.headers["ETag"]})
    assert known.status_code == 304
    assert "Content-Security-Policy" not in known.headers


def test_static_files_are_kept_for_good(client: TestClient) -> None:
    page = parse_page(client.get("/").text)
    found = {
        *(link.attributes["href"] for link in page.find_all("link")),
        *(script.attributes["src"] for script in page.find_all("script")),
    }
    types = {}
    for href in found:
        answer = client.get(href)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["Content-Security-Policy"] == DATA_POLICY
        types[href.rsplit(".", 1)[1]] = answer.headers["Content-Type"]
    assert types == {
        "css": "text/css; charset=utf-8",
        "js": "text/javascript; charset=utf-8",
        "svg": "image/svg+xml",
    }


@pytest.mark.parametrize(
    "path",
    [
        "/static",
        "/static/",
        "/static/site.css",
        "/static/000000000000/site.css",
        "/static/..%2fsite.css",
        "/static/x/..%2f..%2fapp.py",
        "/static/%2e%2e/app.py",
    ],
)
def test_nothing_else_is_served_from_the_folder(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(("size", "status"), [(MAX_TARGET, 404), (MAX_TARGET + 1, 414)])
def test_a_target_has_at_most_8_kib(client: TestClient, size: int, status: int) -> None:
    assert client.get("/" + "a" * (size - 1)).status_code == status
    assert client.get("/nowhere?" + "a" * (size - len("/nowhere?"))).status_code == status


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("search.example", 200),
        ("SEARCH.example:8000", 200),
        ("evil.example", 421),
        ("search.example.evil.example", 421),
        ("user@search.example", 400),
        ("search.example/x", 400),
        ("", 400),
    ],
)
def test_only_known_hosts_are_answered(client_of: ClientFactory, host: str, status: int) -> None:
    client = client_of(FakeService(), WebSettings(hosts=("search.example",)))
    answer = client.get("/healthz", headers={"Host": host})
    assert answer.status_code == status
    if status != 200:
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_two_hosts_are_none(client: TestClient) -> None:
    answer = client.get("/healthz", headers=[("Host", "a.example"), ("Host", "b.example")])
    assert answer.status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "[::1]:8000", "localhost", "any.example"])
def test_any_well_formed_host_is_answered_where_none_is_configured(client: TestClient, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).status_code == 200

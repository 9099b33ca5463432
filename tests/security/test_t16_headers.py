"""T16: whatever is answered, by whatever part, carries the headers. T17, T18: nobody can write into them."""

import re
import string
import urllib.parse
from collections.abc import Iterator, Mapping

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from search.errors import IndexUnavailable
from tests.security.malformed_requests import HIDDEN, MALFORMED
from tests.security.raw_server import exchange, serving
from tests.web.fake_service import FakeService
from tests.web.known_regions import REGIONS
from web.app import create_app
from web.guard.protocol import guarded
from web.http.headers import DATA_POLICY, PAGE_POLICY, PRIVATE_PREFIXES, TRANSPORT
from web.http.limits import MAX_BODY, MAX_TARGET, Limits
from web.settings import WebSettings

APP = create_app(FakeService(), WebSettings(), REGIONS)
PATHS = sorted(re.sub(r"\{[^}]*\}", "a1", route.path) for route in APP.routes if isinstance(route, Route))
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "ODD")
FAILURES = {"none": None, "503": IndexUnavailable("m"), "500": RuntimeError("m")}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
INJECTIONS = (
    "%0d%0aSet-Cookie:%20a=b",
    "%0aSet-Cookie:%20a=b",
    "%0d%0a%0d%0a<script>",
    "%E2%80%A8Set-Cookie:%20a=b",
    "%C2%85Set-Cookie:%20a=b",
    "%E5%98%8A%E5%98%8DSet-Cookie:%20a=b",
    "%00",
    "%22;%20filename=a.exe",
)
READERS = (
    "/search?q={}",
    "/search?q=a&lang={}",
    "/api/v1/search?q={}",
    "/api/v1/search.csv?q={}",
    "/search.atom?q={}",
    "/articles/{}",
    "/api/v1/articles/{}",
    "/problems/{}",
    "/static/{}/site.css",
    "/{}",
)


def faults_of(status: int, headers: Mapping[str, str], path: str) -> list[str]:
    """What is missing or wrong in the headers of an answer."""
    has = {name.lower(): value for name, value in headers.items()}
    is_page = has.get("content-type", "").startswith("text/html")
    policy = PAGE_POLICY if is_page else DATA_POLICY
    wanted = {
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        **({} if status == 304 else {"content-security-policy": policy}),
        **({"x-frame-options": "DENY", "cross-origin-opener-policy": "same-origin"} if is_page else {}),
        **({"cache-control": "no-store"} if status >= 400 or path.startswith(PRIVATE_PREFIXES) else {}),
    }
    faults = [f"{name}: {has.get(name)}" for name, value in wanted.items() if has.get(name) != value]
    faults += [name for name in ("server", "strict-transport-security") if name in has]
    if not re.fullmatch("[0-9a-f]{32}", has.get("x-request-id", "")):
        faults.append("x-request-id")
    if "cache-control" not in has:
        faults.append("cache-control")
    return faults


@pytest.mark.slow
@pytest.mark.parametrize(
    ("method", "failure"), [*((method, "none") for method in METHODS), ("GET", "503"), ("GET", "500")]
)
def test_every_route_with_every_method_and_failure(method: str, failure: str) -> None:
    app = create_app(FakeService(failure=FAILURES[failure]), WebSettings(), REGIONS)
    seen = set()
    with TestClient(app, follow_redirects=False, raise_server_exceptions=False) as client:
        for path in (*PATHS, "/nowhere", "/search?pag=1", "/search?q=a&q=b", "/" + "a" * MAX_TARGET):
            answer = client.request(method, path)
            seen.add(answer.status_code)
            assert faults_of(answer.status_code, answer.headers, path) == [], (path, answer.status_code)
    assert 404 in seen
    assert 414 in seen


def test_a_missing_header_is_noticed() -> None:
    """The control: an answer without the middleware has none of them."""
    assert len(faults_of(404, {"content-type": "text/html"}, "/nowhere")) >= 6


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serving(APP, guarded(Limits())) as port:
        yield port


def read(answer: bytes) -> tuple[int, dict[str, str]]:
    """Status and headers of the last answer in these bytes."""
    head = answer[answer.rindex(b"HTTP/1.1 ") :].partition(b"\r\n\r\n")[0].decode("latin-1")
    line, *fields = head.split("\r\n")
    return int(line.split(" ")[1]), dict(field.split(": ", 1) for field in fields)


@pytest.mark.parametrize(
    "sent",
    [
        *(malformed + HIDDEN for malformed in MALFORMED.values()),
        b"POST /search HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % (MAX_BODY + 1),
        b"GET / HTTP/1.1\r\nHost: a@b\r\nConnection: close\r\n\r\n",
        b"GET /nowhere HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    ],
    ids=[*MALFORMED, "a large body", "a host that is none", "nothing there"],
)
def test_so_do_answers_below_the_application(port: int, sent: bytes) -> None:
    status, headers = read(exchange(port, sent))
    assert status >= 400
    assert faults_of(status, headers, "/") == []
    assert "Date" in headers or "date" in headers


@pytest.mark.parametrize("proxied", ["https", "http"])
def test_only_a_reader_who_came_by_https_is_told_to_stay_there(proxied: str) -> None:
    with TestClient(APP, base_url=f"{proxied}://search.example") as client:
        told = client.get("/", headers={"X-Forwarded-Proto": "https"}).headers
    assert told.get("Strict-Transport-Security") == (TRANSPORT if proxied == "https" else None)


@pytest.mark.parametrize("injected", INJECTIONS)
@pytest.mark.parametrize("address", READERS)
def test_nothing_of_a_request_becomes_a_header(port: int, address: str, injected: str) -> None:
    target = address.format(injected)
    answer = exchange(port, f"GET {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode("ascii"))
    status, headers = read(answer)
    assert status < 500
    assert "set-cookie" not in {name.lower() for name in headers}
    assert set("".join(headers.values())) <= set(string.printable) - set("\r\n\x0b\x0c")
    assert "filename=a.exe" not in headers.get("content-disposition", "")


def test_nothing_that_comes_in_is_taken_for_the_id_of_the_request(port: int) -> None:
    given = "f" * 32
    answer = exchange(
        port,
        f"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Request-Id: {given}\r\n\r\n".encode("ascii"),
    )
    assert given.encode("ascii") not in answer


@pytest.fixture(scope="module")
def named() -> Iterator[int]:
    """The port of a site that goes by one name."""
    settings = WebSettings(hosts=("search.example",), public_url="https://search.example")
    with serving(create_app(FakeService(), settings, REGIONS), guarded(Limits())) as port:
        yield port


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("search.example", 200),
        ("search.example:443", 200),
        ("SEARCH.EXAMPLE", 200),
        ("evil.example", 421),
        ("search.example.evil.example", 421),
        ("search.example:a", 400),
        ("search.example:443:443", 400),
        ("user@search.example", 400),
        ("search.example/a", 400),
        ("search.example?a", 400),
        ("search.example#a", 400),
        ("search.example\\a", 400),
        ("search example", 400),
        ("search.example,evil.example", 400),
        ("http://search.example", 400),
        ("", 400),
        ("[::1", 400),
    ],
)
def test_only_the_names_of_the_site_are_answered(named: int, host: str, status: int) -> None:
    sent = (
        f"GET /search?q=a HTTP/1.1\r\nHost: {host}\r\nX-Forwarded-Host: evil.example\r\n"
        "Forwarded: host=evil.example\r\nX-Original-URL: /evil\r\nConnection: close\r\n\r\n"
    )
    answer = exchange(named, sent.encode("ascii"))
    assert read(answer)[0] == status
    if status == 200:
        assert b"evil" not in answer


def test_a_target_that_is_an_address_leads_nowhere_else(port: int) -> None:
    """Two slashes at its start could make a link of it that leads to another site."""
    answer = exchange(port, b"GET //evil.example/a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    status, headers = read(answer)
    assert status == 404
    assert "location" not in {name.lower() for name in headers}
    assert not re.search(rb"""(?:href|src|action)=["']//""", answer)


def test_the_name_of_a_file_is_ours(port: int) -> None:
    query = urllib.parse.quote("科技\r\n\"a'.exe")
    answer = exchange(
        port,
        f"GET /api/v1/search.csv?q={query} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode("ascii"),
    )
    _, headers = read(answer)
    assert ".exe" not in headers.get("content-disposition", "").split("filename*")[0]

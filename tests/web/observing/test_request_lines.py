"""One line for each request, one more for a slow one; queries and addresses only where they are asked for."""

import asyncio
import logging
import time
from urllib.parse import quote

import pytest
from starlette.types import Message, Scope

from search.errors import SearchTimeout
from search.request import SearchRequest
from search.results import SearchResult
from tests.web.fake_service import FakeService
from tests.web.observing.observed import ACCESS, ADDRESS, SLOW, client_of, entries, logged
from web.logs import EntryFormatter, JsonFormatter
from web.observing.middleware import CLIENT_LEFT
from web.settings import ObservingSettings

MARKER = "查无此词"
SEARCH = f"/search?q={MARKER}"
QUIET = ObservingSettings(slow_ms=0)
EACH_IS_SLOW = ObservingSettings(slow_ms=1)


class SlowService(FakeService):
    """Takes its time, measurably."""

    def version(self, request: SearchRequest) -> str | None:
        time.sleep(0.005)
        return super().version(request)

    def search(self, request: SearchRequest) -> SearchResult:
        time.sleep(0.005)
        return super().search(request)


def test_a_request_is_one_line_with_its_id_route_status_time_and_size() -> None:
    with logged() as log, client_of(QUIET) as client:
        answer = client.get("/articles/no-such-article")
    (entry,) = entries(log.getvalue(), ACCESS)
    took = entry.pop("ms")
    assert isinstance(took, float)
    assert took > 0
    assert entry == {
        "time": entry["time"],
        "level": "info",
        "logger": ACCESS,
        "message": "request",
        "request_id": answer.headers["X-Request-Id"],
        "method": "GET",
        "route": "/articles/{id}",
        "status": 404,
        "problem": "article-not-found",
        "bytes": len(answer.content),
    }


@pytest.mark.parametrize(
    ("observing", "tells"),
    [
        (ObservingSettings(slow_ms=1), set()),
        (ObservingSettings(slow_ms=1, logs_queries=True), {"query"}),
        (ObservingSettings(slow_ms=1, logs_addresses=True), {"address"}),
        (ObservingSettings(slow_ms=1, logs_queries=True, logs_addresses=True), {"query", "address"}),
    ],
    ids=["nothing", "queries", "addresses", "both"],
)
def test_queries_and_addresses_are_told_only_where_that_is_switched_on(
    observing: ObservingSettings, tells: set[str]
) -> None:
    with logged() as log, client_of(observing, service=SlowService()) as client:
        client.get(SEARCH)
        client.get(f"/api/v1{SEARCH}")
        client.get(f"/api/v1{SEARCH}&format=csv")
        client.get(f"/{MARKER}")
    told = str([*entries(log.getvalue(), ACCESS), *entries(log.getvalue(), SLOW)])
    assert told.count("request_id") > 4
    queries = {"query"} if MARKER in told or quote(MARKER) in told else set()
    addresses = {"address"} if ADDRESS in told else set()
    assert queries | addresses == tells


def test_a_slow_search_is_told_with_its_stages_and_a_fast_one_is_not() -> None:
    with logged() as log, client_of(EACH_IS_SLOW, service=SlowService()) as client:
        answer = client.get("/api/v1/search?q=武汉")
    (entry,) = entries(log.getvalue(), SLOW)
    assert entry["level"] == "warning"
    assert entry["request_id"] == answer.headers["X-Request-Id"]
    assert entry["hits"] == answer.json()["total"]
    assert entry["parts"] == 1
    assert [entry[f"{stage}_ms"] for stage in ("parse", "engine", "fetch", "snippets")] == [
        1.0,
        5.0,
        2.0,
        1.0,
    ]
    with logged() as log, client_of(ObservingSettings(slow_ms=60_000)) as client:
        client.get("/api/v1/search?q=武汉")
    assert entries(log.getvalue(), SLOW) == []


def test_a_search_that_found_no_time_is_slow_too() -> None:
    service = SlowService(failure=SearchTimeout("too long"))
    with logged() as log, client_of(EACH_IS_SLOW, service=service) as client:
        client.get("/api/v1/search?q=武汉")
    (entry,) = entries(log.getvalue(), SLOW)
    assert (entry["problem"], entry["status"]) == ("timeout", 503)


def test_nothing_is_slow_where_that_is_switched_off() -> None:
    with logged() as log, client_of(QUIET, service=SlowService()) as client:
        client.get("/api/v1/search?q=武汉")
    assert entries(log.getvalue(), SLOW) == []


SENDING: Scope = {
    "type": "http",
    "method": "POST",
    "path": "/api/v1/search",
    "raw_path": b"/api/v1/search",
    "query_string": b"",
    "headers": [(b"host", b"localhost"), (b"content-type", b"application/x-www-form-urlencoded")],
    "root_path": "",
    "scheme": "http",
    "http_version": "1.1",
}


def test_a_client_who_left_is_one_line_without_a_traceback() -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    async def asked() -> None:
        await client_of(QUIET).app(SENDING, receive, send)

    with logged() as log:
        asyncio.run(asked())
    (entry,) = entries(log.getvalue(), ACCESS)
    assert sent == []
    assert (entry["status"], entry["client_left"]) == (CLIENT_LEFT, True)
    assert "exception" not in log.getvalue()


NASTY = "a\nb\r\u2028\u0085\x1b[31m\ud800 c"


@pytest.mark.parametrize("formatter", [JsonFormatter(), EntryFormatter("%(message)s")], ids=["json", "text"])
def test_an_entry_is_one_line_whatever_is_in_it(formatter: logging.Formatter) -> None:
    record = logging.LogRecord("a", logging.INFO, "", 0, "%s", ("message",), None)
    record.policy_search_fields = {"q": NASTY}
    line = formatter.format(record)
    assert len(line.splitlines()) == 1
    assert "\x1b" not in line
    line.encode()


def test_a_formatter_that_writes_fields_as_they_are_would_break_the_line() -> None:
    record = logging.LogRecord("a", logging.INFO, "", 0, "%s", (NASTY,), None)
    assert len(logging.Formatter("%(message)s").format(record).splitlines()) > 1


def test_methods_that_anybody_makes_up_have_one_name() -> None:
    with logged() as log, client_of(QUIET) as client:
        client.request("BREW", "/search")
    assert [entry["method"] for entry in entries(log.getvalue(), ACCESS)] == ["other"]

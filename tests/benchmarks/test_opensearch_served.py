"""Each answer says what the cluster took for it, and not what it took for others."""

import time

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from benchmarks.opensearch.served import ASKED, REQUESTS, TOOK, Clock, TimedTransport, TookHeaders


class Nodes:
    """A cluster that says it took as long as the address says; `/none` is answered without a time."""

    retries = 3

    def perform_request(self, _method: str, url: str) -> object:
        time.sleep(0.001)
        return {"acknowledged": True} if url == "/none" else {"took": int(url.removeprefix("/"))}


def site(*requests: str) -> TestClient:
    """An application that sends these to the cluster for each answer."""
    clock = Clock()
    transport = TimedTransport(Nodes(), clock)

    def answer(_request: Request) -> Response:
        for url in requests:
            transport.perform_request("GET", url)
        return PlainTextResponse("answered", headers={"x-own": "kept"})

    return TestClient(TookHeaders(Starlette(routes=[Route("/", answer)]), clock))


@pytest.mark.parametrize(
    ("requests", "took"),
    [((), "0"), (("/none",), "0"), (("/7",), "7"), (("/7", "/none", "/5"), "12")],
    ids=["nothing-asked", "no-search", "one-search", "two-searches"],
)
def test_times_of_an_answer_are_summed(requests: tuple[str, ...], took: str) -> None:
    answered = site(*requests).get("/")

    assert (answered.text, answered.headers["x-own"], answered.headers[TOOK]) == ("answered", "kept", took)
    assert answered.headers[REQUESTS] == str(len(requests))
    assert (float(answered.headers[ASKED]) > 0) is bool(requests)


def test_an_answer_has_nothing_of_the_one_before() -> None:
    client = site("/7")

    assert [client.get("/").headers[TOOK] for _ in range(3)] == ["7", "7", "7"]


def test_transport_is_otherwise_that_of_the_client() -> None:
    assert TimedTransport(Nodes(), Clock()).retries == 3

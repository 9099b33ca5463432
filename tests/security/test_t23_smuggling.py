"""T23: of one request nobody makes two, and what breaks a rule of HTTP ends the connection."""

import re
from collections.abc import Iterator

import pytest

from tests.security.malformed_requests import HIDDEN, MALFORMED
from tests.security.raw_server import Recorder, connect, exchange, serving, statuses, until_closed
from tests.waiting import wait_for
from web.guard.protocol import guarded
from web.http.limits import Limits

FIRST = b"GET /first HTTP/1.1\r\nHost: a\r\n\r\n"
REFUSALS = {400, 413, 421, 501, 505}


@pytest.fixture(scope="module")
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture(scope="module")
def port(recorder: Recorder) -> Iterator[int]:
    with serving(recorder, guarded(Limits())) as port:
        yield port


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_request_is_refused_and_ends_the_connection(
    recorder: Recorder, port: int, name: str
) -> None:
    recorder.asked.clear()
    recorder.bodies.clear()
    answers = exchange(port, MALFORMED[name] + HIDDEN)
    (status,) = statuses(answers)
    assert status in REFUSALS
    assert b"application/problem+json" in answers
    assert b"Connection: close" in answers
    assert "GET /smuggled" not in recorder.asked
    assert recorder.bodies == []


@pytest.mark.parametrize("name", MALFORMED)
def test_so_is_one_behind_a_good_request(recorder: Recorder, port: int, name: str) -> None:
    recorder.asked.clear()
    answers = exchange(port, FIRST + MALFORMED[name] + HIDDEN)
    good, refused = statuses(answers)
    assert good == 200
    assert refused in REFUSALS
    assert "GET /first" in recorder.asked
    assert "GET /smuggled" not in recorder.asked


def test_there_are_enough_of_them() -> None:
    assert len(MALFORMED) >= 60


@pytest.mark.parametrize(
    "name",
    ["length and chunks", "LF everywhere", "a folded field", "an end with LF", "a target with a fragment"],
)
def test_without_the_guard_what_hides_behind_them_is_answered(name: str) -> None:
    """The control: h11 alone takes these for requests, and reads on behind them."""
    recorder = Recorder()
    with serving(recorder, "h11") as port, connect(port) as client:
        client.sendall(MALFORMED[name] + HIDDEN)
        wait_for(lambda: "GET /smuggled" in recorder.asked)


WELL_FORMED = {
    "two requests": (FIRST, "GET /first"),
    "a body with its length": (
        b"POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
        "POST /p",
    ),
    "a body in chunks": (
        b"POST /p HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\n\r\n",
        "POST /p",
    ),
    "a wish for another protocol": (
        b"GET /up HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
        "GET /up",
    ),
}


@pytest.mark.parametrize("name", WELL_FORMED)
def test_what_is_well_formed_is_answered(recorder: Recorder, port: int, name: str) -> None:
    sent, asked = WELL_FORMED[name]
    recorder.asked.clear()
    last = b"GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    assert statuses(exchange(port, sent + HIDDEN + last)) == [200] * 3
    assert recorder.asked[-3:] == [asked, "GET /smuggled", "GET /last"]


def test_the_end_of_chunks_may_come_in_pieces(recorder: Recorder, port: int) -> None:
    sent = (
        b"POST /p HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
        b"5\r\nhello\r\n0\r\n\r\n"
    )
    recorder.asked.clear()
    with connect(port) as client:
        for byte in sent:
            client.send(bytes([byte]))
        assert statuses(until_closed(client)) == [200]
    assert recorder.asked == ["POST /p"]


def test_a_refusal_tells_why_and_carries_the_headers(port: int) -> None:
    head, body = exchange(port, b"GET /a HTTP/3.0\r\nHost: a\r\n\r\n").split(b"\r\n\r\n", 1)
    told = head.decode("ascii")
    assert told.startswith("HTTP/1.1 505 ")
    assert re.search(r"\r\nX-Request-Id: [0-9a-f]{32}(\r|$)", told)
    assert b"/problems/version-unsupported" in body

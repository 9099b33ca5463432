"""T24: a client that takes its time is told so, or cut, at its deadline; others do not notice."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from tests.security.raw_server import Recorder, connect, exchange, serving, statuses, until_closed
from tests.waiting import wait_for
from web.guard.protocol import guarded
from web.http.limits import Limits

pytestmark = pytest.mark.slow

SHORT = Limits(head_s=0.2, body_s=0.2, body_rate=1 << 30)
"""Deadlines that a test can wait for; stock uvicorn has none of them."""
STALLED = Limits(stall_s=0.4)
POST = b"POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n"
Slow = Callable[[int], socket.socket]


def silent(port: int) -> socket.socket:
    return connect(port)


def slow_line(port: int) -> socket.socket:
    return _sent(port, b"GET /a")


def slow_fields(port: int) -> socket.socket:
    return _sent(port, b"GET /a HTTP/1.1\r\nHost: a\r\nX: ")


def slow_body(port: int) -> socket.socket:
    return _sent(port, POST + b"x" * 10)


def slow_chunks(port: int) -> socket.socket:
    return _sent(port, b"POST /p HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel")


def slow_second(port: int) -> socket.socket:
    return _sent(port, b"GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b")


def _sent(port: int, sent: bytes) -> socket.socket:
    client = connect(port)
    client.sendall(sent)
    return client


UNENDING: tuple[Slow, ...] = (silent, slow_line, slow_fields, slow_body, slow_chunks)
SENDERS: tuple[Slow, ...] = (*UNENDING, slow_second)


@contextmanager
def guarded_server(limits: Limits = SHORT) -> Iterator[tuple[int, Recorder]]:
    recorder = Recorder()
    with serving(recorder, guarded(limits)) as port:
        yield port, recorder


@pytest.mark.parametrize("slow", SENDERS, ids=lambda slow: slow.__name__)
def test_a_request_that_does_not_come_is_ended(slow: Slow) -> None:
    with guarded_server() as (port, _), slow(port) as client:
        answers = until_closed(client)
        assert statuses(answers)[-1] == 408
        assert b"/problems/request-too-slow" in answers
        assert b"Retry-After: " in answers


def test_without_the_guard_they_stay_open() -> None:
    """The control: what the guard ends is still there when a guarded server has ended the same twice."""
    with serving(Recorder(), "h11") as stock:
        held = [slow(stock) for slow in UNENDING]
        with guarded_server() as (port, _):
            for _ in range(2):
                with slow_body(port) as client:
                    until_closed(client)
        assert [is_open(client) for client in held] == [True] * len(UNENDING)
        for client in held:
            client.close()


def is_open(client: socket.socket) -> bool:
    """Whether the server has neither said anything nor ended the connection."""
    client.settimeout(0)
    try:
        client.recv(1)
    except BlockingIOError:
        return True
    return False


def test_a_trickle_does_not_help() -> None:
    """Each byte comes in time, the whole does not: the deadline is of the head, not of a byte."""
    with guarded_server() as (port, recorder), connect(port) as client:
        client.settimeout(0.05)
        client.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n")
        received = b""

        def has_ended() -> bool:
            nonlocal received
            try:
                client.sendall(b"X")
                block = client.recv(65_536)
            except TimeoutError:
                return False
            except ConnectionError:
                return True
            received += block
            return not block

        wait_for(has_ended)
        assert statuses(received) == [408]
        assert recorder.asked == []


def test_a_body_that_comes_fast_enough_has_more_time() -> None:
    """A large body on a slow line is no attack: each part of it that comes buys time."""
    generous = Limits(body_s=0.4, body_rate=1)
    with guarded_server(generous) as (port, recorder), connect(port) as client:
        client.sendall(POST + b"x" * 999)
        with guarded_server() as (other, _), slow_body(other) as slow:
            until_closed(slow)
        client.sendall(b"x")
        assert client.recv(12) == b"HTTP/1.1 200"
    assert recorder.bodies == [1000]


def test_who_takes_nothing_is_cut() -> None:
    with guarded_server(STALLED) as (port, recorder), connect(port) as client:
        client.sendall(b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
        wait_for(lambda: recorder.ended == ["/large"])


def test_without_the_guard_it_is_served_on() -> None:
    """The control of the one before."""
    recorder = Recorder()
    with serving(recorder, "h11") as stock, connect(stock) as client:
        client.sendall(b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
        test_who_takes_nothing_is_cut()
        assert recorder.asked == ["GET /large"]
        assert recorder.ended == []


def test_who_asks_nothing_more_is_let_go() -> None:
    with guarded_server(Limits(idle_s=1)) as (port, _):
        answers = exchange(port, b"GET /a HTTP/1.1\r\nHost: a\r\n\r\n")
    assert statuses(answers) == [200]


def test_who_is_slow_does_not_hold_others_up() -> None:
    last = b"GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    with guarded_server(Limits()) as (port, _):
        held = [slow(port) for slow in SENDERS for _ in range(5)]
        assert statuses(exchange(port, last)) == [200]
        for client in held:
            client.close()

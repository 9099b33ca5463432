"""T25: each limit lets its number through and refuses one more, before anything is read or worked out."""

import logging
import re
import socket
from collections.abc import Callable, Iterator

import pytest

from tests.security.raw_server import Recorder, connect, exchange, serving, statuses, until_closed
from tests.waiting import wait_for
from tests.web.fake_service import FakeService
from tests.web.known_regions import REGIONS
from web.app import create_app
from web.errors import TooManyConnections
from web.guard.connections import SPARE, OpenConnections
from web.guard.head import read_head
from web.guard.protocol import guarded
from web.http import failures
from web.http.limits import Limits
from web.logs import EntryFormatter
from web.settings import WebSettings

LIMITS = Limits()
GET = b"GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
NOBODY: tuple[()] = ()


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serving(Recorder(), guarded(LIMITS)) as port:
        yield port


def target_of(size: int) -> bytes:
    return b"GET /" + b"a" * (size - 1) + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"


def field_of(size: int) -> bytes:
    return GET + b"X: " + b"a" * (size - 3) + b"\r\n\r\n"


def head_of(size: int) -> bytes:
    fields = GET + b"W: " + b"a" * 1000 + b"\r\nX: " + b"a" * 8000 + b"\r\nY: "
    return fields + b"a" * (size - len(fields) - 2) + b"\r\n\r\n"


def fields_of(number: int) -> bytes:
    return GET + b"".join(b"X%d: a\r\n" % index for index in range(number - 2)) + b"\r\n"


def body_of(size: int) -> bytes:
    return (
        b"POST /p HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % size + b"a" * size
    )


def chunks_of(size: int) -> bytes:
    head = b"POST /p HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    half = size // 2
    first, second = (b"%x\r\n" % part + b"a" * part + b"\r\n" for part in (half, size - half))
    return head + first + second + b"0\r\n\r\n"


SIZES = [
    (target_of, LIMITS.target, 414),
    (field_of, LIMITS.header_line, 431),
    (head_of, LIMITS.head, 431),
    (fields_of, LIMITS.headers, 431),
    (body_of, LIMITS.body, 413),
    (chunks_of, LIMITS.body, 413),
]


@pytest.mark.parametrize(("made", "most", "status"), SIZES, ids=[made.__name__ for made, _, _ in SIZES])
def test_so_much_is_taken_and_one_more_is_not(
    port: int, made: Callable[[int], bytes], most: int, status: int
) -> None:
    assert statuses(exchange(port, made(most))) == [200]
    answer = exchange(port, made(most + 1))
    assert statuses(answer) == [status]
    assert b"application/problem+json" in answer


def test_what_is_too_long_is_refused_before_it_has_come(port: int) -> None:
    """Nobody can make the server keep more than the limit, by never ending a line."""
    for begun in (
        b"GET /" + b"a" * LIMITS.target,
        GET + b"X: " + b"a" * LIMITS.header_line,
        b"A" * LIMITS.head + b"AA",
    ):
        with connect(port) as client:
            client.sendall(begun)
            assert statuses(until_closed(client))[0] in {414, 431}


def test_a_body_that_is_too_large_is_refused_before_it_is_asked_for(port: int) -> None:
    answer = exchange(
        port,
        b"POST /p HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: %d\r\n\r\n"
        % (LIMITS.body + 1),
    )
    assert statuses(answer) == [413]


def test_one_that_is_not_is_asked_for(port: int) -> None:
    """The control of the one before."""
    with connect(port) as client:
        client.sendall(b"POST /p HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
        assert client.recv(12) == b"HTTP/1.1 100"


def test_articles_may_be_as_large_as_a_batch() -> None:
    head = b"POST %s HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n"
    taken = read_head(head % (b"/api/v1/admin/articles", LIMITS.batch), LIMITS)
    assert taken is not None
    assert taken.most == LIMITS.batch


def opened(port: int, number: int) -> list[socket.socket]:
    """Connections on which a first request has been answered."""
    clients = []
    for _ in range(number):
        client = connect(port)
        client.sendall(b"GET /a HTTP/1.1\r\nHost: a\r\n\r\n")
        assert client.recv(65_536).startswith(b"HTTP/1.1 200")
        clients.append(client)
    return clients


@pytest.mark.parametrize(
    "limits",
    [
        Limits(connections=3, idle_s=600),
        Limits(address_connections=3, unlimited=NOBODY, idle_s=600),
    ],
    ids=["of all", "of one address"],
)
def test_so_many_connections_are_taken_and_one_more_is_not(limits: Limits) -> None:
    with serving(Recorder(), guarded(limits)) as port:
        clients = opened(port, 3)
        answer = exchange(port, b"")
        assert statuses(answer) == [503]
        assert b"Retry-After: 2\r\n" in answer
        clients.pop().close()
        wait_for(lambda: statuses(exchange(port, GET + b"\r\n")) == [200])
        for client in clients:
            client.close()


def test_who_is_on_this_machine_may_have_more_of_them() -> None:
    """All readers behind a proxy that nobody has listed have its address."""
    with serving(Recorder(), guarded(Limits(address_connections=1))) as port:
        for client in opened(port, 3):
            client.close()


class Held:
    """A connection that notes whether it was cut."""

    def __init__(self) -> None:
        self.is_cut = False

    def keep_time(self, now: float) -> None:
        """It has no deadlines."""

    def cut(self) -> None:
        self.is_cut = True


def test_a_flood_of_connections_is_not_answered_one_by_one() -> None:
    class NoLoop:
        def call_later(self, *_: object) -> None:
            """Nothing is looked at."""

    limited = OpenConnections(Limits(connections=1))
    held = [Held() for _ in range(SPARE + 2)]
    limited.add(held[0], "192.0.2.1", NoLoop())  # type: ignore[arg-type]
    for one in held[1:]:
        with pytest.raises(TooManyConnections):
            limited.add(one, "192.0.2.1", NoLoop())  # type: ignore[arg-type]
    assert [one.is_cut for one in held] == [False] * (SPARE + 1) + [True]


def test_workers_share_what_there_is() -> None:
    shared = Limits().shared_among(4)
    assert (shared.connections, shared.address_connections, shared.searches_a_second) == (128, 8, 2.5)
    assert (Limits().wrong_tokens, shared.wrong_tokens) == (10, 3)


def test_a_refused_request_writes_less_than_300_bytes(port: int, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    answers = [
        exchange(port, sent) for sent in (target_of(9000), field_of(9000), b"\x00" * 9000, body_of(200_000))
    ]
    assert all(answers)
    written = [
        EntryFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s").format(record)
        for record in caplog.records
        if record.name == "policy_search.guard"
    ]
    assert len(written) == len(answers)
    assert max(map(len, written)) < 300
    assert not re.search("aaaa", "".join(written))


def test_who_leaves_in_the_middle_leaves_no_traceback(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    recorder = Recorder()
    with serving(recorder, guarded(LIMITS)) as port:
        client = connect(port)
        client.sendall(b"POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc")
        wait_for(lambda: recorder.asked == ["POST /p"])
        client.close()
        with connect(port) as reader:
            reader.sendall(b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
            reader.recv(1000)
        wait_for(lambda: recorder.ended == ["/large"])
    assert [record for record in caplog.records if record.exc_info] == []


class NeverRaised(Exception):
    """Stands for what is raised where a client leaves: a program that does not know it."""


@pytest.mark.parametrize("knows", [True, False], ids=["ours", "control: one that takes it for a fault"])
def test_who_leaves_the_application_in_the_middle_is_one_line(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, *, knows: bool
) -> None:
    if not knows:
        monkeypatch.setattr(failures, "ClientDisconnect", NeverRaised)
    caplog.set_level(logging.INFO)
    with serving(create_app(FakeService(), WebSettings(), REGIONS), guarded(LIMITS)) as port:
        with connect(port) as client:
            client.sendall(
                b"POST /api/v1/search HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
                b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\n"
            )
            assert client.recv(12) == b"HTTP/1.1 100"
            client.sendall(b"q=abc")
        wait_for(lambda: any(record.name.startswith("web.") for record in caplog.records))
    told = [record for record in caplog.records if record.name.startswith("web.")]
    left = [record.getMessage().endswith("the client left") for record in told]
    assert (left == [True]) is knows
    assert any(record.exc_info for record in told) is not knows

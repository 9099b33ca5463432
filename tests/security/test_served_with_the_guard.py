"""The program as it is started: guarded, and believing only proxies that are listed (T18, T23, T25)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes import server
from tests.security.malformed_requests import HIDDEN, MALFORMED
from tests.security.raw_server import connect, exchange, statuses, until_closed

pytestmark = pytest.mark.slow

BURST = 3
FORWARDED = b"X-Forwarded-For: 192.0.2.%d\r\nX-Forwarded-Proto: https\r\n"


def search(port: int, fields: bytes) -> bytes:
    sent = b"GET /search HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + fields + b"\r\n"
    return exchange(port, sent)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("served") / "data"


@pytest.fixture(scope="module")
def port(data: Path) -> Iterator[int]:
    """A server behind a listed proxy, with limits that a test can reach."""
    settings = {
        "POLICY_SEARCH_PROXIES": "127.0.0.1",
        "POLICY_SEARCH_BURST": str(BURST),
        "POLICY_SEARCH_RATE": "1",
        "POLICY_SEARCH_HEAD_S": "1",
    }
    with server(data, **settings) as address:
        yield int(address.rpartition(":")[2])


@pytest.mark.parametrize("name", ["length and chunks", "LF everywhere", "a folded field", "two hosts"])
def test_what_can_be_read_in_two_ways_is_refused(port: int, name: str) -> None:
    answer = exchange(port, MALFORMED[name] + HIDDEN)
    assert statuses(answer) == [400]
    assert b"application/problem+json" in answer


def test_a_slow_client_is_ended(port: int) -> None:
    with connect(port) as client:
        client.sendall(b"GET /")
        assert statuses(until_closed(client)) == [408]


def test_behind_a_listed_proxy_each_reader_counts(port: int) -> None:
    """Far more than grows back while they are asked."""
    one = [statuses(search(port, FORWARDED % 1))[0] for _ in range(BURST * 10)]
    assert one[:BURST] == [200] * BURST
    assert 429 in one
    assert statuses(search(port, FORWARDED % 2)) == [200]


def test_a_listed_proxy_says_that_a_reader_came_by_https(port: int) -> None:
    assert b"strict-transport-security: max-age=31536000" in search(port, FORWARDED % 3).lower()
    assert b"strict-transport-security" not in search(port, b"").lower()


def test_nobody_else_is_believed(data: Path) -> None:
    """The control: without the list the same headers mean nothing."""
    settings = {"POLICY_SEARCH_BURST": "1", "FORWARDED_ALLOW_IPS": "*"}
    with server(data, **settings) as address:
        port = int(address.rpartition(":")[2])
        answers = [search(port, FORWARDED % 1) for _ in range(5)]
    assert [statuses(answer) for answer in answers] == [[200]] * 5
    assert not any(b"strict-transport-security" in answer.lower() for answer in answers)

"""T25: who asks faster than anybody can read is told when to come again, and others are not."""

import pytest
from starlette.testclient import TestClient

from tests.web.fake_service import FakeService
from tests.web.known_regions import REGIONS
from web.app import create_app
from web.guard.addresses import KEY_S, ClientNames
from web.guard.rates import MAX_CLIENTS, Rates
from web.http.limits import Limits
from web.settings import WebSettings

ADDRESS = ("192.0.2.1", 1)
SEARCH = "/api/v1/search?q=a"


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1e6

    def __call__(self) -> float:
        return self.now


def client_at(limits: Limits, address: tuple[str, int] = ADDRESS) -> TestClient:
    """Of rates as low as possible none grows back while a test runs."""
    app = create_app(FakeService(), WebSettings(limits=limits), REGIONS)
    return TestClient(app, client=address)


SLOW = Limits(searches_a_second=0.001, search_burst=3, batches_a_second=0.001, batch_burst=2)


def test_so_many_at_once_and_one_more_is_refused() -> None:
    client = client_at(SLOW)
    assert [client.get(SEARCH).status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = client.get(SEARCH)
    assert refused.json()["type"] == "/problems/too-many-requests"
    assert refused.headers["Cache-Control"] == "no-store"
    assert 0 < int(refused.headers["Retry-After"]) <= 1000


def test_changes_count_by_themselves() -> None:
    client = client_at(SLOW)
    path = "/api/v1/admin/articles"
    assert [client.post(path).status_code for _ in range(3)] == [404, 404, 429]
    other = {"Authorization": "Bearer another"}
    assert client.post(path, headers=other).status_code == 404
    assert client.get(SEARCH).status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/static/none/site.css"])
def test_the_state_of_the_server_and_files_are_for_all(path: str) -> None:
    client = client_at(SLOW)
    assert 429 not in {client.get(path).status_code for _ in range(9)}


@pytest.mark.parametrize(
    ("limits", "address"),
    [
        (SLOW, ("127.0.0.1", 1)),
        (SLOW, ("::1", 1)),
        (SLOW, ("a local socket", 1)),
        (Limits(searches_a_second=0), ADDRESS),
    ],
    ids=["this machine", "this machine, IPv6", "no address", "no rate"],
)
def test_without_a_limit_nobody_is_refused(limits: Limits, address: tuple[str, int]) -> None:
    client = client_at(limits, address)
    assert {client.get(SEARCH).status_code for _ in range(60)} == {200}


@pytest.mark.parametrize(("address", "status"), [("192.0.2.2", 200), ("192.0.2.1", 429)])
def test_each_address_has_its_own(address: str, status: int) -> None:
    client = client_at(SLOW)
    for _ in range(3):
        assert client.get(SEARCH).status_code == 200
    other = TestClient(client.app, client=(address, 2))
    assert other.get(SEARCH).status_code == status


def test_tokens_grow_back() -> None:
    clock = Clock()
    rates = Rates(10, 40, clock)
    assert [rates.take(b"a") for _ in range(40)] == [0.0] * 40
    assert rates.take(b"a") == pytest.approx(0.1)
    clock.now += 0.3
    assert [bool(rates.take(b"a")) for _ in range(4)] == [False] * 3 + [True]
    clock.now += 3600
    assert [bool(rates.take(b"a")) for _ in range(41)] == [False] * 40 + [True]


def test_who_asks_steadily_is_never_refused() -> None:
    clock = Clock()
    rates = Rates(10, 1, clock)
    for _ in range(1000):
        assert rates.take(b"a") == 0.0
        clock.now += 0.1


def test_only_so_many_clients_are_remembered() -> None:
    rates = Rates(0.001, 1, Clock())
    for number in range(MAX_CLIENTS + 1):
        assert rates.take(b"%d" % number) == 0.0
    assert rates.take(b"%d" % MAX_CLIENTS) > 0
    assert rates.take(b"0") == 0.0


def test_a_name_tells_no_address_and_is_another_the_next_day() -> None:
    clock = Clock()
    names = ClientNames(clock)
    name = names.name("192.0.2.1")
    assert name == names.name("192.0.2.1")
    assert name != names.name("192.0.2.2")
    assert name != ClientNames(clock).name("192.0.2.1")
    assert names.name("2001:db8::1") == names.name("2001:db8::2")
    clock.now += KEY_S
    assert name != names.name("192.0.2.1")

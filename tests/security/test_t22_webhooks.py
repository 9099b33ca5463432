"""T22: webhooks reach no host that only this machine can reach, whatever a name server or an answer says."""

import http.client
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

import pytest

from tests.web.saved.receiver import LOCAL, Receiver, receiving
from web.saved.webhooks.posting import AddressRefused, Poster, Unreachable
from web.saved.webhooks.target import PUBLIC_ONLY, TargetRefused, read_target

BODY: Final = b"{}"
HIDDEN: Final = "127.0.0.1"
"""Here the receiver stands for a host that only this machine can reach."""
ALLOWED: Final = "127.0.0.2"
"""Stands for a host of the public internet. Nobody listens there."""

REDIRECT: Final = 307

DISGUISED: Final = (
    *("127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "0177.1"),
    *("[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]"),
    *("localhost", "localhost.", "LOCALHOST", "metadata", "169.254.169.254", "[fd00:ec2::254]"),
    *("127.0.0.1.", "①②⑦.⓪.⓪.①", "hooks.example.org@127.0.0.1", "127.0.0.1#hooks.example.org"),
)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.mark.parametrize("disguise", DISGUISED)
def test_no_disguise_of_this_machine_is_a_webhook(disguise: str) -> None:
    with pytest.raises(TargetRefused):
        read_target(f"https://{disguise}/hook", PUBLIC_ONLY)


def test_some_of_them_do_lead_here() -> None:
    """The control of the table."""
    for disguise in ("127.1", "2130706433", "0x7f000001", "0177.0.0.1"):
        assert socket.getaddrinfo(disguise, 443)[0][4][0] == HIDDEN


class Rebinding:
    """A name server that gives an allowed address once, and the hidden one from then on."""

    def __init__(self) -> None:
        self._answers = [ALLOWED]

    def __call__(self, _host: str, _port: int) -> Sequence[str]:
        return [self._answers.pop() if self._answers else HIDDEN]


def post(receiver: Receiver) -> None:
    """As it is, but that other addresses are allowed."""
    rules = replace(LOCAL, is_allowed=lambda address: address == ALLOWED)
    with suppress(AddressRefused, Unreachable):
        Poster(rules=rules, resolver=Rebinding()).post(read_target(receiver.url, rules), BODY, {})


def post_looking_twice(receiver: Receiver) -> None:
    """Looks at an address, and has the name looked up anew for the connection."""
    resolver = Rebinding()
    assert resolver("localhost", receiver.port) == [ALLOWED]
    [address] = resolver("localhost", receiver.port)
    send(receiver, address, "/hook")


def send(receiver: Receiver, address: str, path: str) -> str:
    """Where the answer leads."""
    with closing(http.client.HTTPConnection(address, receiver.port, timeout=60)) as connection:
        connection.request("POST", path, BODY)
        answer = connection.getresponse()
        answer.read()
        return answer.headers["Location"]


def test_a_name_that_changes_its_address_leads_nowhere(receiver: Receiver) -> None:
    post(receiver)
    assert receiver.posted == []


def test_who_looks_twice_would_reach_what_is_hidden(receiver: Receiver) -> None:
    post_looking_twice(receiver)
    assert len(receiver.posted) == 1


def post_to_what_redirects(receiver: Receiver) -> None:
    """As it is, but that this machine is allowed."""
    poster = Poster(rules=LOCAL, resolver=lambda _host, _port: [HIDDEN])
    assert poster.post(read_target(receiver.url, LOCAL), BODY, {}) == REDIRECT


def post_following(receiver: Receiver) -> None:
    """As many libraries do by themselves."""
    send(receiver, HIDDEN, urlsplit(send(receiver, HIDDEN, "/hook")).path)


def is_led_elsewhere(receiver: Receiver, sender: Callable[[Receiver], None]) -> bool:
    receiver.answers = [REDIRECT, 204]
    sender(receiver)
    return "/elsewhere" in [posted.path for posted in receiver.posted]


def test_an_answer_that_leads_elsewhere_is_not_followed(receiver: Receiver) -> None:
    assert not is_led_elsewhere(receiver, post_to_what_redirects)


def test_who_follows_would_be_led_there(receiver: Receiver) -> None:
    assert is_led_elsewhere(receiver, post_following)

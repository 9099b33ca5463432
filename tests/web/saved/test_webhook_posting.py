"""A post goes to the address that was checked, once, within its time, and tells what became of it."""

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.web.saved.receiver import LOCAL, Receiver, receiving
from web.saved.webhooks.addresses import is_public
from web.saved.webhooks.posting import AddressRefused, Poster, Unreachable
from web.saved.webhooks.target import Target

BODY = '{"name":"补贴"}'.encode()
HEADERS = {"X-Signature": "sha256=00"}


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    with receiving() as opened:
        yield opened


def resolver(*answers: Sequence[str]) -> Callable[[str, int], Sequence[str]]:
    """Answers with these in turn, the last one for ever."""
    left = list(answers)
    return lambda _host, _port: left.pop(0) if len(left) > 1 else left[0]


def target(port: int, scheme: str = "http") -> Target:
    return Target(scheme, "hooks.example.org", port, "/hook?x=1")


def test_what_is_posted(receiver: Receiver) -> None:
    receiver.posted.clear()
    poster = Poster(rules=LOCAL, resolver=resolver(["127.0.0.1"]))
    assert poster.post(target(receiver.port), BODY, HEADERS) == 204
    (posted,) = receiver.posted
    assert posted.path == "/hook?x=1"
    assert posted.body == BODY
    assert posted.headers["host"] == f"hooks.example.org:{receiver.port}"
    assert posted.headers["content-type"] == "application/json"
    assert posted.headers["x-signature"] == "sha256=00"


@pytest.mark.parametrize(
    "addresses",
    [
        ["10.0.0.1"],
        ["1.1.1.1", "127.0.0.1"],
        ["127.0.0.1"],
        ["::1"],
        ["::ffff:127.0.0.1"],
        ["64:ff9b::7f00:1"],
    ],
    ids=str,
)
def test_a_host_with_one_private_address_is_refused(receiver: Receiver, addresses: list[str]) -> None:
    receiver.posted.clear()
    rules = replace(LOCAL, is_allowed=is_public)
    with pytest.raises(AddressRefused):
        Poster(rules=rules, resolver=resolver(addresses)).post(target(receiver.port), BODY, HEADERS)
    assert receiver.posted == []


def test_a_name_that_changes_its_address_is_looked_up_once(receiver: Receiver) -> None:
    """A second look would give an address that is not allowed, and the system's own one none at all."""
    receiver.posted.clear()
    answers = resolver(["127.0.0.1"], ["10.0.0.1"])
    poster = Poster(rules=LOCAL, resolver=answers)
    assert poster.post(target(receiver.port), BODY, HEADERS) == 204
    assert len(receiver.posted) == 1
    with pytest.raises(AddressRefused):
        poster.post(target(receiver.port), BODY, HEADERS)


@pytest.mark.parametrize("status", [301, 302, 307, 404, 500])
def test_no_redirect_is_followed_and_the_status_is_told(receiver: Receiver, status: int) -> None:
    receiver.posted.clear()
    receiver.answers = [status]
    try:
        poster = Poster(rules=LOCAL, resolver=resolver(["127.0.0.1"]))
        assert poster.post(target(receiver.port), BODY, HEADERS) == status
    finally:
        receiver.answers = [204]
    assert [posted.path for posted in receiver.posted] == ["/hook?x=1"]


def test_an_address_that_does_not_answer_leads_to_the_next(receiver: Receiver) -> None:
    rules = replace(LOCAL, is_allowed=lambda _: True)
    # Nobody listens at 127.0.0.2, as the receiver is bound to 127.0.0.1 alone.
    poster = Poster(rules=rules, resolver=resolver(["127.0.0.2", "127.0.0.1"]))
    assert poster.post(target(receiver.port), BODY, HEADERS) == 204


@pytest.mark.parametrize("error", [socket.gaierror("no such host"), UnicodeError("label too long")], ids=str)
def test_a_host_without_an_address_is_unreachable(error: Exception) -> None:
    def fail(_host: str, _port: int) -> Sequence[str]:
        raise error

    with pytest.raises(Unreachable, match="looked up"):
        Poster(rules=LOCAL, resolver=fail).post(target(443), BODY, HEADERS)


@contextmanager
def answering(*pieces: bytes, hold: bool = False) -> Iterator[int]:
    """A port at which one connection gets these bytes for its request, and is held open or closed."""
    listening = socket.create_server(("127.0.0.1", 0))
    done = threading.Event()

    def serve() -> None:
        connection, _ = listening.accept()
        with connection:
            connection.recv(65536)
            try:
                for piece in pieces:
                    connection.sendall(piece)
            except OSError:
                return  # the poster has had enough
            if hold:
                done.wait()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        done.set()
        thread.join()
        listening.close()


class TestBadAnswers:
    def post(self, port: int, time_s: float = 60.0) -> int:
        return Poster(rules=LOCAL, resolver=resolver(["127.0.0.1"]), time_s=time_s).post(
            target(port), BODY, HEADERS
        )

    def test_one_that_never_comes_is_given_up(self) -> None:
        with answering(hold=True) as port, pytest.raises(Unreachable, match="time"):
            self.post(port, time_s=0.2)

    def test_one_that_trickles_gets_no_more_time(self) -> None:
        """Time passes with each look at the clock; what comes is never the end of the head."""
        moments = iter(range(1000))
        poster = Poster(
            rules=LOCAL, resolver=resolver(["127.0.0.1"]), time_s=12.0, clock=lambda: float(next(moments))
        )
        pieces = [
            b"HTTP/1.1 200 OK\r\n",
            *[b"X-A: %d\r\n" % number + b"a" * 9000 + b"\r\n" for number in range(6)],
        ]
        with answering(*pieces, hold=True) as port, pytest.raises(Unreachable):
            poster.post(target(port), BODY, HEADERS)

    def test_one_without_end_is_given_up(self) -> None:
        pieces = [b"HTTP/1.1 200 OK\r\nX-A: ", *[b"a" * 8192] * 40]
        with answering(*pieces) as port, pytest.raises(Unreachable):
            self.post(port)

    def test_none_at_all(self) -> None:
        with answering() as port, pytest.raises(Unreachable):
            self.post(port)

    def test_something_else_than_http(self) -> None:
        with answering(b"SSH-2.0-OpenSSH\r\n\r\n") as port, pytest.raises(Unreachable):
            self.post(port)

    def test_a_status_of_information_is_not_the_answer(self) -> None:
        with answering(b"HTTP/1.1 103 Early Hints\r\n\r\n", b"HTTP/1.1 202 Accepted\r\n\r\n") as port:
            assert self.post(port) == 202

    def test_a_body_is_not_waited_for(self) -> None:
        with answering(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", hold=True) as port:
            assert self.post(port) == 200

    def test_no_secure_connection(self, receiver: Receiver) -> None:
        poster = Poster(rules=LOCAL, resolver=resolver(["127.0.0.1"]))
        with pytest.raises(Unreachable):
            poster.post(target(receiver.port, "https"), BODY, HEADERS)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for hooks.example.org that its key has signed, with that key."""
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl to make a certificate")
    file = tmp_path_factory.mktemp("certificate") / "both.pem"
    certificate = str(file.with_suffix(".crt"))
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
    names = ["-subj", "/CN=hooks.example.org", "-addext", "subjectAltName=DNS:hooks.example.org"]
    subprocess.run(
        [*command.split(), *names, "-keyout", str(file), "-out", certificate], check=True, capture_output=True
    )
    file.write_bytes(file.read_bytes() + file.with_suffix(".crt").read_bytes())
    return file


class TestSecureConnections:
    def post(self, certificate: Path, host: str, tls: Callable[[], ssl.SSLContext]) -> int:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        listening = socket.create_server(("127.0.0.1", 0))

        def serve() -> None:
            connection, _ = listening.accept()
            try:
                with context.wrap_socket(connection, server_side=True) as secure:
                    secure.recv(65536)
                    secure.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
            except OSError:
                connection.close()  # the poster has refused the certificate

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            poster = Poster(rules=LOCAL, resolver=resolver(["127.0.0.1"]), tls=tls)
            return poster.post(Target("https", host, listening.getsockname()[1], "/"), BODY, HEADERS)
        finally:
            thread.join()
            listening.close()

    def test_a_certificate_that_is_trusted_is_taken(self, certificate: Path) -> None:
        assert self.post(certificate, "hooks.example.org", self.trusting(certificate)) == 204

    def test_one_for_another_host_is_not(self, certificate: Path) -> None:
        with pytest.raises(Unreachable, match="CERTIFICATE_VERIFY_FAILED"):
            self.post(certificate, "other.example.org", self.trusting(certificate))

    def test_nor_one_that_nobody_vouches_for(self, certificate: Path) -> None:
        with pytest.raises(Unreachable, match="CERTIFICATE_VERIFY_FAILED"):
            self.post(certificate, "hooks.example.org", ssl.create_default_context)

    def trusting(self, certificate: Path) -> Callable[[], ssl.SSLContext]:
        return lambda: ssl.create_default_context(cafile=str(certificate.with_suffix(".crt")))

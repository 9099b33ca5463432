"""How the cluster is reached: what is refused before anything is sent, and a password that nobody sees."""

import logging
import ssl
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from opensearchpy.exceptions import AuthenticationException, SSLError

from index.opensearch.connection import OpenSearchSettings, connect
from index.opensearch.errors import ClusterRefused, ClusterSettingsInvalid
from index.opensearch.failures import as_ours
from tests.index.opensearch.proxy import Answer, Asked, Cluster, Proxy, proxy_to
from tests.opensearch.cluster import node_url

LOOPBACK = OpenSearchSettings(urls=("http://127.0.0.1:9200",))
PASSWORD = "q7!Zr'夏 x"  # noqa: S105 - of this test alone


@pytest.fixture
def password_file(tmp_path: Path) -> Path:
    file = tmp_path / "password"
    file.write_text(f"{PASSWORD}\n", encoding="utf-8")
    return file


@pytest.mark.parametrize(
    "urls",
    [
        ("http://127.0.0.1:9200",),
        ("http://localhost",),
        ("http://[::1]:9200", "http://127.9.9.9:9200"),
        ("https://search.example:9200", "https://10.0.0.1/behind/a/path"),
    ],
    ids=["loopback", "by name", "several", "tls"],
)
def test_addresses_that_are_taken(urls: tuple[str, ...]) -> None:
    connect(OpenSearchSettings(urls=urls)).close()


@pytest.mark.parametrize(
    ("urls", "reason"),
    [
        ((), "at least one address"),
        (("http://search.example:9200",), "no TLS"),
        (("http://10.0.0.1:9200",), "no TLS"),
        (("http://127.0.0.1.example:9200",), "no TLS"),
        (("http://localhost.example:9200",), "no TLS"),
        (("https://search.example", "http://other.example"), "no TLS"),
        (("search.example:9200",), "no address"),
        (("ftp://search.example",), "no address"),
        (("https://",), "no address"),
        (("https://search.example/?a=b",), "no address"),
        (("https://search.example:port",), "cannot be read"),
        (("https://[::1",), "cannot be read"),
    ],
)
def test_addresses_that_are_refused(urls: tuple[str, ...], reason: str) -> None:
    with pytest.raises(ClusterSettingsInvalid, match=reason):
        connect(OpenSearchSettings(urls=urls))


def test_plain_http_goes_further_where_it_is_allowed() -> None:
    connect(OpenSearchSettings(urls=("http://10.0.0.1:9200",), allow_plain_http=True)).close()


@pytest.mark.parametrize(
    "url", ["https://me:secret7@host", "https://secret7@host", "https://:secret7@host:x"]
)
def test_an_address_with_a_user_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(ClusterSettingsInvalid) as raised:
        connect(OpenSearchSettings(urls=(url,)))
    assert "secret7" not in f"{raised.value} {raised.value.__cause__}"


@pytest.mark.parametrize("prefix", ["", "A", "-a", "a*", "a,b", "a b", ".a", "甲", "a" * 101])
def test_a_prefix_that_names_no_index_is_refused(prefix: str) -> None:
    with pytest.raises(ClusterSettingsInvalid, match="cannot begin the names"):
        connect(replace(LOOPBACK, prefix=prefix))


def test_user_and_password_belong_together(password_file: Path) -> None:
    for half in (replace(LOOPBACK, user="me"), replace(LOOPBACK, password_file=password_file)):
        with pytest.raises(ClusterSettingsInvalid, match="both or none"):
            connect(half)


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "No such file"), (b"", "in one line"), (b"a\nb\n", "in one line"), (b"\xff", "no UTF-8")],
    ids=["missing", "empty", "two lines", "no text"],
)
def test_a_password_file_that_holds_none_is_named(tmp_path: Path, content: bytes | None, reason: str) -> None:
    file = tmp_path / "password"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ClusterSettingsInvalid, match=reason) as raised:
        connect(replace(LOOPBACK, user="me", password_file=file))
    assert str(file) in str(raised.value)


@pytest.mark.parametrize("content", [None, b"no certificate"], ids=["missing", "no certificate"])
def test_a_file_of_certificates_that_has_none_is_refused(tmp_path: Path, content: bytes | None) -> None:
    ca = tmp_path / "ca.pem"
    if content is not None:
        ca.write_bytes(content)
    with pytest.raises(ClusterSettingsInvalid, match=str(ca)):
        connect(OpenSearchSettings(urls=("https://127.0.0.1",), ca=ca))


def certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """A certificate of 127.0.0.1 that vouches for itself, and its key."""
    paths = folder / f"{name}.pem", folder / f"{name}.key"
    options = [
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        f"/CN={name}",
        "-addext",
        "subjectAltName=IP:127.0.0.1",
    ]
    files = ["-out", str(paths[0]), "-keyout", str(paths[1])]
    subprocess.run(["openssl", "req", "-x509", *options, *files], check=True, capture_output=True)
    return paths


def only_who_knows(asked: Asked, cluster: Cluster) -> Answer:
    expected = b64encode(f"me:{PASSWORD}".encode()).decode()
    given = {name.lower(): value for name, value in asked.headers.items()}.get("authorization")
    if given == f"Basic {expected}":
        return cluster()
    return Answer(401, b'{"error": "Unauthorized", "status": 401}')


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two, of which the first is the cluster's."""
    folder = tmp_path_factory.mktemp("certificates")
    for name in ("cluster", "stranger"):
        certificate(folder, name)
    return folder


@pytest.fixture
def secure(certificates: Path) -> Iterator[Proxy]:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificates / "cluster.pem", certificates / "cluster.key")
    with proxy_to(node_url(), only_who_knows, context) as proxy:
        yield proxy


@pytest.mark.opensearch
def test_a_cluster_with_tls_and_a_password_answers(
    secure: Proxy, certificates: Path, password_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    settings = OpenSearchSettings(
        urls=(secure.url,), user="me", password_file=password_file, ca=certificates / "cluster.pem"
    )
    client = connect(settings)
    try:
        assert client.info()["version"]["distribution"] == "opensearch"
    finally:
        client.close()
    for told in (caplog.text, repr(settings), repr(client), repr(client.transport.hosts)):
        assert PASSWORD not in told


@pytest.mark.opensearch
def test_another_password_is_refused(secure: Proxy, certificates: Path, password_file: Path) -> None:
    password_file.write_text("another", encoding="utf-8")
    client = connect(
        OpenSearchSettings(
            urls=(secure.url,), user="me", password_file=password_file, ca=certificates / "cluster.pem"
        )
    )
    try:
        with pytest.raises(ClusterRefused, match="401") as raised, as_ours():
            client.info()
    finally:
        client.close()
    assert "another" not in str(raised.value)
    assert raised.value.__cause__ is None or isinstance(raised.value.__cause__, AuthenticationException)


@pytest.mark.opensearch
@pytest.mark.parametrize("ca", ["stranger.pem", None], ids=["another", "those of the system"])
def test_a_certificate_that_nobody_vouches_for_is_refused(
    secure: Proxy, certificates: Path, password_file: Path, ca: str | None
) -> None:
    client = connect(
        OpenSearchSettings(
            urls=(secure.url,),
            user="me",
            password_file=password_file,
            ca=None if ca is None else certificates / ca,
        )
    )
    try:
        with pytest.raises(ClusterRefused, match="no secure connection"), as_ours():
            client.info()
        with pytest.raises(SSLError):
            client.info()
    finally:
        client.close()
    assert secure.asked == []


@pytest.mark.opensearch
def test_a_certificate_of_another_host_is_refused(
    secure: Proxy, certificates: Path, password_file: Path
) -> None:
    settings = OpenSearchSettings(
        urls=(secure.url.replace("127.0.0.1", "localhost"),),
        user="me",
        password_file=password_file,
        ca=certificates / "cluster.pem",
    )
    client = connect(settings)
    try:
        with pytest.raises(ClusterRefused, match="no secure connection"), as_ours():
            client.info()
    finally:
        client.close()
    assert secure.asked == []

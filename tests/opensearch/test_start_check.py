"""What cannot be used as it is set up is refused at the start, with the reason; what heals is only told."""

import logging
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from index.averages import Averages
from index.engine_settings import EngineName, EngineSettings
from index.opensearch.cluster import CLIENT_LOGS, Cluster
from index.opensearch.errors import AliasAmbiguous, ClusterRefused
from index.opensearch.generations import Generation
from index.opensearch.indexes import create_index, lead_readers_to
from index.opensearch.published import FORMAT, Published, Scoring
from index.opensearch.start_check import MappingWrong
from tests.opensearch.proxies import door_to, line_to
from tests.processes import free_port

pytestmark = pytest.mark.opensearch

SCORING = Scoring(k1=1.0, b=0.9)
PUBLISHED = Published(format=FORMAT, analyzer="ours", scoring=SCORING, averages=Averages())
LOGIN = ("writer", "correct horse")


@pytest.fixture
def settings(opensearch_url: str, prefix: str) -> EngineSettings:
    return EngineSettings(engine=EngineName.OPENSEARCH, urls=(opensearch_url,), prefix=prefix, replicas=0)


def checked(settings: EngineSettings) -> str | None:
    with closing(Cluster.connect(settings, SCORING)) as cluster:
        return cluster.check("ours")


def make(settings: EngineSettings, number: int, published: Published = PUBLISHED) -> Generation:
    """An index that readers are led to."""
    generation = Generation(settings.prefix, number)
    with closing(Cluster.connect(settings, SCORING)) as cluster:
        create_index(cluster.client, generation, published, shards=1, replicas=0)
        lead_readers_to(cluster.client, generation)
    return generation


def test_before_there_is_an_index_all_is_well_and_nothing_is_made(
    settings: EngineSettings, opensearch_url: str
) -> None:
    assert checked(settings) is None
    with closing(Cluster.connect(settings, SCORING)) as cluster:
        assert cluster.client.indices.get(index=f"{settings.prefix}*") == {}


@pytest.mark.parametrize(
    ("published", "says"),
    [
        (PUBLISHED, None),
        (replace(PUBLISHED, analyzer="other"), "other words"),
        (replace(PUBLISHED, scoring=Scoring(k1=2.0, b=0.9)), "other constants of the score"),
        (replace(PUBLISHED, format="opensearch-0"), "another version of this program"),
    ],
    ids=["ours", "other words", "other constants", "other format"],
)
def test_what_was_made_otherwise_is_told_and_not_refused(
    settings: EngineSettings, published: Published, says: str | None
) -> None:
    make(settings, 1, published)
    told = checked(settings)
    assert (told is None) if says is None else (told is not None and says in told)


def test_an_alias_that_leads_to_two_indexes_is_refused(settings: EngineSettings) -> None:
    one, other = make(settings, 1), make(settings, 2)
    with closing(Cluster.connect(settings, SCORING)) as cluster:
        cluster.client.indices.put_alias(index=one.index, name=settings.prefix)
    with pytest.raises(AliasAmbiguous) as refused:
        checked(settings)
    assert one.index in str(refused.value)
    assert other.index in str(refused.value)


def test_an_index_with_another_mapping_is_refused_with_the_fields_that_differ(
    settings: EngineSettings,
) -> None:
    generation = make(settings, 1)
    with closing(Cluster.connect(settings, SCORING)) as cluster:
        added = {"properties": {"surplus": {"type": "keyword"}}}
        cluster.client.indices.put_mapping(index=generation.index, body=added)
    with pytest.raises(MappingWrong, match="surplus"):
        checked(settings)


def test_an_index_of_somebody_else_is_made_anew(settings: EngineSettings) -> None:
    with closing(Cluster.connect(settings, SCORING)) as cluster:
        cluster.client.indices.create(
            index=f"{settings.prefix}-000001", body={"aliases": {settings.prefix: {}}}
        )
    told = checked(settings)
    assert told is not None
    assert "says nothing of itself" in told


def of_user(settings: EngineSettings, address: str, password: str, folder: Path) -> EngineSettings:
    file = folder / "password"
    file.write_text(password)
    file.chmod(0o600)
    return replace(settings, urls=(address,), user=LOGIN[0], password_file=file)


def test_a_user_who_may_do_all_passes_and_one_with_another_password_is_refused(
    settings: EngineSettings, opensearch_url: str, tmp_path: Path
) -> None:
    with door_to(opensearch_url, login=LOGIN) as address:
        assert checked(of_user(settings, address, LOGIN[1], tmp_path)) is None
        with pytest.raises(ClusterRefused, match="password is another one") as refused:
            checked(of_user(settings, address, "guessed", tmp_path))
        assert "guessed" not in str(refused.value)
        with pytest.raises(ClusterRefused, match="does not know this user"):
            checked(replace(settings, urls=(address,)))


def test_the_client_logs_neither_what_is_asked_nor_who_asks(
    settings: EngineSettings, opensearch_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Control: without us it does."""
    caplog.set_level(logging.DEBUG)
    with door_to(opensearch_url, login=LOGIN) as address:
        chosen = of_user(settings, address, LOGIN[1], tmp_path)
        with closing(Cluster.connect(chosen, SCORING)) as cluster:
            secret = {"query": {"match": {"id": "who asks for this"}}}
            cluster.client.search(index=f"{settings.prefix}*", body=secret)
            assert "who asks" not in caplog.text
            assert repr(cluster).count(LOGIN[1]) == caplog.text.count(LOGIN[1]) == 0
            logging.getLogger(CLIENT_LOGS[0]).setLevel(logging.NOTSET)
            cluster.client.search(index=f"{settings.prefix}*", body=secret)
            assert "who asks" in caplog.text


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/"), ("GET", "/{prefix}-*"), ("PUT", "/{prefix}-"), ("POST", "/{prefix}-w-")],
)
def test_a_user_without_a_right_is_refused(
    settings: EngineSettings, opensearch_url: str, method: str, path: str
) -> None:
    """Not allowed to ask who is there, to see indexes, to make one, to write."""
    start = path.format(prefix=settings.prefix)

    def forbidden(asked: str, at: str) -> bool:
        return asked == method and (at == "/" if start == "/" else at.startswith(start))

    with (
        door_to(opensearch_url, forbidden=forbidden) as address,
        pytest.raises(ClusterRefused, match="no permissions"),
    ):
        checked(replace(settings, urls=(address,)))
    with door_to(opensearch_url) as address:
        assert checked(replace(settings, urls=(address,))) is None


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for localhost that vouches for itself, its key, and one for another name."""
    folder = tmp_path_factory.mktemp("certificates")
    for name in ("localhost", "other.example"):
        subprocess.run(
            [
                *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"),
                *("-nodes", "-keyout", f"{name}.key", "-out", f"{name}.pem", "-days", "2"),
                *("-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"),
            ],
            cwd=folder,
            check=True,
            capture_output=True,
        )
    return folder


@pytest.fixture
def secure(request: pytest.FixtureRequest, opensearch_url: str, certificates: Path) -> Iterator[str]:
    """The address of a node that shows the certificate of this name."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates / f"{request.param}.pem", certificates / f"{request.param}.key")
    with door_to(opensearch_url, certificate=context) as address:
        yield address


@pytest.mark.parametrize(
    ("secure", "ca", "says"),
    [
        ("localhost", "localhost.pem", None),
        ("localhost", "other.example.pem", "certificate verify failed"),
        ("localhost", None, "certificate verify failed"),
        ("other.example", "other.example.pem", "Hostname mismatch|doesn't match"),
    ],
    ids=["known", "another one", "unknown to the system", "for another host"],
    indirect=["secure"],
)
def test_a_certificate_that_does_not_fit_is_refused(
    settings: EngineSettings, secure: str, certificates: Path, ca: str | None, says: str | None
) -> None:
    chosen = replace(settings, urls=(secure,), ca=None if ca is None else certificates / ca)
    if says is None:
        assert checked(chosen) is None
    else:
        with pytest.raises(ClusterRefused, match=says):
            checked(chosen)


def test_that_nobody_answers_is_no_reason_to_refuse(
    settings: EngineSettings, opensearch_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert checked(replace(settings, urls=(f"http://127.0.0.1:{free_port()}",))) is None
    with line_to(opensearch_url) as line:
        line.go_dead()
        assert checked(replace(settings, urls=(line.url,))) is None
    assert caplog.text.count("not checked at the start") == 2

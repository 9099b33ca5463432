"""The whole program on a cluster: what is ingested is found over HTTP, also after the cluster was away."""

import json
import signal
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from email.message import Message
from pathlib import Path

import pytest

from index.data_folder import DataFolder
from index.engine_settings import EngineName, EngineSettings
from index.opensearch.cluster import TIMEOUT
from tests.commands import Done, run_on
from tests.index.corpus.samples import numbered, store
from tests.opensearch.cluster import fresh_prefix
from tests.opensearch.proxies import Line, door_to, line_to
from tests.processes import command, environment, free_port, server
from tests.waiting import wait_for
from web.engine_settings import engine_arguments
from web.serving.indexer import has_indexer
from web.serving.keeper import LONGEST_PAUSE_S

pytestmark = [pytest.mark.opensearch, pytest.mark.slow]

ANSWER_S = 15.0
"""A search has 2.5 s, and a page three of them one after another; the rest is for a busy machine."""
ENDED_S = 10.0
"""From SIGTERM to the end, whatever the cluster does."""
NOBODY = 0
"""The status where nobody listens."""
BACK_S = 60.0
"""From the cluster's return to an index that holds everything."""

ARTICLES = (
    {"id": "a1", "title": "杭州推进协同创新", "text": "总投资超过100亿元。", "region": "浙江"},
    {"id": "a2", "title": "武汉科技创新", "text": "武汉的产业园总投资90亿元。", "region": "湖北"},
    {"id": "a3", "title": "长沙科技创新", "text": "湘江新区协同推进创新。", "region": "湖南"},
)
BACKLOG = {"gone": range(1_000), "hanging": range(1_000, 2_000)}
"""Articles that come while the cluster is away, by their numbers."""
SEED_QUERIES = (("协同创新", 2), ('"总投资超过100亿元"', 1), ("科技创新 -武汉", 1))
"""The queries that the product began with, and how many of these articles each finds."""


@dataclass(frozen=True, slots=True)
class Site:
    """A server on a data folder whose index is in a cluster, behind a line that can be cut."""

    address: str
    data: Path
    line: Line
    engine: EngineSettings

    def run(self, name: str, *arguments: str, stdin: bytes = b"") -> Done:
        return run_on(self.data, name, *arguments, *engine_arguments(self.engine), stdin=stdin)

    def ingest(self, *records: dict[str, str]) -> Done:
        return self.run("ingest", "-", stdin="\n".join(map(json.dumps, records)).encode())

    def get(self, path: str, **query: str) -> "Answer":
        asked = time.monotonic()
        request = f"{self.address}{path}?{urllib.parse.urlencode(query)}"
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                status, headers, body = answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            status, headers, body = error.code, error.headers, error.read()
        except urllib.error.URLError:
            return Answer(NOBODY, Message(), "", time.monotonic() - asked)
        return Answer(status, headers, body.decode(), time.monotonic() - asked)

    def search(self, q: str) -> "Answer":
        return self.get("/api/v1/search", q=q, collapse="none")

    def finds(self, q: str, total: int) -> bool:
        answer = self.search(q)
        return answer.status == 200 and json.loads(answer.text)["total"] == total


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Message
    text: str
    seconds: float


@pytest.fixture(scope="module")
def site(opensearch_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    data = tmp_path_factory.mktemp("served") / "data"
    with fresh_prefix(opensearch_url) as prefix, line_to(opensearch_url) as line:
        engine = EngineSettings(engine=EngineName.OPENSEARCH, urls=(line.url,), prefix=prefix, replicas=0)
        settings = {
            "POLICY_SEARCH_ENGINE": "opensearch",
            "POLICY_SEARCH_OPENSEARCH_URL": line.url,
            "POLICY_SEARCH_OPENSEARCH_INDEX": prefix,
            "POLICY_SEARCH_OPENSEARCH_REPLICAS": "0",
        }
        with server(data, **settings) as address:
            yield Site(address, data, line, engine)


def test_what_is_ingested_is_found(site: Site) -> None:
    done = site.ingest(*ARTICLES)
    assert done.status == 0, done.message
    for q, total in SEED_QUERIES:
        wait_for(lambda q=q, total=total: site.finds(q, total))  # type: ignore[misc]
        page = site.get("/search", q=q)
        assert page.status == 200
        assert "<mark>" in page.text
    found = json.loads(site.get("/api/v1/search", q="创新", facets="region").text)
    assert found["total"] == 3
    assert site.run("check").text == "All is well.\n"
    # Nothing of an index lies in the folder.
    assert not (site.data / "index").exists()


def test_every_command_that_uses_an_index_uses_that_of_the_cluster(site: Site) -> None:
    if not site.finds("湘江新区", 1):
        site.ingest(*ARTICLES)
    before = site.run("generations", "--json").json()["generations"]
    assert isinstance(before, list)
    for arguments in (
        ("search", "创新"),
        ("facets", "region"),
        ("timeline",),
        ("similar", "a2"),
        ("suggest", "科技"),
        ("regions", "--counts", "true"),
        ("stats",),
        ("index",),
        ("optimise",),
        ("rebuild",),
    ):
        done = site.run(*arguments)
        assert done.status == 0, (arguments, done.text, done.message)
    kept = site.run("generations", "--json").json()["generations"]
    assert isinstance(kept, list)
    assert len(kept) == len(before) + 1
    assert site.run("rollback", kept[1]["generation"]).status == 0
    wait_for(lambda: json.loads(site.search("创新").text)["generation"] == kept[1]["generation"])
    assert site.run("rollback", kept[0]["generation"]).status == 0
    assert site.run("check").text == "All is well.\n"
    assert not (site.data / "index").exists()


@pytest.mark.parametrize("away", ["gone", "hanging"])
def test_while_the_cluster_is_away_this_is_said_and_ingest_goes_on(site: Site, away: str) -> None:
    if not site.finds("湘江新区", 1):
        site.ingest(*ARTICLES)
    wait_for(lambda: site.finds("湘江新区", 1))
    # A word that nobody has asked for: what was answered a moment ago may be answered once more.
    word = {"gone": "旅游", "hanging": "教育"}[away]
    (site.line.cut if away == "gone" else site.line.go_dead)()
    try:
        answer, page = site.search(word), site.get("/search", q=word)
        for told in (answer, page):
            assert told.status == 503, told.text
            assert int(told.headers["Retry-After"]) > 0
            assert told.seconds < ANSWER_S
        assert json.loads(answer.text)["type"] in {"/problems/index-unavailable", "/problems/timeout"}
        wait_for(lambda: site.get("/readyz").status == 503)
        readiness = json.loads(site.get("/readyz").text)
        assert not readiness["ready"]
        assert any("search cluster" in reason for reason in readiness["reasons"]), readiness

        stored = site.ingest({"id": f"new-{away}", "title": f"{word}发展规划"})
        assert stored.status == 0, stored.message
        assert "1 new" in stored.text
        assert "The articles are stored" in stored.message
        # And a backlog that takes more than one batch.
        newest = store(DataFolder(site.data), *map(numbered, BACKLOG[away]))
        assert json.loads(site.get("/readyz").text)["lag"] == newest
    finally:
        site.line.restore()
    back = time.monotonic()
    wait_for(lambda: json.loads(site.get("/readyz").text)["lag"] == 0)
    assert time.monotonic() - back < BACK_S
    assert site.finds(word, 1)
    wait_for(lambda: site.get("/readyz").status == 200)
    assert site.run("check").text == "All is well.\n"


@contextmanager
def running(site: Site, *arguments: str, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    """A command on the same articles and index; it is killed where it does not end by itself."""
    process = subprocess.Popen(
        [*command(site.data, *arguments), *engine_arguments(site.engine)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment() | settings,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=60)


@pytest.mark.parametrize("away", ["gone", "hanging"])
def test_a_process_that_indexes_waits_for_the_cluster_and_ends_when_it_is_told_to(
    site: Site, away: str
) -> None:
    word = {"gone": "水利", "hanging": "邮政"}[away]
    (site.line.cut if away == "gone" else site.line.go_dead)()
    try:
        with running(site, "index", "--follow", POLICY_SEARCH_LOG="info") as process:
            wait_for(lambda: has_indexer(DataFolder(site.data)))
            assert site.ingest({"id": f"follow-{away}", "title": f"{word}发展规划"}).status == 0
            log = b""
            while b"indexing fails, trying again" not in log:
                assert process.stderr is not None
                log += process.stderr.readline()
            assert b"not checked at the start" in log
            assert b"the search cluster cannot do this now: no answer" in log
            site.line.restore()
            # The server leaves it to that process, so it is that one that has done it.
            wait_for(lambda: site.finds(word, 1))
            (site.line.cut if away == "gone" else site.line.go_dead)()
            process.send_signal(signal.SIGTERM)
            told = time.monotonic()
            _, rest = process.communicate(timeout=60)
            assert process.returncode == 0, rest.decode()
            assert time.monotonic() - told < ENDED_S
            assert b"indexed 1 changes" in rest
    finally:
        site.line.restore()
    wait_for(lambda: site.get("/readyz").status == 200)


def test_a_server_that_starts_while_the_cluster_is_away_answers_once_it_is_back(site: Site) -> None:
    port = str(free_port())
    second = replace(site, address=f"http://127.0.0.1:{port}")
    site.line.cut()
    try:
        with running(site, "serve", "--port", port):
            wait_for(lambda: second.get("/readyz").status == 503)
            assert second.get("/healthz").status == 200
            assert second.search("先前").status == 503
            site.line.restore()
            wait_for(lambda: second.search("先前").status == 200)
            wait_for(lambda: second.get("/readyz").status == 200)
    finally:
        site.line.restore()


def test_a_server_that_the_cluster_refuses_ends_with_one_line_that_says_why(
    site: Site, opensearch_url: str, tmp_path: Path
) -> None:
    password = tmp_path / "password"
    password.write_text("guessed")
    with door_to(opensearch_url, login=("writer", "correct horse")) as address:
        engine = replace(site.engine, urls=(address,), user="writer", password_file=password)
        with running(replace(site, engine=engine), "serve", "--port", str(free_port())) as process:
            _, log = process.communicate(timeout=120)
    assert process.returncode == 2
    assert log.decode() == (
        "policy-search: the search cluster refuses: it does not know this user, or the password is another "
        "one\n"
    )


def test_nothing_waits_longer_than_a_minute_for_the_next_look() -> None:
    # A request that hangs, and the pause after it; the other half is for the work.
    assert TIMEOUT + LONGEST_PAUSE_S < BACK_S / 2

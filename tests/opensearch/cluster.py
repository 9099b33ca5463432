"""OpenSearch for tests: the node that CI or a developer has started, and clusters of a test's own."""

import json
import os
import secrets
import socket
import subprocess
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "opensearch"
VARIABLE = "POLICY_SEARCH_TEST_OPENSEARCH"
ANSWER_S = 30
UP_S = 700
"""Seconds that the script gets; it gives up by itself before."""
TRANSPORT_BESIDE = 10
"""So far above its HTTP port a node has the one at which it speaks with others (`scripts/opensearch`)."""
PORTS = range(21000, 32000, 100)
"""Where clusters of tests listen: below the ports that the system hands out by itself."""
_open = urllib.request.build_opener(urllib.request.ProxyHandler({})).open


def ask(url: str, path: str, *, method: str = "GET", body: object = None) -> object:
    """The JSON that a node answers. Raises URLError where it does not, HTTPError for other than 2xx."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{url}{path}", method=method, data=data, headers=headers)
    with _open(request, timeout=ANSWER_S) as answer:
        found: object = json.load(answer)
        return found


def reason_to_skip() -> str | None:
    """Why tests that need a node cannot run here; None where they can."""
    url = os.environ.get(VARIABLE)
    if not url:
        return f"needs OpenSearch: scripts/opensearch up, then export {VARIABLE}=http://127.0.0.1:9200"
    try:
        ask(url, "/")
    except (OSError, ValueError) as error:
        return f"needs OpenSearch, and {VARIABLE}={url} does not answer ({error}): scripts/opensearch up"
    return None


def node_url() -> str:
    """The address of the node that tests share; of a test that is marked `opensearch` it is always there."""
    return os.environ[VARIABLE]


@contextmanager
def fresh_prefix(url: str) -> Iterator[str]:
    """A prefix for names of indexes that nobody else has; afterwards all indexes under it are deleted."""
    prefix = f"test-{secrets.token_hex(6)}"
    try:
        yield prefix
    finally:
        for name in indexes(url, prefix):
            ask(url, f"/{name}", method="DELETE")


def indexes(url: str, prefix: str) -> list[str]:
    """The names of all indexes that begin with a prefix, closed and hidden ones too."""
    found = ask(url, f"/_cat/indices/{prefix}*?format=json&h=index&expand_wildcards=all")
    assert isinstance(found, list)
    return sorted(str(row["index"]) for row in found)


@dataclass(frozen=True, slots=True)
class OwnCluster:
    """A cluster of a test's own, in a folder of its own. Nodes are numbered from 1."""

    folder: Path
    port: int
    size: int

    @property
    def urls(self) -> tuple[str, ...]:
        return tuple(f"http://127.0.0.1:{self.port + number}" for number in range(self.size))

    def up(self, *options: str) -> None:
        """Start the nodes that do not run, and wait until all see each other."""
        self.run("up", "--nodes", str(self.size), "--port", str(self.port), *options)

    def elected(self) -> int:
        """The number of the node that manages the cluster. Raises URLError where node 1 does not run."""
        rows = ask(self.urls[0], "/_cat/cluster_manager?format=json&h=node")
        assert isinstance(rows, list)
        return int(str(rows[0]["node"]).removeprefix("node-"))

    def stop(self, *numbers: int) -> None:
        self.run("stop", *map(str, numbers))

    def kill(self, *numbers: int) -> None:
        """As `kill -9`, all of them at once."""
        self.run("kill", *map(str, numbers))

    def pause(self, *numbers: int) -> None:
        """Have nodes hang: their connections stay open and nothing is answered."""
        self.run("pause", *map(str, numbers))

    def resume(self, *numbers: int) -> None:
        self.run("resume", *map(str, numbers))

    def run(self, command: str, *arguments: str) -> None:
        done = subprocess.run(
            [SCRIPT, command, *arguments, "--folder", self.folder],
            capture_output=True,
            text=True,
            check=False,
            timeout=UP_S,
        )
        assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def own_cluster(size: int, *options: str, port: int | None = None) -> Iterator[OwnCluster]:
    """A cluster of 1 or 3 nodes that is up, at a `port` that is free; afterwards it and its data are gone.

    `options` go to `scripts/opensearch up`. Three nodes take a minute on two cores, and 3 GB of memory.
    """
    with tempfile.TemporaryDirectory(prefix="policy-search-opensearch-") as folder:
        # The nodes of a test that root runs belong to another user, who has to pass.
        Path(folder).chmod(0o711)
        cluster = OwnCluster(Path(folder), port or free_ports(), size)
        try:
            cluster.up(*options)
            yield cluster
        finally:
            cluster.run("down")


def free_ports() -> int:
    """The first of a hundred ports of which none that a cluster takes is in use.

    Workers of one test run begin at different places, so that they do not choose the same.
    """
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    order: list[int] = [*PORTS[worker * 10 :], *PORTS[: worker * 10]]
    for first in order:
        if all(_is_free(first + beside + node) for beside in (0, TRANSPORT_BESIDE) for node in range(3)):
            return first
    raise AssertionError("no free ports for a cluster")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True

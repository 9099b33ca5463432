"""A machine that takes in articles and one that only serves them, on the node that all tests share."""

import json
import re
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from typing import Any

from index.engine_settings import EngineName, EngineSettings
from tests.commands import Done, run_on
from tests.opensearch.cluster import fresh_prefix
from tests.opensearch.proxies import Line, door_to
from tests.processes import command, environment, free_port, server
from tests.waiting import wait_for
from web.engine_settings import engine_arguments

INDEX = r"(?:/[^_/?][^/?]*)?"
READING = {
    "GET": re.compile(rf"(?:/|{INDEX}(?:/_mapping)?)"),
    "POST": re.compile(rf"{INDEX}/(?:_mget|_search|_search/point_in_time)"),
    "DELETE": re.compile("/_search/point_in_time"),
}
"""The paths, without what is behind `?`, of what the role of a reader allows."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Message
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        answer = json.loads(self.body)
        assert isinstance(answer, dict)
        return answer


@dataclass(frozen=True, slots=True)
class Machine:
    """A server at an address."""

    address: str

    def ask(
        self, path: str, headers: Mapping[str, str] | None = None, /, method: str = "GET", **query: str
    ) -> Answer:
        address = f"{self.address}{path}"
        if query:
            address = f"{address}?{urllib.parse.urlencode(query)}"
        request = urllib.request.Request(address, headers=dict(headers or {}), method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.headers, error.read())

    def is_ready(self) -> bool:
        return self.ask("/readyz").status == 200

    def generation(self) -> str:
        found: str = self.ask("/readyz").json["generation"]
        return found

    def dictionary(self) -> str:
        found: str = self.ask("/api/v1/analyze", text="协同").json["dictionary_version"]
        return found


@dataclass(frozen=True, slots=True)
class Fleet:
    """A prefix in the cluster, and the folder of the machine that takes in articles."""

    prefix: str
    node: str
    data: Path
    settings: Mapping[str, str] = field(default_factory=dict)

    def engine(self, url: str | None = None) -> EngineSettings:
        return EngineSettings(
            engine=EngineName.OPENSEARCH, urls=(url or self.node,), prefix=self.prefix, replicas=0
        )

    def variables(self, url: str | None = None) -> dict[str, str]:
        return {
            "POLICY_SEARCH_ENGINE": "opensearch",
            "POLICY_SEARCH_OPENSEARCH_URL": url or self.node,
            "POLICY_SEARCH_OPENSEARCH_INDEX": self.prefix,
            "POLICY_SEARCH_OPENSEARCH_REPLICAS": "0",
            **self.settings,
        }

    def run(self, name: str, *arguments: str, stdin: bytes = b"") -> Done:
        return run_on(self.data, name, *arguments, *engine_arguments(self.engine()), stdin=stdin)

    def ingest(self, *records: Mapping[str, str]) -> None:
        done = self.run("ingest", "-", stdin="\n".join(map(json.dumps, records)).encode())
        assert done.status == 0, done.message

    @contextmanager
    def ingesting(self) -> Iterator[Machine]:
        """A server with the data folder, ready."""
        with server(self.data, **self.variables()) as address:
            yield Machine(address)

    @contextmanager
    def following(self) -> Iterator[None]:
        """A process that only indexes, while the block runs."""
        process = subprocess.Popen(
            command(self.data, "index", "--follow"),
            stdout=subprocess.DEVNULL,
            env=environment() | self.variables(),
        )
        try:
            yield
        finally:
            process.terminate()
            assert process.wait(30) == 0

    @contextmanager
    def serving(self, folder: Path, *, line: Line | None = None, **settings: str) -> Iterator[Machine]:
        """A server without a data folder, started in this empty folder, that may only read; over this line,
        where there is one."""
        port = free_port()
        with ExitStack() as stack:
            node = self.node if line is None else line.url
            url = stack.enter_context(door_to(node, forbidden=is_writing))
            process = subprocess.Popen(
                [sys.executable, "-m", "web", "serve", "--port", str(port)],
                stdout=subprocess.DEVNULL,
                cwd=folder,
                env=environment() | self.variables(url) | settings,
            )
            machine = Machine(f"http://127.0.0.1:{port}")
            try:
                wait_for(lambda: answers(process, machine))
                yield machine
            finally:
                process.terminate()
                process.wait(30)
        assert list(folder.iterdir()) == []


def answers(process: "subprocess.Popen[bytes]", machine: Machine) -> bool:
    """Whether the server answers at all. Fails where it has ended."""
    assert process.poll() is None, f"the server ended with status {process.returncode}"
    try:
        return machine.ask("/healthz").status == 200
    except urllib.error.URLError:
        return False


def is_writing(method: str, path: str) -> bool:
    """Whether a request is none that the role of a reader allows."""
    reading = READING.get(method)
    return reading is None or reading.fullmatch(path.partition("?")[0]) is None


@contextmanager
def fleet(node: str, data: Path) -> Iterator[Fleet]:
    """Nothing runs yet; what was made in the cluster goes at the end."""
    with fresh_prefix(node) as prefix:
        yield Fleet(prefix, node, data)

"""A server whose index is broken serves the last good one, or says what is amiss, until it is made anew.

The tests hold the lock under which an index is made: so long the server has what it has.
"""

import json
import shutil
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from urllib.parse import quote

import pytest

from index.data_folder import DataFolder
from index.generation import Generation, newest_first
from index.writer_lock import WriterLock
from tests.commands import run_on
from tests.processes import command, environment, free_port
from tests.waiting import WAIT_S, wait_for

pytestmark = pytest.mark.slow

ARTICLE = json.dumps({"id": "a1", "title": "杭州推进协同创新"}, ensure_ascii=False).encode()
QUERY = f"q={quote('协同创新')}"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Message
    body: str


def get(address: str, path: str) -> Answer:
    try:
        with urllib.request.urlopen(address + path, timeout=WAIT_S) as answer:
            return Answer(answer.status, answer.headers, answer.read().decode())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.headers, error.read().decode())


@contextmanager
def started(folder: DataFolder) -> Iterator[str]:
    """A server that answers, whether or not it is ready."""
    port = free_port()
    process = subprocess.Popen(
        command(folder.root, "serve", "--port", str(port)), stdout=subprocess.DEVNULL, env=environment()
    )
    address = f"http://127.0.0.1:{port}"

    def answers() -> bool:
        assert process.poll() is None
        try:
            return get(address, "/healthz").status == 200
        except urllib.error.URLError:
            return False

    try:
        wait_for(answers)
        yield address
    finally:
        process.terminate()
        process.wait(WAIT_S)


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """An article, in two generations."""
    data = tmp_path / "data"
    assert run_on(data, "ingest", "-", stdin=ARTICLE).status == 0
    assert run_on(data, "rebuild").status == 0
    return DataFolder(data)


def damage(generation: Generation) -> None:
    segment = next(generation.folder.rglob("*.seg"))
    segment.write_bytes(segment.read_bytes()[:-100])


def is_unavailable(address: str) -> None:
    """Everything says so: who operates, who asks the interface, who looks at a page."""
    ready = get(address, "/readyz")
    assert (ready.status, ready.headers["Retry-After"] is not None) == (503, True)
    assert json.loads(ready.body)["reasons"]
    found = get(address, f"/api/v1/search?{QUERY}")
    assert (found.status, json.loads(found.body)["type"]) == (503, "/problems/index-unavailable")
    assert int(found.headers["Retry-After"]) > 0
    page = get(address, f"/search?{QUERY}")
    assert (page.status, page.headers.get_content_type()) == (503, "text/html")
    assert "<main" in page.body


def is_whole(address: str) -> bool:
    ready, found = get(address, "/readyz"), get(address, f"/api/v1/search?{QUERY}")
    return ready.status == found.status == 200 and not json.loads(ready.body)["reasons"]


def test_with_the_newest_generation_damaged_the_one_before_serves(folder: DataFolder) -> None:
    newest, before = newest_first(folder.index)
    damage(newest)
    with WriterLock(folder.index_lock), started(folder) as address:
        found = get(address, f"/api/v1/search?{QUERY}")
        assert (found.status, json.loads(found.body)["total"]) == (200, 1)
        told = json.loads(get(address, "/readyz").body)
        assert (told["ready"], told["generation"].partition(".")[0]) == (True, str(before.number))
        assert any("is damaged" in reason or newest.folder.name in reason for reason in told["reasons"])


def test_with_all_damaged_it_says_so_until_one_is_made(folder: DataFolder) -> None:
    """The control of the test before: nothing good is left, so nothing is answered."""
    for generation in tuple(newest_first(folder.index)):
        damage(generation)
    with WriterLock(folder.index_lock) as lock, started(folder) as address:
        is_unavailable(address)
        lock.__exit__(None, None, None)
        wait_for(lambda: is_whole(address))
        assert json.loads(get(address, f"/api/v1/search?{QUERY}").body)["total"] == 1


def test_an_index_that_vanishes_under_a_server_is_made_anew(folder: DataFolder) -> None:
    with started(folder) as address:
        wait_for(lambda: is_whole(address))
        with WriterLock(folder.index_lock, wait=WAIT_S):
            shutil.rmtree(folder.index)
            wait_for(lambda: get(address, "/readyz").status == 503)
            is_unavailable(address)
        wait_for(lambda: is_whole(address))

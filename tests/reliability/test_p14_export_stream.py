"""P14: a file of hits is made at the speed of its client, in bounded memory, from one state of the index.

The server is a process of its own, and the clients are sockets that take little. What it made, and whether it
has ended, it says itself by its metrics. Each control is a server in which one thing was changed.
"""

import shutil
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import pytest

from tests.reliability.export_clients import Told, begun, private_bytes, rest_of, rows, taken_slowly
from tests.reliability.made_articles import EVERYWHERE, made_folder
from tests.reliability.worker_processes import ADMIN, WorkerServer, changed_server, worker_server
from tests.waiting import wait_for
from web.formats.exports import RUNNING_EXPORTS
from web.formats.hit_pages import PAGE

pytestmark = pytest.mark.slow

ARTICLES: Final = 1_000
SENTENCES: Final = 4
RULED: Final = "—" * 8_000
"""Behind each text: marks that an index takes no notice of, so that files are large and soon indexed."""
WHOLE: Final = ARTICLES * len(RULED.encode())
"""Bytes of a file with all articles, at least: far more than kernel, server and a page of hits hold."""
PART: Final = WHOLE // 2
STALL_S: Final = 3
KERNEL: Final = 1 << 20
"""Of a connection that is up, the kernel of the server keeps more for its client, that of the client less."""
LATE_S: Final = 8.0
"""How much later than it should a busy machine may end a connection."""
SLOW_S: Final = 3.0 * STALL_S
PAUSE_S: Final = 0.1
COMING: Final = 5
SETTINGS: Final = {"POLICY_SEARCH_STALL_S": str(STALL_S)}

GATHERED: Final = """
from web.formats.exports import Exports
async def _made(self, chunks):
    for chunk in await self._slots.run(lambda: list(chunks)):
        yield chunk
Exports._made = _made
"""
"""The whole file is made before the first part of it is sent."""

WITHOUT_GIVING_WAY: Final = """
from web.formats.exports import Exports
async def _made(self, chunks):
    for chunk in chunks:
        yield chunk
Exports._made = _made
"""
"""Nothing else runs between two parts: nobody can notice that the client has left."""

OWN_BUFFER_ALONE: Final = """
from web.guard import protocol
protocol.untaken_bytes = lambda transport: transport.get_write_buffer_size()
"""
"""What a client takes counts when the kernel asks for more: after a third of what it keeps."""

JUST_CLOSED: Final = """
from web.guard import protocol
protocol.abort = lambda transport: transport.abort()
"""
"""The kernel goes on with what it has for a client that is cut."""

NEWEST_STATES: Final = """
from dataclasses import replace
from search.service import SearchService
walk = SearchService.walk
def newest(self, request):
    while True:
        page = next(walk(self, request))
        yield page
        request = replace(request, offset=request.offset + request.limit)
        if request.offset >= page.clusters:
            return
SearchService.walk = newest
"""
"""Each page of hits is one of the newest state of the index."""


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_folder(tmp_path_factory.mktemp("exports"), ARTICLES, SENTENCES, RULED)


@pytest.fixture(scope="module")
def server(stored: Path) -> Iterator[WorkerServer]:
    with warm(worker_server(stored, 1, **SETTINGS)) as running:
        yield running


@contextmanager
def warm(starting: AbstractContextManager[WorkerServer]) -> Iterator[WorkerServer]:
    """A server that has sent a page of hits and suggests, so that it has loaded what it keeps."""
    with starting as running:
        wait_for(lambda: suggests(running))
        with begun(running.port, PAGE) as client:
            assert len(rows(rest_of(client))) == PAGE
        wait_for(lambda: Told.by(running).ended == 1)
        yield running


def suggests(server: WorkerServer) -> bool:
    status, answer = server.ask(server.workers()[0], "GET", "/api/v1/suggest", q=EVERYWHERE)
    return status == 200 and bool(answer["items"])


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that a client took `slowly` for a while and then as fast as it came, and by how many bytes the
    server had grown before it came to that."""

    answer: bytes
    grown: int


def taken(server: WorkerServer, meanwhile: Callable[[], None] = lambda: None) -> Taken:
    """Take all articles, slowly for longer than a client may take nothing; `meanwhile` is done then."""
    memory = private_bytes(server)
    with begun(server.port) as client:
        answer = taken_slowly(client, SLOW_S, PAUSE_S)
        grown = private_bytes(server) - memory
        meanwhile()
        answer += rest_of(client)
    return Taken(answer, grown)


@dataclass(frozen=True, slots=True)
class Ended:
    """A file that ended before it was whole: how many bytes of it were made, how many seconds after the
    client had taken its last byte the server was through with it, and how many it could take then."""

    made: int
    after_s: float
    rest: int


def ended(server: WorkerServer, last: Callable[[socket.socket], None]) -> Ended:
    """Take the first bytes of all articles, and do one `last` thing with the connection."""
    before = Told.by(server)
    with begun(server.port) as client:
        last(client)
        began = time.monotonic()
        wait_for(lambda: Told.by(server).ended > before.ended)
        after_s = time.monotonic() - began
        rest = 0 if client.fileno() < 0 else len(rest_of(client))
    return Ended(Told.by(server).made - before.made, after_s, rest)


def stop(_client: socket.socket) -> None:
    """It stays, and takes nothing more."""


def leave(client: socket.socket) -> None:
    client.close()


def names(answer: bytes) -> list[object]:
    return [row["id"] for row in rows(answer)]


def is_whole(answer: bytes) -> bool:
    return len(answer) > WHOLE


def test_a_client_that_takes_it_slowly_gets_all_and_costs_little(server: WorkerServer) -> None:
    file = taken(server)
    assert len(rows(file.answer)) == ARTICLES
    assert file.grown < PART


def test_a_file_that_is_made_at_once_costs_its_size(stored: Path) -> None:
    """The control of the one before."""
    with warm(changed_server(stored, 1, GATHERED, **SETTINGS)) as server:
        assert taken(server).grown > PART


def test_who_counts_what_waits_here_alone_cuts_a_client_that_takes_some(stored: Path) -> None:
    """The other control of it."""
    with warm(changed_server(stored, 1, OWN_BUFFER_ALONE, **SETTINGS)) as server:
        assert not is_whole(taken(server).answer)


def test_a_client_that_stops_is_ended_in_time_and_no_more_is_made(server: WorkerServer) -> None:
    file = ended(server, stop)
    assert STALL_S / 2 < file.after_s < STALL_S + LATE_S
    assert file.made < PART
    assert file.rest < KERNEL


def test_a_connection_that_is_just_closed_stays_in_the_kernel(stored: Path) -> None:
    """The control of the one before: all that had been handed over is still there."""
    with warm(changed_server(stored, 1, JUST_CLOSED, **SETTINGS)) as server:
        assert ended(server, stop).rest > KERNEL


def test_a_client_that_leaves_ends_it(server: WorkerServer) -> None:
    file = ended(server, leave)
    assert file.after_s < STALL_S + LATE_S
    assert file.made < PART


def test_where_nothing_gives_way_all_is_made_for_nobody(stored: Path) -> None:
    """The control of the one before."""
    with warm(changed_server(stored, 1, WITHOUT_GIVING_WAY, **SETTINGS)) as server:
        assert ended(server, leave).made > WHOLE


def test_several_at_once_cost_no_more_each(server: WorkerServer) -> None:
    """All that there may be: two take some, one stops, one has left."""
    before, memory = Told.by(server), private_bytes(server)
    with ExitStack() as held:
        slow, slower, _, gone = (held.enter_context(begun(server.port)) for _ in range(RUNNING_EXPORTS))
        gone.close()
        with ThreadPoolExecutor() as threads:
            taking = [threads.submit(taken_slowly, client, SLOW_S, PAUSE_S) for client in (slow, slower)]
            begins = [took.result() for took in taking]
            grown = private_bytes(server) - memory
            ends = threads.map(rest_of, (slow, slower))
            assert [len(rows(begin + end)) for begin, end in zip(begins, ends, strict=True)] == [ARTICLES] * 2
    wait_for(lambda: Told.by(server).ended == before.ended + RUNNING_EXPORTS)
    assert grown < RUNNING_EXPORTS * PART


@pytest.mark.parametrize(
    ("program", "is_one_state"),
    [pytest.param("", True, id="ours"), pytest.param(NEWEST_STATES, False, id="newest states")],
)
def test_all_rows_are_of_one_state(stored: Path, tmp_path: Path, program: str, is_one_state: bool) -> None:  # noqa: FBT001
    """Articles come in while it is sent, to the front of the list; its client waits for them to be found."""
    data = Path(shutil.copytree(stored, tmp_path / "data"))
    with changed_server(data, 1, program, POLICY_SEARCH_STALL_S="600") as server:
        with begun(server.port) as client:
            before = names(rest_of(client))
        file = taken(server, partial(come_in, server))
        assert (names(file.answer) == before) == is_one_state
        assert len(before) == ARTICLES


def come_in(server: WorkerServer) -> None:
    """Store articles that are found before all others, and wait until they are."""
    (worker,) = server.workers()
    for number in range(COMING):
        coming = {"title": EVERYWHERE * 4, "text": f"{EVERYWHERE}第{number}号" * (number + 2)}
        status, answer = server.ask(worker, "PUT", f"{ADMIN}articles/come{number}", coming)
        assert status == 201, answer
    wait_for(lambda: server.total(worker, EVERYWHERE) == ARTICLES + COMING)

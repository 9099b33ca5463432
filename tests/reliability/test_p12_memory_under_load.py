"""P12: many clients who ask for much leave a server as large as it was once it had kept what it keeps.

The address space of the server is limited as a service manager limits it, and what counts is the memory that
nobody shares with it. Requests are counted, not seconds: a slow machine takes longer over the same.
"""

import resource
from collections import Counter
from pathlib import Path
from typing import Final

import pytest

from tests.reliability.export_clients import private_bytes
from tests.reliability.made_articles import made_folder
from tests.reliability.memory_load import BATCH, Answered, Load, bodies, reads, unexpected
from tests.reliability.worker_processes import WorkerServer, changed_server, worker_server

pytestmark = pytest.mark.slow

ARTICLES: Final = 2_000
SENTENCES: Final = 10
WARMING: Final = 240
"""Requests until all that is kept is full: the answers of some hundred of them are 32 MB."""
ASKED: Final = 240
MOST: Final = 24 << 20
"""Bytes that it may grow by in as many requests again: what an allocator leaves free.
Measured on 2026-11-28: 8 MB, and 48 MB where all is kept."""
ADDRESSES: Final = 1_500 << 20
"""Of the reliability notes: address space for a worker, with all that its threads only reserve."""
BODIES: Final = 10
"""Within the rate at which one token may send them."""
REFUSED: Final = {Answered(400, has_retry=False), Answered(409, has_retry=True)}
"""Each line is too long; a few are read at once."""
QUIET: Final = {"POLICY_SEARCH_SLOW_MS": "0"}

KEEPING_ALL: Final = """
from functools import partial
from web.command_line import serve
serve.WebSettings = partial(serve.WebSettings, kept_answer_bytes=1 << 40)
"""
"""Answers are kept without a bound."""


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_folder(tmp_path_factory.mktemp("memory"), ARTICLES, SENTENCES)


def limit(server: WorkerServer) -> None:
    for worker in server.workers():
        resource.prlimit(worker, resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))


def grown(server: WorkerServer) -> tuple[int, Counter[Answered]]:
    """By how many bytes a warm server grows under load, and what it answered all the time."""
    limit(server)
    load = Load(server.port, reads())
    answers = load.answers(WARMING)
    before = private_bytes(server)
    answers += load.answers(ASKED)
    return private_bytes(server) - before, answers


def test_a_server_is_as_large_after_as_before(stored: Path) -> None:
    with worker_server(stored, 1, **QUIET) as server:
        more, answers = grown(server)
        assert server.ask(server.workers()[0], "GET", "/readyz")[0] == 200
    assert not unexpected(answers)
    # What a busy machine refuses or breaks off is not what is tested.
    assert answers[Answered(200, has_retry=False)] > (WARMING + ASKED) / 2
    assert more < MOST


def test_one_that_keeps_all_grows(stored: Path) -> None:
    """The control of the one before."""
    with changed_server(stored, 1, KEEPING_ALL, **QUIET) as server:
        more, _ = grown(server)
    assert more > MOST


def test_bodies_of_32_mib_are_let_go_of(tmp_path: Path) -> None:
    with worker_server(tmp_path / "data", 1, **QUIET) as server:
        limit(server)
        load = Load(server.port, bodies())
        answers = load.answers(BODIES // 2)
        before = private_bytes(server)
        answers += load.answers(BODIES // 2)
        more = private_bytes(server) - before
    assert set(answers) <= REFUSED
    assert more < 2 * len(BATCH)

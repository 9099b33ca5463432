"""`serve --workers N`: what one worker was told to change all answer with, and no request is done twice."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.reliability.worker_processes import ADMIN, AUTHORIZATION, WorkerServer, worker_server
from tests.waiting import WAIT_S, wait_for

pytestmark = pytest.mark.slow

WORD = "碳汇贷"
AT_ONCE = 3
"""Tries to have two workers get a request at the same moment."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorkerServer]:
    with worker_server(tmp_path_factory.mktemp("changes") / "data", 2) as running:
        yield running


def post(server: WorkerServer, worker: int, path: str, body: bytes, **headers: str) -> Any:
    """The JSON of an answer that is 200."""
    with server.connection(worker) as connection:
        connection.request("POST", ADMIN + path, body, AUTHORIZATION | headers)
        answer = connection.getresponse()
        content = answer.read()
        assert answer.status == 200, content
    return json.loads(content)


def words(server: WorkerServer, worker: int) -> list[str]:
    """What this worker makes of a text with the new word, as it indexes it."""
    status, analysed = server.ask(worker, "GET", "/api/v1/analyze", **{"text": f"首笔{WORD}", "as": "index"})
    assert status == 200, analysed
    return [token["text"] for token in analysed["tokens"]]


def generation(server: WorkerServer, worker: int) -> str:
    return str(server.ask(worker, "GET", "/readyz")[1]["generation"])


def test_words_that_one_worker_takes_over_are_words_to_the_other(server: WorkerServer) -> None:
    one, other = server.workers()
    assert server.ask(one, "PUT", f"{ADMIN}articles/w1", {"title": f"发放首笔{WORD}"})[0] == 201
    assert WORD not in words(server, one)
    told = post(server, one, "dictionary/reload", WORD.encode(), **{"Content-Type": "text/plain"})
    assert told["added"] == 1
    assert WORD in words(server, one)
    wait_for(lambda: WORD in words(server, other))
    assert server.total(other, WORD) == server.total(one, WORD) == 1


def test_a_generation_that_one_worker_goes_back_to_is_the_one_of_the_other(server: WorkerServer) -> None:
    """With what was stored since: no worker loses it."""
    one, other = server.workers()
    assert server.ask(one, "PUT", f"{ADMIN}articles/r1", {"title": "退回之前"})[0] == 201
    before = generation(server, one)
    status, job = server.ask(one, "POST", f"{ADMIN}rebuild")
    assert status == 202, job
    wait_for(lambda: bool(server.ask(one, "GET", f"{ADMIN}jobs/{job['id']}")[1]["state"] == "done"))
    assert server.ask(other, "PUT", f"{ADMIN}articles/r2", {"title": "退回之后"})[0] == 201
    for worker in (one, other):
        wait_for(lambda worker=worker: number(generation(server, worker)) > number(before))  # type: ignore[misc]
    status, answer = server.ask(other, "POST", f"{ADMIN}rollback", generation=before)
    assert (status, answer) == (200, {"generation": before})
    for worker in (one, other):
        wait_for(lambda worker=worker: number(generation(server, worker)) == number(before))  # type: ignore[misc]
        wait_for(lambda worker=worker: server.total(worker, "退回之后") == 1)  # type: ignore[misc]
        assert server.total(worker, "退回之前") == 1


def number(generation: str) -> int:
    """That of the folder: the rest counts its commits."""
    return int(generation.partition(".")[0])


@pytest.mark.parametrize("trial", range(AT_ONCE))
def test_a_request_with_a_key_that_two_workers_get_at_once_is_done_once(
    server: WorkerServer, trial: int
) -> None:
    """That they would do it twice without their lock: `tests/web/admin/test_replays.py`, moment by moment."""
    body = "".join(
        json.dumps({"id": f"k{trial}-{row}", "title": f"第{row}号"}) + "\n" for row in range(20)
    ).encode()
    headers = AUTHORIZATION | {"Content-Type": "application/x-ndjson", "Idempotency-Key": f"at-once-{trial}"}
    one, other = server.workers()
    with (
        server.connection(one) as first,
        server.connection(other) as second,
        ThreadPoolExecutor() as clients,
    ):

        def send(connection: Any) -> tuple[int, bytes]:
            connection.request("POST", f"{ADMIN}articles", body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()

        sent = [clients.submit(send, connection) for connection in (first, second)]
        answers = [waited.result(WAIT_S) for waited in sent]
    assert answers[0] == answers[1]
    status, content = answers[0]
    assert (status, json.loads(content)["created"]) == (200, 20)

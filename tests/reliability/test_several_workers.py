"""`serve --workers N`: what one process was told all answer with, and one that dies is replaced."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes import command, environment, free_port
from tests.reliability.worker_processes import ADMIN, SEARCH, WorkerServer, worker_server
from tests.waiting import wait_for

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorkerServer]:
    with worker_server(tmp_path_factory.mktemp("workers") / "data", 2) as running:
        yield running


def put(server: WorkerServer, worker: int, article_id: str, title: str) -> None:
    status, answer = server.ask(worker, "PUT", f"{ADMIN}articles/{article_id}", {"title": title})
    assert status == 201, answer


def test_what_one_worker_takes_in_the_other_finds(server: WorkerServer) -> None:
    one, other = server.workers()
    put(server, one, "found1", "杭州推进协同创新")
    assert server.total(one, "协同创新") == 1
    wait_for(lambda: server.total(other, "协同创新") == 1)
    assert server.ask(other, "DELETE", f"{ADMIN}articles/found1")[0] == 204
    wait_for(lambda: server.total(one, "协同创新") == 0)


def test_a_job_is_told_of_alike_by_all_workers(server: WorkerServer) -> None:
    one, other = server.workers()
    status, job = server.ask(one, "POST", f"{ADMIN}rebuild")
    assert status == 202
    path = f"{ADMIN}jobs/{job['id']}"

    def is_done() -> bool:
        status, told = server.ask(other, "GET", path)
        assert status == 200, told
        return bool(told["state"] == "done")

    wait_for(is_done)
    assert server.ask(one, "GET", path) == server.ask(other, "GET", path)
    generation = server.ask(one, "GET", path)[1]["answer"]["generation"]
    wait_for(lambda: is_searched(server, one, generation) and is_searched(server, other, generation))


def test_synonyms_that_one_worker_takes_over_count_in_the_other(server: WorkerServer) -> None:
    one, other = server.workers()
    put(server, one, "named1", "长三角生态绿色一体化")
    with server.connection(one) as connection:
        connection.request(
            "POST",
            f"{ADMIN}synonyms/reload",
            "三角示范, 生态绿色\n".encode(),
            {"Authorization": "Bearer correct-horse-battery", "Content-Type": "text/plain"},
        )
        answer = connection.getresponse()
        assert answer.status == 200, answer.read()
    assert server.total(one, "三角示范") == 1
    wait_for(lambda: server.total(other, "三角示范") == 1)


def test_a_walk_that_began_in_one_worker_goes_on_in_the_other(server: WorkerServer) -> None:
    """Through a commit between the pages; a worker that came later has not the state, and says so."""
    one, other = server.workers()
    for number in range(4):
        put(server, one, f"walk{number}", f"营商环境第{number}号")
    wait_for(lambda: server.total(other, "营商环境") == 4)
    asked = {"q": "营商环境", "per_page": "2", "collapse": "none"}
    status, first = server.ask(one, "GET", SEARCH, cursor="*", **asked)
    assert status == 200, first
    put(server, one, "walk9", "营商环境第9号")
    wait_for(lambda: server.total(other, "营商环境") == 5)
    status, second = server.ask(other, "GET", SEARCH, cursor=first["next_cursor"], **asked)
    assert status == 200, second
    seen = [hit["id"] for page in (first, second) for hit in page["results"]]
    assert sorted(seen) == ["walk0", "walk1", "walk2", "walk3"]

    os.kill(other, signal.SIGKILL)
    wait_for(lambda: other not in server.workers() and len(server.workers()) == 2)
    server.wait_for_all()
    [new] = set(server.workers()) - {one}
    status, refused = server.ask(new, "GET", SEARCH, cursor=first["next_cursor"], **asked)
    assert (status, refused["type"]) == (410, "/problems/cursor-expired")


def test_a_worker_that_is_killed_is_replaced_and_the_other_answers_meanwhile(server: WorkerServer) -> None:
    put(server, server.workers()[0], "kept1", "数字经济")
    killed, other = server.workers()
    os.kill(killed, signal.SIGKILL)
    assert server.total(other, "数字经济") == 1
    wait_for(lambda: killed not in server.workers() and len(server.workers()) == 2)
    for worker in server.workers():
        assert server.total(worker, "数字经济") == 1


def test_a_server_that_cannot_start_ends_and_says_why_once(tmp_path: Path) -> None:
    done = subprocess.run(
        command(tmp_path / "data", "serve", "--port", str(free_port()), "--workers", "3"),
        capture_output=True,
        env=environment() | {"POLICY_SEARCH_EMBEDDER": str(tmp_path / "nowhere")},
        check=False,
        timeout=60,
    )
    assert done.returncode == 2, done.stderr.decode()
    assert len(done.stderr.splitlines()) == 1
    assert b"nowhere" in done.stderr


def test_workers_end_with_the_process_that_started_them(tmp_path: Path) -> None:
    with worker_server(tmp_path / "data", 2) as server:
        workers = server.workers()
        server.process.kill()
        wait_for(lambda: not any(is_running(worker) for worker in workers))


def is_searched(server: WorkerServer, worker: int, generation: str) -> bool:
    """Whether this worker answers from this generation."""
    return bool(server.ask(worker, "GET", "/readyz")[1]["generation"] == generation)


def is_running(pid: int) -> bool:
    """Not where it has ended, whether or not somebody has asked how."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False

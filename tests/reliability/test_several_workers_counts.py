"""`serve --workers N`: what is counted is counted of all workers together, or each has its share."""

from pathlib import Path

import pytest

from tests.reliability.worker_processes import ADMIN, AUTHORIZATION, WorkerServer, worker_server
from tests.waiting import wait_for
from tests.web.observing.observed import Samples, samples, value
from web.http.limits import MAX_WRONG

pytestmark = pytest.mark.slow

SEARCHES = (3, 2)
"""Asked of either worker."""
COUNTED = {"route": "/api/v1/search", "method": "GET", "status": "200"}


def statuses(server: WorkerServer, worker: int, path: str, *tokens: str) -> list[int]:
    """How this worker answers a request for each of these tokens, on one connection."""
    answers = []
    with server.connection(worker) as connection:
        for token in tokens:
            connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})
            answer = connection.getresponse()
            answer.read()
            answers.append(answer.status)
    return answers


def scraped(server: WorkerServer, worker: int) -> Samples:
    with server.connection(worker) as connection:
        connection.request("GET", "/metrics", headers=AUTHORIZATION)
        answer = connection.getresponse()
        assert answer.status == 200
        return samples(answer.read().decode())


def test_metrics_are_those_of_all_workers_whichever_is_asked(tmp_path: Path) -> None:
    counted = tmp_path / "metrics"
    counted.mkdir()
    with worker_server(tmp_path / "data", 2, PROMETHEUS_MULTIPROC_DIR=str(counted)) as server:
        for worker, searches in zip(server.workers(), SEARCHES, strict=True):
            for number in range(searches):
                server.total(worker, f"甲{number}")

        def counted_by(worker: int) -> float:
            return value(scraped(server, worker), "policy_search_requests_total", COUNTED)

        # A request is counted when it has ended, a moment after its answer.
        for worker in server.workers():
            wait_for(lambda worker=worker: counted_by(worker) >= sum(SEARCHES))  # type: ignore[misc]
        assert list(map(counted_by, server.workers())) == [sum(SEARCHES)] * 2


def test_control_without_a_folder_in_common_no_worker_tells_any(tmp_path: Path) -> None:
    """Nobody would know of which worker they are; that processes apart count apart: `test_metrics.py`."""
    with worker_server(tmp_path / "data", 2) as server:
        _, token = AUTHORIZATION["Authorization"].split()
        assert [statuses(server, worker, "/metrics", token) for worker in server.workers()] == [[404], [404]]


@pytest.mark.parametrize("number", [1, 2], ids=["one process", "two workers"])
def test_an_address_may_show_no_more_wrong_tokens_to_all_workers_than_to_one(
    tmp_path: Path, number: int
) -> None:
    _, right = AUTHORIZATION["Authorization"].split()
    wrong = [f"no-such-token-at-all-{guess}" for guess in range(2 * MAX_WRONG)]
    with worker_server(tmp_path / "data", number) as server:
        answers = [
            statuses(server, worker, f"{ADMIN}generations", right, *wrong, right)
            for worker in server.workers()
        ]
    assert [(answer[0], answer[-1]) for answer in answers] == [(200, 429)] * number
    assert sum(answer.count(403) for answer in answers) == MAX_WRONG

"""`serve --workers N`: saved searches are those of all workers, and what is new is told once."""

import time
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from index.data_folder import DataFolder
from index.saved_searches.store import SavedSearches
from tests.reliability.worker_processes import ADMIN, WorkerServer, changed_server, worker_server
from tests.waiting import wait_for
from tests.web.saved.desk import BASE
from tests.web.saved.receiver import Receiver, receiving

pytestmark = pytest.mark.slow

ON = {"POLICY_SEARCH_SAVED": "on"}
TO_THIS_MACHINE = """
import web.saved.opening
from tests.web.saved.receiver import LOCAL
web.saved.opening.PUBLIC_ONLY = LOCAL
"""
WITHOUT_THE_LOCK = (
    TO_THIS_MACHINE
    + """
import web.saved.alerts
from contextlib import nullcontext
web.saved.alerts.WriterLock = lambda path, wait: nullcontext()
"""
)
SEARCHES = 3
ROUNDS_S = 3.0
"""Each worker looks every second whether there is something to tell."""


def save(server: WorkerServer, worker: int, name: str, webhook: str | None = None) -> str:
    fields = {"name": name, "query": "q=补贴", "frequency": "hourly", "webhook": webhook}
    status, saved = server.ask(worker, "POST", BASE, fields)
    assert status == 201, saved
    return str(saved["id"])


def test_what_one_worker_saves_changes_or_deletes_the_other_knows(tmp_path: Path) -> None:
    with worker_server(tmp_path / "data", 2, **ON) as server:
        one, other = server.workers()
        saved = [save(server, worker, f"第{number}") for number, worker in enumerate((one, other))]
        for worker in (one, other):
            status, told = server.ask(worker, "GET", BASE)
            assert (status, [search["id"] for search in told["searches"]]) == (200, saved[::-1])
        with server.connection(one) as connection:
            headers = {"Authorization": "Bearer correct-horse-battery", "If-Match": "*"}
            connection.request("DELETE", f"{BASE}/{saved[0]}", headers=headers)
            assert connection.getresponse().status == 204
        assert server.ask(other, "GET", f"{BASE}/{saved[0]}")[0] == 404
        assert server.ask(other, "GET", BASE)[1]["total"] == 1


def told(tmp_path: Path, program: str, receiver: Receiver) -> Counter[str]:
    """How often each delivery came while two workers of this program had a few rounds to send it."""
    data = tmp_path / "data"
    with changed_server(data, 2, program, **ON) as server:
        one, other = server.workers()
        ids = [
            save(server, (one, other)[number % 2], f"第{number}", receiver.url) for number in range(SEARCHES)
        ]
        assert server.ask(one, "PUT", f"{ADMIN}articles/a1", {"title": "发放稳岗补贴"})[0] == 201
        for search_id in ids:
            wait_for(lambda path=f"{BASE}/{search_id}/new": server.ask(other, "GET", path)[1]["total"] == 1)  # type: ignore[misc]
        assert receiver.posted == [], "none is due before an hour is over"
        make_due(data, ids)
        wait_for(lambda: len({posted.headers["x-delivery-id"] for posted in receiver.posted}) == SEARCHES)
        time.sleep(ROUNDS_S)
    return Counter(posted.headers["x-delivery-id"] for posted in receiver.posted)


def make_due(data: Path, ids: list[str]) -> None:
    """As if the hour were over."""
    store = SavedSearches.open(DataFolder(data))
    try:
        for search_id in ids:
            watched = store.get(search_id)
            alert = watched.alert
            due = replace(alert, due=alert.due - timedelta(hours=1))
            assert store.put_alert(search_id, watched.search.version, due)
    finally:
        store.close()


def test_what_is_new_is_told_by_one_worker(tmp_path: Path) -> None:
    with receiving() as receiver:
        receiver.pause_s = 0.5
        assert list(told(tmp_path, TO_THIS_MACHINE, receiver).values()) == [1] * SEARCHES


def test_control_without_the_lock_more_than_one_tells_it(tmp_path: Path) -> None:
    with receiving() as receiver:
        # So long that the other one begins its round meanwhile.
        receiver.pause_s = 1.5
        assert max(told(tmp_path, WITHOUT_THE_LOCK, receiver).values()) > 1

"""`serve --workers N`: all workers suggest from one file, which is there at the next start."""

import json
from pathlib import Path

import pytest

from tests.commands import run_on
from tests.reliability.worker_processes import WorkerServer, worker_server
from tests.waiting import wait_for

pytestmark = pytest.mark.slow

RECORDS = (
    {"id": "a1", "title": "武汉推进协同创新", "text": "武汉的消息。", "source": "江汉政务网"},
    {"id": "a2", "title": "宜昌招商会开幕", "text": "企业来了。", "source": "江汉政务网"},
)


def ingest(data: Path, *records: dict[str, str]) -> None:
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    assert run_on(data, "ingest", "-", stdin=lines.encode()).status == 0


def suggested(server: WorkerServer, worker: int, typed: str) -> bool:
    """Whether a worker has anything that goes on so."""
    status, answer = server.ask(worker, "GET", "/api/v1/suggest", q=typed)
    assert status == 200
    return bool(answer["items"])


def wait_for_suggestions(server: WorkerServer, typed: str) -> None:
    for worker in server.workers():
        wait_for(lambda worker=worker: suggested(server, worker, typed))  # type: ignore[misc]


def inodes_mapped(worker: int, file: Path) -> set[int]:
    """The files of this name that a process has mapped, by their numbers; also such as have lost it."""
    lines = Path(f"/proc/{worker}/maps").read_text(encoding="utf-8").splitlines()
    return {int(line.split()[4]) for line in lines if str(file) in line}


def test_workers_map_one_file_and_then_the_next(tmp_path: Path) -> None:
    data = tmp_path / "data"
    file = data / "suggestions" / "vocabulary.bin"
    ingest(data, RECORDS[0])
    with worker_server(data, 2) as server:
        wait_for_suggestions(server, "wuhan")
        first = {file.stat().st_ino}
        assert [inodes_mapped(worker, file) for worker in server.workers()] == [first] * 2
    with worker_server(data, 2) as server:
        wait_for_suggestions(server, "wuhan")
        assert {file.stat().st_ino} == first, "the next start finds it and makes none"
    ingest(data, RECORDS[1])
    with worker_server(data, 2) as server:
        wait_for_suggestions(server, "yichang")
        second = {file.stat().st_ino}
        assert second != first
        for worker in server.workers():
            wait_for(lambda worker=worker: inodes_mapped(worker, file) == second)  # type: ignore[misc]
    assert sorted(path.name for path in file.parent.iterdir()) == ["maker.lock", file.name]

"""`follow` takes files in as they come; `--dry-run` and `--map` from the command line."""

import json
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.data_folder import DataFolder
from index.writer_lock import WriterLock
from tests.commands import run_on
from tests.processes import command, environment
from tests.waiting import wait_for

PAGE = "关于支持科技创新的通知\n2024-10-14 来源：湖北日报\n{}"


@contextmanager
def following(data: Path, watched: Path) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(
        command(data, "follow", str(watched), "--json"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        assert process.stderr is not None
        process.stderr.close()


def total(data: Path, q: str) -> object:
    """How many articles are found; None while there is nothing that could be searched."""
    done = run_on(data, "search", q, "--json")
    return done.json()["total"] if done.out else None


@pytest.fixture
def watched(tmp_path: Path) -> Path:
    folder = tmp_path / "watched"
    folder.mkdir()
    (folder / "first.txt").write_text(PAGE.format("推进光伏产业发展。"), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "number",
    [
        pytest.param(signal.SIGINT, id="SIGINT"),
        pytest.param(signal.SIGTERM, id="SIGTERM", marks=pytest.mark.slow),
    ],
)
def test_files_are_taken_in_as_they_come_until_it_is_stopped(
    tmp_path: Path, watched: Path, number: signal.Signals
) -> None:
    data = tmp_path / "data"
    with following(data, watched) as process:
        wait_for(lambda: total(data, "光伏产业") == 1)
        (watched / "table.csv").write_text("标题,正文\n新的通知,支持氢能产业。\n", encoding="gb18030")
        (watched / "bad.json").write_text("{", encoding="utf-8")
        wait_for(lambda: total(data, "氢能产业") == 1)
        (watched / "first.txt").write_text(PAGE.format("推进风电产业发展。"), encoding="utf-8")
        wait_for(lambda: total(data, "风电产业") == 1)
        process.send_signal(number)
        assert process.wait(30) == 0


@pytest.mark.slow
def test_files_wait_while_another_process_is_storing(tmp_path: Path, watched: Path) -> None:
    data = tmp_path / "data"
    assert run_on(data, "ingest", "-", stdin=b'{"id": "a", "title": "x"}').status == 0
    with following(data, watched) as process:
        with WriterLock(DataFolder(data).lock):
            assert process.stderr is not None
            assert b"files wait" in process.stderr.readline()
        wait_for(lambda: total(data, "光伏产业") == 1)


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    done = run_on(tmp_path / "data", "follow", str(tmp_path / "nowhere"))
    assert done.status == 2
    assert "does not exist" in done.message


def test_a_dry_run_tells_and_stores_nothing(tmp_path: Path, watched: Path) -> None:
    data = tmp_path / "data"
    (watched / "bad.json").write_text("{", encoding="utf-8")
    done = run_on(data, "ingest", "--dry-run", "--json", str(watched))
    events = [json.loads(line) for line in done.out.splitlines()]
    assert [event["event"] for event in events] == ["failed", "prospect", "summary"]
    assert (events[1]["outcome"], events[1]["title"]) == ("new", "关于支持科技创新的通知")
    assert done.status == 2
    assert not data.exists()


def test_columns_are_named_with_map(tmp_path: Path) -> None:
    data, table = tmp_path / "data", tmp_path / "table.csv"
    table.write_text("甲,乙\n支持氢能产业,细则如下。\n", encoding="utf-8")
    assert run_on(data, "ingest", str(table)).status == 2
    assert run_on(data, "ingest", str(table), "--map", "title=甲", "--map", "text=乙").status == 0
    (record,) = [json.loads(line) for line in run_on(data, "export").out.splitlines()]
    assert (record["title"], record["text"]) == ("支持氢能产业", "细则如下。")
    refused = run_on(data, "ingest", str(table), "--map", "titel=甲")
    assert refused.status == 2
    assert "'titel' is no key of an article" in refused.message

"""A real server: ready when it can answer, up to date with what others store, gone when it is told to."""

import json
import signal
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.processes import command, environment, free_port, run, run_json, server, wait_until_ready

ARTICLE = {"id": "a1", "title": "杭州推进协同创新", "text": "总投资超过100亿元。"}
WAIT_S = 30


def record(**values: str) -> bytes:
    return json.dumps(values, ensure_ascii=False).encode()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    assert run(folder, "ingest", "-", stdin=record(**ARTICLE)).returncode == 0
    return folder


def total(address: str, q: str) -> int:
    with urllib.request.urlopen(f"{address}/api/v1/search?{urllib.parse.urlencode({'q': q})}") as answer:
        found = json.load(answer)["total"]
    assert isinstance(found, int)
    return found


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT_S
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def test_an_empty_folder_is_served_and_filled_meanwhile(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with server(data) as address:
        assert total(address, "创新") == 0
        assert run(data, "ingest", "-", stdin=record(**ARTICLE)).returncode == 0
        wait_for(lambda: total(address, "创新") == 1)
        assert run(data, "delete", "a1").returncode == 0
        wait_for(lambda: total(address, "创新") == 0)


def test_what_was_stored_and_not_indexed_is_caught_up(data: Path) -> None:
    for folder in (data / "index").glob("gen-*"):
        folder.rename(folder.with_name(f"lost-{folder.name}"))
    with server(data) as address:
        assert total(address, "协同创新") == 1
    assert run(data, "check").returncode == 0


def test_a_broken_index_is_rebuilt_at_the_start(data: Path) -> None:
    segment = next((data / "index").rglob("*.seg"))
    segment.write_bytes(segment.read_bytes()[:-100])
    before = run_json(data, "stats")
    with server(data) as address:
        assert total(address, "协同创新") == 1
    assert run_json(data, "stats")["generation"] != before["generation"]
    assert run(data, "check").returncode == 0


def test_two_servers_share_a_folder(data: Path) -> None:
    with server(data) as one, server(data) as other:
        assert run(data, "ingest", "-", stdin=record(id="a2", title="新到的文章")).returncode == 0
        wait_for(lambda: total(one, "新到") == total(other, "新到") == 1)


def test_sigterm_ends_it_with_status_0(data: Path) -> None:
    port = free_port()
    process = subprocess.Popen(
        command(data, "serve", "--port", str(port)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    wait_until_ready(process, f"http://127.0.0.1:{port}")
    process.send_signal(signal.SIGTERM)
    output, errors = process.communicate(timeout=WAIT_S)
    assert process.returncode == 0, errors.decode()
    assert f"http://127.0.0.1:{port}/" in output.decode()
    assert b"Traceback" not in errors


def test_an_unknown_parameter_is_a_problem_with_a_suggestion(data: Path) -> None:
    with server(data) as address:
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{address}/api/v1/search?qq=x")
        with refused.value as answer:
            assert answer.code == 400
            assert answer.headers["content-type"] == "application/problem+json"
            assert json.load(answer)["errors"][0]["suggestion"] == "q"


def test_a_port_in_use_is_said_in_one_line(data: Path) -> None:
    with server(data) as address:
        port = address.rsplit(":", 1)[1]
        done = run(data, "serve", "--port", port)
    assert done.returncode == 2
    message = done.stderr.decode()
    assert port in message
    assert len(message.splitlines()) == 1

"""A real server: ready when it can answer, up to date with what others store, gone when it is told to."""

import http.client
import json
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from index.data_folder import DataFolder
from index.generation import current_path
from tests.commands import run_json, run_on
from tests.index.corpus.samples import numbered, store
from tests.processes import command, environment, free_port, run, server, wait_until_ready
from tests.waiting import wait_for
from web.commands.serving import PortUnavailable, listen

ARTICLE = {"id": "a1", "title": "杭州推进协同创新", "text": "总投资超过100亿元。"}
WAIT_S = 30


def record(**values: str) -> bytes:
    return json.dumps(values, ensure_ascii=False).encode()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    assert run_on(folder, "ingest", "-", stdin=record(**ARTICLE)).status == 0
    return folder


def total(address: str, q: str) -> int:
    with urllib.request.urlopen(f"{address}/api/v1/search?{urllib.parse.urlencode({'q': q})}") as answer:
        found = json.load(answer)["total"]
    assert isinstance(found, int)
    return found


def test_an_empty_folder_is_served_and_filled_meanwhile(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with server(data) as address:
        assert total(address, "创新") == 0
        assert run_on(data, "ingest", "-", stdin=record(**ARTICLE)).status == 0
        wait_for(lambda: total(address, "创新") == 1)
        assert run_on(data, "delete", "a1").status == 0
        wait_for(lambda: total(address, "创新") == 0)


def test_what_was_stored_and_not_indexed_is_caught_up(data: Path) -> None:
    for folder in (data / "index").glob("gen-*"):
        folder.rename(folder.with_name(f"lost-{folder.name}"))
    with server(data) as address:
        assert total(address, "协同创新") == 1
    assert run_on(data, "check").status == 0


def test_a_broken_index_is_rebuilt_at_the_start(data: Path) -> None:
    segment = next((data / "index").rglob("*.seg"))
    segment.write_bytes(segment.read_bytes()[:-100])
    before = run_json(data, "stats")
    with server(data) as address:
        assert total(address, "协同创新") == 1
    assert run_json(data, "stats")["generation"] != before["generation"]
    assert run_on(data, "check").status == 0


@pytest.mark.slow
def test_two_servers_share_a_folder(data: Path) -> None:
    with server(data) as one, server(data) as other:
        assert run_on(data, "ingest", "-", stdin=record(id="a2", title="新到的文章")).status == 0
        wait_for(lambda: total(one, "新到") == total(other, "新到") == 1)


def test_answers_do_not_wait_for_one_another() -> None:
    """asyncio sends at once, without Nagle's algorithm, only on sockets whose protocol is named."""
    with listen("127.0.0.1", 0) as listening:
        assert listening.proto == socket.IPPROTO_TCP


def test_kept_connections_are_as_fast_as_new_ones(data: Path) -> None:
    """With Nagle's algorithm each answer but the first takes 40 ms at least, on any machine."""
    with server(data) as address:
        connection = http.client.HTTPConnection(urllib.parse.urlsplit(address).netloc)
        times = []
        for _ in range(20):
            started = time.monotonic()
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            times.append(time.monotonic() - started)
        connection.close()
    assert min(times[1:]) < 0.035


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


@pytest.mark.slow
@pytest.mark.slow
def test_sigterm_does_not_wait_for_a_rebuild(tmp_path: Path) -> None:
    """Indexing all of it takes most of a minute."""
    folder = DataFolder(tmp_path / "data")
    folder.create()
    store(folder, *(numbered(number, "推进协同创新，优化营商环境。" * 200) for number in range(1_500)))
    process = subprocess.Popen(
        command(folder.root, "serve", "--port", str(free_port())),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    wait_for(lambda: any(folder.index.glob("new-gen-*")))
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=WAIT_S)
    assert (process.returncode, errors) == (0, b"")
    assert not current_path(folder.index).exists()


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


@pytest.mark.parametrize(
    ("host", "port"),
    [("127.0.0.1", 99_999), ("127.0.0.1", -1), ("a" * 70, 8000), ("192.0.2.1", 8000), ("::1%", 8000)],
    ids=["no such port", "below all ports", "no name of a host", "another machine's", "no address"],
)
def test_an_address_that_cannot_be_served_is_said_in_one_line(host: str, port: int) -> None:
    with pytest.raises(PortUnavailable, match=f"cannot listen on {host}, port {port}: .+--port") as refused:
        listen(host, port)
    assert "\n" not in str(refused.value)

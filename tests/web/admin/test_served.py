"""The interface of a server that runs as a process of its own, as an operator starts it."""

import json
import subprocess
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.processes import command, environment, free_port, run, server, wait_until_ready
from tests.waiting import wait_for
from tests.web.admin.service import ADMIN, AUTHORIZATION, JSON, NDJSON, TOKEN, lines, record

pytestmark = pytest.mark.slow


def ask(
    address: str,
    method: str,
    path: str,
    headers: Mapping[str, str] = AUTHORIZATION,
    body: bytes | None = None,
) -> tuple[int, Any]:
    request = urllib.request.Request(address + path, body, dict(headers), method=method)
    try:
        with urllib.request.urlopen(request) as answer:
            content = answer.read()
            return answer.status, json.loads(content) if content else None
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read())


def test_articles_come_in_and_are_found_and_the_token_is_told_to_nobody(tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text(f"{TOKEN}\n", encoding="ascii")
    token.chmod(0o600)
    port, log = free_port(), tmp_path / "log"
    settings = {"POLICY_SEARCH_ADMIN_TOKEN_FILE": str(token), "POLICY_SEARCH_LOG": "debug"}
    with log.open("wb") as file:
        process = subprocess.Popen(
            command(tmp_path / "data", "serve", "--port", str(port)),
            stdout=file,
            stderr=file,
            env=environment() | settings,
        )
        address = f"http://127.0.0.1:{port}"
        try:
            wait_until_ready(process, address)
            body = lines(record("s1", "受损&amp;amp;文字"), record("s2")).encode()
            taken = ask(address, "POST", f"{ADMIN}articles", AUTHORIZATION | NDJSON, body)
            sparing = ask(address, "POST", f"{ADMIN}articles?repair=false", AUTHORIZATION | NDJSON, body)
            found = ask(address, "GET", "/api/v1/search")
            refused = ask(address, "GET", f"{ADMIN}generations", {"Authorization": "Bearer nearly-the-token"})
        finally:
            process.terminate()
            process.wait(30)
    assert (taken[0], taken[1]["created"], sparing[1]["updated"], sparing[1]["unchanged"]) == (200, 2, 1, 1)
    assert found[1]["total"] == 2
    assert refused[0] == 403
    told = log.read_text(encoding="utf-8")
    assert TOKEN not in told
    assert "nearly-the-token" not in told


def test_a_server_without_a_token_has_no_such_interface(tmp_path: Path) -> None:
    with server(tmp_path / "data") as address:
        assert ask(address, "GET", f"{ADMIN}generations")[0] == 404


def test_a_token_that_cannot_be_one_ends_the_command(tmp_path: Path) -> None:
    done = subprocess.run(
        command(tmp_path / "data", "serve", "--port", str(free_port())),
        capture_output=True,
        env=environment() | {"POLICY_SEARCH_ADMIN_TOKEN": "too-short"},
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert b"POLICY_SEARCH_ADMIN_TOKEN" in done.stderr
    assert b"too-short" not in done.stderr


def test_another_process_may_write_between(tmp_path: Path) -> None:
    """Commands and server write one after the other, and nothing of either is lost."""
    data = tmp_path / "data"
    with server(data, POLICY_SEARCH_ADMIN_TOKEN=TOKEN) as address:
        first = ask(address, "PUT", f"{ADMIN}articles/o1", AUTHORIZATION | JSON, b'{"title":"a"}')
        done = run(data, "ingest", "-", stdin=lines(record("o2")).encode())
        last = ask(address, "PUT", f"{ADMIN}articles/o3", AUTHORIZATION | JSON, b'{"title":"b"}')
        wait_for(lambda: bool(ask(address, "GET", "/api/v1/search")[1]["total"] == 3))
    assert (first[0], done.returncode, last[0]) == (201, 0, 201)

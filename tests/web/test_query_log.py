"""The query log from the request to the report; nothing of who asked is kept."""

import json
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from index.data_folder import DataFolder
from search.query_log.files import QueryLogFiles, Retention
from search.query_log.query_log import WrittenQueryLog
from tests.search.query_log.samples import request, result
from tests.web.fake_service import FakeService
from tests.web.known_regions import REGIONS
from web.app import create_app
from web.command_line.queries import forget_queries_command, queries_command, zero_hits_command
from web.commands.queries import QueryLogOff
from web.config import load_settings
from web.serving.opening import open_query_log
from web.settings import WebSettings

RETENTION = Retention(days=30, size=1_000_000)
AGENT = "Curious-Agent/7.3"
MARKER = "查无此词"
SEARCHES = (f"/search?q={MARKER}", f"/api/v1/search?q={MARKER}&source=a", "/search?q=武汉")


def asked_of(folder: DataFolder, *paths: str) -> None:
    """Ask an application for these addresses, and write its query log."""
    with open_query_log(folder, RETENTION) as queries:
        app = create_app(FakeService(), WebSettings(), REGIONS, queries)
        with TestClient(app, client=("203.0.113.77", 4711), headers={"User-Agent": AGENT}) as client:
            for path in paths:
                assert client.get(path).status_code == 200


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command did; `answer` is what it printed as JSON."""

    status: int
    out: str
    err: str

    @property
    def answer(self) -> dict[str, Any]:
        answer = json.loads(self.out)
        assert isinstance(answer, dict)
        return answer


def run(data: Path, command: click.Command, *arguments: str) -> Ran:
    done = CliRunner().invoke(command, [*arguments, "--data", str(data)], standalone_mode=False)
    if done.exception is not None:
        raise done.exception
    return Ran(done.return_value or 0, done.stdout, done.stderr)


def bytes_below(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    asked_of(folder, *SEARCHES, "/", "/search?q=")
    return folder.root


def test_pages_and_api_record_one_search_each(data: Path) -> None:
    [asked] = run(data, zero_hits_command, "--json").answer["queries"]
    assert (asked["q"], asked["count"]) == (MARKER, 2)
    report = run(data, queries_command, "--json").answer
    assert [asked["q"] for asked in report["queries"]] == [MARKER, "武汉"]
    assert (report["searches"], report["without_hits"], report["lost"], report["damaged"]) == (3, 2, 0, 0)


def test_nothing_of_who_asked_is_kept(data: Path) -> None:
    kept = bytes_below(data)
    assert MARKER.encode() in kept
    assert AGENT.encode() not in kept
    assert b"203.0.113.77" not in kept


def test_people_get_a_table(data: Path) -> None:
    lines = run(data, zero_hits_command).out.splitlines()
    assert lines[0].split()[-1] == "query"
    assert lines[1].split()[:4] == ["2", "2", "0", "1"]
    assert lines[1].endswith(MARKER)
    assert lines[-1] == "3 searches, 2 of them without a hit."


def test_forgotten_queries_are_in_no_file(data: Path) -> None:
    assert run(data, forget_queries_command, "--json").answer == {"hours": 1}
    assert MARKER.encode() not in bytes_below(data)


def test_a_log_without_a_failure_has_nothing_to_report(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    asked_of(folder, "/search?q=武汉")
    done = run(folder.root, zero_hits_command)
    assert (done.status, done.out) == (1, "1 searches, 0 of them without a hit.\n")


def test_what_is_lost_or_damaged_is_told(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    with closing(WrittenQueryLog(QueryLogFiles(folder.queries), RETENTION, queued=1)) as log:
        for _ in range(3):
            log.record(request(MARKER), result(MARKER, 0))
        log.start()
    [path] = folder.queries.iterdir()
    with path.open("ab") as file:
        file.write(b"\xff\n")
    done = run(folder.root, zero_hits_command)
    assert done.err.splitlines() == [
        "2 more searches could not be recorded.",
        "1 lines of the query log are damaged and were passed over.",
    ]


def test_where_no_queries_are_kept_the_report_says_how_to_keep_them(tmp_path: Path) -> None:
    with pytest.raises(QueryLogOff, match="POLICY_SEARCH_QUERY_LOG_DAYS"):
        run(tmp_path, zero_hits_command)


def test_it_is_off_unless_switched_on(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    with open_query_log(folder, load_settings({}).query_log) as queries:
        queries.record(request(MARKER), result(MARKER, 0))
    assert list(tmp_path.iterdir()) == []
    on = load_settings({"POLICY_SEARCH_QUERY_LOG_DAYS": "7"}).query_log
    assert on == Retention(7, 100_000_000)
    with open_query_log(folder, on) as queries:
        queries.record(request(MARKER), result(MARKER, 0))
    assert list(tmp_path.iterdir()) == [folder.queries]

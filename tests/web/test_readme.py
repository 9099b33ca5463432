"""The lines of the README that show the interface work as they stand, on the sample."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest

from tests.commands import run_on
from tests.conftest import ROOT
from tests.processes import server

HEADING = "## The API in a dozen lines"
ADDRESS = "http://127.0.0.1:8000"
README = (ROOT / "README.md").read_text(encoding="utf-8")
TRIAL = README.partition("## From a question to a feed")[2].partition("\n## ")[0]
TABLE_CALL, FEED_CALL, ENVIRONMENT, LIST_COMMAND, TABLE_COMMAND = re.findall(
    r"^  ((?:curl|export|policy-search) .*)$", TRIAL, re.MULTILINE
)
SETTING, *CALLS = README.partition(HEADING)[2].partition("```sh\n")[2].partition("```")[0].splitlines()

pytestmark = pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl: apt-get install curl")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a program and the articles of the demo where a checkout has them."""
    root = tmp_path_factory.mktemp("readme")
    assert run_on(root / "policy-data" / "demo", "ingest", str(ROOT / "web" / "sample")).status == 0
    (root / ".venv").symlink_to(sys.prefix)
    return root


@pytest.fixture(scope="module")
def address(checkout: Path) -> Iterator[str]:
    with server(checkout / "policy-data" / "demo") as running:
        yield running


def answer(call: str, address: str, folder: Path) -> str:
    """What a line of the README prints, sent to this server."""
    return printed(f"{SETTING}\n{call}".replace(ADDRESS, address), folder)


def printed(lines: str, folder: Path) -> str:
    done = subprocess.run(
        ["sh", "-euc", lines],
        capture_output=True,
        check=False,
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "no_proxy": "*", "PYTHONUTF8": "1"},
        timeout=60,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def test_they_are_a_dozen() -> None:
    assert f"api={ADDRESS}/api/v1" == SETTING
    assert len(CALLS) == 11
    assert all(call.startswith("curl ") for call in CALLS)


@pytest.mark.parametrize("call", [call for call in CALLS if "/search " in call and "qq" not in call])
def test_a_search_finds_something(call: str, address: str, tmp_path: Path) -> None:
    found = json.loads(answer(call, address, tmp_path))
    assert found["results"]
    assert found["query"]["q"] in call


def table_of(written: bytes) -> dict[str, dict[str, str]]:
    """The rows by their ids."""
    return {row["id"]: row for row in csv.DictReader(written.decode("utf-8-sig").splitlines())}


@pytest.mark.slow
def test_a_question_becomes_the_same_file_and_feed_in_each_way(
    address: str, checkout: Path, tmp_path: Path
) -> None:
    answer(TABLE_CALL, address, tmp_path)
    by_http = table_of((tmp_path / "subsidies.csv").read_bytes())
    listed = printed(f"{ENVIRONMENT}\n{LIST_COMMAND}\n{TABLE_COMMAND}", checkout)
    assert table_of((checkout / "subsidies.csv").read_bytes()) == by_http
    assert "Results: 2 (3 articles with reposts)" in listed
    assert all(row["title"] in listed for row in by_http.values())
    assert [row["copies"] for row in by_http.values() if row["earliest"]] == ["1"]
    feed = feedparser.parse(answer(FEED_CALL, address, tmp_path).encode())
    assert len(feed.entries) == len(by_http) == 2


def test_a_table_has_the_articles_of_a_region(address: str, tmp_path: Path) -> None:
    (call,) = [call for call in CALLS if "/search.csv" in call]
    rows = list(csv.DictReader(answer(call, address, tmp_path).splitlines()))
    assert rows
    assert {row["published_at"][:4] for row in rows} <= {"2023", "2024"}
    assert all("浙江" in row["region"] for row in rows)


def test_a_timeline_counts_by_year(address: str, tmp_path: Path) -> None:
    (call,) = [call for call in CALLS if "/timeline" in call]
    counted = json.loads(answer(call, address, tmp_path))
    assert sum(bucket["count"] for bucket in counted["buckets"]) > 1


@pytest.mark.parametrize("call", [call for call in CALLS if "/articles/" in call])
def test_an_article_is_read(call: str, address: str, tmp_path: Path) -> None:
    article = json.loads(answer(call, address, tmp_path))
    assert article["id"] == "sample-001"
    assert article["highlights"] if "q=" in call else article["original"]


def test_a_mistake_comes_with_a_suggestion(address: str, tmp_path: Path) -> None:
    (call,) = [call for call in CALLS if "qq=" in call]
    head, _, body = answer(call, address, tmp_path).partition("\r\n\r\n")
    assert re.match("HTTP/1.1 400 ", head)
    assert json.loads(body)["errors"][0]["suggestion"] == "q"


def test_the_server_says_that_it_is_ready(address: str, tmp_path: Path) -> None:
    assert json.loads(answer(CALLS[-1], address, tmp_path))["ready"] is True

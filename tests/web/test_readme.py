"""The lines of the README that show the interface work as they stand, on the sample."""

import csv
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import run_on
from tests.conftest import ROOT
from tests.processes import server

HEADING = "## The API in a dozen lines"
ADDRESS = "http://127.0.0.1:8000"
README = (ROOT / "README.md").read_text(encoding="utf-8")
SETTING, *CALLS = README.partition(HEADING)[2].partition("```sh\n")[2].partition("```")[0].splitlines()

pytestmark = pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl: apt-get install curl")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    data = tmp_path_factory.mktemp("readme") / "data"
    assert run_on(data, "ingest", str(ROOT / "web" / "sample")).status == 0
    with server(data) as running:
        yield running


def answer(call: str, address: str, folder: Path) -> str:
    """What a line of the README prints, sent to this server."""
    lines = f"{SETTING}\n{call}".replace(ADDRESS, address)
    done = subprocess.run(
        ["sh", "-euc", lines],
        capture_output=True,
        check=False,
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "no_proxy": "*"},
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

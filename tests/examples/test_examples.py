"""Each example runs as its first lines say, on a real server."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import tomllib
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from alert import new_articles
from client import Client, Problem

from tests.commands import lines, run_json, run_on
from tests.conftest import ROOT
from tests.examples.conftest import TOKEN
from tests.waiting import wait_for

CHINA = timezone(timedelta(hours=8))
EXAMPLES = ROOT / "examples"
NOW = datetime.now(CHINA)
"""Before anything was added to the library."""
TODAY = NOW.date()
YESTERDAY = TODAY - timedelta(days=1)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl: apt-get install curl"),
]


def run_example(name: str, *arguments: str) -> str:
    """What the example prints; the token is that of the server."""
    program = [sys.executable] if name.endswith(".py") else ["sh"]
    done = subprocess.run(
        [*program, str(EXAMPLES / name), *arguments],
        capture_output=True,
        check=False,
        env={"PATH": os.environ["PATH"], "PYTHONUTF8": "1", "no_proxy": "*", "POLICY_SEARCH_TOKEN": TOKEN},
        timeout=120,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def test_every_example_is_described_and_tested() -> None:
    described = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    tested = Path(__file__).read_text(encoding="utf-8")
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["tool"]["mypy"]["modules"] == sorted(path.stem for path in EXAMPLES.glob("*.py"))
    for path in EXAMPLES.iterdir():
        if path.suffix in {".py", ".sh"}:
            assert f"]({path.name})" in described
            assert f'"{path.name}"' in tested or path.stem in {"client", "alert"}


def test_the_search_box_suggests_and_finds(address: str) -> None:
    text = run_example("search_box.py", "武汉", "--address", address)
    suggested, _, found = text.partition("\n\n")
    assert "武汉" in suggested
    assert "【武汉】" in found
    answers = run_example("search_box.sh", "协同创新", address).splitlines()
    suggestions, hits = map(json.loads, answers)
    assert suggestions["q"] == "协同创新"
    assert hits["total"] > 0


def test_the_daily_export_has_every_article_of_the_day(address: str, data: Path, tmp_path: Path) -> None:
    days = [(TODAY - timedelta(days=back)).isoformat() for back in (1, 0, -1)]
    stored = run_json(data, "stats")["articles"]
    exported = []
    for day in days:
        run_example("daily_export.py", str(tmp_path), "--day", day, "--address", address)
        file = tmp_path / f"articles-{day}.ndjson"
        exported += [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        run_example("daily_export.sh", day, str(tmp_path / f"{day}.csv"), address)
    assert len({article["id"] for article in exported}) == stored
    assert all(article["body"] or article["title"] for article in exported)
    rows = [
        row
        for day in days
        for row in csv.DictReader(
            io.StringIO((tmp_path / f"{day}.csv").read_bytes().decode("utf-8-sig"), newline="")
        )
    ]
    assert [row["id"] for row in rows] == [article["id"] for article in exported]
    assert {path.suffix for path in tmp_path.iterdir()} == {".ndjson", ".csv"}


def test_the_dashboard_counts_what_the_facets_count(address: str) -> None:
    text = run_example("topic_dashboard.py", "科技创新", "--address", address)
    head, *provinces, country = [line.split("\t") for line in text.splitlines()]
    facet = Client(address).get("facets", {"facet": "region", "topic": "科技创新", "limit": 200})["values"]
    counts = {value["path"][-1]: value["count"] for value in facet if len(value["path"]) == 1}
    undated = Client(address).get("timeline", {"topic": "科技创新"})["undated"]
    assert int(country[-1]) + undated == Client(address).get("search", {"topic": "科技创新"})["total"]
    for name, *months, total in provinces:
        assert sum(map(int, months)) == int(total) <= counts[name]
    assert head[1:-1] == sorted(head[1:-1])
    regions, timeline = map(json.loads, run_example("topic_dashboard.sh", "科技创新", address).splitlines())
    assert {one["name"]: one["count"] for one in regions["regions"] if one["count"]} == counts
    assert [bucket["start"] for bucket in timeline["buckets"]] == head[1:-1]


def test_the_alert_tells_of_each_new_article_once(address: str, data: Path, tmp_path: Path) -> None:
    state = str(tmp_path / "state.json")
    command = ("alert.py", state, "低空经济", "--address", address)
    assert run_example(*command) == ""
    url = "https://example.org/fresh"
    new = {"id": "fresh", "title": "低空经济试点启动", "url": url, "published": "1999-05-05"}
    assert run_on(data, "ingest", "-", stdin=lines(new)).status == 0
    wait_for(lambda: Client(address).get("search", {"q": "低空经济", "year": "1999"})["total"] == 1)
    assert run_example(*command) == f"低空经济试点启动  {url}\n"
    assert run_example(*command) == ""
    told = [
        json.loads(line)["id"]
        for line in run_example("alert.sh", "低空经济", YESTERDAY.isoformat(), address).splitlines()[:-1]
    ]
    assert told[0] == "fresh"


def test_the_alert_looks_a_day_back_and_forgets_what_is_older(address: str, tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    client = Client(address)
    tomorrow = NOW + timedelta(days=1)
    asked = {"q": "创新", "fields": "id"}
    assert new_articles(client, asked, file, tomorrow) == []
    remembered = json.loads(file.read_text(encoding="utf-8"))
    assert remembered["since"] == TODAY.isoformat()
    assert remembered["told"]
    file.write_text(json.dumps({**remembered, "told": remembered["told"][1:]}), encoding="utf-8")
    assert [hit["id"] for hit in new_articles(client, asked, file, tomorrow)] == remembered["told"][:1]
    later = tomorrow + timedelta(days=9)
    assert new_articles(client, asked, file, later) == []
    assert new_articles(client, asked, file, later) == []
    assert json.loads(file.read_text(encoding="utf-8"))["told"] == []


def test_a_saved_search_tells_of_each_new_article_once(address: str, data: Path, tmp_path: Path) -> None:
    command = ("saved_search.py", str(tmp_path / "state.json"), "氢能走廊", "--address", address)
    assert run_example(*command) == ""
    new = {"id": "later", "title": "氢能走廊开工", "published": "1998-05-05"}
    assert run_on(data, "ingest", "-", stdin=lines(new)).status == 0
    wait_for(lambda: Client(address).get("search", {"q": "氢能走廊", "year": "1998"})["total"] == 1)
    printed: list[str] = []

    def is_told() -> bool:
        """The server tells of it once it is sure of its moment, a second or two later."""
        printed.append(run_example(*command))
        return printed[-1] != ""

    wait_for(is_told)
    assert printed[-1] == "氢能走廊开工  later\n"
    assert run_example(*command) == ""


def test_the_client_tells_a_mistake_from_the_server(address: str) -> None:
    with pytest.raises(Problem, match="facet: ") as refused:
        Client(address).get("facets", {"facet": "nosuch"})
    assert refused.value.status == 400
    with pytest.raises(Problem) as missing:
        Client(address).article("nosuch")
    assert (missing.value.status, missing.value.type) == (404, "/problems/article-not-found")


def test_a_walk_gives_every_hit_once(address: str) -> None:
    client = Client(address)
    whole = client.get("search", {"q": "创新", "per_page": 100, "fields": "id"})
    walked = [hit["id"] for hit in client.walk({"q": "创新", "fields": "id"}, per_page=7)]
    assert walked == [hit["id"] for hit in whole["results"]]
    assert len(walked) == whole["clusters"] > 7

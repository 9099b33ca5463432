"""What `ingest` has acknowledged is found after `kill -9`, each article once.

Articles are stored in the order of their file, so the count of an acknowledgement says which ones are meant.
The control acknowledges before it stores: there acknowledged articles are missing.
"""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from index.analysis.analyzer import Analyzer
from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from index.errors import CorpusMissing
from search.request import SearchRequest
from tests.processes import command, run, unmeasured_environment
from web.serving.opening import open_search

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

IDS = [f"a{number:05}" for number in range(2_000)]
KILLS = 10
CHECKS = 5
"""One kill in so many is also shown to `check`, which takes a process of its own."""

PAGE = 500

CONTROL = """
import index.ingest as product
store = product.Ingest._store
def eager(self, batch, *others):
    yield product.Stored(new=len(batch.waiting), updated=0, unchanged=0, sequence=0)
    list(store(self, batch, *others))
product.Ingest._store = eager
from web.cli import main
main()
"""


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("records") / "articles.jsonl"
    random = Random(20)
    places, subjects = ["杭州", "成都", "武汉", "西安"], ["人才", "创新", "住房", "交通"]
    with path.open("w", encoding="utf-8") as file:
        for article_id in IDS:
            text = "。".join(
                f"{random.choice(places)}推进{random.choice(subjects)}第{random.randrange(10_000)}项"
                for _ in range(4)
            )
            record = {"id": article_id, "title": f"{article_id}号通知", "text": text}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path


def started(arguments: list[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=unmeasured_environment()
    )


def acknowledged_before_kill(arguments: list[str], wait_s: float) -> list[str]:
    """The ids of the articles that a process has acknowledged when it is killed."""
    process = started(arguments)
    time.sleep(wait_s)
    process.kill()
    return acknowledged_by(process.communicate()[0])


def acknowledged_at_first(arguments: list[str]) -> list[str]:
    """The same of a process that is killed as soon as it has acknowledged any."""
    process = started(arguments)
    assert process.stdout is not None
    line = process.stdout.readline()
    process.kill()
    process.communicate()
    return acknowledged_by(line)


def acknowledged_by(output: bytes) -> list[str]:
    count = 0
    for line in output.decode().splitlines(keepends=True):
        if line.endswith("\n") and (event := json.loads(line))["event"] == "stored":
            count += event["new"] + event["updated"] + event["unchanged"]
    return IDS[:count]


def stored(folder: Path) -> list[str]:
    """The ids of all stored articles, rising."""
    try:
        with CorpusReader.open(DataFolder(folder)) as reader:
            return [article.id for article in reader.export()]
    except CorpusMissing:
        return []


def found(folder: Path, analyzer: Analyzer) -> Sequence[str]:
    """The ids of all articles that a search finds once the index has caught up, page by page."""
    ids: list[str] = []
    with open_search(DataFolder(folder), analyzer) as opened:
        opened.upkeep.catch_up(lambda _: None)
        while True:
            request = SearchRequest(q="通知", offset=len(ids), limit=PAGE, snippets=0)
            result = opened.service.search(request)
            ids += (hit.article.id for hit in result.hits)
            if not result.hits:
                assert result.total == len(ids)
                return ids


def how_long(arguments: list[str]) -> float:
    started = time.monotonic()
    subprocess.run(arguments, stdout=subprocess.DEVNULL, check=True, env=unmeasured_environment())
    return time.monotonic() - started


def test_every_acknowledged_article_is_found_once(records: Path, tmp_path: Path, analyzer: Analyzer) -> None:
    whole = how_long(command(tmp_path / "whole", "ingest", str(records), "--json"))
    random = Random(9)
    interesting = 0
    for kill in range(KILLS):
        data = tmp_path / f"killed-{kill}"
        arguments = command(data, "ingest", str(records), "--json")
        acknowledged = acknowledged_before_kill(arguments, random.uniform(0.3, 0.95) * whole)
        interesting += bool(acknowledged)
        in_truth = stored(data)
        assert in_truth == IDS[: len(in_truth)]
        assert set(acknowledged) <= set(in_truth)
        if in_truth:
            assert sorted(found(data, analyzer)) == in_truth
            assert kill % CHECKS or run(data, "check").returncode == 0
    assert interesting >= KILLS // 2, "most kills came before anything was stored: the test shows too little"


def test_a_second_run_completes_what_was_killed(records: Path, tmp_path: Path, analyzer: Analyzer) -> None:
    data = tmp_path / "data"
    arguments = command(data, "ingest", str(records), "--json")
    assert acknowledged_at_first(arguments)
    assert run(data, "ingest", str(records)).returncode == 0
    assert stored(data) == IDS
    assert sorted(found(data, analyzer)) == IDS
    assert run(data, "check").returncode == 0


def test_control_acknowledging_too_early_loses_articles(records: Path, tmp_path: Path) -> None:
    def loses(data: Path) -> bool:
        arguments = [sys.executable, "-c", CONTROL, *command(data, "ingest", str(records), "--json")[3:]]
        acknowledged = acknowledged_at_first(arguments)
        assert acknowledged
        return not set(acknowledged) <= set(stored(data))

    assert any(loses(tmp_path / f"killed-{kill}") for kill in range(KILLS))

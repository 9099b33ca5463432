"""What `ingest` has acknowledged is found after `kill -9`, and nothing is found twice.

The control acknowledges before it stores: there acknowledged articles are missing.
"""

import json
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from index.errors import CorpusMissing
from tests.processes import command, environment, run, run_json

pytestmark = pytest.mark.slow

ARTICLES = 2_000
KILLS = 20

CONTROL = """
import index.ingest as product
store = product.Ingest._store
def eager(self, batch):
    yield product.Stored(new=len(batch.waiting), updated=0, unchanged=0, sequence=0)
    list(store(self, batch))
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
        for number in range(ARTICLES):
            text = "。".join(
                f"{random.choice(places)}推进{random.choice(subjects)}第{random.randrange(10_000)}项"
                for _ in range(12)
            )
            record = {"id": f"a{number:05}", "title": f"第{number}号通知", "text": text}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path


def acknowledged_before_kill(arguments: list[str], wait_s: float) -> int:
    """How many articles a process has acknowledged when it is killed."""
    process = subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment()
    )
    time.sleep(wait_s)
    process.kill()
    output, _ = process.communicate()
    count = 0
    for line in output.decode().splitlines(keepends=True):
        if line.endswith("\n") and (event := json.loads(line))["event"] == "stored":
            count += event["new"] + event["updated"] + event["unchanged"]
    return count


def stored(folder: Path) -> int:
    try:
        with CorpusReader.open(DataFolder(folder)) as reader:
            return reader.stats().articles
    except CorpusMissing:
        return 0


def how_long(arguments: list[str]) -> float:
    started = time.monotonic()
    subprocess.run(arguments, stdout=subprocess.DEVNULL, check=True, env=environment())
    return time.monotonic() - started


def test_every_acknowledged_article_is_found_once(records: Path, tmp_path: Path) -> None:
    whole = how_long(command(tmp_path / "whole", "ingest", str(records), "--json"))
    random = Random(9)
    interesting = 0
    for kill in range(KILLS):
        data = tmp_path / f"killed-{kill}"
        arguments = command(data, "ingest", str(records), "--json")
        acknowledged = acknowledged_before_kill(arguments, random.uniform(0.1, 0.95) * whole)
        interesting += acknowledged > 0
        in_truth = stored(data)
        assert in_truth >= acknowledged
        if not in_truth:
            continue
        found = run_json(data, "search", "通知")
        assert found["total"] == in_truth
        assert run(data, "check").returncode == 0
    assert interesting >= KILLS // 2, "most kills came before anything was stored: the test shows too little"


def test_a_second_run_completes_what_was_killed(records: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    arguments = command(data, "ingest", str(records), "--json")
    while not acknowledged_before_kill(arguments, 1.5):
        pass
    assert run(data, "ingest", str(records)).returncode == 0
    assert run_json(data, "search", "通知")["total"] == ARTICLES
    assert run(data, "check").returncode == 0


def test_control_acknowledging_too_early_loses_articles(records: Path, tmp_path: Path) -> None:
    random = Random(5)
    lost = 0
    for kill in range(KILLS):
        data = tmp_path / f"killed-{kill}"
        arguments = [sys.executable, "-c", CONTROL, *command(data, "ingest", str(records), "--json")[3:]]
        acknowledged = acknowledged_before_kill(arguments, random.uniform(0.4, 2.0))
        lost += acknowledged > stored(data)
        if lost:
            return
    assert lost

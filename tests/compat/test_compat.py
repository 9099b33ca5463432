"""Data folders that earlier states of the program wrote still open, with every article."""

import json
import shutil
from pathlib import Path

import pytest

from index.whoosh.published import FORMAT
from tests.processes import run, run_json

FOLDERS = sorted(path for path in Path(__file__).parent.iterdir() if (path / "articles.db").exists())


@pytest.fixture(params=FOLDERS, ids=lambda path: path.name)
def data(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    copy = tmp_path / "data"
    shutil.copytree(request.param, copy)
    return copy


def test_there_is_one() -> None:
    assert FOLDERS


def test_every_article_is_there(data: Path) -> None:
    records = [json.loads(line) for line in run(data, "export").stdout.splitlines()]
    assert len(records) == 8
    assert sum(record["title"].startswith("更新：") for record in records) == 1
    assert sum("(xié)" in json.dumps(record, ensure_ascii=False) for record in records) == 0


def test_it_answers_and_checks_well(data: Path) -> None:
    assert run_json(data, "search", "协同创新")["total"] == 3
    assert run_json(data, "search", "更新")["total"] != 0
    assert run(data, "check").stdout.decode() == "All is well.\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [("stats",), ("search", "协同创新"), ("export",), ("ingest", "--dry-run", "-")],
    ids=lambda arguments: arguments[0],
)
def test_each_command_that_only_reads_can_be_the_first(data: Path, arguments: tuple[str, ...]) -> None:
    ran = run(data, *arguments, stdin=b'{"id": "new-1", "title": "t", "text": "x"}')
    assert ran.returncode == 0, ran.stderr.decode()


def test_the_first_check_finds_only_that_the_index_is_older(data: Path) -> None:
    found = run(data, "check").stdout.decode().splitlines()
    (manifest,) = data.glob("index/gen-*/manifest.json")
    if f'"format": "{FORMAT}"' in manifest.read_text(encoding="utf-8"):
        assert found == ["All is well."]
    else:
        assert found
        assert all("made by another version" in line for line in found), found


@pytest.mark.slow
def test_it_can_be_written_to(data: Path) -> None:
    record = json.dumps({"id": "new-1", "title": "新写的文章"}, ensure_ascii=False).encode()
    assert run(data, "ingest", "-", stdin=record).returncode == 0
    assert run_json(data, "search", "新写的文章")["total"] == 1
    assert run(data, "check").returncode == 0

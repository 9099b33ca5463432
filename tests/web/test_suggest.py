"""`suggest` on the command line."""

import json
from pathlib import Path

import pytest

from tests.commands import run_json, run_on

RECORDS = (
    {"id": "a1", "title": "武汉推进协同创新", "text": "武汉的消息。", "source": "江汉政务网"},
    {"id": "a2", "title": "武汉发布政策", "text": "人才政策。", "source": "江汉政务网"},
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("suggest") / "data"
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in RECORDS)
    assert run_on(folder, "ingest", "-", stdin=lines.encode()).status == 0
    return folder


def test_it_goes_on_from_pinyin(data: Path) -> None:
    answer = run_json(data, "suggest", "wuh", "--kind", "word")
    assert answer == {
        "q": "wuh",
        "items": [
            {
                "text": "武汉",
                "kind": "word",
                "value": "武汉",
                "count": 2,
                "matched": "pinyin",
                "highlights": [[0, 2]],
            }
        ],
        "suggestions": [],
        "no_hits": {"parts": [], "filters": []},
    }


def test_it_says_what_was_meant(data: Path) -> None:
    answer = run_json(data, "suggest", "五汉 鿍鿍")
    assert answer["items"] == []
    assert answer["no_hits"] == {
        "parts": [
            {"text": "五汉", "span": [0, 2], "q": "五汉", "count": 0},
            {"text": "鿍鿍", "span": [3, 2], "q": "鿍鿍", "count": 0},
        ],
        "filters": [],
    }
    assert run_json(data, "suggest", "五汉")["suggestions"] == [
        {"kind": "did_you_mean", "q": "武汉", "count": 2, "reason": "same_sound", "highlights": [[0, 1]]}
    ]


def test_it_prints_for_people(data: Path) -> None:
    shown = run_on(data, "suggest", "wuh").out.decode().splitlines()
    assert "武汉  word · 2 · pinyin" in shown
    assert "武汉推进协同创新  title · 1 · pinyin" in shown
    shown = run_on(data, "suggest", "五汉").out.decode().splitlines()
    assert shown == ["did you mean: 武汉  2 · same sound"]
    shown = run_on(data, "suggest", "招商 武汉").out.decode().splitlines()
    assert shown == ["alone: 招商  0", "alone: 武汉  2"]


def test_nothing_to_offer_is_status_1(data: Path) -> None:
    assert run_on(data, "suggest", "鿍鿍").status == 1


@pytest.mark.parametrize("arguments", [("--limit", "11"), ("--kind", "nosuch")])
def test_bad_usage_is_status_2(data: Path, arguments: tuple[str, str]) -> None:
    assert run_on(data, "suggest", "武", *arguments).status == 2

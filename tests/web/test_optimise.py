"""`policy-search optimise`: what it prints, and what it returns where there is nothing to merge."""

import json
from pathlib import Path

import pytest

from tests.commands import run_json, run_on

ARTICLES = [{"id": f"a{number}", "title": f"第{number}号通知", "text": "协同创新。"} for number in range(3)]


@pytest.mark.slow
def test_the_merged_index_answers_as_before(tmp_path: Path) -> None:
    for article in ARTICLES:
        run_on(tmp_path, "ingest", "-", stdin=json.dumps(article).encode())
    before = run_json(tmp_path, "search", "协同")
    merged = run_json(tmp_path, "optimise")
    after = run_json(tmp_path, "search", "协同")
    assert merged == {"generation": after["generation"]}
    assert merged["generation"] != before["generation"]
    assert (after["total"], after["results"]) == (3, before["results"])
    assert b"The index is merged" in run_on(tmp_path, "optimise").out


def test_without_an_index_it_says_what_to_do(tmp_path: Path) -> None:
    done = run_on(tmp_path, "optimise")
    assert done.status == 1
    assert b"policy-search rebuild" in done.err

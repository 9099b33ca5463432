"""Real articles: all of one collection goes in, and known items are found by a run of their title."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.data_folder import DataFolder
from search.request import SearchRequest
from search.service import SearchService
from tests.conftest import ROOT
from tests.processes import run, run_json
from web.serving.opening import open_analyzer, open_search

pytestmark = [pytest.mark.shared, pytest.mark.slow]

DATA = ROOT.parent / "shared" / "data"
ARTICLES = 1_467
NEEDED_SHARE = 0.95


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    data = tmp_path_factory.mktemp("hebei") / "data"
    done = run(data, "ingest", str(DATA / "bulk" / "hebei_gov.jsonl.gz"))
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode() == f"{ARTICLES} new, 0 updated, 0 unchanged, 0 failed\n"
    stats = run_json(data, "stats")
    assert (stats["articles"], stats["lag"]) == (ARTICLES, 0)
    with open_search(DataFolder(data), open_analyzer(DataFolder(data))) as opened:
        yield opened.service


def known_items(collection: str) -> Iterator[tuple[str, str]]:
    """Queries whose answer is in the collection, each with the id of that article."""
    folder: Path = DATA / "known_item"
    answers = dict(
        line.split("\t")[:2] for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines()
    )
    for line in (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines():
        query = json.loads(line)
        if answers[query["id"]].startswith(collection):
            yield query["text"], answers[query["id"]]


def test_known_items_are_among_the_first_ten(service: SearchService) -> None:
    asked = list(known_items("hebei-"))
    missed = [
        (text, answer)
        for text, answer in asked
        if answer not in {hit.article.id for hit in service.search(SearchRequest(q=text)).hits}
    ]
    assert len(asked) >= 50
    assert len(missed) <= (1 - NEEDED_SHARE) * len(asked), missed

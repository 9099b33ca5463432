"""The bundled judged queries: what they hold, that they are not easy, and that our answers keep floors."""

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from index.text.folding import Folding
from search.evaluation.judged_set import JudgedSet
from search.evaluation.set_folder import read_set
from tests.bigram_bm25 import BigramIndex
from tests.commands import run_on
from tests.conftest import ROOT

SAMPLE = ROOT / "web" / "sample"
QUERIES = ROOT / "web" / "sample_queries"
KINDS = {
    "run": 10,  # a short run or two, as most searches are
    "question": 15,
    "script": 6,  # in the other script than the article
    "name": 6,  # an agency or a plan by its short name
    "place": 5,  # a province, where the article names a city of it or says it once
    "number": 6,  # written in another way than in the article
    "operator": 4,
}


@pytest.fixture(scope="module")
def judged() -> JudgedSet:
    return read_set(QUERIES)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "data"
    done = run_on(folder, "ingest", str(SAMPLE))
    assert done.status == 0, done.err.decode()
    return folder


@pytest.fixture(scope="module")
def texts(data: Path) -> Mapping[str, str]:
    """Every article as it is stored, so repaired."""
    records = map(json.loads, run_on(data, "export").out.splitlines())
    return {
        record["id"]: "\n".join(
            [record.get("title", ""), record.get("lead", ""), record.get("text", ""), *record.get("tags", ())]
        )
        for record in records
    }


def test_there_are_enough_queries_of_each_kind_and_all_are_judged(judged: JudgedSet) -> None:
    kinds = Counter(query.id.partition("-")[0] for query in judged.queries)
    assert kinds.keys() == KINDS.keys()
    assert all(kinds[kind] >= least for kind, least in KINDS.items())
    assert judged.unjudged == ()
    assert len({query.text for query in judged.queries}) == len(judged.queries) >= 40


def test_grades_part_what_answers_from_what_touches_the_question(judged: JudgedSet) -> None:
    assert {max(grades.values()) for grades in judged.grades.values()} == {2}
    assert {grade for grades in judged.grades.values() for grade in grades.values()} == {1, 2}


def test_every_judged_article_is_in_the_sample(judged: JudgedSet, texts: Mapping[str, str]) -> None:
    assert judged.relevant - texts.keys() == set()


def test_plain_bigrams_do_not_put_the_best_article_first_for_ten_queries_or_more(
    judged: JudgedSet, texts: Mapping[str, str], folding: Folding
) -> None:
    # They get our repair and folding, so that what they lack is order and understanding alone.
    index = BigramIndex.of({name: folding.fold(text) for name, text in texts.items()})
    wrong = [
        query.text
        for query in judged.queries
        if not (ranked := index.ranked(folding.fold(query.text)))
        or judged.grades[query.id].get(ranked[0], 0) < 2
    ]
    assert len(wrong) >= 10, wrong


def test_our_answers_keep_their_floors(data: Path) -> None:
    done = run_on(data, "evaluate", str(QUERIES), "--floors", str(QUERIES / "floors.toml"))
    assert (done.status, done.err.decode()) == (0, ""), done.out.decode()

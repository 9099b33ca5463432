"""The benchmark of OpenSearch's own analyzers: a small run, and when ours counts as behind."""

import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from opensearchpy import OpenSearch

from benchmarks import opensearch_recipes
from benchmarks.engines.library import Library
from benchmarks.judged_collections import SETS
from benchmarks.opensearch_recipes import RECIPES, Contest, index, print_recipe, values
from search.evaluation.set_folder import read_set
from tests.benchmarks.judged_library import QUERIES, SET

pytestmark = [pytest.mark.opensearch, pytest.mark.slow]

RECIPE = "cjk, best fields, title^3"


@pytest.fixture
def client(opensearch_url: str) -> Iterator[OpenSearch]:
    with closing(OpenSearch(opensearch_url)) as client:
        yield client


def test_small_run_prints_ours_and_each_recipe(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["opensearch_recipes", *arguments])

    opensearch_recipes.main()

    head, ours, *recipes = capsys.readouterr().out.splitlines()
    assert head.split() == ["nDCG@10", SET]
    assert ours.split()[0] == "ours"
    assert [line[:34].strip() for line in recipes] == list(RECIPES)
    assert all(0 <= float(line[34:].split()[0]) <= 1 for line in recipes)


def test_ours_has_to_be_ahead_of_a_recipe(
    client: OpenSearch, judged_data: Path, judged_work: Path, prefix: str
) -> None:
    judged = read_set(judged_data / SETS[SET][1])
    index(client, Library(judged_work / SETS[SET][0]), prefix)
    recipe = values(client, prefix, RECIPES[RECIPE], judged)
    assert set(recipe) == {text for text, _ in QUERIES.values()}

    def is_behind(name: str, ahead: float) -> bool:
        ours = {text: value + ahead for text, value in recipe.items()}
        one = Contest(judged=replace(judged, name=name), index=prefix, ours=ours)
        return print_recipe(client, RECIPE, [one])

    assert not is_behind(SET, 0.001)
    assert is_behind(SET, 0.0)
    assert not is_behind("known_item", -0.004)
    assert is_behind("known_item", -0.006)

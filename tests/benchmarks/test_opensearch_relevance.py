"""The benchmark that holds the ranking on OpenSearch to that on Whoosh: what it counts, and a small run."""

import sys
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks import opensearch_relevance
from benchmarks.engines.library import Library
from benchmarks.engines.ours import ANALYZER
from benchmarks.judged_collections import OURS, SETS
from benchmarks.opensearch_relevance import MAY_DIFFER, Comparison, Sample, compared, store_settings, write
from index.averages import Averages
from index.opensearch.connection import OpenSearchSettings, connect
from index.opensearch.store import OpenSearchStore
from search.evaluation.set_folder import read_set
from search.opensearch.engine import OpenSearchEngine
from search.ranking import TUNED
from search.whoosh.engine import WhooshEngine
from tests.benchmarks.judged_library import QUERIES, SET, TEXTS


def comparison(opensearch: dict[str, float]) -> Comparison:
    """Of queries that are worth .5 on Whoosh."""
    whoosh = dict.fromkeys(opensearch, 0.5)
    hits = dict.fromkeys(whoosh, ("a", "b")), dict.fromkeys(whoosh, ("a", "b")) | {"third": ("b", "a")}
    return Comparison(hits=hits, values=(whoosh, opensearch))


@pytest.mark.parametrize("third", [0.5, 0.508, 0.492], ids=["equal", "a-little-more", "a-little-less"])
def test_a_set_is_alike_where_the_means_are(third: float) -> None:
    found = comparison({"first": 0.5, "second": 0.5, "third": third})

    assert found.is_alike
    assert found.difference == pytest.approx((third - 0.5) / 3)


@pytest.mark.parametrize("third", [0.51, 0.49], ids=["more", "less"])
def test_a_set_is_not_alike_otherwise(third: float) -> None:
    assert not comparison({"first": 0.5, "second": 0.5, "third": third}).is_alike


def test_queries_with_other_hits_are_told_though_they_are_worth_the_same() -> None:
    assert comparison({"first": 0.5, "third": 0.5}).otherwise_found() == ["third"]


def test_greatest_difference_is_told_first() -> None:
    found = comparison({"first": 0.5, "second": 0.1, "third": 0.4})
    other_hits = (found.hits[0], {**found.hits[1], "second": ("c",)})

    assert Comparison(hits=other_hits, values=found.values).otherwise_found() == ["second", "third"]


@pytest.mark.slow
def test_a_sample_holds_what_is_judged_and_some_of_the_rest(judged_work: Path) -> None:
    library = Library(judged_work / SETS[SET][0])
    judged = frozenset({"short", "long"})

    def held(one_in: int) -> set[str]:
        sample = Sample(library=library, judged=judged, one_in=one_in)
        return {document.id for document in sample.documents()}

    assert held(1) == set(TEXTS)
    assert judged < held(2) < set(TEXTS)
    assert held(10**9) == judged


@pytest.mark.opensearch
@pytest.mark.slow
@pytest.mark.parametrize("one_in", ["1", "2"], ids=["whole-collection", "sample"])
def test_small_run_finds_both_engines_alike(
    one_in: str,
    arguments: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["opensearch_relevance", *arguments, "--one-in", one_in, "--show", "3"])

    assert opensearch_relevance.main() == 0

    head, figures = capsys.readouterr().out.splitlines()
    assert head.split()[-2:] == ["other", "hits"]
    name, queries, whoosh, opensearch, difference, others = figures.split()
    assert (name, queries, difference, others) == (SET, str(len(QUERIES)), "+0.0000", "0")
    assert whoosh == opensearch


@pytest.mark.opensearch
@pytest.mark.slow
def test_an_index_of_other_lengths_is_not_alike(
    judged_data: Path, judged_work: Path, opensearch_url: str, prefix: str
) -> None:
    """The control: where each article counts as short, long ones with more occurrences rise."""
    sample = Sample(library=Library(judged_work / SETS[SET][0]), judged=frozenset(), one_in=1)
    settings = OpenSearchSettings(urls=(opensearch_url,), prefix=prefix)
    averages = Averages(words=1e6, characters=dict.fromkeys(Averages().characters, 1e6))
    with (
        closing(WhooshEngine(sample.library.folder / OURS, ANALYZER, TUNED)) as ours,
        closing(connect(settings)) as client,
        closing(OpenSearchEngine(client, prefix, ANALYZER, TUNED)) as engine,
    ):
        write(OpenSearchStore(client, prefix, store_settings(averages, 1)), sample.documents())

        found = compared(read_set(judged_data / SETS[SET][1]), ours.snapshot(), engine.snapshot())

    assert not found.is_alike
    assert abs(found.difference) > MAY_DIFFER

"""Misspellings made by rule from titles: what was meant is offered, and nothing that finds nothing."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from benchmarks.misspelt import Misspeller, Misspelling, Slip, misspellings, runs
from index.data_folder import DataFolder
from index.regions.tree import Regions
from index.text.folding import Folding
from search.deadline import Deadline
from search.request import SearchRequest
from search.suggestions.opening import Suggestions, suggestions_now
from search.suggestions.suggestion import MAX_TYPED
from search.suggestions.syllables import Syllables
from search.suggestions.terms import MAX_TITLES
from tests.conftest import ROOT
from tests.processes import run
from web.serving.opening import open_analyzer, open_search

OF_SAMPLE = 20
OF_COLLECTION = 100
"""Misspellings of each kind."""

NEEDED = {Slip.SAME_SOUND: 0.95, Slip.WRONG: 0.85, Slip.MISSING: 0.85, Slip.EXTRA: 0.85, Slip.SWAPPED: 0.85}
"""The share of them whose meaning is among the first three that are offered."""

COLLECTION = ROOT.parent / "shared" / "data" / "bulk" / "hebei_gov.jsonl.gz"
SAMPLE = ROOT / "web" / "sample"


class Shelf:
    """A collection with its suggestions and misspeller."""

    def __init__(self, suggestions: Suggestions, titles: list[str], misspeller: Misspeller) -> None:
        self.suggestions = suggestions
        self.titles = titles
        self.misspeller = misspeller

    def check(self, asked: tuple[Misspelling, ...], needed: float) -> None:
        missed = []
        for misspelling in asked:
            request = SearchRequest(q=misspelling.typed)
            found = self.suggestions.query.did_you_mean.corrections(request, Deadline.never())
            assert all(correction.count > 0 for correction in found)
            if misspelling.meant not in [correction.q for correction in found]:
                missed.append((misspelling.typed, misspelling.meant, [correction.q for correction in found]))
        assert len(missed) <= (1 - needed) * len(asked), missed


def open_collection(data: Path, source: Path, syllables: Syllables) -> Iterator[Shelf]:
    done = run(data, "ingest", str(source))
    assert done.returncode == 0, done.stderr.decode()
    folder = DataFolder(data)
    analyzer = open_analyzer(folder)
    with open_search(folder, analyzer) as opened:
        titles = [analyzer.folding.fold(title) for title in opened.articles.titles(MAX_TITLES)]
        suggestions = suggestions_now(
            opened.engine, opened.service, opened.articles, analyzer, Regions.load()
        )
        yield Shelf(suggestions, titles, Misspeller.of(titles, syllables))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, syllables: Syllables) -> Iterator[Shelf]:
    yield from open_collection(tmp_path_factory.mktemp("sample") / "data", SAMPLE, syllables)


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory, syllables: Syllables) -> Iterator[Shelf]:
    yield from open_collection(tmp_path_factory.mktemp("hebei") / "data", COLLECTION, syllables)


@pytest.mark.parametrize("slip", Slip, ids=lambda slip: slip.value)
def test_slips_in_runs_of_the_samples_titles(sample: Shelf, folding: Folding, slip: Slip) -> None:
    random = Random(1)
    asked = misspellings(runs(sample.titles, folding, random), sample.misspeller, slip, OF_SAMPLE, random)
    assert len(asked) == OF_SAMPLE
    sample.check(asked, NEEDED[slip])


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.parametrize("slip", Slip, ids=lambda slip: slip.value)
def test_slips_in_runs_of_real_titles(collection: Shelf, folding: Folding, slip: Slip) -> None:
    random = Random(2)
    texts = runs(collection.titles, folding, random)
    asked = misspellings(texts, collection.misspeller, slip, OF_COLLECTION, random)
    assert len(asked) == OF_COLLECTION
    collection.check(asked, NEEDED[slip])


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.parametrize("slip", Slip, ids=lambda slip: slip.value)
def test_slips_in_whole_real_titles(collection: Shelf, slip: Slip) -> None:
    random = Random(3)
    short = [title for title in collection.titles if len(title) < MAX_TYPED]
    texts = random.sample(short, len(short))
    asked = misspellings(texts, collection.misspeller, slip, OF_COLLECTION, random)
    assert len(asked) == OF_COLLECTION
    collection.check(asked, NEEDED[slip])

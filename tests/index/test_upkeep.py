"""Merging the index by hand."""

from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from index.data_folder import DataFolder
from index.errors import GenerationMissing, WriterBusy
from index.generation import current
from index.upkeep import Upkeep
from index.writer_lock import WriterLock
from tests.index.site import Site
from tests.index_states import answers, some_articles


@pytest.fixture
def site(tmp_path: Path, analyzer: Analyzer) -> Site:
    """Articles in several commits, some of which were changed or deleted since."""
    site = Site(tmp_path / "data", analyzer)
    for seed, names in enumerate(("abcdef", "ghi", "aeg")):
        site.change(some_articles(names, seed), *"bh"[seed - 1 : seed])
        site.catch_up()
    return site


def test_a_merged_index_is_one_segment_that_answers_as_a_rebuilt_one(site: Site) -> None:
    found, before = site.ids(), site.commit()
    assert len(current(site.folder.index).manifest().files) > 2
    assert Upkeep.of(site.folder, site.analyzer).optimise() == f"1.{before + 1}"
    assert site.ids() == found
    manifest = current(site.folder.index).manifest()
    assert (manifest.articles, len(manifest.files)) == (len(found), 2)
    merged = answers(site.engine, site.analyzer)
    site.rebuild()
    rebuilt = answers(site.engine, site.analyzer)
    assert {q: {name for name, _ in hits} for q, hits in merged.items()} == {
        q: {name for name, _ in hits} for q, hits in rebuilt.items()
    }


def test_merging_twice_changes_nothing_more(site: Site) -> None:
    upkeep = Upkeep.of(site.folder, site.analyzer)
    upkeep.optimise()
    once = answers(site.engine, site.analyzer)
    upkeep.optimise()
    assert answers(site.engine, site.analyzer) == once


def test_merging_indexes_nothing(site: Site) -> None:
    site.change(some_articles("x"))
    Upkeep.of(site.folder, site.analyzer).optimise()
    assert "x" not in site.ids()
    assert site.indexed() == 1
    assert "x" in site.ids()


def test_without_an_index_there_is_nothing_to_merge(tmp_path: Path, analyzer: Analyzer) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    with pytest.raises(GenerationMissing, match="policy-search rebuild"):
        Upkeep.of(folder, analyzer).optimise()


def test_while_another_one_indexes_nothing_is_merged(site: Site) -> None:
    upkeep = Upkeep(site.folder, site.analyzer, site.store, wait=0.0)
    with WriterLock(site.folder.index_lock), pytest.raises(WriterBusy):
        upkeep.optimise()

"""What a check of copies finds is told beside the rest, and only of an index that covers the journal."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from index.check import Finding, Place, check_folder
from index.errors import EngineAway
from tests.index.corpus.samples import numbered
from tests.index.site import Site


def two() -> Iterator[str]:
    yield from ("one copy lacks a term", "an article is old")


def away() -> Iterator[str]:
    yield "one copy lacks a term"
    raise EngineAway("no answer")


@pytest.fixture
def site(tmp_path: Path, analyzer: Analyzer) -> Site:
    site = Site(tmp_path / "data", analyzer)
    site.change([numbered(1)])
    site.catch_up()
    return site


def test_what_differs_between_copies_is_told(site: Site) -> None:
    assert list(check_folder(site.folder, site.store)) == []
    assert list(check_folder(site.folder, site.store, {Place.COPIES: two, Place.SERVED: two})) == [
        Finding(place, detail) for place in (Place.COPIES, Place.SERVED) for detail in two()
    ]


def test_while_articles_wait_copies_are_not_compared(site: Site) -> None:
    site.change([numbered(2)])
    (finding,) = check_folder(site.folder, site.store, {Place.COPIES: two, Place.SERVED: two})
    assert finding.place is Place.INDEX
    assert "covers the journal up to" in finding.detail


def test_that_the_copies_cannot_be_asked_is_a_finding_of_its_own(site: Site) -> None:
    # Nor are others then.
    assert list(check_folder(site.folder, site.store, {Place.COPIES: away, Place.SERVED: two})) == [
        Finding(Place.COPIES, "one copy lacks a term"),
        Finding(Place.INDEX, "no answer"),
    ]

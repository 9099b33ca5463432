"""What the page of a search is made of, found in one go."""

import logging
from collections.abc import Collection
from dataclasses import replace

import pytest

from index.errors import CorpusDamaged
from index.reposts.cluster import CopyCount
from search.plan import Interval
from search.request import FacetRequest, SearchRequest
from search.results import CopyView, SearchResult
from search.timeline import Timeline
from tests.web.fake_articles import ARTICLES
from tests.web.fake_service import FakeService
from tests.web.known_regions import REGIONS
from tests.web.spoken import HANS
from web.presenters.result_item import result_item
from web.serving.found_page import SHOWN_COPIES, find_page
from web.serving.suggesting import SILENT

YEARS = (FacetRequest(field="year", limit=200),)


class Copied(FakeService):
    """Its first article has copies; those of `damaged` ids cannot be read."""

    def __init__(self, damaged: Collection[str] = ()) -> None:
        super().__init__()
        self.damaged = damaged
        self.intervals: list[Interval] = []
        self.most: list[int] = []

    def search(self, request: SearchRequest) -> SearchResult:
        found = super().search(request)
        first, *others = found.hits
        copied = replace(first, copies=CopyCount(others=2, earliest=ARTICLES[2].id))
        return replace(found, hits=(copied, *others))

    def copies(self, article_id: str, most: int) -> tuple[CopyView, ...]:
        self.most.append(most)
        if article_id in self.damaged:
            raise CorpusDamaged("a row does not hold what was written")
        return (
            CopyView(ARTICLES[2], 0.99, is_earliest=True, is_best=False),
            CopyView(
                replace(ARTICLES[3], source=None, published=None), 0.95, is_earliest=False, is_best=False
            ),
        )

    def timeline(self, request: SearchRequest, interval: Interval) -> Timeline:
        self.intervals.append(interval)
        return super().timeline(request, interval)


def test_only_hits_with_copies_are_asked_for_them() -> None:
    service = Copied()
    found = find_page(service, SILENT, SearchRequest(q="科技"), YEARS)
    first = found.result.hits[0].article.id
    assert list(found.copies) == [first]
    assert service.most == [SHOWN_COPIES]
    assert service.intervals == [Interval.YEAR]
    assert [facet.field for facet in found.result.facets] == ["year"]


def test_copies_that_cannot_be_read_are_left_out_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    first = find_page(Copied(), SILENT, SearchRequest(q="科技"), YEARS).result.hits[0].article.id
    caplog.set_level(logging.ERROR)
    found = find_page(Copied(damaged={first}), SILENT, SearchRequest(q="科技"), YEARS)
    assert found.copies == {first: ()}
    assert len(found.result.hits) > 1
    assert first in caplog.text


def test_a_search_without_hits_has_no_timeline() -> None:
    service = FakeService()
    assert find_page(service, SILENT, SearchRequest(q="没有的词"), YEARS).timeline is None
    assert find_page(service, SILENT, SearchRequest(q="科技"), YEARS).timeline is not None


def test_a_copy_shows_its_source_its_date_and_whether_it_was_first() -> None:
    service = Copied()
    hit = service.search(SearchRequest(q="科技")).hits[0]
    item = result_item(hit, (), REGIONS.regions, HANS, service.copies(hit.article.id, 5))
    first, second = item.copy_list
    assert (first.name, first.is_earliest, first.href) == (
        ARTICLES[2].source,
        True,
        f"/articles/{ARTICLES[2].id}",
    )
    assert first.published is not None
    assert (second.name, second.is_earliest, second.published) == (ARTICLES[3].title, False, None)
    assert item.copies == "本篇为转载，另有 2 篇（含首发）"

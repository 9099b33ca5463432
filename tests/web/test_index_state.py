"""Which state of the index has answered, and of when it is, stands at the foot of pages."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from search.request import SearchRequest
from search.results import SearchResult
from tests.both_engines import LibraryFactory
from tests.engines import make_article
from tests.web.conftest import ClientFactory
from tests.web.fake_service import FakeService
from tests.web.markup import Element, parse_page

COMMITTED = datetime(2026, 11, 27, 17, 5, tzinfo=UTC)
"""The next day already in China."""


class Dated(FakeService):
    """Knows when its index was made."""

    def search(self, request: SearchRequest) -> SearchResult:
        return replace(super().search(request), committed=COMMITTED)


def footer(client_of: ClientFactory, service: FakeService, path: str, lang: str) -> Element:
    page = parse_page(client_of(service).get(path, headers={"Accept-Language": lang}).text)
    return page.find("footer").find("li", class_="quiet")


@pytest.mark.parametrize("path", ["/", "/search?q=科技", "/facets?facet=source"])
@pytest.mark.parametrize(
    ("lang", "time"),
    [
        ("zh-Hans", "更新于 2026年11月28日 01:05"),
        ("zh-Hant", "更新於 2026年11月28日 01:05"),
        ("en", "as of 28 November 2026 01:05"),
    ],
)
def test_the_state_is_told_with_its_time(client_of: ClientFactory, path: str, lang: str, time: str) -> None:
    shown = footer(client_of, Dated(), path, lang)
    assert shown.text.endswith(time)
    assert shown.find("time").attributes["datetime"] == "2026-11-28T01:05:00+08:00"


def test_a_state_of_unknown_time_is_told_without(client_of: ClientFactory) -> None:
    assert not footer(client_of, FakeService(), "/search?q=科技", "zh-Hans").find_all("time")


def test_the_time_is_that_of_the_commit(library_of: LibraryFactory) -> None:
    library = library_of()
    times = []
    for number in range(2):
        before = datetime.now(UTC)
        library.build([make_article(f"a{number}", "科技创新")])
        committed = library.service().search(SearchRequest(q="科技")).committed
        assert committed is not None
        assert before <= committed <= datetime.now(UTC)
        times.append(committed)
    assert times == sorted(set(times))

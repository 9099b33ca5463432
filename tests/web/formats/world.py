"""A small library behind an application, and all else that answers depend on."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from starlette.testclient import TestClient

from index.regions.resolve import RegionResolver
from search.ranking import TUNED, Ranking
from search.request import SearchRequest
from search.results import SearchResult
from search.rules.query_rules import QueryRules
from search.service import SearchService
from tests.engines import ArticleLibrary, make_article, regions_of
from web.app import create_app
from web.settings import WebSettings

ARTICLES: Final = [
    make_article(f"a{number}", f"第{number}篇讲科技创新。", title=f"创新{number}") for number in range(5)
]
QUERY: Final = "q=创新&sort=oldest"
FORMATS: Final = ("json", "csv", "ndjson", "atom")
PAGE: Final = "page"
ANSWERS: Final = (*FORMATS, PAGE)
DAY: Final = 86_400.0
SETTINGS: Final = WebSettings(public_url="https://site.example", program="1")


@dataclass(slots=True)
class World:
    """A library, and all else that answers depend on; `now` is the clock of its services."""

    library: ArticleLibrary
    rules: QueryRules
    ranking: Ranking = TUNED
    settings: WebSettings = SETTINGS
    now: float = 1_780_000_000.0

    def service(self) -> SearchService:
        return self.library.service(self.rules, ranking=self.ranking, clock=lambda: self.now)

    @property
    def regions(self) -> RegionResolver:
        return regions_of(self.library.analyzer.folding)

    def client(self, service: SearchService | None = None) -> TestClient:
        return TestClient(create_app(service or self.service(), self.settings, self.regions))


class CountedService(SearchService):
    """Counts the searches; before each that answers, `meanwhile` happens."""

    searches = 0
    meanwhile: Callable[[], None] = staticmethod(lambda: None)

    def search(self, request: SearchRequest) -> SearchResult:
        self.searches += 1
        self.meanwhile()
        return super().search(request)


def counted(world: World) -> CountedService:
    service = world.service()
    service.__class__ = CountedService
    assert isinstance(service, CountedService)
    return service


def path_of(answer: str) -> str:
    return f"/search?{QUERY}" if answer == PAGE else f"/api/v1/search.{answer}?{QUERY}"


def store_anew(world: World) -> None:
    """An article is stored with another text, and not indexed yet."""
    library = world.library
    library.stored["a1"] = replace(library.stored["a1"], body="科技创新的新说法。")
    library.sequence += 1


def add(world: World) -> None:
    world.library.change([make_article("b1", "又一篇讲科技创新。")], [])

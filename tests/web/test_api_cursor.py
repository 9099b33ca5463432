"""Walks through all hits over HTTP, page after page by cursors."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest
from starlette.testclient import TestClient

from index.analysis.analyzer import Analyzer
from index.article import Article
from search import recent_states
from search.ranking import Ranking
from search.request import FIRST_CURSOR
from search.whoosh.engine import WhooshEngine
from tests.both_engines import LibraryFactory
from tests.engines import ArticleLibrary, Library, make_article
from tests.web.conftest import ClientFactory

ARTICLES = 60
PAGE = 7


@dataclass(slots=True)
class HandClock:
    """Seconds that go on only by hand."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def library(library_of: LibraryFactory) -> ArticleLibrary:
    library = library_of()
    library.build(articles(ARTICLES))
    return library


@pytest.fixture
def in_folder(tmp_path: Path, analyzer: Analyzer) -> Library:
    """On Whoosh alone."""
    library = Library(tmp_path, analyzer)
    library.build(articles(ARTICLES))
    return library


def articles(count: int) -> Iterator[Article]:
    for number in range(count):
        yield make_article(f"a{number:05}", "科技" * (1 + number % 3))


@pytest.fixture
def client(library: ArticleLibrary, client_of: ClientFactory) -> TestClient:
    return client_of(library.service())


def page_at(client: TestClient, cursor: str, **parameters: str) -> dict[str, Any]:
    given = {"q": "科技", "per_page": str(PAGE), "fields": "id", "snippets": "0", **parameters}
    answer = client.get("/api/v1/search", params={**given, "cursor": cursor})
    assert answer.status_code == 200, answer.text
    content: dict[str, Any] = answer.json()
    return content


def walk(client: TestClient, **parameters: str) -> Iterator[dict[str, Any]]:
    cursor: str | None = FIRST_CURSOR
    while cursor is not None:
        content = page_at(client, cursor, **parameters)
        yield content
        cursor = content["next_cursor"]


def ids(content: dict[str, Any]) -> list[str]:
    return [hit["id"] for hit in content["results"]]


@pytest.mark.parametrize("sort", ["relevance", "added"])
def test_nothing_is_repeated_or_lost_while_articles_come_and_go(
    sort: str, library: ArticleLibrary, client: TestClient
) -> None:
    random, before = Random(2), dict(library.stored)
    seen, generations = [], set()
    for number, content in enumerate(walk(client, sort=sort)):
        seen += ids(content)
        generations.add(content["generation"])
        assert content["total"] == ARTICLES
        library.change([make_article(f"A{number:03}", "科技")], random.sample(sorted(before), 2))
        # What was deleted is still in the state that is walked through; its texts are read as they are.
        library.stored = before | library.stored
    assert sorted(seen) == sorted(before)
    assert len(generations) == 1
    assert page_at(client, FIRST_CURSOR)["total"] != ARTICLES, "others see what was done meanwhile"


@pytest.mark.slow
def test_ten_thousand_hits_are_walked_through_while_articles_come(
    library_of: LibraryFactory, client_of: ClientFactory
) -> None:
    library = library_of()
    library.build(articles(10_000))
    before = sorted(library.stored)
    seen = []
    for number, content in enumerate(walk(client_of(library.service()), per_page="100")):
        seen += ids(content)
        library.change([make_article(f"A{number:03}", "科技")], [])
    assert sorted(seen) == before


def test_control_numbered_pages_repeat_hits(library: ArticleLibrary, client: TestClient) -> None:
    seen = []
    for number in range(1, ARTICLES // PAGE + 1):
        parameters = {"q": "科技", "sort": "added", "per_page": str(PAGE), "page": str(number)}
        seen += ids(client.get("/api/v1/search", params=parameters).json())
        library.change([make_article(f"A{number:03}", "科技")], [])
    assert len(seen) > len(set(seen))


def test_links_lead_through_the_walk(client: TestClient) -> None:
    path = f"/api/v1/search?q=科技&per_page={PAGE}&fields=id&cursor=*"
    seen = []
    while path:
        answer = client.get(path)
        seen += ids(answer.json())
        links = re.findall(r'<([^>]*)>; rel="(first|next|prev|self)"', answer.headers["Link"])
        relations = {relation: href for href, relation in links}
        assert relations.keys() >= {"self", "first"}
        assert "prev" not in relations
        path = relations.get("next", "")
    assert len(seen) == len(set(seen)) == ARTICLES


def test_the_page_for_people_has_no_cursor(client: TestClient) -> None:
    links = client.get("/api/v1/search?q=科技&cursor=*").headers["Link"]
    [href] = re.findall(r'<([^>]*)>; rel="alternate"; type="text/html"', links)
    assert "cursor" not in href


@pytest.mark.parametrize(
    ("cursor", "q"), [("nonsense", "科技"), ("{next}", "改革"), ("{next}x", "科技"), ("c" * 513, "科技")]
)
def test_a_cursor_that_leads_nowhere_is_refused(cursor: str, q: str, client: TestClient) -> None:
    following = page_at(client, FIRST_CURSOR)["next_cursor"]
    answer = client.get("/api/v1/search", params={"q": q, "cursor": cursor.format(next=following)})
    content = answer.json()
    assert (answer.status_code, content["type"]) == (400, "/problems/invalid-cursor")
    assert [error["parameter"] for error in content["errors"]] == ["cursor"]


@pytest.mark.parametrize(("minutes", "status"), [(14, 200), (16, 410)])
def test_a_cursor_expires_a_quarter_of_an_hour_after_its_last_use(
    minutes: int,
    status: int,
    in_folder: Library,
    client_of: ClientFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With a clock of the engine's own. In a cluster the hour is the cluster's: see `test_kept` there."""
    monkeypatch.setattr(recent_states, "HANDOVER_SECONDS", 0.0)
    clock = HandClock()
    engine = WhooshEngine(in_folder.root, in_folder.analyzer.version, Ranking(), clock)
    client = client_of(in_folder.service(engine=engine))
    cursor = page_at(client, FIRST_CURSOR)["next_cursor"]
    in_folder.change([make_article("new", "科技")], [])
    assert page_at(client, FIRST_CURSOR)["total"] == ARTICLES + 1
    clock.seconds = minutes * 60.0
    answer = client.get(
        "/api/v1/search", params={"q": "科技", "per_page": PAGE, "fields": "id", "cursor": cursor}
    )
    assert answer.status_code == status
    if status == 410:
        assert answer.json()["type"] == "/problems/cursor-expired"
        assert [error["parameter"] for error in answer.json()["errors"]] == ["cursor"]

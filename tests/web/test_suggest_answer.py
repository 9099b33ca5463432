"""`/api/v1/suggest`, and what a search answer offers beside its hits."""

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from search.errors import IndexUnavailable
from search.suggestions.suggestion import SuggestionKind
from tests.web.fake_service import FakeService
from tests.web.fake_suggestions import FakeSuggestions
from tests.web.known_regions import REGIONS
from web.app import create_app
from web.settings import WebSettings

PATH = "/api/v1/suggest"
ALL = frozenset(SuggestionKind)


@pytest.fixture
def suggestions() -> FakeSuggestions:
    return FakeSuggestions(FakeService())


@pytest.fixture
def asking(suggestions: FakeSuggestions) -> Iterator[TestClient]:
    app = create_app(FakeService(), WebSettings(), REGIONS, suggestions=suggestions)
    with TestClient(app) as client:
        yield client


def test_what_goes_on_from_the_typed_is_answered(asking: TestClient) -> None:
    answer = asking.get(PATH, params={"q": "城市更新"})
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")
    assert answer.json() == {
        "q": "城市更新",
        "items": [
            {
                "text": "城市更新项目公示",
                "kind": "title",
                "value": "城市更新项目公示",
                "count": 1,
                "matched": "characters",
                "highlights": [[0, 4]],
            }
        ],
    }
    again = asking.get(PATH, params={"q": "城市更新"}, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("q=zj", ("zj", 8, ALL)),
        ("q=zj&limit=3", ("zj", 3, ALL)),
        ("q=zj&kinds=region,word", ("zj", 8, frozenset({SuggestionKind.REGION, SuggestionKind.WORD}))),
        (
            "q=zj&kinds=region&kinds=title",
            ("zj", 8, frozenset({SuggestionKind.REGION, SuggestionKind.TITLE})),
        ),
        ("q=" + "𠮷" * 64, ("𠮷" * 64, 8, ALL)),
    ],
)
def test_what_is_asked_for(
    asking: TestClient,
    suggestions: FakeSuggestions,
    query: str,
    asked: tuple[str, int, frozenset[SuggestionKind]],
) -> None:
    assert asking.get(f"{PATH}?{query}").status_code == 200
    assert suggestions.typed == [asked]


@pytest.mark.parametrize(
    ("query", "faults"),
    [
        ("", [("q", "/problems/invalid-parameter")]),
        ("q=", [("q", "/problems/invalid-parameter")]),
        ("q=" + "字" * 65, [("q", "/problems/query-too-long")]),
        ("q=a&limit=0", [("limit", "/problems/invalid-parameter")]),
        ("q=a&limit=11", [("limit", "/problems/invalid-parameter")]),
        ("q=a&kinds=nosuch", [("kinds", "/problems/invalid-parameter")]),
        ("q=a&kind=word", [("kind", "/problems/unknown-parameter")]),
    ],
)
def test_what_is_refused(asking: TestClient, query: str, faults: list[tuple[str, str]]) -> None:
    answer = asking.get(f"{PATH}?{query}")
    assert answer.status_code == 400
    assert [(fault["parameter"], answer.json()["type"]) for fault in answer.json()["errors"]] == faults


def test_without_an_index_it_is_a_problem(suggestions: FakeSuggestions) -> None:
    failing = FakeSuggestions(FakeService(failure=IndexUnavailable("no index has been built yet")))
    app = create_app(FakeService(), WebSettings(), REGIONS, suggestions=failing)
    with TestClient(app) as client:
        answer = client.get(PATH, params={"q": "城"})
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/index-unavailable")


def search(client: TestClient, **parameters: str) -> dict[str, Any]:
    answer = client.get("/api/v1/search", params=parameters)
    assert answer.status_code == 200
    content: dict[str, Any] = answer.json()
    return content


def test_a_search_without_hits_says_what_was_probably_meant_and_why(client: TestClient) -> None:
    answer = search(client, q="科计创新 基金", source="陕西日报")
    assert answer["total"] == 0
    assert answer["no_hits"] == {
        "parts": [
            {"text": "科计创新", "span": [0, 4], "q": "科计创新", "count": 0},
            {"text": "基金", "span": [5, 2], "q": "基金", "count": 1},
        ],
        "filters": [{"name": "source", "count": 0}],
    }
    assert answer["suggestions"] == [
        {
            "kind": "did_you_mean",
            "q": "科技创新 基金",
            "count": 1,
            "reason": "same_sound",
            "highlights": [[1, 1]],
        }
    ]


def test_a_search_with_hits_says_that_nothing_is_amiss(client: TestClient) -> None:
    answer = search(client, q="科技创新")
    assert (answer["suggestions"], answer["no_hits"]) == ([], None)

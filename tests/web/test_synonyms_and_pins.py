"""How an answer tells that other names were looked for, and that an operator has put an article on top."""

from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console
from starlette.testclient import TestClient

from search.expansion.alternative import AlternativeKind, Change
from search.request import SearchRequest, Wording
from search.results import SearchResult
from tests.web.conftest import ClientFactory
from tests.web.fake_service import FakeService
from tests.web.known_regions import REGIONS
from tests.web.markup import parse_page
from tests.web.spoken import HANS
from web.commands.search import show_result
from web.parameters.requests import read_search
from web.presenters.notices import SHOWN_SYNONYMS, synonyms_message

CHANGES = (
    Change(AlternativeKind.SYNONYM, "科技", (0, 2), "科学技术", "terms.txt:3"),
    Change(AlternativeKind.SYNONYM, "科技", (5, 2), "科学技术", "terms.txt:3"),
    Change(AlternativeKind.ONE_WAY, "创新", (2, 2), "<革新>", "synonyms.txt:1"),
)


class ToldService(FakeService):
    """The fake service with other names, and its first hit on top."""

    def search(self, request: SearchRequest) -> SearchResult:
        result = super().search(request)
        if request.wording is Wording.AS_TYPED:
            return result
        first, *others = result.hits
        return replace(result, synonyms=CHANGES, hits=(replace(first, pinned=True), *others))


@pytest.fixture
def told(client_of: ClientFactory) -> TestClient:
    return client_of(ToldService())


def test_the_interface_gives_every_change_with_its_place_and_rule(told: TestClient) -> None:
    synonyms = told.get("/api/v1/search?q=科技创新").json()["query"]["synonyms"]
    assert synonyms[2] == {
        "kind": "one-way",
        "part": "创新",
        "span": [2, 2],
        "text": "<革新>",
        "by": "synonyms.txt:1",
    }
    assert len(synonyms) == len(CHANGES)


def test_the_page_tells_each_text_once_and_escaped(told: TestClient) -> None:
    answer = told.get("/search?q=科技创新").text
    page = parse_page(answer)
    assert [line.text for line in page.find_all("p", class_="read-as")] == [
        "也搜索了：科学技术、<革新> 只找原词"
    ]
    assert "<革新>" not in answer


def test_a_pinned_hit_is_told_as_one(told: TestClient) -> None:
    pinned = [hit["pinned"] for hit in told.get("/api/v1/search?q=科技创新").json()["results"]]
    assert pinned == [True, False, False]
    items = parse_page(told.get("/search?q=科技创新").text).find_all("li", class_="result")
    assert ["置顶" in item.text for item in items] == pinned


def test_the_terminal_tells_it_too() -> None:
    out = StringIO()
    result = ToldService().search(SearchRequest(q="科技创新"))
    show_result(result, Console(file=out, width=200), REGIONS.regions)
    assert out.getvalue().startswith("Also searched for: 科学技术, <革新>\n")


def test_only_as_typed_on_demand(told: TestClient) -> None:
    assert told.get("/api/v1/search?q=科技创新&synonyms=false").json()["query"]["synonyms"] == []
    assert told.get("/api/v1/search?q=科技创新&synonyms=no").status_code == 400


def test_the_choice_stays_in_the_links_of_the_page(told: TestClient) -> None:
    page = parse_page(told.get("/search?q=科技创新&synonyms=false").text)
    assert "synonyms=false" in page.links()["最新"]
    assert read_search([("synonyms", "true")], REGIONS).pairs == ()


def test_a_page_names_a_bounded_number() -> None:
    many = tuple(replace(CHANGES[0], text=f"别名{number}") for number in range(SHOWN_SYNONYMS + 1))
    assert synonyms_message(many, HANS).count("、") == SHOWN_SYNONYMS - 1
    assert synonyms_message((), HANS) == ""

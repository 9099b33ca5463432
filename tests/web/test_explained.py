"""What an answer says of why a hit is there: its score in parts, and marks of other ways to write it."""

import math
from collections.abc import Iterable

import pytest
from starlette.testclient import TestClient

from index.analysis.analyzer import Analyzer
from index.article import Part
from search.deadline import Deadline
from search.engine import Snapshot
from search.errors import SearchTimeout
from search.plan import Node
from search.request import Explaining, Match, Wording
from search.rules.expansion_setup import load_expander
from search.rules.query_rules import QueryRules
from search.score_parts import ScoreKind, ScorePart
from search.synonyms.rules import Group, SynonymFile
from tests.both_engines import LibraryFactory
from tests.engines import ArticleLibrary, make_article
from tests.web.conftest import ClientFactory
from tests.web.fake_service import FakeService
from tests.web.known_regions import REGIONS
from tests.web.markup import parse_page
from tests.web.spoken import HANS
from web.errors import BadParameters, FaultKind
from web.parameters.defined.query import MAX_EXPLAINED
from web.parameters.requests import read_article, read_search
from web.presenters.score_table import score_rows


@pytest.fixture(scope="module")
def library(library_of: LibraryFactory) -> ArticleLibrary:
    library = library_of()
    library.build(
        [
            make_article("long", "科学技术厅发布通知", title="通知"),
            make_article("short", "科技厅发布通知，补贴养老服务", title="科技厅"),
            make_article("part", "养老", title="经济"),
        ]
    )
    return library


@pytest.fixture
def client(library: ArticleLibrary, client_of: ClientFactory, analyzer: Analyzer) -> TestClient:
    own = SynonymFile("synonyms.txt", (Group(1, ("科技厅", "科学技术厅")),))
    return client_of(library.service(QueryRules(load_expander(analyzer.folding, own))))


@pytest.mark.parametrize("q", ["科技厅", "科技厅养老服务补贴", "养老 航天"])
def test_the_parts_of_a_score_add_up_to_it(q: str, client: TestClient) -> None:
    answer = client.get("/api/v1/search", params={"q": q, "explain": "true"}).json()
    assert answer["results"]
    for hit in answer["results"]:
        parts = sum(part["score"] for part in hit["score_parts"])
        # A cluster scores in single precision: see docs/opensearch-queries.md.
        assert math.isclose(parts, hit["score"], rel_tol=1e-4)
        assert hit["score"] < 1_000


def test_a_part_says_what_it_is_for(client: TestClient) -> None:
    answer = client.get("/api/v1/search", params={"q": "科技厅", "explain": "true"}).json()
    first, second = answer["results"]
    assert (first["id"], second["id"]) == ("short", "long")
    kinds = {(part["kind"], part["text"], tuple(part.get("fields", ()))) for part in first["score_parts"]}
    assert {
        ("word", "科技厅", ()),
        ("pair", "科技", ()),
        ("pair", "技厅", ("title",)),
        ("in-one-piece", "科技厅", ()),
        ("in-one-piece", "科技厅", ("title",)),
    } <= kinds
    word = next(part for part in first["score_parts"] if (part["kind"], part["text"]) == ("word", "科技厅"))
    assert word["documents"] == 3
    assert word.keys() > {"frequency", "length", "average_length", "documents_with_it", "idf"}
    assert {part["kind"] for part in second["score_parts"]} == {"pair", "other-way"}


def test_a_score_that_there_was_no_time_to_explain_has_null_parts(
    library: ArticleLibrary, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(_snapshot: Snapshot, _query: Node, _ids: Iterable[str], _deadline: Deadline) -> None:
        raise SearchTimeout("too late")

    monkeypatch.setattr(type(library.engine().snapshot()), "explain_each", late)
    parameters = {"q": "科技厅", "explain": "true"}
    answer = client.get("/api/v1/search", params=parameters)
    assert [hit["score_parts"] for hit in answer.json()["results"]] == [None, None]
    assert client.get("/search", params=parameters).status_code == 200


def test_nothing_is_explained_unasked(client: TestClient) -> None:
    answer = client.get("/api/v1/search", params={"q": "科技厅"}).json()
    assert not any("score_parts" in hit for hit in answer["results"])


@pytest.mark.parametrize(("per_page", "refused"), [(MAX_EXPLAINED, False), (MAX_EXPLAINED + 1, True)])
def test_only_so_many_hits_are_explained(per_page: int, refused: bool) -> None:  # noqa: FBT001
    pairs = [("q", "a"), ("explain", "true"), ("per_page", str(per_page))]
    if not refused:
        assert read_search(pairs, REGIONS).request.explaining is Explaining.SCORES
        return
    with pytest.raises(BadParameters) as caught:
        read_search(pairs, REGIONS)
    [fault] = caught.value.faults
    assert (fault.kind, fault.parameter) == (FaultKind.CONFLICTING, "per_page")


def test_a_hit_says_whether_it_has_all(client: TestClient) -> None:
    answer = client.get("/api/v1/search", params={"q": "科技厅养老服务补贴"}).json()
    assert [(hit["id"], hit["matched"]) for hit in answer["results"]] == [
        ("short", "all"),
        ("part", "part"),
    ]


def test_a_mark_of_another_way_says_so_in_searches_and_articles(client: TestClient) -> None:
    mark = {"span": [0, 5], "typed": "科技厅", "text": "科学技术厅"}
    answer = client.get("/api/v1/search", params={"q": "科技厅"}).json()
    assert [hit["other_marks"] for hit in answer["results"]] == [{}, {"body": [mark]}]
    article = client.get("/api/v1/articles/long", params={"q": "科技厅"}).json()
    assert (article["highlights"], article["other_marks"]) == ({"body": [[0, 5]]}, {"body": [mark]})


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        pytest.param({"q": "科技厅"}, {"body": [[0, 5]]}, id="in another way"),
        pytest.param({"q": "科技厅", "synonyms": "false"}, {}, id="as typed"),
        pytest.param({"q": "通知 航天"}, {"title": [[0, 2]], "body": [[7, 2]]}, id="in part"),
        pytest.param({"q": "航天通知", "match": "any"}, {"title": [[0, 2]], "body": [[7, 2]]}, id="any word"),
        pytest.param({"q": "航天通知", "match": "all"}, {}, id="all, or nothing"),
        pytest.param({"q": "发布 通知", "match": "exact"}, {"body": [[5, 4]]}, id="exactly"),
    ],
)
def test_an_article_is_marked_as_the_hit_of_such_a_search(
    query: dict[str, str], marked: dict[str, object], client: TestClient
) -> None:
    assert client.get("/api/v1/articles/long", params=query).json()["highlights"] == marked


def test_the_links_of_a_search_keep_how_it_matched(client: TestClient) -> None:
    query = {"q": "发布 通知", "match": "exact", "synonyms": "false", "sort": "newest"}
    results = parse_page(client.get("/search", params=query).text)
    [href] = {link for link in results.links().values() if link.startswith("/articles/long")}
    article = parse_page(client.get(href).text)
    assert [mark.text for mark in article.find_all("mark") if "发布" in mark.text] == ["发布通知"]
    kept = "q=发布+通知&match=exact&synonyms=false"
    assert href.partition("?")[2] == kept
    assert article.links()["本页的 JSON"].partition("?")[2] == kept


def test_what_marks_an_article_is_handed_on(client_of: ClientFactory) -> None:
    service = FakeService()
    client = client_of(service)
    name = service.articles[0].id
    for path in ("/api/v1/articles/", "/articles/"):
        client.get(f"{path}{name}", params={"q": "科技", "match": "any", "in": "title", "synonyms": "false"})
        client.get(f"{path}{name}", params={"q": "科技"})
    given = [
        ("科技", Match.ANY, Wording.AS_TYPED, (Part.TITLE,)),
        ("科技", Match.SMART, Wording.ANY, tuple(Part)),
    ]
    assert service.views == given * 2
    assert read_article([("q", "a"), ("match", "smart"), ("text", "original")]).pairs == (("q", "a"),)


def test_the_page_tells_in_words_what_a_score_is_made_of(client: TestClient) -> None:
    page = parse_page(client.get("/search", params={"q": "科技厅", "explain": "true"}).text)
    first, second = page.find_all("li", class_="result")
    rows = {row.find("th").text: float(row.find("td").text) for row in first.find_all("tr")}
    assert rows.keys() >= {
        "词“科技厅”",
        "相邻的两个字",
        "相邻的两个字（在标题里）",
        "“科技厅”原样出现",
        "“科技厅”原样出现（在标题里）",
    }
    assert list(rows.values()) == sorted(rows.values(), reverse=True)
    total = float(first.find("summary").text.split()[1])
    assert math.isclose(sum(rows.values()), total, abs_tol=0.01 * len(rows))
    assert "“科学技术厅”出现，是另一种写法" in second.text
    assert "explain=true" in page.links()["最新"]
    plain = parse_page(client.get("/search", params={"q": "科技厅"}).text)
    assert not plain.find_all("details", class_="score")


def test_a_mark_of_the_page_tells_that_it_shows_another_way(client: TestClient) -> None:
    page = parse_page(client.get("/search", params={"q": "科技厅"}).text)
    titles = {(mark.text, mark.attributes.get("title")) for mark in page.find_all("mark")}
    assert titles == {("科技厅", None), ("科学技术厅", "“科技厅”的另一种写法")}


@pytest.mark.parametrize(
    ("name", "told"),
    [("long", ["“科学技术厅”是“科技厅”的另一种写法。"]), ("short", [])],
    ids=["other", "typed"],
)
def test_the_page_of_an_article_tells_it_once(name: str, told: list[str], client: TestClient) -> None:
    page = parse_page(client.get(f"/articles/{name}", params={"q": "科技厅 发布"}).text)
    summary = page.find("p", class_="mark-summary")
    assert [way.text for way in summary.find_all("bdi")] == told
    assert "共" in summary.text


def test_every_kind_of_part_has_words() -> None:
    for kind in ScoreKind:
        part = ScorePart(kind=kind, text="<科技>", score=1.25, parts=(Part.TITLE, Part.BODY))
        [row] = score_rows([part], HANS)
        assert (row.label.endswith("（在标题、正文里）"), row.score) == (True, "1.25")
    assert score_rows([], HANS) == ()

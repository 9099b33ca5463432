"""What the query interface says of one article: the articles like it, and its copies."""

from dataclasses import replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from index.article import RegionTag, Relation
from index.reposts.cluster import Cluster, Copy
from search.results import ArticleView, CopyView
from tests.both_engines import LibraryFactory
from tests.engines import make_article
from tests.web.fake_articles import ARTICLES, original_of
from tests.web.known_regions import REGIONS
from web.app import create_app
from web.parameters.lookups import CopiesParameters
from web.presenters.article_answer import copies_answer
from web.settings import WebSettings

COPIES = ("copy-1", "copy-2", "copy-3")
HUBEI = (RegionTag("420100", Relation.ABOUT, 1.0),)


@pytest.fixture(scope="module")
def client(library_of: LibraryFactory) -> TestClient:
    """Three copies about one subject, an article like them in Hubei and one elsewhere, and others."""
    library = library_of(dict.fromkeys(COPIES, 1))
    text = "航空货运枢纽建设，货运航线补贴，枢纽机场扩建"
    library.build(
        (
            *(make_article(name, text, title="航空货运枢纽") for name in COPIES),
            replace(make_article("like", f"{text}，机场通关", title="货运枢纽"), regions=HUBEI),
            make_article("elsewhere", f"{text}，铁路联运", title="航空枢纽"),
            *(make_article(f"other-{number}", "社区养老服务站助餐", title="养老") for number in range(9)),
        )
    )
    return TestClient(create_app(library.service(), WebSettings(), REGIONS))


def get(client: TestClient, path: str, status: int = 200) -> dict[str, Any]:
    answer = client.get(f"/api/v1/articles/{path}")
    assert answer.status_code == status, answer.text
    content: dict[str, Any] = answer.json()
    return content


def test_similar_articles_are_neither_itself_nor_its_copies(client: TestClient) -> None:
    content = get(client, "copy-1/similar")
    assert sorted(hit["id"] for hit in content["results"]) == ["elsewhere", "like"]
    for hit in content["results"]:
        assert {"货运", "枢纽"} <= set(hit["shared_terms"])
        assert hit["score"] > 0
        assert {"id", "title", "url", "source", "published_at", "region", "topic"} <= hit.keys()


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("limit=1", 1),
        ("region=湖北", ["like"]),
        ("region=武汉", ["like"]),
        ("exclude_region=湖北", ["elsewhere"]),
        ("region=浙江", []),
    ],
)
def test_similar_articles_pass_the_filters(client: TestClient, query: str, ids: list[str] | int) -> None:
    found = [hit["id"] for hit in get(client, f"copy-1/similar?{query}")["results"]]
    assert (len(found) if isinstance(ids, int) else found) == ids


def test_similar_copies_are_one_hit_unless_each_is_wanted(client: TestClient) -> None:
    folded = [hit["id"] for hit in get(client, "like/similar?limit=20")["results"]]
    every = [hit["id"] for hit in get(client, "like/similar?limit=20&collapse=none")["results"]]
    assert len(set(folded) & set(COPIES)) == 1
    assert set(COPIES) <= set(every)


def test_copies_know_each_other(client: TestClient) -> None:
    content = get(client, "copy-2/duplicates")
    assert (content["group"], content["earliest"], content["best"]) == ("copy-1",) * 3
    assert (content["total"], [hit["id"] for hit in content["results"]]) == (2, ["copy-1", "copy-3"])
    assert [hit["id"] for hit in get(client, "copy-2/duplicates?limit=1")["results"]] == ["copy-1"]


def test_an_article_without_copies_is_in_no_group(client: TestClient) -> None:
    assert get(client, "like/duplicates") == {
        "group": None,
        "earliest": None,
        "best": None,
        "total": 0,
        "results": [],
    }


@pytest.mark.parametrize(("threshold", "shown"), [(0.5, ["b", "c"]), (0.8, ["c"]), (0.95, [])])
def test_copies_are_as_alike_as_was_asked_for(threshold: float, shown: list[str]) -> None:
    articles = {name: replace(ARTICLES[0], id=name) for name in ("a", "b", "c")}
    copies = tuple(Copy(name, alike) for name, alike in (("a", 1.0), ("b", 0.79), ("c", 0.9)))
    view = ArticleView(
        article=articles["a"],
        original=original_of(ARTICLES[0]),
        highlights={},
        highlights_truncated=False,
        read_as=(),
        copies=tuple(
            CopyView(articles[copy.id], copy.similarity, is_earliest=False, is_best=False)
            for copy in copies[1:]
        ),
        copy_count=2,
        cluster=Cluster(id="a", copies=copies, earliest="a", best="a"),
    )
    answer = copies_answer(view, CopiesParameters(limit=20, threshold=threshold))
    assert ([copy.id for copy in answer.results], answer.total) == (shown, 2)


@pytest.mark.parametrize("path", ["similar", "duplicates"])
@pytest.mark.parametrize(("name", "status"), [("nobody", 404), ("a" * 129, 404)])
def test_what_was_never_there_is_not_found(client: TestClient, path: str, name: str, status: int) -> None:
    assert get(client, f"{name}/{path}", status)["type"] == "/problems/article-not-found"


@pytest.mark.parametrize(
    ("query", "fields"),
    [("", {"title", "body"}), ("&in=title", {"title"}), ("&in=body,lead", {"body"}), ("&in=tags", set())],
)
def test_an_article_is_marked_where_the_query_was_looked_for(
    client: TestClient, query: str, fields: set[str]
) -> None:
    assert get(client, f"copy-1?q=枢纽{query}")["highlights"].keys() == fields

"""The page and every format give the same articles in the same order for one query string."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from index.analysis.analyzer import Analyzer
from tests.both_engines import LibraryFactory
from tests.engines import regions_of
from tests.web.fake_articles import ARTICLES
from tests.web.formats.reading import ids_by_format
from web.app import create_app
from web.settings import WebSettings

WORDS = [
    "科技创新",
    "社区",
    "企业",
    "补贴",
    "创新 -基金",
    '"科技创新"',
    "title:通知",
    "鄂州 OR 杭州",
    "碳汇贷",
    "",
]


@pytest.fixture(scope="module")
def client(library_of: LibraryFactory, analyzer: Analyzer) -> Iterator[TestClient]:
    """A client to an application over a real index of the fake service's articles."""
    library = library_of()
    library.build(ARTICLES)
    # Two of them are copies, so that folding them shows.
    library.clusters |= {"a5": 1, "a8": 1}
    library.change([library.stored["a5"], library.stored["a8"]], [])
    app = create_app(library.service(), WebSettings(), regions_of(analyzer.folding))
    with TestClient(app) as client:
        yield client


def repeated(name: str, values: list[str]) -> st.SearchStrategy[list[tuple[str, str]]]:
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(
        lambda chosen: [(name, value) for value in chosen]
    )


def one_of(name: str, values: list[str]) -> st.SearchStrategy[list[tuple[str, str]]]:
    return st.sampled_from([[], *([(name, value)] for value in values)])


QUERIES = st.tuples(
    one_of("q", WORDS),
    st.sampled_from([[("sort", sort)] for sort in ("relevance", "newest", "oldest", "added")]),
    st.integers(1, 40).map(lambda number: [("per_page", str(number))]),
    one_of("page", ["2", "3"]),
    one_of("match", ["all", "any", "exact"]),
    repeated("in", ["title", "body", "lead"]),
    repeated("source", ["浙江日报", "_missing", "合肥发布"]),
    repeated("exclude_source", ["湖州发布", "浙江日报"]),
    repeated("region", ["湖北", "420700"]),
    repeated("year", ["2020", "2021..2024"]),
    one_of("published_after", ["2020-06", "2023"]),
    one_of("collapse", ["none", "duplicates"]),
    one_of("synonyms", ["false"]),
    one_of("snippets", ["0", "1"]),
    one_of("lang", ["en", "zh-Hant"]),
    one_of("facets", ["source:3"]),
).map(lambda parts: urlencode([pair for part in parts for pair in part]))


@settings(max_examples=25)
@given(query=QUERIES)
def test_one_query_string_finds_the_same_everywhere(client: TestClient, query: str) -> None:
    by_format = ids_by_format(client, query)
    assert dict.fromkeys(by_format, by_format["json"]) == by_format


def test_there_is_something_to_compare(client: TestClient) -> None:
    assert len(ids_by_format(client, "sort=oldest&per_page=100&collapse=none")["html"]) == len(ARTICLES)
    assert len(ids_by_format(client, "sort=oldest&per_page=100")["html"]) == len(ARTICLES) - 1
    newest = ids_by_format(client, "q=企业&sort=newest&per_page=5")["csv"]
    assert newest != ids_by_format(client, "q=企业&sort=relevance&per_page=5")["csv"]

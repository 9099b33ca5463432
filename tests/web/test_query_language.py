"""The query language through the API and the page: strict reading, how parts were read, and the help."""

from dataclasses import replace

import pytest

from search.request import Reading
from search.suggestions.query_help import QueryHelp
from tests.both_engines import LibraryFactory
from tests.engines import ArticleLibrary, make_article
from tests.web.conftest import ClientFactory
from tests.web.known_regions import LABELS, REGIONS
from tests.web.markup import parse_page
from tests.web.spoken import EN, HANS, HANT
from web.parameters.requests import read_search
from web.presenters.facets import facet_requests
from web.presenters.help_page import help_page
from web.presenters.results_page import ResultsPage, results_page
from web.serving.found_page import FoundPage
from web.texts.texts import Texts


@pytest.fixture(scope="module")
def library(library_of: LibraryFactory) -> ArticleLibrary:
    library = library_of()
    library.build([make_article("a", "科技与创新", title="养老", source="浙江日报")])
    return library


@pytest.mark.parametrize(
    ("q", "problem", "fault"),
    [
        pytest.param(
            "sourc:浙江", "unknown-field", {"span": [0, 5], "suggestion": "source"}, id="unknown field"
        ),
        pytest.param("a 创*", "wildcard-too-broad", {"span": [2, 2]}, id="wildcard"),
        pytest.param("“浙江", "query-syntax", {"span": [0, 1]}, id="quote"),
    ],
)
def test_a_strict_reading_is_refused_with_the_place(
    q: str, problem: str, fault: dict[str, object], library: ArticleLibrary, client_of: ClientFactory
) -> None:
    client = client_of(library.service())
    answer = client.get("/api/v1/search", params={"q": q, "repair": "false"})
    assert (answer.status_code, answer.json()["type"]) == (400, f"/problems/{problem}")
    detail = answer.json()["detail"]
    assert answer.json()["errors"] == [{"parameter": "q", "detail": detail, **fault}]
    forgiving = client.get("/api/v1/search", params={"q": q, "repair": "true"})
    assert forgiving.status_code == 200
    assert forgiving.json()["notices"][0]["span"] == fault["span"]


def test_repair_is_read_and_left_out_of_the_canonical_form_where_it_is_the_default() -> None:
    strict = read_search([("q", "a"), ("repair", "false")], REGIONS)
    forgiving = read_search([("q", "a"), ("repair", "true")], REGIONS)
    assert (strict.request.reading, strict.pairs) == (Reading.STRICT, (("q", "a"), ("repair", "false")))
    assert (forgiving.request.reading, forgiving.pairs) == (Reading.FORGIVING, (("q", "a"),))


@pytest.mark.parametrize(
    ("q", "part"),
    [
        ("标题：养老", {"kind": "word", "text": "养老", "span": [0, 5], "field": "title"}),
        ('"科技 创新"~1', {"kind": "near", "text": "科技 创新", "span": [0, 9], "gap": 1}),
        ("科技*", {"kind": "prefix", "text": "科技", "span": [0, 3]}),
    ],
)
def test_the_answer_says_how_a_part_was_read(
    q: str, part: dict[str, object], library: ArticleLibrary, client_of: ClientFactory
) -> None:
    answer = client_of(library.service()).get("/api/v1/search", params={"q": q}).json()
    assert answer["query"]["read_as"] == [part]
    assert answer["total"] == 1


def page_of(library: ArticleLibrary, q: str, texts: Texts) -> ResultsPage:
    parameters = read_search([("q", q)], REGIONS)
    result = library.service().search(replace(parameters.request, facets=facet_requests((), LABELS)))
    return results_page(FoundPage(result=result, given=QueryHelp(), timeline=None), parameters, LABELS, texts)


@pytest.mark.parametrize(
    ("q", "shown"),
    [
        pytest.param("标题：养老", "标题：养老", id="field"),
        pytest.param("标题：“养老”", "标题：“养老”", id="quoted"),
        pytest.param("year:2024..", "日期：2024..", id="dates"),
        pytest.param("“科技 创新”~1", "“科技 创新”~1", id="near"),
        pytest.param("-body:科技*", "正文：科技", id="negated"),
        pytest.param("科技*", "科技*", id="stem"),
    ],
)
def test_the_page_says_how_a_part_was_read(q: str, shown: str, library: ArticleLibrary) -> None:
    [part] = page_of(library, q, HANS).read_as
    assert (part.text, part.excluded, part.quoted) == (shown, q.startswith("-"), False)


@pytest.mark.parametrize("texts", [HANS, HANT, EN], ids=lambda texts: texts.language.value)
class TestHelp:
    def test_every_example_is_read_without_a_notice(self, library: ArticleLibrary, texts: Texts) -> None:
        rows = help_page(texts, ()).rows
        assert len(rows) == 12
        for row in rows:
            assert page_of(library, row.write, texts).notices == (), row

    def test_the_page_shows_every_form(
        self, library: ArticleLibrary, client_of: ClientFactory, texts: Texts
    ) -> None:
        page = client_of(library.service()).get("/help", params={"lang": texts.language.value})
        for row in help_page(texts, ()).rows:
            assert row.write in parse_page(page.text).text

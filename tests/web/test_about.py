"""The page about the site, and the page of all parameters."""

from datetime import datetime

import pytest
from starlette.testclient import TestClient

from index.article_reader import CorpusStats
from index.describe.times import CHINA
from search.results import FacetResult, FacetValue, Readiness
from tests.web.conftest import ClientFactory
from tests.web.fake_articles import ARTICLES
from tests.web.fake_service import FakeService
from tests.web.reading import items, page_at
from tests.web.test_start_page import Building
from web.parameters.table import SEARCH_PARAMETERS
from web.presenters.about_page import about_page
from web.presenters.parameter_help import ParameterRow, parameters_page
from web.settings import WebSettings
from web.texts.text import Language
from web.texts.texts import Texts

CHINESE = Texts(Language.HANS)
STATS = CorpusStats(
    articles=107_000, undated=3, repaired=17, sequence=9, newest=datetime(2026, 2, 10, 8, 30, tzinfo=CHINA)
)
READY = Readiness(ready=True, generation="3.118", sequence=9, lag=0, reasons=())
SOURCES = FacetResult(
    field="source",
    values=(FacetValue("浙江日报", 1_200, selected=False),),
    distinct=97,
    other=0,
    missing=0,
    missing_selected=False,
)


def test_it_counts_what_is_here() -> None:
    page = about_page(STATS, READY, SOURCES, contact=None, texts=CHINESE, kept=())
    assert {holding.term: holding.value for holding in page.holdings} == {
        "文章": "107,000",
        "来源": "97",
        "最新一篇": "2026年2月10日",
        "日期不详": "3",
        "修复过文字": "17",
        "索引版本": "3.118",
        "等待编入索引": "0",
    }
    assert [(source.name, source.count) for source in page.sources] == [("浙江日报", "1,200")]


def test_without_an_index_it_leaves_out_what_only_an_index_knows() -> None:
    building = Readiness(ready=False, generation=None, sequence=0, lag=9, reasons=("building",))
    page = about_page(STATS, building, None, contact=None, texts=CHINESE, kept=())
    terms = [holding.term for holding in page.holdings]
    assert "来源" not in terms
    assert "索引版本" not in terms
    assert page.sources == ()


@pytest.mark.parametrize(
    ("contact", "href"),
    [
        ("help@news.example", "mailto:help@news.example"),
        ("https://news.example/contact", "https://news.example/contact"),
    ],
)
def test_readers_learn_whom_to_write_to(client_of: ClientFactory, contact: str, href: str) -> None:
    page = page_at(client_of(FakeService(), WebSettings(contact=contact)), "/about")
    assert page.links()[contact] == href


def test_nobody_is_named_where_nobody_is_set(client: TestClient) -> None:
    assert "请联系" not in page_at(client, "/about").text


def test_sources_lead_to_their_articles(client: TestClient) -> None:
    link = page_at(client, "/about").find("ul", class_="counted").find_all("a")[0]
    assert len(items(page_at(client, link.attributes["href"]))) == int(link.find("span").text) == 1


def test_it_answers_while_the_index_is_built(client_of: ClientFactory) -> None:
    assert (
        str(len(ARTICLES[:25]))
        in page_at(client_of(Building(25)), "/about").find("dl", class_="holdings").text
    )


def row_of(name: str, language: Language = Language.HANS) -> ParameterRow:
    (row,) = (row for row in parameters_page(Texts(language)).rows if row.name == name)
    return row


@pytest.mark.parametrize("language", Language)
def test_every_parameter_of_a_search_is_described(language: Language) -> None:
    rows = parameters_page(Texts(language)).rows
    assert [row.name for row in rows] == [parameter.name for parameter in SEARCH_PARAMETERS]
    for row, parameter in zip(rows, SEARCH_PARAMETERS, strict=True):
        assert row.values
        assert row.meaning == parameter.meaning.of(language)


@pytest.mark.parametrize(
    ("name", "values", "default"),
    [
        ("q", "文字，0 到 512 个字符", ""),
        ("per_page", "0–100", "10"),
        ("match", "smart / all / any / exact", "smart"),
        ("source", "完整的值，或 _missing（没有这一项）；可以多次", ""),
        ("year", "YYYY 或 YYYY..YYYY，1900–2100；或 _missing；可以多次", ""),
        ("published_after", "YYYY、YYYY-MM 或 YYYY-MM-DD，1900–2100", ""),
    ],
)
def test_a_row_says_what_can_be_given(name: str, values: str, default: str) -> None:
    row = row_of(name)
    assert (row.values, row.default) == (values, default)


def test_the_page_has_them_all(client: TestClient) -> None:
    page = page_at(client, "/help/parameters")
    named = [term.text for term in page.find("dl", class_="parameters").find_all("dt")]
    assert named == [parameter.name for parameter in SEARCH_PARAMETERS]


def test_help_leads_to_the_parameters(client: TestClient) -> None:
    assert "/help/parameters" in page_at(client, "/help").links().values()

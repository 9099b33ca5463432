"""What a page of ten hits weighs, for a query that its hundred links all repeat."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from index.article import Article, DocumentFacts, Level, RegionTag, Relation, TopicTag
from search.request import SearchRequest
from search.results import SearchResult
from tests.web.conftest import ClientFactory
from tests.web.fake_articles import ARTICLES
from tests.web.fake_service import FakeService
from tests.web.markup import parse_page
from web.parameters.query_string import ascii_address

LIMIT = 40 * 1024
ROOM = 1500
"""Articles of the world have longer names and more words to mark than these."""
Q = "科技创新 数字经济 产业园区 意见"
"""14 Chinese characters."""

SENTENCE = "各单位要推动科技创新和数字经济发展，支持产业园区建设，结合实际提出意见，定期报告进展。"
PLACES = (
    ("武汉市", "420100"), ("襄阳市", "420600"), ("鄂州市", "420700"), ("杭州市", "330100"),
    ("宁波市", "330200"), ("南京市", "320100"), ("苏州市", "320500"), ("广州市", "440100"),
    ("深圳市", "440300"), ("成都市", "510100"), ("西安市", "610100"), ("青岛市", "370200"),
)  # fmt: skip
TOPICS = ("科技创新", "数字经济", "产业发展", "营商环境", "财政补贴", "人才政策")


def long_articles() -> list[Article]:
    """Two dozen official documents of as many years and places as the facets show, all about the query."""
    return [
        replace(
            article,
            id=f"policy-doc-{number:012}",
            title=f"{place}关于以科技创新和数字经济促进产业园区发展的意见",
            lead=SENTENCE,
            body=f"{SENTENCE * 3}{article.body}{SENTENCE * 3}",
            source=f"{place}人民政府网",
            published=article.published and article.published - timedelta(days=200 * number),
            document=DocumentFacts(
                number=f"政办发〔2020〕{number}号",
                agency=f"{place}人民政府",
                level=Level.PREFECTURAL,
                type="意见",
            ),
            regions=(RegionTag(code, Relation.ISSUED_BY, 9.0),),
            topics=(TopicTag("科技创新", 9.0, ()), TopicTag(TOPICS[number % 6], 5.0, ())),
        )
        for number, (article, (place, code)) in enumerate(zip(ARTICLES[:24], PLACES * 2, strict=True))
    ]


BOOLEAN = "(科技创新 OR 数字经济) -招标公告 title:产业园区"
"""A query with all that the language has; over 107,000 official documents it made 43,134 bytes once."""


class FindsTheSame(FakeService):
    """Finds for any query what it finds for Q."""

    def search(self, request: SearchRequest) -> SearchResult:
        return replace(super().search(replace(request, q=Q)), q=request.q)


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_a_long_boolean_query(client_of: ClientFactory, lang: str) -> None:
    client = client_of(FindsTheSame(long_articles()))
    html = client.get("/search", params={"q": BOOLEAN}, headers={"Accept-Language": lang}).text
    assert len(parse_page(html).find_all("li", class_="result")) == 10
    assert len(html.encode()) < LIMIT - ROOM


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_a_long_query_with_two_filters(client_of: ClientFactory, lang: str) -> None:
    asked = {"q": Q, "topic": "科技创新", "document_type": "意见"}
    client = client_of(FakeService(long_articles()))
    html = client.get("/search", params=asked, headers={"Accept-Language": lang}).text
    page = parse_page(html)
    assert len(page.find_all("li", class_="result")) == 10
    assert len(page.find_all("fieldset", class_="facet")) >= 5
    assert len(page.find_all("a")) > 80
    percent_encoded = re.sub(r'(?<=href=")[^"]*', lambda href: ascii_address(href[0]), html)
    # On 2026-11-28 it was 38 to 39 KB, and 48 to 49 KB with every address percent-encoded.
    assert len(html.encode()) < LIMIT - ROOM < len(percent_encoded.encode())

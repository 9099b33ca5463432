"""T14, T15, T27, T28: hostile texts in every field and parameter are texts in every form of an answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from jinja2 import Environment
from starlette.testclient import TestClient

from index.article import Article
from tests.security.hostile_texts import (
    HOSTILE,
    HOSTILE_ADDRESSES,
    WORD,
    assert_harmless_page,
    assert_harmless_table,
    assert_own_addresses,
    assert_strict_feed,
)
from tests.web.fake_service import FakeService
from tests.web.known_regions import REGIONS
from tests.web.test_injection import article_of
from web import templating
from web.app import create_app
from web.formats import csv_text, search_feed, xml_text
from web.presenters import article_page
from web.settings import WebSettings

ARTICLES = tuple(replace(article_of(text), id=f"x{number}") for number, text in enumerate(HOSTILE.values()))
"""Each has one of the texts in every field."""

LEADING = tuple(
    replace(article_of("甲"), id=f"u{number}", url=address)
    for number, address in enumerate(HOSTILE_ADDRESSES)
)
"""Each says that it is from one of the addresses."""

ALL = {"q": "甲", "per_page": "100"}


@contextmanager
def opened(articles: tuple[Article, ...]) -> Iterator[TestClient]:
    app = create_app(FakeService(articles), WebSettings(), REGIONS)
    with TestClient(app, follow_redirects=False) as client:
        yield client


def assert_results_are_harmless(site: TestClient) -> None:
    for path in ("/search", "/"):
        answer = site.get(path, params=ALL if path == "/search" else {})
        assert answer.status_code == 200
        assert "/articles/x" in answer.text
        assert_harmless_page(answer.text)


def assert_articles_are_harmless(site: TestClient) -> None:
    for article in ARTICLES:
        for shown in ("repaired", "original"):
            answer = site.get(f"/articles/{article.id}", params={"q": f"甲 {WORD}", "text": shown})
            assert answer.status_code == 200
            assert_harmless_page(answer.text)


def assert_queries_are_harmless(site: TestClient) -> None:
    for text in HOSTILE.values():
        answer = site.get("/search", params={"q": text, "source": text, "tags": text, "match": "any"})
        assert_harmless_page(answer.text)


def assert_errors_are_harmless(site: TestClient) -> None:
    for text in HOSTILE.values():
        answer = site.get("/search", params={"q": text, "sort": text, f"x{text}": text})
        assert answer.status_code == 400
        assert_harmless_page(answer.text)


def assert_tables_are_harmless(site: TestClient) -> None:
    answer = site.get("/api/v1/search.csv", params=ALL)
    assert answer.status_code == 200
    assert_harmless_table(answer.content)


def assert_feeds_are_strict(site: TestClient) -> None:
    for text in ("", *HOSTILE.values()):
        answer = site.get("/api/v1/search.atom", params={"q": f"甲 OR {text}"})
        if answer.status_code == 200:
            assert_strict_feed(answer.content)
    answer = site.get("/api/v1/search.atom", params={"q": "甲"})
    assert answer.status_code == 200
    assert_strict_feed(answer.content)


def assert_articles_lead_nowhere(site: TestClient) -> None:
    """Not as a link of the page, and not in how it says that the article is cited."""
    for article in LEADING:
        answer = site.get(f"/articles/{article.id}")
        assert answer.status_code == 200
        assert_own_addresses(answer.text)


def assert_feeds_lead_nowhere(site: TestClient) -> None:
    answer = site.get("/api/v1/search.atom", params={"q": "甲", "per_page": "100"})
    assert all(f"/articles/{article.id}" in answer.text for article in LEADING)
    assert_strict_feed(answer.content)


CHECKS = {
    "a page of results": (ARTICLES, assert_results_are_harmless),
    "the page of an article": (ARTICLES, assert_articles_are_harmless),
    "a page that repeats a query": (ARTICLES, assert_queries_are_harmless),
    "a page about an error": (ARTICLES, assert_errors_are_harmless),
    "a table": (ARTICLES, assert_tables_are_harmless),
    "a feed": (ARTICLES, assert_feeds_are_strict),
    "the address of an article": (LEADING, assert_articles_lead_nowhere),
    "the address of an article in a feed": (LEADING, assert_feeds_lead_nowhere),
}


@pytest.mark.parametrize("name", CHECKS)
def test_hostile_texts_are_only_texts(name: str) -> None:
    articles, check = CHECKS[name]
    with opened(articles) as site:
        check(site)


def _unescaped(**options: Any) -> Environment:
    return Environment(**{**options, "autoescape": False})  # noqa: S701 - what the control breaks


def _as_it_is(text: str) -> str:
    return text


def _believed(url: str | None) -> str | None:
    return url


BROKEN = {
    "a page of results": (templating, "Environment", _unescaped),
    "the page of an article": (templating, "Environment", _unescaped),
    "a page that repeats a query": (templating, "Environment", _unescaped),
    "a page about an error": (templating, "Environment", _unescaped),
    "a table": (csv_text, "guarded", _as_it_is),
    "a feed": (xml_text, "xml_text", _as_it_is),
    "the address of an article": (article_page, "outside_href", _believed),
    "the address of an article in a feed": (search_feed, "outside_href", _believed),
}
"""What is put in the place of what takes care."""


@pytest.mark.parametrize("name", CHECKS)
def test_without_care_the_check_fails(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(*BROKEN[name])
    articles, check = CHECKS[name]
    with opened(articles) as site, pytest.raises((AssertionError, SyntaxError)):
        check(site)

"""T14, T15, T27, T28: hostile texts in every field and parameter are texts in every form of an answer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from jinja2 import Environment
from starlette.testclient import TestClient

from tests.security.hostile_texts import (
    HOSTILE,
    WORD,
    assert_harmless_page,
    assert_harmless_table,
    assert_strict_feed,
)
from tests.web.fake_service import FakeService
from tests.web.known_regions import REGIONS
from tests.web.test_injection import article_of
from web import templating
from web.app import create_app
from web.formats import csv_text, xml_text
from web.settings import WebSettings

ARTICLES = tuple(replace(article_of(text), id=f"x{number}") for number, text in enumerate(HOSTILE.values()))
"""Each has one of the texts in every field."""

ALL = {"q": "甲", "per_page": str(len(ARTICLES))}


@contextmanager
def opened() -> Iterator[TestClient]:
    app = create_app(FakeService(ARTICLES), WebSettings(), REGIONS)
    with TestClient(app, follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="module")
def site() -> Iterator[TestClient]:
    with opened() as client:
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


CHECKS = {
    "a page of results": assert_results_are_harmless,
    "the page of an article": assert_articles_are_harmless,
    "a page that repeats a query": assert_queries_are_harmless,
    "a page about an error": assert_errors_are_harmless,
    "a table": assert_tables_are_harmless,
    "a feed": assert_feeds_are_strict,
}


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_hostile_texts_are_only_texts(site: TestClient, check: Callable[[TestClient], None]) -> None:
    check(site)


def _unescaped(**options: Any) -> Environment:
    return Environment(**{**options, "autoescape": False})  # noqa: S701 - what the control breaks


def _as_it_is(text: str) -> str:
    return text


BROKEN = {
    "a page of results": (templating, "Environment", _unescaped),
    "the page of an article": (templating, "Environment", _unescaped),
    "a page that repeats a query": (templating, "Environment", _unescaped),
    "a page about an error": (templating, "Environment", _unescaped),
    "a table": (csv_text, "guarded", _as_it_is),
    "a feed": (xml_text, "xml_text", _as_it_is),
}
"""What is put in the place of what takes care."""


@pytest.mark.parametrize("name", CHECKS)
def test_without_care_the_check_fails(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(*BROKEN[name])
    with opened() as site, pytest.raises((AssertionError, SyntaxError)):
        CHECKS[name](site)

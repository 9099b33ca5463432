"""The document about the pages names every page that the site has."""

import re

import pytest
from starlette.routing import Route

from tests.conftest import ROOT
from tests.web.fake_service import FakeService
from tests.web.known_regions import REGIONS
from web.app import create_app
from web.settings import WebSettings

NO_PAGES = ("/api/", "/static/", "/healthz", "/readyz")
DOCUMENTED = set(re.findall(r"`(/[^`]*)`", (ROOT / "docs" / "pages.md").read_text(encoding="utf-8")))


def page_addresses() -> list[str]:
    """The addresses that answer with pages or with what pages link to."""
    routes = [
        route
        for route in create_app(FakeService(), WebSettings(), REGIONS).routes
        if isinstance(route, Route)
    ]
    return [
        route.path
        for route in routes
        if route.methods is not None and "GET" in route.methods and not route.path.startswith(NO_PAGES)
    ]


@pytest.mark.parametrize("path", page_addresses())
def test_every_page_is_in_the_document(path: str) -> None:
    assert path in DOCUMENTED


def test_the_document_names_no_page_that_is_not_there() -> None:
    paths = {path for path in DOCUMENTED if not path.startswith(NO_PAGES)}
    assert paths == set(page_addresses())

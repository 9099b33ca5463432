"""An application over the fake service, and a client to it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from starlette.testclient import TestClient

from tests.web.fake_service import FakeService
from tests.web.fake_suggestions import FakeSuggestions
from tests.web.known_regions import REGIONS
from web.app import create_app
from web.serving.searching import Searching
from web.settings import WebSettings

ClientFactory = Callable[..., TestClient]


@pytest.fixture
def client_of() -> Iterator[ClientFactory]:
    """Makes a client to an application over this service; it follows no redirect."""
    with ExitStack() as stack:

        def make(service: Searching, settings: WebSettings | None = None) -> TestClient:
            app = create_app(
                service, settings or WebSettings(), REGIONS, suggestions=FakeSuggestions(service)
            )
            return stack.enter_context(TestClient(app, follow_redirects=False))

        yield make


@pytest.fixture(scope="session")
def client() -> Iterator[TestClient]:
    """A client to one application over the whole fake corpus, shared since nothing can change it."""
    service = FakeService()
    app = create_app(service, WebSettings(), REGIONS, suggestions=FakeSuggestions(service))
    with TestClient(app, follow_redirects=False) as shared:
        yield shared

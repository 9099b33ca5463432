"""The table of endpoints says what there is, what is answered and what can go wrong."""

from typing import Any

import msgspec
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from tests.web.saved.desk import BASE, SUBSIDY, Desk, about_subsidies
from web.http.problems import problem_kinds
from web.saved.bodies import NewSearch, SearchChange
from web.saved.drafts import FIELDS, NEEDED
from web.saved.endpoints import ADD, CHANGE, FEED, LIST, NEWS, ONE, REMOVE, SAVED_ENDPOINTS, SavedEndpoint
from web.texts.text import Language

VERSION = {"If-Match": "*"}


def test_all_that_is_described_is_routed_and_nothing_else(shared: Desk) -> None:
    app = shared.client.app
    assert isinstance(app, Starlette)
    routed = {
        (method, route.path)
        for route in app.routes
        if isinstance(route, Route) and route.path.startswith(BASE)
        for method in route.methods or ()
        if method != "HEAD"
    }
    assert routed == {(one.method, one.address) for one in SAVED_ENDPOINTS}


def test_the_application_describes_them(shared: Desk) -> None:
    paths = shared.client.get("/api/v1/openapi.json").json()["paths"]
    assert {f"/api/v1{path}" for path in paths} >= {one.address for one in SAVED_ENDPOINTS}


@pytest.mark.parametrize("endpoint", SAVED_ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_an_endpoint_describes_what_there_is(endpoint: SavedEndpoint) -> None:
    assert set(endpoint.errors) <= set(problem_kinds())
    assert len(set(endpoint.errors)) == len(endpoint.errors)
    assert (endpoint.media_type is None) == (endpoint.statuses == (204,))
    assert all(endpoint.summary.of(language) for language in Language)


def test_bodies_have_the_fields_that_are_read() -> None:
    assert NewSearch.__struct_fields__ == SearchChange.__struct_fields__ == FIELDS
    schemas = msgspec.json.schema_components([NewSearch, SearchChange])[1]
    assert schemas["NewSearch"]["required"] == list(NEEDED)
    assert schemas["SearchChange"]["required"] == []


def test_answers_are_of_the_types_of_the_table(desk: Desk) -> None:
    desk.come_in(about_subsidies(1))
    made = desk.call("POST", json={**SUBSIDY, "webhook": "http://localhost:9/"})
    saved, feed = made.json()["id"], made.json()["feed"]
    answers: dict[str, Any] = {
        ADD.name: made,
        LIST.name: desk.call("GET"),
        ONE.name: desk.call("GET", f"/{saved}"),
        NEWS.name: desk.call("GET", f"/{saved}/new", params={"since": "2026"}),
        FEED.name: desk.client.get(feed),
        CHANGE.name: desk.call("PATCH", f"/{saved}", json={"name": "新"}, headers=VERSION),
        REMOVE.name: desk.call("DELETE", f"/{saved}", headers=VERSION),
    }
    assert answers.keys() == {one.name for one in SAVED_ENDPOINTS}
    for one in SAVED_ENDPOINTS:
        answer = answers[one.name]
        assert answer.status_code == one.statuses[0], one.name
        assert answer.headers.get("Content-Type", "").partition(";")[0] == (one.media_type or "")
        if one.answer is not None:
            told = msgspec.json.decode(answer.content, type=one.answer)
            assert set(answer.json()) == set(one.answer.__struct_fields__)
            assert isinstance(told, one.answer)

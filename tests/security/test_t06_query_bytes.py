"""T5 and T6, the half of queries: bytes that are no UTF-8 are refused, and never guessed at or replaced."""

from collections.abc import Iterator

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from tests.engines import Library
from tests.security.hostile_queries import Door, doors

BYTES = {
    "a byte that is never one": "%FF",
    "half a character": "%E7%A7",
    "GB18030": "%BF%C6%BC%BC",
    "NUL in two bytes": "%C0%80",
    "a surrogate": "%ED%A0%80",
    "a pair of them": "%ED%A0%BD%ED%B8%80",
    "past the last code point": "%F4%90%80%80",
    "one wrong byte at the end": "%E7%A7%91%E6%8A%80%80",
}


def believed(site: TestClient, among: tuple[Door, ...]) -> Iterator[str]:
    """The addresses that are not refused."""
    for door in among:
        for written in BYTES.values():
            address = f"{door.path}?{door.name}={written}{door.parameters}"
            if site.get(address).status_code != 400:
                yield address


def test_every_door_refuses_them(site: TestClient, library: Library) -> None:
    assert list(believed(site, doors(next(iter(library.stored))))) == []


def test_what_is_refused_is_named(site: TestClient) -> None:
    told = site.get("/api/v1/search?q=a%FF").json()
    assert told["type"] == "/problems/invalid-parameter"
    assert [error["parameter"] for error in told["errors"]] == ["q"]


def test_a_form_and_the_name_of_a_parameter_are_refused_too(site: TestClient) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert site.post("/api/v1/search", content=b"q=a%FF", headers=form).status_code == 400
    assert site.post("/api/v1/search", content=b"q=\xff", headers=form).status_code == 400
    assert site.get("/api/v1/search?%FF=a").status_code == 400


def test_control_a_framework_by_itself_replaces_them() -> None:
    async def careless(request: Request) -> Response:
        return JSONResponse(request.query_params["q"])

    app = Starlette(routes=[Route("/search", careless)])
    with TestClient(app) as client:
        assert len(list(believed(client, (Door("/search"),)))) == len(BYTES)

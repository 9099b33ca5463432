"""What happens where no ordinary answer can be given; driven through bare ASGI."""

import asyncio
from collections.abc import Iterable

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from tests.web.fake_service import FakeService
from tests.web.known_regions import REGIONS
from web.app import create_app
from web.http.failures import ErrorAnswers, FailureMiddleware
from web.http.headers import HeadersMiddleware
from web.http.request_id import assign_request_id
from web.http.static_files import StaticFiles
from web.settings import WebSettings
from web.templating import Templates

SETTINGS = WebSettings()


def answers() -> ErrorAnswers:
    return ErrorAnswers(Templates(SETTINGS, StaticFiles()))


def scope_of(method: str, path: str, headers: Iterable[tuple[bytes, bytes]] = ()) -> Scope:
    return {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(b"host", b"localhost"), *headers],
        "root_path": "",
        "scheme": "http",
        "http_version": "1.1",
    }


def test_a_client_who_leaves_while_sending_is_answered_nothing(caplog: pytest.LogCaptureFixture) -> None:
    form = (b"content-type", b"application/x-www-form-urlencoded")
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    app = create_app(FakeService(), SETTINGS, REGIONS)
    asyncio.run(app(scope_of("POST", "/api/v1/search", [form]), receive, send))
    assert sent == []
    assert not [record for record in caplog.records if record.exc_info]


def test_an_answer_that_has_begun_is_not_followed_by_another() -> None:
    sent: list[Message] = []

    async def begin_and_fail(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise RuntimeError("in the middle")

    async def receive() -> Message:
        raise AssertionError("nothing is read")

    async def send(message: Message) -> None:
        sent.append(message)

    app = HeadersMiddleware(FailureMiddleware(begin_and_fail, answers()))
    with pytest.raises(RuntimeError, match="in the middle"):
        asyncio.run(app(scope_of("GET", "/"), receive, send))
    assert [message["type"] for message in sent] == ["http.response.start"]


def test_what_is_not_http_passes_through() -> None:
    seen: list[str] = []

    async def inner(scope: Scope, _receive: Receive, _send: Send) -> None:
        seen.append(scope["type"])

    async def receive() -> Message:
        raise AssertionError("nothing is read")

    async def send(_message: Message) -> None:
        raise AssertionError("nothing is sent")

    app = HeadersMiddleware(FailureMiddleware(inner, answers()))
    asyncio.run(app({"type": "lifespan"}, receive, send))
    assert seen == ["lifespan"]


def test_an_error_of_the_router_that_nobody_foresaw_is_internal(caplog: pytest.LogCaptureFixture) -> None:
    scope = scope_of("GET", "/api/v1/x")
    assign_request_id(scope)
    response = asyncio.run(answers().answer_http(Request(scope), HTTPException(status_code=418)))
    assert response.status_code == 500
    assert len(caplog.records) == 1

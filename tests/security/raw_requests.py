"""Requests whose path goes to the application as it stands: clients tidy up what climbs out of a folder."""

import asyncio
from collections.abc import Sequence
from urllib.parse import unquote_to_bytes

from starlette.types import ASGIApp, Message


async def _ask(
    app: ASGIApp, method: str, path: str, headers: Sequence[tuple[bytes, bytes]]
) -> tuple[int, bytes]:
    status, body = 0, b""
    raw_path, _, query = path.partition("?")

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status, body
        if message["type"] == "http.response.start":
            status = message["status"]
        else:
            body += message.get("body", b"")

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote_to_bytes(raw_path).decode("utf-8", "replace"),
        "raw_path": raw_path.encode("latin-1"),
        "query_string": query.encode("latin-1"),
        "root_path": "",
        "headers": [(b"host", b"testserver"), *headers],
        "server": ("testserver", 80),
        "client": ("127.0.0.1", 1),
        "state": {},
    }
    await app(scope, receive, send)
    return status, body


def ask(
    app: ASGIApp, path: str, method: str = "GET", headers: Sequence[tuple[bytes, bytes]] = ()
) -> tuple[int, bytes]:
    """Status and body of the answer; the path as servers hand it on, with what is percent-encoded decoded."""
    return asyncio.run(_ask(app, method, path, headers))

"""A small client of the query interface, with the standard library alone. Copy it into your own program.

client = Client("http://127.0.0.1:8000")
answer = client.get("search", {"q": "协同创新", "region": ["湖北"], "per_page": 5})
for hit in client.walk({"q": "协同创新", "sort": "newest"}): ...
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPResponse
from typing import Any, cast
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

Value = str | int | bool
Parameters = Mapping[str, Value | Sequence[Value]]
"""Repeatable parameters as lists: their values are joined by OR."""

BUSY = frozenset({429, 503})
"""The statuses that pass: try again after `Retry-After` seconds."""
LONGEST_WAIT_S = 60.0


class Problem(Exception):
    """The server's answer that something is wrong (RFC 9457); `errors` say which parameters are."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        self.status = status
        self.type = str(problem.get("type", "about:blank"))
        self.errors = tuple(problem.get("errors", ()))
        details = [f"{error['parameter']}: {error['detail']}" for error in self.errors]
        super().__init__(f"{status} {self.type}: {'; '.join(details) or problem.get('detail', '')}")


@dataclass(frozen=True, slots=True)
class Client:
    """Asks the server at `address`. `token` is for saved searches alone; `tries` counts the first too."""

    address: str
    token: str | None = field(default=None, repr=False)
    language: str = "en"
    tries: int = 4
    timeout: float = 30.0
    wait: Callable[[float], None] = time.sleep

    def get(self, path: str, parameters: Parameters | None = None) -> dict[str, Any]:
        """The JSON answer of a path below `/api/v1`. Raises Problem, and OSError where nobody answers."""
        with self.open(path, parameters) as answer:
            return cast(dict[str, Any], json.load(answer))

    def article(self, article_id: str, parameters: Parameters | None = None) -> dict[str, Any]:
        """One article with its text. Raises Problem, whose status is 404 where there is none."""
        return self.get(f"articles/{quote(article_id, safe='')}", parameters)

    def walk(self, parameters: Parameters, per_page: int = 100) -> Iterator[dict[str, Any]]:
        """All hits of a search, however many, in one state of the index: none twice, none left out.

        Raises Problem, whose status is 410 where the walk took too long; then start again.
        """
        for page in self.pages("search", {**parameters, "per_page": per_page, "cursor": "*"}):
            yield from page["results"]

    def pages(self, path: str, parameters: Parameters) -> Iterator[dict[str, Any]]:
        """The answer, and those that its `next_cursor` leads to. Raises the same as `walk`."""
        while True:
            page = self.get(path, parameters)
            yield page
            if page["next_cursor"] is None:
                return
            parameters = {**parameters, "cursor": page["next_cursor"]}

    def post(self, path: str, content: Mapping[str, object]) -> dict[str, Any]:
        """Sends JSON to a path below `/api/v1`; the JSON answer. Raises Problem and OSError."""
        request = Request(f"{self.address}/api/v1/{path}", data=json.dumps(content).encode())
        request.add_header("Content-Type", "application/json")
        with self._send(request) as answer:
            return cast(dict[str, Any], json.load(answer))

    def open(self, path: str, parameters: Parameters | None = None) -> HTTPResponse:
        """The answer as it comes in, for files: `search.csv`, `search.ndjson`, `search.atom`."""
        return self._send(Request(f"{self.address}/api/v1/{path}?{query_string(parameters or {})}"))

    def _send(self, request: Request) -> HTTPResponse:
        request.add_header("Accept-Language", self.language)
        if self.token is not None:
            request.add_header("Authorization", f"Bearer {self.token}")
        for tries_left in reversed(range(self.tries)):
            try:
                return cast(HTTPResponse, urlopen(request, timeout=self.timeout))
            except HTTPError as error:
                with error:
                    if error.code not in BUSY or not tries_left:
                        raise _problem(error) from error
                    self.wait(_seconds(error))
        raise ValueError("a client needs at least one try")


def query_string(parameters: Parameters) -> str:
    """The parameters as in an address, or as the `query` of a saved search."""
    return urlencode([(name, _text(one)) for name, value in parameters.items() for one in _each(value)])


def _each(value: Value | Sequence[Value]) -> Sequence[Value]:
    return (value,) if isinstance(value, str | int) else value


def _text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _seconds(error: HTTPError) -> float:
    """How long the server asks to wait."""
    asked = error.headers.get("Retry-After", "")
    return min(float(asked), LONGEST_WAIT_S) if asked.isdecimal() else 1.0


def _problem(error: HTTPError) -> Problem:
    """What the answer says; an answer that is none of this server's has its status alone."""
    try:
        problem = json.load(error)
    except ValueError:
        problem = {"detail": error.reason}
    return Problem(error.code, problem)

"""An endpoint as a value: what routing, documents and checks need to know of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

from web.api.context import ApiContext
from web.parameters.kinds import Parameter
from web.texts.text import Text

API_BASE = "/api/v1"
SUFFIX = "suffix"
"""The name of the end of an address among the parameters of its path."""

Handler = Callable[[ApiContext, Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One address below API_BASE. `path` may have `{id}` in it; GET stands for HEAD too.

    `parameters` come in the query, and with POST in a form too. `errors` are the kinds of problem that it can
    answer with, beside those that any address can (see `web.api.endpoints`).
    """

    name: str
    path: str
    summary: Text
    parameters: tuple[Parameter, ...]
    answer: type[Struct]
    errors: tuple[str, ...]
    handler: Handler
    methods: tuple[str, ...] = ("GET",)
    suffixes: tuple[str, ...] = ()
    """What an address may end with to say which format is wanted, such as `csv` in `/search.csv`."""

    @property
    def address(self) -> str:
        return f"{API_BASE}{self.path}"

    @property
    def allow(self) -> str:
        """The value of the Allow header."""
        return ", ".join(sorted({*self.methods, "HEAD", "OPTIONS"}))

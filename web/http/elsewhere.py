"""Addresses that only the machine with the data folder answers; on others they say so."""

from typing import Final, NoReturn

from starlette.requests import Request
from starlette.routing import Route

from web.errors import ServedElsewhere
from web.http.headers import ADMIN_PREFIX, SAVED_PREFIXES

PREFIXES: Final = (ADMIN_PREFIX.removesuffix("/"), *SAVED_PREFIXES)
METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")


def elsewhere_routes() -> tuple[Route, ...]:
    """Routes to all that changes articles and rules, and to saved searches."""
    return tuple(
        Route(path, _refuse, methods=METHODS)
        for prefix in PREFIXES
        for path in (prefix, f"{prefix}/{{rest:path}}")
    )


async def _refuse(_request: Request) -> NoReturn:
    raise ServedElsewhere("this machine has no data folder; ask the one that takes in the articles")

"""The id of a request: in the log, in the answer's header, and in every error."""

import secrets

from starlette.types import Scope

_KEY = "policy_search.request_id"


def assign_request_id(scope: Scope) -> str:
    """Gives this request a new id of 32 hexadecimal digits and returns it."""
    request_id = secrets.token_hex(16)
    scope[_KEY] = request_id
    return request_id


def request_id_of(scope: Scope) -> str:
    """The id that this request was given. Raises KeyError if it was given none."""
    request_id: str = scope[_KEY]
    return request_id

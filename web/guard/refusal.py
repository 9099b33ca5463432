"""The answer to a request that never reaches the application: the same problem, with the same headers."""

import http
import secrets
from email.utils import formatdate
from typing import Final

import msgspec

from index.errors import PolicySearchError
from web.http.headers import DATA_POLICY, VARY
from web.http.problems import MEDIA_TYPE, problem_json, problem_of
from web.texts.text import Language
from web.texts.texts import Texts

_LANGUAGE: Final = Language.EN
"""Which language the client reads is not known before its request is."""


def refusal(error: PolicySearchError, method: bytes = b"") -> bytes:
    """The whole answer, after which the connection ends; without its body where the method is HEAD."""
    problem, request_id = problem_of(error), secrets.token_hex(16)
    body = msgspec.json.encode(problem_json(problem, request_id, Texts(_LANGUAGE)))
    headers = {
        "Date": formatdate(usegmt=True),
        "Content-Type": MEDIA_TYPE,
        "Content-Length": str(len(body)),
        "Content-Language": _LANGUAGE.value,
        "Connection": "close",
        "Cache-Control": "no-store",
        "Vary": VARY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Content-Security-Policy": DATA_POLICY,
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Request-Id": request_id,
        **problem.headers,
    }
    lines = [f"HTTP/1.1 {problem.status} {http.HTTPStatus(problem.status).phrase}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    head = "\r\n".join((*lines, "", "")).encode("ascii")
    return head if method == b"HEAD" else head + body

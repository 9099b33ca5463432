"""Who has signed in to the page of saved searches."""

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

COOKIE: Final = "saved_session"
LASTS_S: Final = 8 * 3600
"""A day's work; the text beside the form says so too."""


class Sessions:
    """Signed cookies that hold until when they are good and for whom, never the token.

    The key is new in each process: signing in does not outlast it. The cookie is sent to this page alone, and
    only where one of our own pages led there.
    """

    def __init__(
        self, path: str, *, is_secure: bool, clock: Callable[[], float] = time.time, key: bytes | None = None
    ) -> None:
        """`is_secure`: the site is reached by https. `clock` gives seconds since 1970 UTC."""
        self._path = path
        self._is_secure = is_secure
        self._clock = clock
        self._key = secrets.token_bytes(32) if key is None else key

    def begin(self, response: Response, owner: str) -> None:
        """Sign in with this answer."""
        until = int(self._clock()) + LASTS_S
        response.set_cookie(
            COOKIE,
            f"{until}.{self._mac(until, owner)}",
            max_age=LASTS_S,
            path=self._path,
            secure=self._is_secure,
            httponly=True,
            samesite="strict",
        )

    def end(self, response: Response) -> None:
        """Sign out with this answer."""
        response.delete_cookie(
            COOKIE, path=self._path, secure=self._is_secure, httponly=True, samesite="strict"
        )

    def is_open(self, request: Request, owner: str) -> bool:
        """Whether this request comes from somebody who has signed in as this owner."""
        written, _, mac = request.cookies.get(COOKIE, "").partition(".")
        if not (written.isascii() and written.isdigit() and len(written) <= 12):
            return False
        is_ours = hmac.compare_digest(mac.encode(), self._mac(int(written), owner).encode())
        return is_ours and int(written) > self._clock()

    def _mac(self, until: int, owner: str) -> str:
        return hmac.new(self._key, f"{until}.{owner}".encode(), hashlib.sha256).hexdigest()

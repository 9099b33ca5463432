"""Refuses requests that pages of other sites make: such a request comes with the reader's cookies."""

from starlette.requests import Request

from web.errors import ForeignOrigin

OWN = "same-origin"


def check_same_origin(request: Request) -> None:
    """Raises ForeignOrigin unless the browser says that one of our own pages makes the request.

    It says so in Sec-Fetch-Site; older ones name the page's origin alone. A program may say what it likes.
    """
    site = request.headers.get("sec-fetch-site")
    if not (_is_own_origin(request) if site is None else site == OWN):
        raise ForeignOrigin("a page of another site made this request, or the browser does not say which did")


def _is_own_origin(request: Request) -> bool:
    """Whether Origin names the host that was asked. Its scheme tells nothing: proxies change it."""
    _, _, host = request.headers.get("origin", "").partition("://")
    return bool(host) and host.lower() == request.headers.get("host", "").lower()

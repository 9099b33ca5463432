"""The headers that every answer carries, whatever made it (limits and headers of the reliability plan)."""

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.http.entity_tags import NOT_MODIFIED
from web.http.language import language_of
from web.http.request_id import assign_request_id

API_PREFIX = "/api/"
ADMIN_PREFIX = "/api/v1/admin/"
SAVED_PREFIXES = ("/api/v1/saved-searches", "/saved")
PRIVATE_PREFIXES = (ADMIN_PREFIX, *SAVED_PREFIXES, "/metrics")
"""Of addresses that need a token: no other site may read them, and nothing may keep their answers."""

PAGE_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
PERMISSIONS = "geolocation=(), camera=(), microphone=(), payment=(), usb=()"
VARY = "Accept, Accept-Language, Cookie"
TRANSPORT = "max-age=31536000"
"""For a year this host is asked by https alone: said only where it was, as a proxy that is believed says."""
EXPOSED = "ETag, Link, Retry-After, Server-Timing, X-Index-Generation, X-Request-Id"

FIRST_ERROR = 400


class HeadersMiddleware:
    """Adds the headers, gives the request its id, and takes the body (not its length) off answers to HEAD."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = assign_request_id(scope)
        is_head = scope["method"] == "HEAD"

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = request_id
                _add_headers(headers, scope, message["status"])
            elif is_head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _add_headers(headers: MutableHeaders, scope: Scope, status: int) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    if scope["scheme"] == "https":
        headers["Strict-Transport-Security"] = TRANSPORT
    is_private = scope["path"].startswith(PRIVATE_PREFIXES)
    if is_private or status >= FIRST_ERROR:
        headers["Cache-Control"] = "no-store"
    headers.setdefault("Cache-Control", "no-cache")
    if not headers["Cache-Control"].startswith("public"):
        headers["Vary"] = VARY
    is_page = headers.get("Content-Type", "").startswith("text/html")
    if is_page or scope["path"].startswith(API_PREFIX):
        headers["Content-Language"] = language_of(Request(scope)).value
    if is_page:
        headers["Content-Security-Policy"] = PAGE_POLICY
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Permissions-Policy"] = PERMISSIONS
        headers["X-Frame-Options"] = "DENY"
        return
    if status != NOT_MODIFIED:
        # It has no content, and what it says would take the place of the policy that the page came with.
        headers["Content-Security-Policy"] = DATA_POLICY
    is_read = scope["path"].startswith(API_PREFIX) and scope["method"] in {"GET", "HEAD", "OPTIONS"}
    is_public = is_read and not is_private
    headers["Cross-Origin-Resource-Policy"] = "cross-origin" if is_public else "same-origin"
    if is_public:
        headers["Access-Control-Allow-Origin"] = "*"
        headers["Access-Control-Expose-Headers"] = EXPOSED

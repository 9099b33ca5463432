"""T20: what leads back to a page leads to no other site."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

OWN = "http://testserver"
TRICKS = (
    *(
        "//evil.example",
        "///evil.example",
        "////evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "\\\\evil.example",
    ),
    *("/\t/evil.example", "/\n/evil.example", "/\r\n/evil.example", "\t//evil.example", " //evil.example"),
    *(
        "http://evil.example",
        "https:evil.example",
        "https:/evil.example",
        "https:\\evil.example",
        "HTTPS://EVIL.EXAMPLE",
    ),
    *(
        "//evil.example/%2f..",
        "//evil.example@testserver",
        "//testserver@evil.example",
        "http://testserver@evil.example",
    ),
    *(
        "//testserver.evil.example",
        "//evil.example:80",
        "//[::1]",
        "//127.0.0.1",
        "//0x7f000001",
        "//evil。example",
    ),
    *(
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc",
    ),
    *(
        "/help\r\nLocation: //evil.example",
        "/help\nSet-Cookie: a=b",
        "/\x00/evil.example",
        "/\u00a0/evil.example",
    ),
    *(
        "/ /evil.example",
        "/\x0b/evil.example",
        "/\u2028/evil.example",
        "/%09/evil.example",
        "/%5cevil.example",
    ),
    *(
        "/.//evil.example",
        "/..//evil.example",
        "?//evil.example",
        "#//evil.example",
        "evil.example",
        "@evil.example",
        ":80",
    ),
)


def landing(location: str) -> str:
    """The site that a browser asks next: it takes a backslash for a slash, and drops tabs, line ends and what
    surrounds an address (URL standard, 4.4)."""
    trimmed = location.strip("".join(map(chr, range(0x21))))
    cleaned = trimmed.translate({ord(char): None for char in "\t\r\n"}).replace("\\", "/")
    target = urlsplit(urljoin(f"{OWN}/preferences", cleaned))
    return f"{target.scheme}://{target.netloc}"


def strays(client: TestClient) -> Iterator[str]:
    """The tricks that lead away, or smuggle a header in, or are answered with a fault."""
    for trick in TRICKS:
        answer = client.post(
            "/preferences", data={"language": "en", "back": trick}, headers={"Sec-Fetch-Site": "same-origin"}
        )
        location = answer.headers.get("Location", "/")
        smuggled = "a=b" in answer.headers.get("Set-Cookie", "")
        if answer.status_code >= 500 or smuggled or landing(location) != OWN:
            yield trick
    client.cookies.clear()


def test_no_trick_leads_to_another_site(site: TestClient) -> None:
    assert list(strays(site)) == []


def test_control_who_believes_what_is_sent_is_led_astray() -> None:
    async def careless(request: Request) -> Response:
        async with request.form() as form:
            return RedirectResponse(str(form["back"]), 303)

    app = Starlette(routes=[Route("/preferences", careless, methods=["POST"])])
    with TestClient(app, follow_redirects=False, raise_server_exceptions=False) as client:
        assert len(list(strays(client))) > 20


@pytest.mark.parametrize("back", ["/", "/search?q=科技&page=2", "/articles/a:1", "/help#syntax"])
def test_control_our_own_pages_are_led_back_to(site: TestClient, back: str) -> None:
    answer = site.post("/preferences", data={"back": back}, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 303
    assert landing(answer.headers["Location"]) == OWN
    assert urlsplit(answer.headers["Location"]).path == urlsplit(back).path
    site.cookies.clear()

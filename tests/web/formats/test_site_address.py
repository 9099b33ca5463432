"""Where absolute links lead, and ids that last."""

import re

import pytest
from starlette.requests import Request

from web.http.site_address import SiteAddress, site_address
from web.settings import WebSettings

TAG = re.compile(r"tag:[0-9a-z]([0-9a-z.-]*[0-9a-z])?,2026:article:a1")


def request_to(host: str, scheme: str = "http") -> Request:
    return Request({"type": "http", "scheme": scheme, "headers": [(b"host", host.encode())]})


@pytest.mark.parametrize(
    ("host", "scheme", "base"),
    [
        ("site.example", "https", "https://site.example"),
        ("Site.Example:8000", "http", "http://site.example:8000"),
        ("[::1]:8000", "http", "http://[::1]:8000"),
    ],
)
def test_without_a_public_address_it_is_the_one_asked_for(host: str, scheme: str, base: str) -> None:
    assert site_address(request_to(host, scheme), WebSettings()).base == base


def test_the_public_address_counts_more() -> None:
    settings = WebSettings(public_url="https://public.example")
    assert site_address(request_to("127.0.0.1:8000"), settings).absolute("/x") == "https://public.example/x"


def test_absolute_addresses_are_in_ascii() -> None:
    assert SiteAddress("http://a").absolute("/search?q=科+a%26b") == "http://a/search?q=%E7%A7%91+a%26b"


@pytest.mark.parametrize(
    ("base", "authority"),
    [
        ("https://site.example", "site.example"),
        ("http://site.example:8000", "site.example"),
        ("http://127.0.0.1:8000", "127.0.0.1"),
        ("http://[::1]:8000", "ipv6-xx1"),
        ("http://[zz]", "ipv6-zz"),
    ],
)
def test_ids_name_the_host_without_its_port(base: str, authority: str) -> None:
    uri = SiteAddress(base).tag_uri("article:a1")
    assert uri == f"tag:{authority},2026:article:a1"
    assert TAG.fullmatch(uri)

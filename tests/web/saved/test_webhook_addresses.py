"""A webhook leads to a host of the public internet, however its address is written."""

import ipaddress
import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from web.saved.webhooks.addresses import is_public
from web.saved.webhooks.target import PUBLIC_ONLY, Target, TargetFault, TargetRefused, read_target

PRIVATE = [
    "0.0.0.0",  # noqa: S104 - not bound to
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::ffff:0:7f00:1",
    "64:ff9b::7f00:1",
    "64:ff9b::8.8.8.8",
    "64:ff9b:1::1",
    "100::1",
    "2001::7f00:1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:808:808::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "2606:4700::1%eth0",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
    "",
    "localhost",
    "2130706433",
]
PUBLIC = ["1.1.1.1", "8.8.8.8", "93.184.216.34", "172.15.0.1", "172.32.0.1", "2606:4700::1", "2400:3200::1"]


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_a_host_of_the_public_internet(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is(address: str) -> None:
    assert is_public(address)


@settings(max_examples=200)
@given(st.ip_addresses(v=4))
def test_no_form_that_holds_an_address_of_ipv4_is_public(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    for prefix, shift in ((0, 0), (0xFFFF << 32, 0), (0x64FF9B << 96, 0), (0x2002 << 112, 80)):
        assert not is_public(str(ipaddress.IPv6Address(prefix | number << shift)))


ALLOWED = {
    "https://hooks.example.org/new": Target("https", "hooks.example.org", 443, "/new"),
    "https://Hooks.Example.ORG": Target("https", "hooks.example.org", 443, "/"),
    "https://hooks.example.org:8443/a/b?c=%20&d": Target("https", "hooks.example.org", 8443, "/a/b?c=%20&d"),
    "https://xn--fiq228c.xn--fiqs8s/": Target("https", "xn--fiq228c.xn--fiqs8s", 443, "/"),
}
REFUSED = [
    ("http://hooks.example.org/", TargetFault.SCHEME),
    ("ftp://hooks.example.org/", TargetFault.SCHEME),
    ("file:///etc/passwd", TargetFault.SCHEME),
    ("//hooks.example.org/", TargetFault.SCHEME),
    ("gopher://hooks.example.org/", TargetFault.SCHEME),
    ("https://user@hooks.example.org/", TargetFault.PARTS),
    ("https://user:word@hooks.example.org/", TargetFault.PARTS),
    ("https://hooks.example.org@127.0.0.1/", TargetFault.PARTS),
    ("https://hooks.example.org/#", TargetFault.PARTS),
    ("https://127.0.0.1/", TargetFault.HOST),
    ("https://127.1/", TargetFault.HOST),
    ("https://2130706433/", TargetFault.HOST),
    ("https://0x7f000001/", TargetFault.HOST),
    ("https://0x7f.1/", TargetFault.HOST),
    ("https://0177.0.0.01/", TargetFault.HOST),
    ("https://8.8.8.8/", TargetFault.HOST),
    ("https://[::1]/", TargetFault.HOST),
    ("https://[::ffff:127.0.0.1]/", TargetFault.HOST),
    ("https://[fe80::1%25eth0]/", TargetFault.HOST),
    ("https://localhost/", TargetFault.HOST),
    ("https://intranet/", TargetFault.HOST),
    ("https://hooks.example.org./", TargetFault.HOST),
    ("https://-a.example.org/", TargetFault.HOST),
    ("https://a_b.example.org/", TargetFault.HOST),
    ("https:///path", TargetFault.HOST),
    ("https://" + "a." * 130 + "org/", TargetFault.HOST),
    ("https://hooks.example.org:80/", TargetFault.PORT),
    ("https://hooks.example.org:22/", TargetFault.PORT),
    ("https://hooks.example.org:0/", TargetFault.PORT),
    ("https://hooks.example.org:99999/", TargetFault.URL),
    ("https://hooks.example.org:x/", TargetFault.URL),
    ("https://[::1/", TargetFault.URL),
    ("https://hooks.example.org/\r\nX: y", TargetFault.URL),
    ("https://hooks.example.org/a b", TargetFault.URL),
    ("https://hooks.example.org/\x00", TargetFault.URL),
    ("https://例子.中国/", TargetFault.URL),
    ("https://１２７.0.0.1/", TargetFault.URL),
    ("https://hooks.example.org/" + "a" * 2000, TargetFault.URL),
    ("", TargetFault.URL),
]


@pytest.mark.parametrize("url", ALLOWED)
def test_what_a_webhook_is(url: str) -> None:
    assert read_target(url, PUBLIC_ONLY) == ALLOWED[url]


@pytest.mark.parametrize(("url", "fault"), REFUSED, ids=[repr(url)[:40] for url, _ in REFUSED])
def test_what_is_none(url: str, fault: TargetFault) -> None:
    with pytest.raises(TargetRefused) as refused:
        read_target(url, PUBLIC_ONLY)
    assert refused.value.fault is fault


@pytest.mark.parametrize("written", ["127.1", "2130706433", "0x7f000001", "0177.0.0.1"])
def test_the_notations_of_the_table_do_lead_to_this_machine(written: str) -> None:
    """The control of the table: a check of the text alone, in the usual notation, would let them through."""
    assert socket.getaddrinfo(written, 443)[0][4][0] == "127.0.0.1"

"""T13: a cursor that was tampered with, or belongs to another search, leads nowhere.

A cursor carries a checksum and no signature: there is no key to lose, and what a forged one could ask for,
anyone can ask for without it. So what is shown of forged ones is that they break nothing.
"""

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from search import cursors
from search.cursors import Cursor, read_cursor, write_cursor

ASKED = {"q": "科技", "per_page": "5"}
INVALID = (400, "/problems/invalid-cursor")


def answered(site: TestClient, cursor: str, **parameters: str) -> tuple[int, str | None]:
    """Status and kind of problem of the answer to a page by cursor."""
    answer = site.get("/api/v1/search", params={**ASKED, **parameters, "cursor": cursor})
    return answer.status_code, answer.json().get("type")


@pytest.fixture
def cursor(site: TestClient) -> str:
    """Where the second page begins."""
    following: str = site.get("/api/v1/search", params={**ASKED, "cursor": "*"}).json()["next_cursor"]
    assert answered(site, following) == (200, None)
    return following


def flipped(cursor: str) -> Iterator[str]:
    """For each byte of the cursor, the cursor with one bit of that byte the other way."""
    data = cursors._decoded(cursor)
    for at in range(len(data)):
        changed = bytearray(data)
        changed[at] ^= 1 << at % 8
        yield urlsafe_b64encode(changed).decode("ascii").rstrip("=")


def believed(site: TestClient, cursor: str) -> Iterator[str]:
    """Those of the flipped cursors that are not refused as damaged."""
    return (changed for changed in flipped(cursor) if answered(site, changed) != INVALID)


def test_a_flipped_bit_in_any_byte_is_found(site: TestClient, cursor: str) -> None:
    assert list(believed(site, cursor)) == []


def test_control_without_its_checksum_a_flipped_cursor_is_believed(
    site: TestClient, cursor: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = read_cursor(cursor)
    monkeypatch.setattr(cursors, "_checksum", lambda _body: bytes(cursors._DIGEST))
    assert next(believed(site, write_cursor(said)), None) is not None


@pytest.mark.parametrize(
    "other",
    [
        {"q": "创新"},
        {"q": "科技 "},
        {"sort": "newest"},
        {"match": "any"},
        {"synonyms": "false"},
        {"collapse": "none"},
        {"source": "武汉大学"},
        {"in": "title"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_a_cursor_of_another_search_is_refused(site: TestClient, cursor: str, other: dict[str, str]) -> None:
    assert answered(site, cursor, **other) == INVALID


@pytest.mark.parametrize("shown", [{"per_page": "9"}, {"snippets": "0"}, {"fields": "id"}])
def test_control_what_is_only_shown_otherwise_is_the_same_search(
    site: TestClient, cursor: str, shown: dict[str, str]
) -> None:
    assert answered(site, cursor, **shown) == (200, None)


FORGED = {
    "an offset without end": {"offset": 2**64 - 1},
    "an offset past all hits": {"offset": 10**6},
    "a moment long ago": {"moment": 0},
    "a moment far ahead": {"moment": 2**64 - 1},
    "a generation that never was": {"generation": "99999999.1"},
    "a generation that is a path": {"generation": "../../../../etc/passwd"},
    "a generation that is none": {"generation": "\x00\xff"},
    "no generation": {"generation": ""},
    "another request": {"asked": bytes(8)},
    "another plan": {"planned": bytes(8)},
}


@pytest.mark.parametrize("change", FORGED.values(), ids=FORGED)
def test_a_forged_cursor_breaks_nothing(site: TestClient, cursor: str, change: dict[str, object]) -> None:
    fields = {name: getattr(read_cursor(cursor), name) for name in Cursor.__dataclass_fields__}
    status, _ = answered(site, write_cursor(Cursor(**{**fields, **change})))
    assert status in {200, 400, 410}
    assert answered(site, cursor) == (200, None)


@pytest.mark.parametrize(
    "text", ["=", "A", "\x00", "*" * 3, "科", "A" * 512, "A" * 513, "\ud800", "AQ==", "-_-_"]
)
def test_what_is_no_cursor_is_refused(site: TestClient, text: str) -> None:
    cursor = quote(text, safe="", errors="surrogatepass")
    assert site.get(f"/api/v1/search?q=科技&cursor={cursor}").status_code == 400

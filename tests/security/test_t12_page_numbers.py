"""T12: a page number that leads nowhere is refused, and no other page is answered in its place."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

import search.service
from search.request import MAX_WINDOW
from web.parameters import requests
from web.parameters.defined.listing import PAGE, PER_PAGE

NUMBERS = (
    *(
        "0",
        "-1",
        "-0",
        "+1",
        "1.0",
        "1e9",
        "0x1",
        "１",
        "٣",
        "½",
        "一",
        "x",
        "1 ",
        " 1",
        "1\n",
        "NaN",
        "Infinity",
    ),
    *("9" * 20, "9" * 400, "1_000", "1,000", "[1]", "1;2", "\x001"),
)
DEEPEST = MAX_WINDOW // 100


def taken(site: TestClient, name: str) -> Iterator[str]:
    """Which of the numbers are not refused."""
    for number in NUMBERS:
        answer = site.get("/api/v1/search", params={"q": "科技", name: number})
        told = answer.json()
        if (answer.status_code, told.get("type")) != (400, "/problems/invalid-parameter"):
            yield number


@pytest.mark.parametrize("name", [PAGE.name, PER_PAGE.name])
def test_what_is_no_number_of_a_page_is_refused(name: str, site: TestClient) -> None:
    # No page has no number, and no hits at all are what a count is asked with.
    assert list(taken(site, name)) == (["0"] if name == PER_PAGE.name else [])


def test_control_what_is_a_number_is_taken(site: TestClient) -> None:
    assert site.get("/api/v1/search", params={"q": "科技", "page": "1"}).status_code == 200


def refusal(site: TestClient, page: int) -> str | None:
    """The kind of problem that the page is refused with."""
    answer = site.get("/api/v1/search", params={"q": "科技", "page": page, "per_page": 100})
    return None if answer.status_code == 200 else str(answer.json()["type"])


def test_the_last_page_that_is_answered(site: TestClient) -> None:
    answer = site.get("/api/v1/search", params={"q": "科技", "page": DEEPEST, "per_page": 100})
    assert answer.status_code == 200
    assert answer.json()["results"] == []
    assert refusal(site, DEEPEST + 1) == "/problems/result-window"
    assert refusal(site, 10**9) is not None


def test_control_without_its_bounds_a_page_far_away_is_answered(
    site: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for reading in (search.service, requests):
        monkeypatch.setattr(reading, "MAX_WINDOW", 10**9)
    assert refusal(site, DEEPEST + 1) is None

"""T21: no page of another site can make a reader's browser change anything, with or without a form."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.requests import Request

from index.analysis.analyzer import Analyzer
from index.data_folder import DataFolder
from tests.web.admin.service import ADMIN, NOTHING, composing_here, record, running
from tests.web.saved.desk import BASE, TOKEN, Clock, Desk, Kit, open_desk
from web.saved import pages

OWN = {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}
FOREIGN = {
    "cross-site": {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
    "same-site": {"Sec-Fetch-Site": "same-site", "Origin": "https://sub.testserver"},
    "typed": {"Sec-Fetch-Site": "none"},
    "another origin": {"Origin": "https://evil.example"},
    "our name in another": {"Origin": "http://testserver.evil.example"},
    "another port": {"Origin": "http://testserver:8080"},
    "no origin": {"Origin": "null"},
    "nothing": {},
}
SIMPLE = ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "")
"""What a page may send to another site without asking first."""

FIELDS = {"name": "补贴", "query": "q=补贴", "version": "1"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, analyzer: Analyzer) -> Iterator[Desk]:
    """One whose client has signed in to the page of saved searches."""
    with open_desk(tmp_path_factory.mktemp("desk") / "data", Kit.load(analyzer), Clock()) as desk:
        assert desk.client.post("/saved/sign-in", data={"token": TOKEN}, headers=OWN).status_code == 303
        yield desk


def saved(desk: Desk) -> int:
    total = desk.call("GET").json()["total"]
    assert isinstance(total, int)
    return total


def changes_nothing(desk: Desk, headers: dict[str, str]) -> bool:
    """The check: what is sent with the reader's cookie is refused and has no effect."""
    before = saved(desk)
    answer = desk.client.post("/saved", data=FIELDS, headers=headers)
    return answer.status_code == 403 and saved(desk) == before


@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN)
def test_the_form_of_another_site_changes_nothing(desk: Desk, headers: dict[str, str]) -> None:
    assert changes_nothing(desk, headers)


def _any_site(_request: Request) -> None:
    """The check of the origin left out."""


def test_without_the_check_of_the_origin_it_would(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "check_same_origin", _any_site)
    assert not changes_nothing(desk, FOREIGN["cross-site"])


def test_our_own_form_does(desk: Desk) -> None:
    assert not changes_nothing(desk, OWN)


@pytest.mark.parametrize("media_type", SIMPLE)
def test_the_cookie_opens_nothing_of_the_interface_for_programs(desk: Desk, media_type: str) -> None:
    before = saved(desk)
    headers = {"Content-Type": media_type, "Origin": "https://evil.example"}
    answer = desk.client.post(BASE, content='{"name":"补贴","query":"q=补贴"}'.encode(), headers=headers)
    assert answer.status_code == 401
    assert saved(desk) == before


@pytest.mark.parametrize("media_type", SIMPLE)
def test_nor_is_json_taken_that_comes_as_something_else(desk: Desk, media_type: str) -> None:
    body = '{"name":"补贴","query":"q=补贴"}'.encode()
    assert desk.call("POST", content=body, headers={"Content-Type": media_type}).status_code == 415


def test_what_changes_articles_needs_the_token_in_a_header(tmp_path: Path, analyzer: Analyzer) -> None:
    """No cookie is looked at there, and no other site may send this header."""
    with running(DataFolder(tmp_path / "data"), analyzer, composing_here()) as service:
        assert service.send(record("kept")).status_code == 200
        for media_type in SIMPLE:
            for cookie in NOTHING, {"Cookie": f"saved_session={TOKEN}; token={TOKEN}"}:
                headers = {"Content-Type": media_type, "Origin": "https://evil.example"} | dict(cookie)
                answer = service.client.post(ADMIN + "articles", content=b'{"title":"a"}', headers=headers)
                assert answer.status_code == 401
        asked = service.client.options(
            ADMIN + "articles",
            headers={
                "Origin": "https://evil.example",
                "Access-Control-Request-Method": "POST",
                "Access-Control-Request-Headers": "authorization",
            },
        )
        assert not [name for name in asked.headers if name.lower().startswith("access-control-")]
        assert service.found(q="招商引资") == {"kept"}

"""The page of saved searches: who may see it, what it shows, and that no other site can use it."""

from datetime import timedelta
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.testclient import TestClient

from index.saved_searches.store import MAX_WEBHOOKS
from tests.web.markup import Element, parse_page
from tests.web.saved.desk import NOON, TOKEN, TOO_COMPLEX, Clock, Desk, Kit, about_subsidies, open_desk
from web.saved.session import COOKIE, LASTS_S, Sessions
from web.settings import WebSettings

HEADINGS = {"zh-Hans": "保存的搜索", "zh-Hant": "儲存的搜尋", "en": "Saved searches"}
OWN = {"Sec-Fetch-Site": "same-origin"}
FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {},
]


@pytest.fixture
def signed_in(desk: Desk) -> Desk:
    answer = post(desk, "/sign-in", token=TOKEN)
    assert answer.status_code == 303
    return desk


def post(desk: Desk, path: str = "", /, shown: dict[str, str] = OWN, **fields: str) -> Any:
    return desk.client.post(f"/saved{path}", data=fields, headers=shown)


def page(desk: Desk, **asked: str) -> Element:
    answer = desk.client.get("/saved", params=asked)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    return parse_page(answer.text)


class TestSigningIn:
    def test_without_it_there_is_only_the_form_for_the_token(self, desk: Desk) -> None:
        desk.save(name="机密")
        shown = page(desk, query="q=补贴")
        assert shown.find("input", name="token").attributes["type"] == "password"
        assert shown.find("input", name="query").attributes["value"] == "q=补贴"
        assert "机密" not in shown.text

    def test_it_leads_back_to_the_search_that_is_to_be_saved(self, desk: Desk) -> None:
        answer = post(desk, "/sign-in", token=TOKEN, query="q=补贴&region=浙江")
        assert answer.status_code == 303
        shown = parse_page(desk.client.get(answer.headers["Location"]).text)
        assert shown.find("input", id="saved-query").attributes["value"] == "q=补贴&region=浙江"

    def test_the_cookie_holds_no_token_and_is_for_this_page_alone(self, desk: Desk) -> None:
        answer = post(desk, "/sign-in", token=TOKEN)
        morsel = SimpleCookie(answer.headers["Set-Cookie"])[COOKIE]
        assert TOKEN not in morsel.value
        assert (morsel["httponly"], morsel["samesite"].lower(), morsel["path"]) == (True, "strict", "/saved")
        assert int(morsel["max-age"]) == LASTS_S

    @pytest.mark.parametrize("token", ["", "wrong-but-long-enough", TOKEN + "x", "𠮷"])
    def test_another_token_is_refused(self, desk: Desk, token: str) -> None:
        answer = post(desk, "/sign-in", token=token)
        assert answer.status_code == 403
        assert "Set-Cookie" not in answer.headers
        assert parse_page(answer.text).find("p", id="faults").text.strip()

    def test_guessing_ends_soon(self, desk: Desk) -> None:
        answers = [post(desk, "/sign-in", token="wrong-but-long-enough").status_code for _ in range(11)]  # noqa: S106
        assert answers == [403] * 10 + [429]

    def test_signing_out(self, signed_in: Desk) -> None:
        assert post(signed_in, "/sign-out").status_code == 303
        assert page(signed_in).find_all("input", name="token")


class TestSaving:
    def test_what_was_saved_is_listed_and_its_secrets_are_shown_once(self, signed_in: Desk) -> None:
        desk = signed_in
        answer = post(desk, name="浙江补贴", query="q=补贴&region=浙江", frequency="weekly", webhook="")
        assert answer.status_code == 201
        told = desk.call("GET").json()["searches"][0]
        assert (told["name"], told["frequency"], told["webhook"]) == ("浙江补贴", "weekly", None)
        feed = next(href for href in parse_page(answer.text).links().values() if ".atom?key=" in href)
        assert desk.client.get(feed).status_code == 200
        later = page(desk)
        assert later.links()["浙江补贴"].startswith("/search?")
        assert "key=" not in later.text

    def test_what_is_wrong_is_said_beside_what_was_typed(self, signed_in: Desk) -> None:
        answer = post(signed_in, name="补贴", query="q=补贴&nosuch=1", webhook="http://[::1]/", frequency="x")
        assert answer.status_code == 400
        shown = parse_page(answer.text)
        assert len(shown.find("ul", id="faults").find_all("li")) == 3
        fields = {
            field.attributes["name"]: field for field in shown.find("form", action="/saved").find_all("input")
        }
        assert fields["name"].attributes["value"] == "补贴"
        assert fields["query"].attributes["value"] == "q=补贴&nosuch=1"
        assert {name for name, field in fields.items() if "aria-invalid" in field.attributes} == {
            "query",
            "webhook",
        }
        assert signed_in.call("GET").json()["total"] == 0

    @pytest.mark.parametrize(
        ("query", "status"), [(TOO_COMPLEX, 400), ("q=补贴", 409)], ids=["complex", "limit"]
    )
    def test_so_is_what_shows_only_later(self, signed_in: Desk, query: str, status: int) -> None:
        if status == 409:
            for _ in range(MAX_WEBHOOKS):
                signed_in.save(webhook="http://localhost:9/")
        answer = post(signed_in, name="又一个", query=query, webhook="http://localhost:9/")
        assert answer.status_code == status
        shown = parse_page(answer.text)
        assert len(shown.find("ul", id="faults").find_all("li")) == 1
        assert shown.find("input", id="saved-name").attributes["value"] == "又一个"

    def test_nothing_that_was_typed_becomes_markup(self, signed_in: Desk) -> None:
        name = '"><script>alert(1)</script>'
        assert post(signed_in, name=name, query="q=<b>").status_code == 201
        shown = page(signed_in, query=name, name=name)
        assert [script.attributes.get("src", "")[:8] for script in shown.find_all("script")] == ["/static/"]
        assert not shown.find_all("b")
        assert name in shown.links()

    def test_deleting(self, signed_in: Desk) -> None:
        saved = signed_in.save()
        form = page(signed_in).find("form", action=f"/saved/{saved['id']}/delete")
        version = form.find("input", name="version").attributes["value"]
        assert post(signed_in, f"/{saved['id']}/delete", version="7").status_code == 412
        assert post(signed_in, f"/{saved['id']}/delete", version="x").status_code == 412
        assert post(signed_in, f"/{saved['id']}/delete", version=version).status_code == 303
        assert signed_in.call("GET").json()["total"] == 0

    def test_what_became_of_a_webhook_is_shown(self, signed_in: Desk) -> None:
        signed_in.save(webhook="http://localhost:9/", frequency="hourly")
        before = page(signed_in).text
        assert "尚未到通知时间" in before
        signed_in.come_in(about_subsidies(1))
        signed_in.clock.pass_(hours=1)
        signed_in.tend()
        assert "无法连接" in page(signed_in).text

    @pytest.mark.parametrize(("lang", "heading"), HEADINGS.items())
    def test_in_every_language(self, signed_in: Desk, lang: str, heading: str) -> None:
        signed_in.save(webhook="http://localhost:9/")
        shown = page(signed_in, lang=lang)
        assert shown.find("h1").text == heading
        assert shown.find("html").attributes["lang"] == lang


class TestLinks:
    def test_results_lead_to_saving_their_search(self, tmp_path: Path, kit: Kit) -> None:
        settings = WebSettings(saves_searches=True)
        with open_desk(tmp_path / "data", kit, Clock(), settings=settings) as desk:
            desk.come_in(about_subsidies(1))
            found = parse_page(desk.client.get("/search", params={"q": "补贴 &b", "page": "1"}).text)
            assert found.links()["保存的搜索"] == "/saved"
            assert found.links()["保存此搜索"] == "/saved?query=q%3D补贴%2B%2526b"
            post(desk, "/sign-in", token=TOKEN)
            led = parse_page(desk.client.get(found.links()["保存此搜索"]).text)
            query = led.find("input", id="saved-query").attributes["value"]
            answer = post(desk, name="补贴", query=query)
            assert answer.status_code == 201
            (told,) = desk.call("GET").json()["searches"]
            assert told["query"] == "q=补贴+%26b"
            english = parse_page(desk.client.get("/search", params={"q": "补贴", "lang": "en"}).text)
            assert english.links()["Save this search"] == "/saved?query=q%3D补贴&lang=en"

    def test_there_are_none_where_no_search_can_be_saved(self, client: TestClient) -> None:
        links = parse_page(client.get("/search?q=科技").text).links().values()
        assert not [href for href in links if href.startswith("/saved")]


class TestOtherSites:
    @pytest.mark.parametrize("shown", FOREIGN, ids=str)
    @pytest.mark.parametrize("path", ["", "/sign-in", "/sign-out", "/{id}/delete"])
    def test_they_can_make_a_browser_do_nothing(
        self, signed_in: Desk, path: str, shown: dict[str, str]
    ) -> None:
        saved = signed_in.save()
        fields = {"token": TOKEN, "name": "a", "query": "q=a", "version": "1"}
        answer = post(signed_in, path.format(id=saved["id"]), shown, **fields)
        assert answer.status_code == 403
        assert "Set-Cookie" not in answer.headers
        assert [search["id"] for search in signed_in.call("GET").json()["searches"]] == [saved["id"]]

    @pytest.mark.parametrize("path", ["", "/x/delete"])
    def test_nor_can_who_has_not_signed_in(self, desk: Desk, path: str) -> None:
        saved = desk.save()
        post(desk, path.replace("x", saved["id"]), name="a", query="q=a", version="1")
        assert desk.call("GET").json()["total"] == 1


class TestSessions:
    def is_open(self, sessions: Sessions, cookie: str, owner: str = "me") -> bool:
        scope = {"type": "http", "headers": [(b"cookie", f"{COOKIE}={cookie}".encode())]}
        return sessions.is_open(Request(scope), owner)

    def cookie(self, sessions: Sessions) -> str:
        response = Response()
        sessions.begin(response, "me")
        return SimpleCookie(response.headers["Set-Cookie"])[COOKIE].value

    def test_it_ends_by_itself(self) -> None:
        clock = Clock()
        sessions = Sessions("/saved", is_secure=True, clock=lambda: clock().timestamp())
        cookie = self.cookie(sessions)
        clock.moment = NOON + timedelta(seconds=LASTS_S - 1)
        assert self.is_open(sessions, cookie)
        clock.moment = NOON + timedelta(seconds=LASTS_S)
        assert not self.is_open(sessions, cookie)

    def test_what_was_not_signed_here_is_none(self) -> None:
        sessions = Sessions("/saved", is_secure=True)
        cookie = self.cookie(sessions)
        until, _, mac = cookie.partition(".")
        assert self.is_open(sessions, cookie)
        assert not self.is_open(sessions, cookie, owner="you")
        assert not self.is_open(Sessions("/saved", is_secure=True), cookie)
        for forged in (
            "",
            ".",
            until,
            f"{int(until) + 1}.{mac}",
            f"{until}.{mac[:-1]}",
            f"１.{mac}",
            f"{until}.",
        ):
            assert not self.is_open(sessions, forged)

    def test_it_is_secure_where_the_site_is(self) -> None:
        for is_secure in (True, False):
            response = Response()
            Sessions("/saved", is_secure=is_secure).begin(response, "me")
            assert ("secure" in response.headers["Set-Cookie"].lower()) is is_secure

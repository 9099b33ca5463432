"""The choice of language and colours: what a browser keeps, who may change it, and where it leads back to."""

from http.cookies import Morsel, SimpleCookie

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from tests.web.conftest import ClientFactory
from tests.web.fake_service import FakeService
from tests.web.markup import Element, parse_page
from web.parameters.query_string import ascii_address
from web.settings import WebSettings

OWN = {"Sec-Fetch-Site": "same-origin"}


def cookies_of(answer: Response) -> dict[str, Morsel[str]]:
    cookies: SimpleCookie = SimpleCookie()
    for header in answer.headers.get_list("set-cookie"):
        cookies.load(header)
    return dict(cookies)


def page_with(client: TestClient, **cookies: str) -> Element:
    given = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return parse_page(client.get("/", headers={"Cookie": given}).text)


def test_a_choice_is_kept_and_leads_back_to_the_page(client: TestClient) -> None:
    answer = client.post("/preferences", data={"language": "en", "back": "/search?q=a&page=2"}, headers=OWN)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/search?q=a&page=2")
    assert {name: morsel.value for name, morsel in cookies_of(answer).items()} == {"lang": "en"}
    assert page_with(client, lang="en").find("html").attributes["lang"] == "en"
    client.cookies.clear()


@pytest.mark.parametrize(("public_url", "secure"), [("https://news.example", "secure"), (None, "")])
def test_cookies_are_for_our_own_pages_alone(
    client_of: ClientFactory, public_url: str | None, secure: str
) -> None:
    client = client_of(FakeService(), WebSettings(public_url=public_url))
    answer = client.post("/preferences", data={"language": "zh-Hant", "theme": "dark"}, headers=OWN)
    cookies = cookies_of(answer)
    assert set(cookies) == {"lang", "theme"}
    for morsel in cookies.values():
        assert (morsel["httponly"], morsel["samesite"].lower(), morsel["path"]) == (True, "lax", "/")
        assert bool(morsel["secure"]) is bool(secure)
        assert int(morsel["max-age"]) > 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_are_told_to_the_style_sheet(client: TestClient, theme: str) -> None:
    page = page_with(client, theme=theme)
    assert page.find("html").attributes["data-theme"] == theme
    assert page.find("meta", name="color-scheme").attributes["content"] == theme


@pytest.mark.parametrize("written", ["", "system", "pink", '"'])
def test_without_a_choice_the_colours_are_those_of_the_system(client: TestClient, written: str) -> None:
    page = page_with(client, theme=written)
    assert "data-theme" not in page.find("html").attributes
    assert page.find("meta", name="color-scheme").attributes["content"] == "light dark"


def test_going_back_to_the_colours_of_the_system_forgets_the_choice(client: TestClient) -> None:
    answer = client.post("/preferences", data={"theme": "system"}, headers=OWN)
    assert cookies_of(answer)["theme"]["max-age"] == "0"


def test_what_is_not_chosen_stays(client: TestClient) -> None:
    assert cookies_of(client.post("/preferences", data={"back": "/help"}, headers=OWN)) == {}


@pytest.mark.parametrize(
    ("back", "location"),
    [
        ("/", "/"),
        ("/help?lang=x", "/help?lang=x"),
        ("/articles/a%2Fb", "/articles/a%2Fb"),
        ("", "/"),
        ("help", "/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example/", "/"),
        ("\\\\evil.example/", "/"),
        ("/\t/evil.example/", "/"),
        ("/\n/evil.example/", "/"),
        (" //evil.example/", "/"),
        ("/help\r\nSet-Cookie: a=b", "/"),
        ("javascript:alert(1)", "/"),
        ("/\u2028/evil.example/", "/%E2%80%A8/evil.example/"),
        ("/\u00a0/evil.example/", "/"),
        ("/search?q=科技", "/search?q=%E7%A7%91%E6%8A%80"),
    ],
)
def test_the_way_back_never_leaves_the_site(client: TestClient, back: str, location: str) -> None:
    answer = client.post("/preferences", data={"theme": "dark", "back": back}, headers=OWN)
    assert (answer.status_code, answer.headers["Location"]) == (303, location)
    client.cookies.clear()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"}, 303),
        ({"Origin": "http://testserver"}, 303),
        ({"Origin": "https://TESTSERVER"}, 303),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "http://testserver:81"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({}, 403),
    ],
)
def test_only_our_own_pages_may_change_it(client: TestClient, headers: dict[str, str], status: int) -> None:
    answer = client.post("/preferences", data={"language": "en"}, headers=headers)
    assert answer.status_code == status
    assert ("set-cookie" in answer.headers) == (status == 303)
    client.cookies.clear()


@pytest.mark.parametrize("data", [{"language": "fr"}, {"theme": "pink"}, {"colour": "red"}])
def test_a_choice_that_there_is_not_is_refused(client: TestClient, data: dict[str, str]) -> None:
    answer = client.post("/preferences", data=data, headers=OWN)
    assert answer.status_code == 400
    assert "set-cookie" not in answer.headers


def test_it_is_changed_by_forms_alone(client: TestClient) -> None:
    assert client.get("/preferences?language=en", headers=OWN).status_code == 405


@pytest.mark.parametrize(
    ("path", "back"),
    [
        ("/", "/"),
        ("/search?q=%E7%A7%91%E6%8A%80&page=2", "/search?q=科技&page=2"),
        ("/search?lang=en&q=a", "/search?q=a"),
        ("/articles/hant:1?lang=en", "/articles/hant%3A1"),
        ("/nowhere%0Ax", "/nowhere%0Ax"),
    ],
)
def test_the_form_leads_back_to_its_page_without_the_language_that_the_address_names(
    client: TestClient, path: str, back: str
) -> None:
    form = parse_page(client.get(path).text).find("form", action="/preferences")
    assert form.attributes["method"] == "post"
    assert form.find("input", name="back").attributes["value"] == back
    chosen = client.post("/preferences", data={"language": "zh-Hant", "back": back}, headers=OWN)
    assert chosen.headers["Location"] == ascii_address(back)
    client.cookies.clear()


def test_the_form_offers_every_language_by_its_own_name_and_shows_the_choice(client: TestClient) -> None:
    page = page_with(client, lang="zh-Hant", theme="dark")
    form = page.find("form", action="/preferences")
    offered = {button.attributes["lang"]: button.text for button in form.find_all("button", name="language")}
    assert offered == {"zh-Hans": "简体中文", "zh-Hant": "繁體中文", "en": "English"}
    current = [
        button.attributes["value"] for button in form.find_all("button") if button.has("aria-current", "true")
    ]
    assert current == ["zh-Hant", "dark"]

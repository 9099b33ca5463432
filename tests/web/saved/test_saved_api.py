"""Saved searches through HTTP: whose they are, what they hold, and who may change them."""

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.web.saved.desk import (
    BASE,
    SUBSIDY,
    TOKEN,
    TOO_COMPLEX,
    Clock,
    Desk,
    Kit,
    about_subsidies,
    ids,
    open_desk,
)
from web.http.limits import MAX_BODY
from web.saved.drafts import MAX_NAME
from web.settings import WebSettings

ATOM = "{http://www.w3.org/2005/Atom}"
HOOK = "https://hooks.example.org/new"


class TestSaving:
    def test_what_is_answered(self, desk: Desk) -> None:
        query = "?region=浙江&q=补贴&page=3&sort=newest"
        answer = desk.call("POST", json={"name": " 浙江补贴 ", "query": query})
        told = answer.json()
        assert answer.status_code == 201
        assert answer.headers["Location"] == f"{BASE}/{told['id']}"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert told["query"] == "q=补贴&region=浙江"
        assert (told["name"], told["frequency"], told["webhook"]) == ("浙江补贴", "daily", None)
        assert (told["version"], told["grammar_version"], told["alert"]) == (1, 1, None)
        assert told["created_at"] == told["changed_at"] == "2026-11-28T20:00:00+08:00"

    def test_what_is_kept_is_what_was_answered_but_for_what_is_told_once(self, desk: Desk) -> None:
        told = desk.save(webhook=HOOK.replace("https", "http"), frequency="hourly")
        once = {"feed", "secret", "notices"}
        kept = desk.call("GET", f"/{told['id']}")
        assert kept.json() == {name: value for name, value in told.items() if name not in once}
        assert kept.json()["alert"]["due_at"] == "2026-11-28T21:00:00+08:00"
        data = desk.folder.saved_searches.read_bytes()
        assert told["feed"].partition("key=")[2].encode() not in data
        assert TOKEN.encode() not in data

    def test_what_of_the_query_was_read_otherwise_is_said(self, desk: Desk) -> None:
        notices = desk.save(query='q="补贴')["notices"]
        assert [(notice["kind"], notice["span"]) for notice in notices] == [("unbalanced-quote", [0, 1])]

    def test_all_of_them_by_pages(self, desk: Desk) -> None:
        saved = [desk.save(name=f"第{number}个")["id"] for number in range(3)]
        told = desk.call("GET", params={"per_page": 2}).json()
        assert [search["id"] for search in told["searches"]] == [saved[2], saved[1]]
        assert (told["total"], told["page"], told["per_page"]) == (3, 1, 2)
        rest = desk.call("GET", params={"per_page": 2, "page": 2}).json()
        assert [search["id"] for search in rest["searches"]] == [saved[0]]

    def test_there_is_a_limit(self, desk: Desk) -> None:
        for number in range(5):
            desk.save(name=f"第{number}个", webhook="http://localhost:8443/")
        answer = desk.call("POST", json={**SUBSIDY, "webhook": "http://localhost:8443/"})
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/limit-reached")
        desk.save()


REFUSED = [
    ({}, {"name", "query"}),
    ({"name": "", "query": ""}, {"name"}),
    ({"name": "   ", "query": ""}, {"name"}),
    ({"name": "a" * (MAX_NAME + 1), "query": ""}, {"name"}),
    ({"name": "a\nb", "query": ""}, {"name"}),
    ({"name": "a\u202eb", "query": ""}, {"name"}),
    ({"name": 1, "query": ""}, {"name"}),
    ({"name": "a", "query": 1}, {"query"}),
    ({"name": "a", "query": "q=" + "a" * 9000}, {"query"}),
    ({"name": "a", "query": "nosuch=1"}, {"nosuch"}),
    ({"name": "a", "query": "region=乌有"}, {"region"}),
    ({"name": "a", "query": "q=%FF"}, {"q"}),
    ({"name": "a", "query": "q=" + "a" * 600}, {"q"}),
    ({"name": "a", "query": TOO_COMPLEX}, {"q"}),
    ({"name": "a", "query": "q=a", "frequency": "dayly"}, {"frequency"}),
    ({"name": "a", "query": "q=a", "frequency": None}, {"frequency"}),
    ({"name": "a", "query": "q=a", "webhook": "https://127.0.0.1/"}, {"webhook"}),
    ({"name": "a", "query": "q=a", "webhook": 1}, {"webhook"}),
    ({"name": "a", "query": "q=a", "owner": "me"}, {"owner"}),
]


@pytest.mark.parametrize(("fields", "at_fault"), REFUSED, ids=[str(fields)[:40] for fields, _ in REFUSED])
def test_every_fault_is_named(shared: Desk, fields: dict[str, object], at_fault: set[str]) -> None:
    answer = shared.call("POST", json=fields)
    assert answer.status_code == 400, answer.text
    assert {error["parameter"] for error in answer.json()["errors"]} == at_fault
    assert shared.call("GET").json()["total"] == 0


def test_a_name_that_was_mistyped_is_suggested(shared: Desk) -> None:
    answer = shared.call("POST", json={**SUBSIDY, "webhok": None, "frequency": "dayly"})
    suggested = {error["parameter"]: error["suggestion"] for error in answer.json()["errors"]}
    assert suggested == {"webhok": "webhook", "frequency": "daily"}


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"null", b"{", b'{"name":"\\ud800"}', b"[" * 100_000, b'{"name":NaN}', b'{"name":"\xff"}'],
    ids=repr,
)
def test_what_is_no_object_of_json(shared: Desk, body: bytes) -> None:
    answer = shared.call("POST", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/invalid-json")


def test_other_bodies(shared: Desk) -> None:
    assert shared.call("POST", data={"name": "a"}).status_code == 415
    long = b'{"name":"' + b"a" * MAX_BODY + b'"}'
    assert shared.call("POST", content=long, headers={"Content-Type": "application/json"}).status_code == 413


NEAREST = {"": None, "/x": None, "/x/new": None, "/x.atom": "key"}


class TestWhoseTheyAre:
    PATHS = (
        ("GET", ""),
        ("POST", ""),
        ("GET", "/x"),
        ("PATCH", "/x"),
        ("DELETE", "/x"),
        ("GET", "/x/new"),
    )

    @pytest.mark.parametrize(("method", "path"), PATHS)
    @pytest.mark.parametrize(
        ("shown", "status"), [({}, 401), ({"Authorization": "Bearer wrong-but-long-enough"}, 403)]
    )
    def test_nothing_without_the_token(
        self, shared: Desk, method: str, path: str, shown: dict[str, str], status: int
    ) -> None:
        shared.forget_wrong_tokens()
        answer = shared.client.request(method, BASE + path, headers=shown)
        assert answer.status_code == status
        assert ("WWW-Authenticate" in answer.headers) == (status == 401)

    def test_those_of_another_token_are_not_there(self, desk: Desk) -> None:
        other = desk.service.add("f" * 32, SUBSIDY).watched.search.id
        assert desk.call("GET").json()["total"] == 0
        for method, path in (("GET", ""), ("PATCH", ""), ("DELETE", ""), ("GET", "/new")):
            answer = desk.call(method, f"/{other}{path}", headers={"If-Match": "*"}, json={})
            assert (answer.status_code, answer.json()["type"]) == (404, "/problems/saved-search-not-found")

    def test_none_are_there_where_they_are_switched_off(self, client: Any) -> None:
        assert client.get(BASE).status_code == 404
        assert client.get("/saved").status_code == 404

    @pytest.mark.parametrize(
        ("method", "path", "allow"),
        [
            ("PUT", "", "GET, HEAD, POST"),
            ("PUT", "/x", "DELETE, GET, HEAD, PATCH"),
            ("POST", "/x/new", "GET, HEAD"),
            ("POST", "/x.atom", "GET, HEAD"),
        ],
    )
    def test_other_methods(self, shared: Desk, method: str, path: str, allow: str) -> None:
        answer = shared.call(method, path)
        assert (answer.status_code, answer.headers["Allow"]) == (405, allow)

    @pytest.mark.parametrize("path", NEAREST)
    def test_unknown_parameters(self, shared: Desk, path: str) -> None:
        answer = shared.call("GET", path, params={"keey": "1"})
        assert (answer.status_code, answer.json()["errors"][0].get("suggestion")) == (400, NEAREST[path])


class TestChanging:
    def test_what_is_given_is_changed_and_the_rest_stays(self, desk: Desk) -> None:
        told = desk.save()
        desk.clock.pass_(minutes=5)
        answer = desk.call("PATCH", f"/{told['id']}", headers={"If-Match": '"1"'}, json={"name": "新名称"})
        assert answer.status_code == 200
        changed = answer.json()
        assert (changed["name"], changed["query"], changed["version"]) == ("新名称", told["query"], 2)
        assert changed["changed_at"] == "2026-11-28T20:05:00+08:00"
        assert answer.headers["ETag"] == desk.call("GET", f"/{told['id']}").headers["ETag"] == '"2"'

    @pytest.mark.parametrize("method", ["PATCH", "DELETE"])
    @pytest.mark.parametrize(
        ("shown", "status", "kind"),
        [
            ({}, 428, "precondition-required"),
            ({"If-Match": '"2"'}, 412, "precondition-failed"),
            ({"If-Match": 'W/"1"'}, 412, "precondition-failed"),
            ({"If-Match": "1"}, 412, "precondition-failed"),
        ],
        ids=str,
    )
    def test_only_by_who_knows_the_present_version(
        self, desk: Desk, method: str, shown: dict[str, str], status: int, kind: str
    ) -> None:
        told = desk.save()
        answer = desk.call(method, f"/{told['id']}", headers=shown, json={"name": "b"})
        assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{kind}")
        assert desk.call("GET", f"/{told['id']}").json()["name"] == told["name"]

    @pytest.mark.parametrize("shown", ["*", '"1"', '"0", "1"'])
    def test_deleting(self, desk: Desk, shown: str) -> None:
        told = desk.save()
        answer = desk.call("DELETE", f"/{told['id']}", headers={"If-Match": shown})
        assert (answer.status_code, answer.content) == (204, b"")
        assert desk.call("GET", f"/{told['id']}").status_code == 404
        assert desk.client.get(told["feed"]).status_code == 404

    def test_what_is_wrong_changes_nothing(self, desk: Desk) -> None:
        told = desk.save()
        answer = desk.call(
            "PATCH", f"/{told['id']}", headers={"If-Match": "*"}, json={"name": "b", "query": "q=%FF"}
        )
        assert answer.status_code == 400
        assert desk.call("GET", f"/{told['id']}").json()["version"] == 1


class TestFeed:
    def test_whoever_has_its_address_reads_it_without_a_token(self, desk: Desk) -> None:
        told = desk.save(name="补贴 <&> 𠮷")
        for number in range(25):
            desk.put(about_subsidies(number))
            desk.clock.pass_(seconds=1)
        desk.index()
        answer = desk.client.get(told["feed"])
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith("application/atom+xml")
        root = ElementTree.fromstring(answer.content)  # noqa: S314 - our own feed
        assert root.findtext(f"{ATOM}title") == "补贴 <&> 𠮷"
        entries = root.findall(f"{ATOM}entry")
        assert [entry.findtext(f"{ATOM}title") for entry in entries] == [
            f"第{number}号通知" for number in range(24, 4, -1)
        ]
        assert told["feed"].partition("key=")[2] not in answer.text

    def test_who_has_it_already_gets_it_only_when_it_has_changed(self, desk: Desk) -> None:
        told = desk.save()
        tag = desk.client.get(told["feed"]).headers["ETag"]
        assert desk.client.get(told["feed"], headers={"If-None-Match": tag}).status_code == 304
        desk.come_in(about_subsidies(1))
        assert desk.client.get(told["feed"], headers={"If-None-Match": tag}).status_code == 200

    def test_another_key_opens_nothing(self, desk: Desk) -> None:
        told, other = desk.save(), desk.save(name="另一个")
        key = other["feed"].partition("key=")[2]
        right = told["feed"]
        for wrong in (right[:-1], f"{right}x", right.partition("?")[0], f"{right.partition('=')[0]}={key}"):
            answer = desk.client.get(wrong)
            assert (answer.status_code, answer.json()["type"]) == (404, "/problems/saved-search-not-found")

    def test_its_key_opens_nothing_else(self, desk: Desk) -> None:
        told = desk.save()
        key = told["feed"].partition("key=")[2]
        shown = {"Authorization": f"Bearer {key}"}
        assert desk.client.get(f"{BASE}/{told['id']}", headers=shown).status_code == 403

    def test_it_begins_with_the_public_address(self, tmp_path: Path, kit: Kit) -> None:
        settings = WebSettings(public_url="https://news.example")
        with open_desk(tmp_path / "data", kit, Clock(), settings=settings) as desk:
            assert desk.save()["feed"].startswith(f"https://news.example{BASE}/")


def test_webhooks_that_are_switched_off_are_refused(tmp_path: Path, kit: Kit) -> None:
    with open_desk(tmp_path / "data", kit, Clock(), rules=None) as desk:
        answer = desk.call("POST", json={**SUBSIDY, "webhook": HOOK})
        assert answer.status_code == 400
        assert [error["parameter"] for error in answer.json()["errors"]] == ["webhook"]
        assert ids(desk.new(desk.save(webhook=None)["id"])) == []


class TestOldQueries:
    """A query language that changes must not empty the saved searches that were written in it."""

    @pytest.mark.parametrize(
        ("column", "value"), [("grammar", 99), ("query", "q=补贴&nosuch=1"), ("query", TOO_COMPLEX)]
    )
    def test_one_that_means_nothing_any_more_is_a_clear_problem(
        self, desk: Desk, column: str, value: object
    ) -> None:
        told = desk.save()
        desk.come_in(about_subsidies(1))
        assert desk.new(told["id"])["total"] == 1
        desk.rewrite(told["id"], column, value)
        for answer in (desk.call("GET", f"/{told['id']}/new"), desk.client.get(told["feed"])):
            assert (answer.status_code, answer.json()["type"]) == (409, "/problems/saved-search-outdated")
        assert desk.call("GET", f"/{told['id']}").status_code == 200

    def test_writing_it_anew_heals_it(self, desk: Desk) -> None:
        told = desk.save()
        desk.rewrite(told["id"], "grammar", 99)
        path, shown = f"/{told['id']}", {"If-Match": "*"}
        assert desk.call("PATCH", path, headers=shown, json={"name": "b"}).json()["grammar_version"] == 99
        answer = desk.call("PATCH", path, headers=shown, json={"query": told["query"]})
        assert answer.json()["grammar_version"] == 1
        assert desk.call("GET", f"{path}/new").status_code == 200

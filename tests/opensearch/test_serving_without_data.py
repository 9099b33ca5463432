"""A machine without a data folder answers as the one that has it, and says where the rest is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.opensearch.fleet import Answer, Fleet, Machine, fleet, is_writing
from tests.opensearch.proxies import line_to
from tests.waiting import wait_for
from web.admin.endpoints import ADMIN_ENDPOINTS
from web.saved.endpoints import SAVED_ENDPOINTS

pytestmark = [pytest.mark.opensearch, pytest.mark.slow]

ARTICLES = (
    {"id": "a1", "title": "杭州推进协同创新", "text": "总投资超过100亿元。", "published": "2026-03-01"},
    {"id": "a2", "title": "武汉科技创新", "text": "产业园总投资90亿元，建设科创走廊。", "region": "湖北"},
    {"id": "a3", "title": "长沙科技创新", "text": "湘江新区协同推进创新。", "region": "湖南"},
    *(
        {"id": f"n{number}", "title": f"第{number}号创新通知", "text": f"第{number}批创新项目开工。"}
        for number in range(30)
    ),
)
TOOK = re.compile(rb'"(?:took_ms|timings)":(?:[0-9.]+|\{[^}]*\})')
"""What is measured, in an answer of JSON."""
SEARCHES: tuple[dict[str, str], ...] = (
    {"q": "协同创新"},
    {"q": '"总投资超过100亿元"', "explain": "true"},
    {"q": "创新 -武汉", "facets": "region"},
    {"q": "创新", "sort": "newest", "per_page": "5"},
    {"q": "科创走廊"},
    {},
)
PAGES = ("/", "/search?q=创新", "/articles/a2", "/about", "/regions")
ARTICLE_PATHS = ("", "/similar", "/duplicates")


@dataclass(frozen=True, slots=True)
class Both:
    """The machine that takes in articles, and one that only serves them."""

    fleet: Fleet
    ingesting: Machine
    serving: Machine

    def are_alike(self) -> bool:
        """Whether both have taken up all that there is."""
        tags = {machine.ask("/api/v1/search", q="创新").headers["ETag"] for machine in self.machines}
        return len(tags) == 1 and None not in tags

    @property
    def machines(self) -> tuple[Machine, Machine]:
        return self.ingesting, self.serving


@pytest.fixture(scope="module")
def both(opensearch_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    folder = tmp_path_factory.mktemp("fleet")
    empty = folder / "nothing"
    empty.mkdir()
    with fleet(opensearch_url, folder / "data") as one:
        one.ingest(*ARTICLES)
        with one.ingesting() as ingesting, one.serving(empty) as serving:
            wait_for(serving.is_ready)
            both = Both(one, ingesting, serving)
            wait_for(lambda: bool(suggested(serving)))
            wait_for(both.are_alike)
            yield both


def suggested(machine: Machine) -> list[object]:
    """Nothing, too, where a worker that is not ready yet has answered."""
    answer = machine.ask("/api/v1/suggest", q="科技")
    return [] if answer.status == 503 else list(answer.json["items"])


def first_id(machine: Machine, q: str) -> str | None:
    """Of the hits of a search; None, too, where a worker that is not ready yet has answered."""
    answer = machine.ask("/api/v1/search", q=q)
    return None if answer.status == 503 else answer.json["results"][0]["id"]


def shown(answer: Answer) -> bytes:
    """The body without what is measured."""
    return TOOK.sub(b"", answer.body)


@pytest.mark.parametrize("query", SEARCHES, ids=lambda query: "-".join(query) or "all")
def test_a_search_has_the_same_answer_under_the_same_tag(both: Both, query: dict[str, str]) -> None:
    ours, theirs = (machine.ask("/api/v1/search", **query) for machine in both.machines)
    assert ours.status == theirs.status == 200
    assert shown(theirs) == shown(ours)
    assert theirs.headers["ETag"] == ours.headers["ETag"] is not None
    assert theirs.headers["X-Index-Generation"] == ours.headers["X-Index-Generation"]
    known = {"If-None-Match": ours.headers["ETag"]}
    assert both.serving.ask("/api/v1/search", known, **query).status == 304


def test_pages_of_a_walk_come_from_whatever_machine(both: Both) -> None:
    found: list[str] = []
    query = {"q": "创新", "per_page": "5", "cursor": "*"}
    for number in range(20):
        answer = both.machines[number % 2].ask("/api/v1/search", **query).json
        found += [hit["id"] for hit in answer["results"]]
        if answer["next_cursor"] is None:
            break
        query["cursor"] = answer["next_cursor"]
    assert sorted(found) == sorted(one["id"] for one in ARTICLES)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_the_same(both: Both, path: str) -> None:
    ours, theirs = (machine.ask(quoted(path)) for machine in both.machines)
    assert ours.status == theirs.status == 200
    assert without_place(theirs, both.serving) == without_place(ours, both.ingesting)


@pytest.mark.parametrize("path", ARTICLE_PATHS)
@pytest.mark.parametrize("article_id", ["a1", "a2", "unknown"])
def test_an_article_is_the_same_byte_for_byte(both: Both, article_id: str, path: str) -> None:
    ours, theirs = (machine.ask(f"/api/v1/articles/{article_id}{path}") for machine in both.machines)
    assert theirs.status == ours.status
    if article_id == "unknown":
        assert theirs.json["type"] == ours.json["type"]
    else:
        assert shown(theirs) == shown(ours)


def test_suggestions_and_figures_are_the_same(both: Both) -> None:
    assert suggested(both.serving) == suggested(both.ingesting) != []
    ours, theirs = (machine.ask("/api/v1/stats").json for machine in both.machines)
    assert theirs == ours


@pytest.mark.parametrize(
    ("method", "path"),
    [(one.method, one.address) for one in (*ADMIN_ENDPOINTS, *SAVED_ENDPOINTS)]
    + [("GET", "/saved"), ("POST", "/saved/sign-in")],
    ids=lambda value: value.strip("/").replace("/", "_"),
)
def test_what_lives_elsewhere_says_so(both: Both, method: str, path: str) -> None:
    answer = both.serving.ask(path.replace("{id}", "a1"), method=method)
    assert answer.status == 501
    assert answer.headers["Cache-Control"] == "no-store"
    if path.startswith("/api/"):
        assert answer.json["type"] == "/problems/served-elsewhere"
        assert "收录文章的那台服务器" in answer.json["detail"]
    else:
        assert "收录文章的那台服务器" in answer.body.decode()
    # Control: on the machine that has a data folder nothing of the kind is said.
    assert both.ingesting.ask(path.replace("{id}", "a1"), method=method).status == 404


def test_rules_are_taken_up_as_they_come(both: Both) -> None:
    query: dict[str, Any] = {"q": "创科长廊"}
    before = both.serving.ask("/api/v1/search", **query)
    assert before.json["total"] == 0
    (both.fleet.data / "synonyms.txt").write_text("创科长廊, 科创走廊\n", encoding="utf-8")
    wait_for(lambda: both.serving.ask("/api/v1/search", **query).json["total"] == 1)
    wait_for(both.are_alike)
    ours, theirs = (machine.ask("/api/v1/search", **query) for machine in both.machines)
    assert shown(theirs) == shown(ours)
    assert theirs.headers["ETag"] == ours.headers["ETag"] != before.headers["ETag"]
    (both.fleet.data / "synonyms.txt").write_text("创科长廊 =>\n", encoding="utf-8")
    wait_for(lambda: "supplying" in str(both.ingesting.ask("/readyz").json["reasons"]))
    assert both.serving.ask("/api/v1/search", **query).json["total"] == 1
    (both.fleet.data / "synonyms.txt").unlink()
    wait_for(lambda: both.serving.ask("/api/v1/search", **query).json["total"] == 0)


def test_a_new_dictionary_is_taken_with_the_generation_that_was_made_with_it(both: Both) -> None:
    former = both.serving.dictionary()
    (both.fleet.data / "words.txt").write_text("科创走廊\n", encoding="utf-8")
    seen: dict[str, set[str]] = {}

    def has_the_new_one() -> bool:
        before = both.serving.dictionary()
        answer = both.serving.ask("/api/v1/search", q="科创走廊")
        assert (answer.status, answer.json["total"]) == (200, 1)
        # It changes once, so what was searched in between was searched with this one.
        if both.serving.dictionary() == before:
            seen.setdefault(before, set()).add(answer.json["generation"].partition(".")[0])
        return len(seen) > 1

    wait_for(has_the_new_one)
    wait_for(both.are_alike)
    assert both.serving.dictionary() == both.ingesting.dictionary() != former
    assert both.serving.generation() == both.ingesting.generation()
    assert seen[former].isdisjoint(seen[both.serving.dictionary()])
    assert {len(generations) for generations in seen.values()} == {1}
    ours, theirs = (machine.ask("/api/v1/analyze", text="建设科创走廊") for machine in both.machines)
    assert shown(theirs) == shown(ours)


def test_what_is_stored_is_found_and_what_is_deleted_is_gone(both: Both) -> None:
    both.fleet.ingest({"id": "late", "title": "襄阳航空航天规划", "text": "航空航天产业园开工。"})
    wait_for(lambda: both.serving.ask("/api/v1/search", q="航空航天").json["total"] == 1)
    assert both.serving.ask("/articles/late").status == 200
    assert both.fleet.run("delete", "late").status == 0
    wait_for(lambda: both.serving.ask("/api/v1/search", q="航空航天").json["total"] == 0)
    assert both.serving.ask("/articles/late").status == both.ingesting.ask("/articles/late").status == 410


def test_it_waits_for_what_is_not_there_yet(opensearch_url: str, tmp_path: Path) -> None:
    empty = tmp_path / "nothing"
    empty.mkdir()
    with fleet(opensearch_url, tmp_path / "data") as one, one.serving(empty) as serving:
        for path in ("/api/v1/search?q=a", "/search?q=a", "/api/v1/articles/a1", "/api/v1/stats"):
            answer = serving.ask(path)
            assert answer.status == 503
            assert int(answer.headers["Retry-After"]) > 0
        told = serving.ask("/readyz")
        assert told.status == 503
        assert "no index has been built yet" in told.json["reasons"][0]
        one.ingest(*ARTICLES)
        wait_for(serving.is_ready)
        assert serving.ask("/api/v1/search", q="协同创新").json["total"] > 0


def test_it_outlives_a_cluster_that_is_away_at_the_start_and_later(both: Both, tmp_path: Path) -> None:
    with line_to(both.fleet.node) as line:
        line.cut()
        with both.fleet.serving(tmp_path, line=line) as serving:
            told = serving.ask("/readyz")
            assert told.status == 503
            assert "search cluster" in str(told.json["reasons"])
            line.restore()
            wait_for(serving.is_ready)
            assert serving.ask("/api/v1/search", q="湘江新区").json["total"] == 1
            line.cut()
            # A word that nobody has asked for: what was answered a moment ago may be answered once more.
            assert serving.ask("/api/v1/search", q="两型社会").status == 503
            assert serving.ask("/articles/a1").status == 503
            wait_for(lambda: serving.ask("/readyz").status == 503)
            line.restore()
            wait_for(serving.is_ready)
            assert serving.ask("/articles/a1").status == 200


def test_a_process_that_only_indexes_brings_all_that_is_needed(opensearch_url: str, tmp_path: Path) -> None:
    empty = tmp_path / "nothing"
    empty.mkdir()
    with fleet(opensearch_url, tmp_path / "data") as one:
        one.ingest(*ARTICLES)
        (one.data / "pinned.txt").write_text("创新 => a3\n", encoding="utf-8")
        with one.following(), one.serving(empty, POLICY_SEARCH_WORKERS="2") as serving:
            wait_for(serving.is_ready)
            wait_for(lambda: first_id(serving, "创新") == "a3")
            wait_for(lambda: bool(suggested(serving)))


def test_the_door_of_these_tests_lets_no_change_through() -> None:
    """Control: what a machine that only serves is tried with is what the role of a reader allows."""
    for method, path in (("GET", "/"), ("POST", "/_search"), ("POST", "/p-state/_mget?x=1"), ("GET", "/p-*")):
        assert not is_writing(method, path)
    for method, path in (("PUT", "/p-1"), ("POST", "/_bulk"), ("DELETE", "/p-1"), ("POST", "/p/_doc/1")):
        assert is_writing(method, path)


def quoted(path: str) -> str:
    return path.replace("创新", "%E5%88%9B%E6%96%B0")


def without_place(answer: Answer, machine: Machine) -> str:
    """The page without where it is and what was measured for it."""
    page = answer.body.decode().replace(machine.address, "")
    page = re.sub(r"[0-9a-f]{32}", "ID", page)
    return re.sub(r"[0-9.]+ ?(?:毫秒|秒|ms)", "TIME", page)

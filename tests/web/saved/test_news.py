"""What is new comes once: nothing twice, nothing left out, whoever stores and indexes meanwhile."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.both_engines import EngineFactory
from tests.index.corpus.samples import ORIGINAL, numbered
from tests.web.saved.desk import NOON, Clock, Desk, Kit, about_subsidies, ids, open_desk
from web.saved.window import written_moment


@pytest.fixture
def desk(tmp_path: Path, kit: Kit, engine_of: EngineFactory) -> Iterator[Desk]:
    """A desk of this test's own, on each engine: what is new is found by searching."""
    with open_desk(tmp_path / "data", kit, Clock(), engine=engine_of()) as opened:
        yield opened


@pytest.fixture(scope="module")
def saved_id(shared: Desk) -> str:
    """A saved search for questions that are refused."""
    saved: str = shared.save()["id"]
    return saved


def test_only_what_came_in_since_then_and_is_found(desk: Desk) -> None:
    desk.come_in(about_subsidies(1))
    saved = desk.save()
    desk.come_in(about_subsidies(2), numbered(3, "与此无关。"))
    desk.come_in(about_subsidies(4))
    news = desk.new(saved["id"])
    assert ids(news) == ["article-0004", "article-0002"]
    assert news["total"] == 2
    assert news["since"] == saved["created_at"].replace("+08:00", "Z").replace("T20:", "T12:")


def test_windows_that_follow_one_another_have_every_article_once(desk: Desk) -> None:
    saved = desk.save()
    seen: list[str] = []
    since: dict[str, Any] = {}
    for number in range(12):
        desk.put(about_subsidies(number))
        desk.clock.pass_(seconds=0.3)
        if number % 2:
            desk.index()
        if number % 3 == 2:
            news = desk.new(saved["id"], **since)
            seen += ids(news)
            since = {"since": news["until"]}
    desk.index()
    desk.clock.pass_(seconds=1)
    seen += ids(desk.new(saved["id"], **since))
    assert sorted(seen) == [f"article-{number:04}" for number in range(12)]


def test_marks_nothing_as_read(desk: Desk) -> None:
    saved = desk.save()
    desk.come_in(about_subsidies(1))
    assert desk.new(saved["id"]) == desk.new(saved["id"])


class TestHorizon:
    """Everything before the horizon is in the index. The clock alone would be wrong in each of these."""

    def test_with_nothing_under_way_it_is_now(self, desk: Desk) -> None:
        desk.come_in(about_subsidies(1))
        desk.clock.pass_(seconds=5.7)
        assert desk.horizon.of_newest()[1] == NOON + timedelta(seconds=6)

    def test_what_is_stored_and_not_indexed_lies_behind_it(self, desk: Desk) -> None:
        desk.clock.pass_(seconds=2)
        desk.put(about_subsidies(1))
        desk.clock.pass_(seconds=60)
        assert desk.horizon.of_newest()[1] == NOON + timedelta(seconds=2)
        desk.index()
        assert desk.horizon.of_newest()[1] == NOON + timedelta(seconds=62)

    def test_what_is_being_stored_lies_behind_it(self, desk: Desk) -> None:
        desk.come_in(about_subsidies(1))
        with desk.storing() as writer:
            writer.put(about_subsidies(2), ORIGINAL)
            desk.clock.pass_(seconds=60)
            assert desk.horizon.of_newest()[1] <= NOON + timedelta(seconds=1)
            writer.commit()
        desk.index()
        assert desk.horizon.of_newest()[1] == NOON + timedelta(seconds=61)

    def test_before_the_first_article_too(self, desk: Desk) -> None:
        with desk.storing() as writer:
            writer.put(about_subsidies(1), ORIGINAL)
            desk.clock.pass_(seconds=60)
            assert desk.horizon.of_newest()[1] <= NOON

    def test_an_article_that_was_changed_before_it_was_indexed_keeps_its_time(self, desk: Desk) -> None:
        """The index may have gone on to a newer article, and not have this one yet."""
        saved = desk.save()
        desk.clock.pass_(seconds=1)
        desk.put(about_subsidies(1))
        desk.clock.pass_(seconds=10)
        desk.come_in(about_subsidies(2))
        desk.put(numbered(1, "发放补贴的通知，已更正。"))
        desk.clock.pass_(seconds=10)
        assert desk.horizon.of_newest()[1] == NOON + timedelta(seconds=1)
        assert ids(desk.new(saved["id"])) == []
        desk.index()
        assert ids(desk.new(saved["id"])) == ["article-0002", "article-0001"]

    def test_a_clock_that_was_set_back_repeats_nothing(self, desk: Desk) -> None:
        saved = desk.save()
        desk.come_in(about_subsidies(1))
        until = desk.new(saved["id"])["until"]
        desk.clock.pass_(days=-1)
        news = desk.new(saved["id"], since=until)
        assert (ids(news), news["until"]) == ([], until)


class TestSince:
    def test_a_generation(self, desk: Desk) -> None:
        saved = desk.save()
        desk.come_in(about_subsidies(1))
        desk.tend()
        generation = desk.client.get("/api/v1/search").json()["generation"]
        desk.come_in(about_subsidies(2))
        assert ids(desk.new(saved["id"], since=generation)) == ["article-0002"]

    @pytest.mark.parametrize(
        ("since", "found"),
        [
            ("2026-11-28T12:00:00Z", 3),
            ("2026-11-28T20:00:01+08:00", 2),
            ("2026-11-28T12:00:01.9Z", 2),
            ("2026-11-28", 3),
            ("2026-11-29", 0),
            ("2026", 3),
        ],
    )
    def test_a_time_or_a_date(self, desk: Desk, since: str, found: int) -> None:
        saved = desk.save()
        for number in range(3):
            desk.come_in(about_subsidies(number))
        assert desk.new(saved["id"], since=since)["total"] == found

    @pytest.mark.parametrize(
        "since",
        [
            "yesterday",
            "2026-11-28T12:00:00",
            "2026-11-28T12:00:00 08:00",
            "2026-13-01",
            "9.9",
            "-1",
            "x" * 999,
        ],
    )
    def test_anything_else_is_refused(self, shared: Desk, saved_id: str, since: str) -> None:
        answer = shared.call("GET", f"/{saved_id}/new", params={"since": since})
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["parameter"] == "since"


class TestPages:
    def test_a_walk_stays_in_its_window_while_articles_come_in(self, desk: Desk) -> None:
        saved = desk.save()
        for number in range(5):
            desk.come_in(about_subsidies(number))
        news = desk.new(saved["id"], per_page=2)
        seen = ids(news)
        while news["next_cursor"]:
            desk.come_in(about_subsidies(5 + len(seen)))
            news = desk.new(saved["id"], per_page=2, cursor=news["next_cursor"])
            seen += ids(news)
        assert seen == [f"article-{number:04}" for number in (4, 3, 2, 1, 0)]
        assert len(ids(desk.new(saved["id"], since=news["until"]))) == 2

    @pytest.mark.parametrize(
        "cursor", ["*", "x", "2026-11-28T12:00:00Z~*", "2026-11-28T12:00:00Z~", "2026~AQ", "x" * 999]
    )
    def test_a_cursor_that_is_none_of_ours(self, shared: Desk, saved_id: str, cursor: str) -> None:
        answer = shared.call("GET", f"/{saved_id}/new", params={"cursor": cursor})
        assert (answer.status_code, answer.json()["type"]) == (400, "/problems/invalid-cursor")


class TestWhatCounts:
    def test_a_part_of_what_was_asked_for_is_no_news(self, desk: Desk) -> None:
        """The search itself shows such articles where nothing has it all, and says so."""
        saved = desk.save(query="q=补贴 光伏电站")
        desk.come_in(about_subsidies(1))
        assert desk.client.get("/api/v1/search", params={"q": "补贴 光伏电站"}).json()["total"] == 1
        assert desk.new(saved["id"])["total"] == 0

    def test_a_bound_of_the_search_itself_holds_too(self, desk: Desk) -> None:
        saved = desk.save(query="q=补贴&added_before=2026-11-27")
        desk.come_in(about_subsidies(1))
        assert desk.new(saved["id"], since="2026-11-01")["total"] == 0

    def test_an_article_that_is_only_changed_is_not_new(self, desk: Desk) -> None:
        desk.come_in(numbered(1, "与此无关。"))
        saved = desk.save()
        desk.come_in(about_subsidies(1))
        assert desk.new(saved["id"])["total"] == 0


def test_moments_are_written_without_a_plus() -> None:
    assert written_moment(NOON.astimezone()) == "2026-11-28T12:00:00Z"

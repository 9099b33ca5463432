"""A webhook is told of each article once, in time, signed; what goes wrong is seen and made good."""

import hashlib
import hmac
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from index.saved_searches.saved_search import AlertResult
from index.writer_lock import WriterLock
from search.errors import SearchTimeout
from tests.web.saved.desk import NOON, Clock, Desk, Kit, about_subsidies, decoded, ids, open_desk
from tests.web.saved.receiver import Receiver, receiving
from web.saved.alerts import MAX_TOLD
from web.saved.delivery import NewsDelivery
from web.saved.news import News
from web.saved.webhooks.target import PUBLIC_ONLY


@pytest.fixture
def hook() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


def saved_for(desk: Desk, hook: Receiver, **fields: object) -> dict[str, Any]:
    return desk.save(webhook=hook.url, frequency="hourly", **fields)


def alert_of(desk: Desk, saved: dict[str, Any]) -> dict[str, Any]:
    alert: dict[str, Any] = desk.call("GET", f"/{saved['id']}").json()["alert"]
    return alert


def told(hook: Receiver) -> list[str]:
    """The ids of all articles in all deliveries, in order."""
    return [article for posted in hook.posted for article in ids(decoded(posted.body))]


class TestDelivering:
    def test_what_is_new_is_posted_when_it_is_due(self, desk: Desk, hook: Receiver) -> None:
        saved = saved_for(desk, hook)
        desk.come_in(about_subsidies(1))
        desk.tend()
        assert hook.posted == []
        desk.clock.pass_(hours=1)
        desk.tend()
        (posted,) = hook.posted
        body = decoded(posted.body)
        assert (body["id"], body["name"], body["total"]) == (saved["id"], "补贴", 1)
        assert ids(body) == ["article-0001"]
        assert body["since"] == "2026-11-28T12:00:00Z"
        assert body["results"] == desk.new(saved["id"])["results"]
        last = {"at": "2026-11-28T21:00:01+08:00", "result": "delivered", "status": 204, "articles": 1}
        assert alert_of(desk, saved)["last"] == last
        assert alert_of(desk, saved)["due_at"] == "2026-11-28T22:00:00+08:00"

    def test_it_is_signed_with_the_secret_that_was_told(self, desk: Desk, hook: Receiver) -> None:
        saved = saved_for(desk, hook)
        desk.come_in(about_subsidies(1))
        desk.clock.pass_(hours=1)
        desk.tend()
        (posted,) = hook.posted
        mac = hmac.new(saved["secret"].encode(), posted.body, hashlib.sha256).hexdigest()
        assert posted.headers["x-signature"] == f"sha256={mac}"
        assert posted.headers["x-delivery-id"].startswith(saved["id"])

    def test_deliveries_have_every_article_once(self, desk: Desk, hook: Receiver) -> None:
        saved_for(desk, hook)
        for number in range(6):
            desk.put(about_subsidies(number))
            desk.clock.pass_(minutes=25)
            if number % 2:
                desk.index()
            desk.tend()
        desk.index()
        desk.clock.pass_(hours=2)
        desk.tend()
        assert sorted(told(hook)) == [f"article-{number:04}" for number in range(6)]

    def test_nothing_new_is_no_delivery(self, desk: Desk, hook: Receiver) -> None:
        saved = saved_for(desk, hook)
        desk.clock.pass_(hours=1, seconds=5)
        desk.tend()
        assert hook.posted == []
        alert = alert_of(desk, saved)
        assert (alert["last"]["result"], alert["since"]) == ("nothing-new", "2026-11-28T13:00:05Z")
        assert alert["due_at"] == "2026-11-28T22:00:00+08:00"

    @pytest.mark.parametrize(("frequency", "hours"), [("hourly", 1), ("daily", 24), ("weekly", 168)])
    def test_as_often_as_was_asked_for(self, desk: Desk, hook: Receiver, frequency: str, hours: int) -> None:
        desk.save(webhook=hook.url, frequency=frequency)
        desk.come_in(about_subsidies(1))
        desk.clock.pass_(hours=hours, seconds=-2)
        desk.tend()
        assert hook.posted == []
        desk.clock.pass_(seconds=2)
        desk.tend()
        assert told(hook) == ["article-0001"]

    def test_after_a_long_pause_there_is_one_delivery_of_all(self, desk: Desk, hook: Receiver) -> None:
        saved = saved_for(desk, hook)
        for number in range(3):
            desk.come_in(about_subsidies(number))
            desk.clock.pass_(days=1)
        desk.tend()
        desk.tend()
        assert len(hook.posted) == 1
        assert alert_of(desk, saved)["due_at"] == "2026-12-01T21:00:00+08:00"

    def test_a_webhook_that_comes_later_is_told_from_then_on(self, desk: Desk, hook: Receiver) -> None:
        saved = desk.save(frequency="hourly")
        desk.come_in(about_subsidies(1))
        desk.clock.pass_(minutes=1)
        change = {"webhook": hook.url}
        desk.call("PATCH", f"/{saved['id']}", headers={"If-Match": "*"}, json=change)
        desk.come_in(about_subsidies(2))
        desk.clock.pass_(hours=1)
        desk.tend()
        assert told(hook) == ["article-0002"]

    def test_a_change_of_the_query_loses_nothing_that_was_not_told(self, desk: Desk, hook: Receiver) -> None:
        saved = saved_for(desk, hook, query="q=与此无关")
        desk.come_in(about_subsidies(1))
        desk.call("PATCH", f"/{saved['id']}", headers={"If-Match": "*"}, json={"query": "q=补贴"})
        desk.clock.pass_(hours=1)
        desk.tend()
        assert told(hook) == ["article-0001"]

    def test_one_that_was_deleted_is_told_no_more(self, desk: Desk, hook: Receiver) -> None:
        saved = saved_for(desk, hook)
        desk.come_in(about_subsidies(1))
        desk.call("DELETE", f"/{saved['id']}", headers={"If-Match": "*"})
        desk.clock.pass_(hours=1)
        desk.tend()
        assert hook.posted == []

    def test_one_that_loses_its_webhook_while_others_are_told_is_left_out(
        self, desk: Desk, hook: Receiver
    ) -> None:
        first, second = saved_for(desk, hook, name="a"), saved_for(desk, hook, name="b")
        desk.come_in(about_subsidies(1))
        desk.clock.pass_(hours=1)

        def lookup(_host: str, _port: int) -> Sequence[str]:
            path = f"/{second['id']}"
            assert (
                desk.call("PATCH", path, headers={"If-Match": "*"}, json={"webhook": None}).status_code == 200
            )
            return ["127.0.0.1"]

        desk.with_poster(resolver=lookup).tend()
        assert [decoded(posted.body)["id"] for posted in hook.posted] == [first["id"]]

    def test_only_one_of_several_servers_sends(self, desk: Desk, hook: Receiver) -> None:
        saved_for(desk, hook)
        desk.come_in(about_subsidies(1))
        desk.clock.pass_(hours=1)
        with WriterLock(desk.folder.alerts_lock):
            desk.tend()
        assert hook.posted == []
        desk.tend()
        assert told(hook) == ["article-0001"]

    def test_where_webhooks_are_switched_off_none_is_told(self, desk: Desk, hook: Receiver) -> None:
        saved_for(desk, hook)
        desk.come_in(about_subsidies(1))
        desk.clock.pass_(hours=1)
        replace(desk.alerts, poster=None).tend(lambda: False)
        assert hook.posted == []

    def test_who_is_asked_to_stop_sends_nothing_more(self, desk: Desk, hook: Receiver) -> None:
        saved_for(desk, hook)
        desk.come_in(about_subsidies(1))
        desk.clock.pass_(hours=1)
        desk.alerts.tend(lambda: True)
        assert hook.posted == []


class TestFailures:
    def test_three_tries_then_a_period_later_with_all_that_was_not_taken(
        self, desk: Desk, hook: Receiver
    ) -> None:
        saved = saved_for(desk, hook)
        hook.answers = [500, 302, 404, 200]
        desk.come_in(about_subsidies(1))
        desk.clock.pass_(hours=1)
        for minutes, tries in ((1, 1), (10, 2)):
            desk.tend()
            alert = alert_of(desk, saved)
            assert (alert["tries"], alert["last"]["result"]) == (tries, "status")
            desk.clock.pass_(minutes=minutes, seconds=-1)
            desk.tend()
            assert alert_of(desk, saved)["tries"] == tries, "it is not due yet"
            desk.clock.pass_(seconds=1)
        desk.tend()
        alert = alert_of(desk, saved)
        assert (alert["tries"], alert["last"]["status"]) == (0, 404)
        assert alert["since"] == "2026-11-28T12:00:00Z"
        bodies = {posted.body for posted in hook.posted}
        names = {posted.headers["x-delivery-id"] for posted in hook.posted}
        assert (len(hook.posted), len(bodies), len(names)) == (3, 1, 1)
        desk.come_in(about_subsidies(2))
        desk.clock.pass_(hours=1)
        desk.tend()
        assert ids(decoded(hook.posted[-1].body)) == ["article-0002", "article-0001"]
        assert alert_of(desk, saved)["last"]["result"] == "delivered"

    @pytest.mark.parametrize(
        ("addresses", "result"), [(["10.0.0.1"], "address-refused"), (["127.0.0.1"], "unreachable")]
    )
    def test_what_went_wrong_is_seen(self, desk: Desk, addresses: Sequence[str], result: str) -> None:
        saved = desk.save(webhook="http://localhost:9/", frequency="hourly")
        desk.come_in(about_subsidies(1))
        desk.clock.pass_(hours=1)
        desk.with_poster(resolver=lambda _host, _port: addresses).tend()
        last = alert_of(desk, saved)["last"]
        assert (last["result"], last["status"]) == (result, None)

    def test_a_webhook_that_may_be_none_any_more_is_not_posted_to(self, desk: Desk, hook: Receiver) -> None:
        saved = saved_for(desk, hook)
        desk.come_in(about_subsidies(1))
        desk.clock.pass_(hours=1)
        desk.with_poster(rules=PUBLIC_ONLY).tend()
        assert hook.posted == []
        assert alert_of(desk, saved)["last"]["result"] == "address-refused"

    def test_a_search_that_cannot_be_run_keeps_no_other_waiting(self, desk: Desk, hook: Receiver) -> None:
        broken, good = saved_for(desk, hook, name="a"), saved_for(desk, hook, name="b")
        desk.rewrite(broken["id"], "grammar", 99)
        desk.come_in(about_subsidies(1))
        desk.clock.pass_(hours=1)
        desk.tend()
        assert [decoded(posted.body)["id"] for posted in hook.posted] == [good["id"]]
        alert = alert_of(desk, broken)
        assert (alert["last"]["result"], alert["since"]) == ("not-run", "2026-11-28T12:00:00Z")

    def test_nor_does_a_fault_of_ours_which_is_raised_in_the_end(self, desk: Desk, hook: Receiver) -> None:
        bad, good = saved_for(desk, hook, name="a"), saved_for(desk, hook, name="b")
        desk.come_in(about_subsidies(1))
        desk.clock.pass_(hours=1)
        whole = NewsDelivery(desk.service._drafts.regions.regions)

        def failing(search: Any, news: News) -> bytes:
            if search.id == bad["id"]:
                raise ZeroDivisionError
            return whole(search, news)

        with pytest.raises(ZeroDivisionError):
            replace(desk.alerts, delivery=failing).tend(lambda: False)
        assert [decoded(posted.body)["id"] for posted in hook.posted] == [good["id"]]

    def test_a_search_that_takes_too_long_is_not_run(
        self, desk: Desk, hook: Receiver, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        saved = saved_for(desk, hook)
        desk.come_in(about_subsidies(1))
        desk.clock.pass_(hours=1)

        def too_long(*_: object) -> None:
            raise SearchTimeout("too long")

        with monkeypatch.context() as patch:
            patch.setattr("search.service.SearchService.search", too_long)
            desk.tend()
        assert alert_of(desk, saved)["last"]["result"] == AlertResult.NOT_RUN.value
        desk.clock.pass_(hours=1)
        desk.tend()
        assert told(hook) == ["article-0001"]

    def test_secrets_are_in_no_log(
        self, desk: Desk, hook: Receiver, caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level(logging.DEBUG):
            saved = saved_for(desk, hook)
            hook.answers = [500]
            desk.come_in(about_subsidies(1))
            desk.clock.pass_(hours=1)
            desk.tend()
        assert len(hook.posted) == 1
        for secret in (saved["secret"], saved["feed"].partition("key=")[2], "x=1"):
            assert secret not in caplog.text


class Killed(BaseException):
    """Stands for the end of the process."""


class TestRestart:
    """Whoever is killed, wherever it is, tells every article; and what may come twice can be told apart."""

    @pytest.mark.parametrize("at", ["before", "after"])
    def test_a_server_that_ends_while_it_sends(
        self, tmp_path: Path, kit: Kit, hook: Receiver, at: str
    ) -> None:
        clock = Clock()
        with open_desk(tmp_path / "data", kit, clock) as desk:
            saved_for(desk, hook)
            desk.come_in(about_subsidies(1))
            clock.pass_(hours=1)
            assert desk.alerts.poster is not None
            real = desk.alerts.poster.post
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("web.saved.webhooks.posting.Poster.post", _killed(real, at))
                with pytest.raises(Killed):
                    desk.tend()
        clock.pass_(minutes=30)
        with open_desk(tmp_path / "data", kit, clock) as desk:
            desk.come_in(about_subsidies(2))
            desk.tend()
            clock.pass_(hours=1)
            desk.tend()
        names = [posted.headers["x-delivery-id"] for posted in hook.posted]
        by_name = {posted.headers["x-delivery-id"]: ids(decoded(posted.body)) for posted in hook.posted}
        assert sorted(article for articles in by_name.values() for article in articles) == [
            "article-0001",
            "article-0002",
        ]
        assert len(names) - len(by_name) == (1 if at == "after" else 0)

    def test_a_restart_between_deliveries_repeats_nothing(
        self, tmp_path: Path, kit: Kit, hook: Receiver
    ) -> None:
        clock = Clock()
        for number in range(3):
            with open_desk(tmp_path / "data", kit, clock) as desk:
                if not number:
                    saved_for(desk, hook)
                desk.come_in(about_subsidies(number))
                clock.pass_(hours=1)
                desk.tend()
        assert told(hook) == ["article-0000", "article-0001", "article-0002"]


def _killed(post: Callable[..., int], at: str) -> Callable[..., int]:
    def posting(_poster: object, *arguments: Any) -> int:
        if at == "after":
            post(*arguments)
        raise Killed

    return posting


class TestBodies:
    def test_so_many_articles_at_most(self, desk: Desk, hook: Receiver) -> None:
        saved_for(desk, hook)
        desk.come_in(*map(about_subsidies, range(MAX_TOLD + 5)))
        desk.clock.pass_(hours=1)
        desk.tend()
        body = decoded(hook.posted[0].body)
        assert (len(body["results"]), body["total"], body["next_cursor"]) == (MAX_TOLD, MAX_TOLD + 5, None)

    @pytest.mark.parametrize("most", [100_000, 20_000, 3_000, 0])
    def test_so_many_bytes_at_most(self, desk: Desk, most: int) -> None:
        saved = desk.save(query="q=补贴&collapse=none")
        desk.come_in(*map(about_subsidies, range(20)))
        search = desk.store.get(saved["id"]).search
        news = desk.alerts.news.since(search, NOON - timedelta(days=1), 20)
        delivery = NewsDelivery(desk.service._drafts.regions.regions, most)
        body = delivery(search, news)
        told_of = decoded(body)
        assert told_of["total"] == 20
        assert len(body) <= most or not told_of["results"]
        assert ids(told_of) == [hit.article.id for hit in news.found.result.hits][: len(told_of["results"])]

"""A real server with saved searches, with what comes in while it runs."""

import json
import urllib.parse
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.processes import run, server
from tests.waiting import wait_for
from tests.web.saved.desk import BASE, SUBSIDY, TOKEN

SETTINGS: Mapping[str, str] = {"POLICY_SEARCH_SAVED": "on", "POLICY_SEARCH_ADMIN_TOKEN": TOKEN}


def call(address: str, path: str = "", fields: Mapping[str, object] | None = None) -> Any:
    """The JSON that is answered to whoever has the token."""
    request = urllib.request.Request(
        f"{address}{BASE}{path}",
        None if fields is None else json.dumps(fields).encode(),
        {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


@pytest.mark.slow
def test_what_comes_in_is_new_once_and_a_restart_forgets_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    seen: list[str] = []

    def look(address: str, saved: str, since: dict[str, str]) -> bool:
        news = call(address, f"/{saved}/new?{urllib.parse.urlencode(since)}")
        seen.extend(hit["id"] for hit in news["results"])
        since["since"] = news["until"]
        return bool(seen)

    with server(data, **SETTINGS) as address:
        saved = call(address, fields=SUBSIDY)["id"]
        since: dict[str, str] = {}
        assert not look(address, saved, since)
        article = {"id": "a1", "title": "发放稳岗补贴", "text": "通知如下。"}
        assert run(data, "ingest", "-", stdin=json.dumps(article).encode()).returncode == 0
        wait_for(lambda: look(address, saved, since))
        generation = json.load(urllib.request.urlopen(f"{address}/readyz"))["generation"]
    with server(data, **SETTINGS) as address:
        look(address, saved, since)
        assert call(address, f"/{saved}/new?since={generation}")["total"] <= 1
    assert seen == ["a1"]

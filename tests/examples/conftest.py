"""A real server with the sample articles, which all examples ask."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from client import Client

from tests.commands import run_on
from tests.conftest import ROOT
from tests.processes import server
from tests.waiting import wait_for

TOKEN = "a-token-of-these-tests-alone"  # noqa: S105


@pytest.fixture(scope="package")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("examples") / "data"
    assert run_on(folder, "ingest", str(ROOT / "web" / "sample")).status == 0
    return folder


@pytest.fixture(scope="package")
def address(data: Path) -> Iterator[str]:
    with server(data, POLICY_SEARCH_SAVED="feeds", POLICY_SEARCH_ADMIN_TOKEN=TOKEN) as running:
        # Suggestions are made behind the scenes.
        wait_for(lambda: bool(Client(running).get("suggest", {"q": "武汉"})["items"]))
        yield running

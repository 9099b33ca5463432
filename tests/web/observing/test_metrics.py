"""What `/metrics` tells, in the format that Prometheus reads, to those who show the token."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as open_metrics
from starlette.testclient import TestClient

from index.data_folder import DataFolder
from index.generations_kept import kept_generations
from search.errors import SearchTimeout
from tests.web.admin.service import AUTHORIZATION, TOKEN
from tests.web.fake_service import FakeService
from tests.web.known_regions import REGIONS
from tests.web.observing.observed import client_of, samples, samples_of, value
from web.app import create_app
from web.http.admin_token import AdminToken
from web.http.bearer import BearerCheck
from web.observing.endpoint import METRICS_PATH, metrics_routes
from web.observing.metrics import Metrics
from web.observing.state import StateCollector
from web.settings import ObservingSettings, WebSettings

QUIET = ObservingSettings(slow_ms=0)
COMPAT = Path(__file__).parents[2] / "compat"
DOCUMENT = Path(__file__).parents[3] / "docs" / "operation.md"
SEARCHED = {"match": "smart", "meaning": "off"}


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """One with an index of a few articles."""
    folder = DataFolder(tmp_path / "data")
    shutil.copytree(COMPAT / "0004-facets", folder.root)
    return folder


def state_of(folder: DataFolder, service: FakeService | None = None) -> StateCollector:
    return StateCollector(folder, service or FakeService(), lambda: kept_generations(folder.index))


@pytest.fixture
def scraped(folder: DataFolder) -> Iterator[TestClient]:
    """A client to an application with the endpoint."""
    service, metrics = FakeService(reasons=("one thing",)), Metrics()
    check = BearerCheck(AdminToken.of(TOKEN))
    routes = metrics_routes(state_of(folder, service), metrics, check, QUIET)
    app = create_app(service, WebSettings(), REGIONS, private=routes, metrics=metrics)
    with TestClient(app) as client:
        yield client


def scrape(client: TestClient) -> str:
    answer = client.get(METRICS_PATH, headers=AUTHORIZATION)
    assert answer.status_code == 200
    return answer.text


def test_requests_count_by_route_method_and_status() -> None:
    metrics = Metrics()
    with client_of(QUIET, metrics) as client:
        for path in ("/search?q=武汉", "/search?q=上海", "/search?nonsense=1", "/nowhere", "/nowhere-else"):
            client.get(path)
    found = samples_of(metrics)

    def requests(route: str, status: int) -> float:
        labels = {"route": route, "method": "GET", "status": str(status)}
        return value(found, "policy_search_requests_total", labels)

    assert (requests("/search", 200), requests("/search", 400), requests("", 404)) == (2, 1, 2)
    assert value(found, "policy_search_request_seconds_count", {"route": "/search"}) == 3
    assert value(found, "policy_search_problems_total", {"kind": "not-found"}) == 2
    assert value(found, "policy_search_answer_bytes_total") > 0


def test_addresses_that_anybody_makes_up_make_no_new_series() -> None:
    few, many = Metrics(), Metrics()
    for metrics, number in ((few, 1), (many, 10)):
        with client_of(QUIET, metrics) as client:
            for made_up in range(number):
                client.get(f"/made-up-{made_up}")
                client.get(f"/articles/made-up-{made_up}")
                client.request(f"METHOD{made_up}", "/search")
    assert samples_of(few).keys() == samples_of(many).keys()


def test_searches_count_by_mode_and_outcome_and_their_stages_add_up() -> None:
    metrics = Metrics()
    with client_of(QUIET, metrics) as client:
        client.get("/api/v1/search?q=武汉")
        client.get("/api/v1/search?q=查无此词")
        client.get("/api/v1/search?q=武汉&match=all")
    found = samples_of(metrics)
    searches = "policy_search_searches_total"
    assert value(found, searches, SEARCHED | {"outcome": "found"}) == 1
    assert value(found, searches, SEARCHED | {"outcome": "nothing"}) == 1
    assert value(found, searches, SEARCHED | {"match": "all", "outcome": "found"}) == 1
    engine = {"stage": "engine"}
    assert value(found, "policy_search_stage_seconds_count", engine) == 3
    assert value(found, "policy_search_stage_seconds_sum", engine) == pytest.approx(0.015)


def test_an_answer_that_was_kept_counts_as_one_and_has_no_stages() -> None:
    metrics = Metrics()
    with client_of(QUIET, metrics) as client:
        for _ in range(3):
            client.get("/api/v1/search?q=武汉")
    found = samples_of(metrics)
    assert value(found, "policy_search_searches_total", SEARCHED | {"outcome": "found"}) == 3
    assert value(found, "policy_search_kept_answers_total") == 2
    assert value(found, "policy_search_stage_seconds_count", {"stage": "engine"}) == 1


def test_a_search_without_an_answer_counts_as_a_problem() -> None:
    metrics = Metrics()
    with client_of(QUIET, metrics, FakeService(failure=SearchTimeout("too long"))) as client:
        client.get("/api/v1/search?q=武汉")
    found = samples_of(metrics)
    assert value(found, "policy_search_problems_total", {"kind": "timeout"}) == 1
    assert value(found, "policy_search_searches_total", SEARCHED | {"outcome": "found"}) == 0


def test_running_and_waiting_searches_are_back_to_none(scraped: TestClient) -> None:
    scraped.get("/search?q=武汉")
    found = samples(scrape(scraped))
    assert ("policy_search_searches_running", frozenset()) in found
    assert value(found, "policy_search_searches_running") == 0
    assert value(found, "policy_search_searches_waiting") == 0


def test_the_state_of_index_and_disk_is_told(scraped: TestClient, folder: DataFolder) -> None:
    found = samples(scrape(scraped))
    assert value(found, "policy_search_ready") == 0
    assert value(found, "policy_search_troubles") == 1
    assert value(found, "policy_search_index_generation") == 1
    assert value(found, "policy_search_index_articles") == 8
    assert value(found, "policy_search_index_files") == 4
    assert value(found, "policy_search_index_bytes") > 1_000
    assert value(found, "policy_search_database_bytes") == folder.articles.stat().st_size
    assert 0 < value(found, "policy_search_disk_free_bytes") < value(found, "policy_search_disk_bytes")


def test_what_cannot_be_found_out_is_left_out_and_the_rest_is_told(tmp_path: Path) -> None:
    service, metrics = FakeService(), Metrics()
    folder = DataFolder(tmp_path / "none")
    check = BearerCheck(AdminToken.of(TOKEN))
    routes = metrics_routes(state_of(folder, service), metrics, check, QUIET)
    with TestClient(create_app(service, WebSettings(), REGIONS, private=routes, metrics=metrics)) as client:
        found = samples(scrape(client))
    assert value(found, "policy_search_ready") == 1
    assert ("policy_search_disk_free_bytes", frozenset()) not in found


def test_scrapers_that_ask_for_open_metrics_get_them(scraped: TestClient) -> None:
    accept = {"Accept": "application/openmetrics-text;version=1.0.0"}
    answer = scraped.get(METRICS_PATH, headers=AUTHORIZATION | accept)
    assert answer.headers["Content-Type"].startswith("application/openmetrics-text; version=1.0.0")
    assert list(open_metrics(answer.text))  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer another-token-of-mine"}], ids=["none", "wrong"]
)
def test_nobody_else_is_told_anything(scraped: TestClient, headers: dict[str, str]) -> None:
    answer = scraped.get(METRICS_PATH, headers=headers)
    assert answer.status_code in {401, 403}
    assert "policy_search_" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_without_a_token_there_is_no_such_address(folder: DataFolder) -> None:
    assert metrics_routes(state_of(folder), Metrics(), None, QUIET) == ()
    with client_of(QUIET) as client:
        assert client.get(METRICS_PATH).status_code == 404


def test_every_metric_is_explained_in_the_documents(scraped: TestClient) -> None:
    told = set(re.findall(r"^# HELP (policy_search_\w+) ", scrape(scraped), re.MULTILINE))
    told = {name for name in told if not name.endswith("_created")}
    explained = set(re.findall(r"`(policy_search_\w+)`", DOCUMENT.read_text(encoding="utf-8")))
    assert told == explained


def test_one_of_several_processes_tells_nothing_alone(folder: DataFolder, tmp_path: Path) -> None:
    check, several = BearerCheck(AdminToken.of(TOKEN)), replace(QUIET, counts_alone=False)
    assert WebSettings(observing=QUIET).shared_among(2).observing == several
    assert WebSettings(observing=QUIET).shared_among(1).observing == QUIET
    state, shared = state_of(folder), replace(several, metrics_folder=tmp_path)
    assert metrics_routes(state, Metrics(), check, several) == ()
    assert metrics_routes(state, Metrics(), check, shared)


COUNTING = """
from web.observing.metrics import AnsweredRequest, Metrics
metrics = Metrics()
metrics.slots_changed(1, 0)
ended = {"route": "/search", "method": "GET", "status": 200, "began_s": 0.1, "took_s": 0.2, "size": 7}
metrics.request_ended(AnsweredRequest(**ended, problem=None, is_slow=False))
"""
TELLING = (
    COUNTING
    + """
from pathlib import Path
from prometheus_client import CollectorRegistry, generate_latest
from web.observing.endpoint import told
print(generate_latest(told(metrics, CollectorRegistry(), SHARED)).decode())
"""
)


@pytest.mark.slow
@pytest.mark.parametrize(("sharing", "requests"), [("shared", 3), ("apart", 1)])
def test_processes_that_share_a_folder_tell_their_sum_and_others_their_own(
    tmp_path: Path, sharing: str, requests: int
) -> None:
    shared = str(tmp_path) if sharing == "shared" else None
    environment = os.environ | ({} if shared is None else {"PROMETHEUS_MULTIPROC_DIR": shared})

    def ran(program: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", program], env=environment, check=True, capture_output=True, text=True
        ).stdout

    ran(COUNTING)
    ran(COUNTING)
    text = ran(TELLING.replace("SHARED", "None" if shared is None else f"Path({shared!r})"))
    labels = {"route": "/search", "method": "GET", "status": "200"}
    assert value(samples(text), "policy_search_requests_total", labels) == requests
    assert value(samples(text), "policy_search_searches_running") == 1, "those of the dead do not run"

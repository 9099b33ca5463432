"""What holds for all tests: where a marked test skips, what a skip means in CI, and how hypothesis draws."""

import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from index.analysis.analyzer import Analyzer
from index.analysis.setup import load_analyzer
from index.analysis.user_words import UserWords
from index.text.folding import Folding
from tests.both_engines import LIBRARIES, PLACES, EngineFactory, LibraryFactory, engines, libraries
from tests.opensearch.cluster import reason_to_skip

ROOT = Path(__file__).resolve().parents[1]
IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}

# What CI sets up. Where such a test skips there, for whatever reason, it has shown nothing.
RUNS_IN_CI = ("browser", "opensearch")

# No deadline: the first example may pay for loading a dictionary, and other work may keep the machine busy.
settings.register_profile("ci", derandomize=True, deadline=None, database=None, print_blob=True)
settings.register_profile("dev", deadline=None)
settings.load_profile("ci" if IN_CI else "dev")


@pytest.fixture(scope="session")
def folding() -> Folding:
    return Folding.load()


@pytest.fixture(scope="session")
def analyzer(folding: Folding) -> Analyzer:
    return load_analyzer(folding, UserWords())


@pytest.fixture(scope="module", params=LIBRARIES)
def library_of(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, analyzer: Analyzer
) -> Iterator[LibraryFactory]:
    """Makes libraries; what asks for it runs on each engine. They go with the tests of a file."""
    with libraries(request.param, lambda: tmp_path_factory.mktemp("library"), analyzer) as make:
        yield make


@pytest.fixture(scope="module", params=PLACES)
def engine_of(request: pytest.FixtureRequest) -> Iterator[EngineFactory]:
    """Gives engine settings for data folders; what asks for it runs on each engine."""
    with engines(request.param) as choose:
        yield choose


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing: dict[str, str] = {}
    if not (ROOT.parent / "shared").is_dir():
        missing["shared"] = "needs the team's folder `shared` beside the checkout"
    if shutil.which("chromium") is None:
        missing["browser"] = "needs chromium: apt-get install chromium fonts-noto-cjk"
    if any(item.get_closest_marker("opensearch") for item in items) and (reason := reason_to_skip()):
        missing["opensearch"] = reason
    for item in items:
        for marker, reason in missing.items():
            if item.get_closest_marker(marker) is not None:
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a test of what is set up there fails where it skips."""
    report = yield
    marker = next((name for name in RUNS_IN_CI if item.get_closest_marker(name)), None)
    if IN_CI and marker is not None and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"a test marked {marker} may not skip in CI: {report.longrepr}"
    return report

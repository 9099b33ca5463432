"""T30: nothing is kept of who asked; what was asked is kept where that is switched on, until forgotten."""

import subprocess
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.commands import lines
from tests.processes import command, environment, free_port, run, wait_until_ready
from tests.waiting import wait_for

MARKER = "zqxmarker42"
AGENT = "Curious-Agent-7-3"
REFERRER = "referrer-of-a-reader"
ADDRESS = "127.0.0.77"
FORWARDED = "203.0.113.77"
WHO = (AGENT, REFERRER, ADDRESS, FORWARDED)

PATHS = (
    f"/search?q={MARKER}",
    f"/search?q=%22{MARKER}%22&source={MARKER}",
    f"/search?q={MARKER}&sort={MARKER}",
    f"/search?{MARKER}=1",
    f"/articles/{MARKER}?q={MARKER}",
    f"/api/v1/search?q={MARKER}",
    f"/api/v1/search.csv?q={MARKER}",
    f"/api/v1/suggest?q={MARKER}",
    f"/api/v1/{MARKER}",
)

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True)
class Site:
    """A server's folder, and what it has written to its outputs."""

    data: Path
    output: Path

    def kept(self) -> bytes:
        """The bytes of all files."""
        paths = [self.output, *self.data.rglob("*")]
        return b"".join(path.read_bytes() for path in paths if path.is_file())


def asked(folder: Path, **settings: str) -> Site:
    """A site that was asked for all paths, by one reader, and has ended."""
    site = Site(folder / "data", folder / "output")
    run(site.data, "ingest", "-", stdin=lines({"id": "a", "title": "科技创新"}))
    port = free_port()
    with site.output.open("wb") as output:
        process = subprocess.Popen(
            command(site.data, "serve", "--port", str(port)),
            stdout=output,
            stderr=output,
            env=environment()
            | {
                "POLICY_SEARCH_LOG": "debug",
                "POLICY_SEARCH_SLOW_MS": "1",
                "POLICY_SEARCH_QUERY_LOG_DAYS": "30",
            }
            | settings,
        )
        try:
            wait_until_ready(process, f"http://127.0.0.1:{port}")
            for path in PATHS:
                ask(port, path)
            wait_for(lambda: any((site.data / "queries").glob("*")))
        finally:
            process.terminate()
            process.wait(60)
    return site


def ask(port: int, path: str) -> None:
    headers = {"User-Agent": AGENT, "Referer": f"https://{REFERRER}.example/", "X-Forwarded-For": FORWARDED}
    connection = HTTPConnection("127.0.0.1", port, timeout=60, source_address=(ADDRESS, 0))
    connection.request("GET", path, headers=headers)
    connection.getresponse().read()
    connection.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return asked(tmp_path_factory.mktemp("asked"))


def test_nothing_of_who_asked_is_in_any_file(site: Site) -> None:
    assert site.output.stat().st_size > 0
    for who in WHO:
        assert who.encode() not in site.kept()


def test_what_was_asked_is_in_the_log_of_queries_alone_and_gone_once_it_is_forgotten(site: Site) -> None:
    assert MARKER.encode() not in site.output.read_bytes()
    assert MARKER.encode() in site.kept()
    assert run(site.data, "forget-queries").returncode == 0
    assert MARKER.encode() not in site.kept()


def test_where_it_is_switched_on_the_lines_of_requests_would_show_both(tmp_path: Path) -> None:
    output = asked(tmp_path, POLICY_SEARCH_LOG_SHOWS="queries,addresses").output.read_bytes()
    assert MARKER.encode() in output
    assert ADDRESS.encode() in output

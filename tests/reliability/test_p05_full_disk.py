"""P5: a full disk loses nothing that was acknowledged, and stops only writes.

The disk is a small tmpfs, and what fails on it the kernel refuses.
"""

import json
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from index.article import Article
from index.corpus.check import check_corpus
from index.corpus.errors import CorpusUnavailable
from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from tests.index.corpus.samples import numbered, store
from tests.processes import command, environment, free_port, unmeasured_environment, wait_until_ready
from tests.reliability.faults import files_at_most
from tests.reliability.full_disk import ACKNOWLEDGES_FAILURES, SWEEPS_NOTHING, Report, long_article
from tests.reliability.small_disk import need_small_disk, on_small_disk
from tests.waiting import wait_for

slow = pytest.mark.slow
pytestmark = pytest.mark.timeout(300)

SIZE = 10_000_000
SERVED_SIZE = 40_000_000
"""Its threshold is 5 % of that: 2 MB."""
TOKEN = "a-token-for-tests-of-a-disk-that-is-full"  # noqa: S105  # opens a server of a test


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    need_small_disk()
    folder = tmp_path / "disk"
    folder.mkdir()
    return folder


def filled(disk: Path, harm: str = "") -> Report:
    """What happened to a data folder on a disk that filled up."""
    program = [sys.executable, "-m", "tests.reliability.full_disk", str(disk), harm]
    done = subprocess.run(
        on_small_disk(disk, SIZE, program),
        capture_output=True,
        check=False,
        env=unmeasured_environment(),
        timeout=250,
    )
    assert done.returncode == 0, done.stderr.decode()
    return msgspec.json.decode(done.stdout, type=Report)


def lost(report: Report) -> set[str]:
    """What was acknowledged and is not there."""
    return set(report.acknowledged) - set(report.read)


@slow
def test_what_was_acknowledged_stays_and_is_read_and_there_is_no_litter(disk: Path) -> None:
    report = filled(disk)
    assert [line.partition(" for ")[0] for line in report.refused] == ["no space left"] * 2
    assert all(line.endswith("; make room, then try again") for line in report.refused)
    assert report.unindexed
    assert all("No space left on device" in line for line in report.unindexed)
    assert len(report.acknowledged) > 2
    assert report.read == report.acknowledged
    assert set(report.found) <= set(report.acknowledged)
    assert report.found
    assert set(report.read_after) == set(report.found_after) == set(report.acknowledged_after)
    assert (report.orphans, report.findings) == ([], [])


@slow
def test_control_a_writer_that_acknowledges_what_failed_loses_it(disk: Path) -> None:
    assert lost(filled(disk, ACKNOWLEDGES_FAILURES))


@slow
def test_control_a_writer_that_never_sweeps_leaves_files_that_nothing_names(disk: Path) -> None:
    assert filled(disk, SWEEPS_NOTHING).orphans


@slow
def test_the_command_says_so_in_one_line(disk: Path) -> None:
    lines = (
        json.dumps({"id": f"a{number}", "title": "通知", "text": long_article(f"{number}").body})
        for number in range(60)
    )
    done = subprocess.run(
        on_small_disk(disk, 1_000_000, command(disk / "data", "ingest", "-")),
        input="\n".join(lines).encode(),
        capture_output=True,
        check=False,
        env=environment(),
        timeout=250,
    )
    assert done.returncode == 1
    [line] = [line for line in done.stderr.decode().splitlines() if line.startswith("policy-search: ")]
    assert re.fullmatch(r"policy-search: no space left for .*articles\.db; make room, then try again", line)


def test_a_limit_for_files_is_told_and_loses_nothing(tmp_path: Path) -> None:
    """RLIMIT_FSIZE, as a service manager sets it: EFBIG for the log of the database."""
    folder = DataFolder(tmp_path / "data")
    folder.create()
    acknowledged: list[Article] = []

    def store_one_by_one() -> None:
        for number in range(100):
            store(folder, numbered(number, f"{number}" * 20_000))
            acknowledged.append(numbered(number, f"{number}" * 20_000))

    with files_at_most(1_000_000), pytest.raises(CorpusUnavailable, match="check the disk"):
        store_one_by_one()
    assert acknowledged
    with CorpusReader.open(folder) as reader:
        assert list(reader.export()) == acknowledged
    store(folder, numbered(100))
    assert list(check_corpus(folder)) == []


@dataclass(frozen=True, slots=True)
class Served:
    """A server on a small disk, and that disk as others see it."""

    address: str
    disk: Path

    def ask(self, method: str, path: str, body: object = None) -> tuple[int, bytes]:
        """Status and body of an answer."""
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()

    def put(self, name: str, text: str = "正文") -> tuple[int, str]:
        """Status of taking in an article, and the type of the problem, if it is one.

        What a slow machine makes a job of is waited for, and told as if it had been answered at once.
        """
        article = {"id": name, "title": "协同创新", "text": text}
        status, body = self.ask("PUT", f"/api/v1/admin/articles/{name}", article)
        answer = json.loads(body)
        if status == 202:
            path = f"/api/v1/admin/jobs/{answer['id']}"
            wait_for(lambda: json.loads(self.ask("GET", path)[1])["state"] != "running")
            problem = json.loads(self.ask("GET", path)[1])["problem"]
            return (201, "") if problem is None else (problem["status"], problem["type"])
        return status, answer.get("type", "")

    def found(self) -> set[str]:
        status, body = self.ask("GET", f"/api/v1/search?q={urllib.parse.quote('协同创新')}&collapse=none")
        assert status == 200
        return {result["id"] for result in json.loads(body)["results"]}

    def leave_free(self, size: int) -> None:
        """Fill the disk but for so many bytes."""
        ballast = self.disk / "ballast"
        ballast.unlink(missing_ok=True)
        usage = shutil.disk_usage(self.disk)
        ballast.write_bytes(bytes(usage.free - size))


@contextmanager
def served(disk: Path) -> Iterator[Served]:
    port = free_port()
    process = subprocess.Popen(
        on_small_disk(disk, SERVED_SIZE, command(disk / "data", "serve", "--port", str(port))),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment() | {"POLICY_SEARCH_ADMIN_TOKEN": TOKEN},
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_ready(process, address)
        yield Served(address, Path(f"/proc/{process.pid}/root") / disk.relative_to("/"))
    finally:
        process.terminate()
        process.wait(60)


@slow
def test_a_server_answers_507_and_searches_go_on(disk: Path) -> None:
    full = (507, "/problems/no-space")
    with served(disk) as site:
        assert site.put("a") == (201, "")
        site.leave_free(1_000_000)
        assert site.put("b") == full
        assert site.ask("DELETE", "/api/v1/admin/articles/a")[0] == 507
        assert site.found() == {"a"}
        # More than the threshold, less than the article needs: the disk itself refuses it.
        site.leave_free(2_500_000)
        assert site.put("b", "".join(long_article(f"{part}").body for part in range(40))) == full
        assert site.found() == {"a"}
        assert site.ask("GET", "/readyz")[0] == 200
        site.leave_free(20_000_000)
        assert site.put("b") == (201, "")
        wait_for(lambda: site.found() == {"a", "b"})

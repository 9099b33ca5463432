"""What `scripts/opensearch` says of what is missing; the last test runs a real node."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.opensearch.cluster import SCRIPT, free_ports, own_cluster
from tests.script_sandbox import ROOT, Outcome, Sandbox, make_sandbox

JAVA_21 = """#!/bin/sh
echo '    java.home = /fake/java' >&2
echo '    java.specification.version = 21' >&2
"""


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """A machine with Java and without mvn, where the script is run by this Python."""
    made = make_sandbox(tmp_path)
    package = Path("scripts", "opensearch_cluster")
    shutil.copytree(ROOT / package, made.project / package, dirs_exist_ok=True)
    made.add_command("java", JAVA_21)
    return made


def run(sandbox: Sandbox, *arguments: str) -> Outcome:
    cache = str(sandbox.path / "cache")
    return sandbox.run("scripts/opensearch", *arguments, PYTHON=sys.executable, XDG_CACHE_HOME=cache)


def complaint(sandbox: Sandbox, *arguments: str) -> str:
    done = run(sandbox, *arguments)
    assert (done.status, done.out) == (2, "")
    (line,) = done.err.splitlines()
    return line


class TestArguments:
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            ((), "the following arguments are required: COMMAND"),
            (("begin",), "invalid choice: 'begin'"),
            (("up", "--nodes", "2"), "invalid choice: 2"),
            (("up", "--version", "2.19.1"), "invalid choice: '2.19.1'"),
            (("up", "--heap", "1"), "'1' is not a size such as 512m or 1g"),
            (("up", "--port", "80"), "'80' is not a port from 1024 to 65000"),
            (("kill",), "the following arguments are required: NODE"),
            (("down", "--nodes", "3"), "unrecognized arguments: --nodes 3"),
        ],
        ids=["none", "command", "nodes", "version", "heap", "port", "no-node", "unknown"],
    )
    def test_a_wrong_one_is_refused_in_one_line(
        self, sandbox: Sandbox, arguments: tuple[str, ...], said: str
    ) -> None:
        line = complaint(sandbox, *arguments)
        assert line.startswith("scripts/opensearch: ")
        assert said in line
        assert line.endswith("; mend it with: scripts/opensearch --help")

    def test_help_names_every_command(self, sandbox: Sandbox) -> None:
        done = run(sandbox, "--help")
        assert done.status == 0
        for command in ("up", "down", "status", "java", "stop", "kill", "pause", "resume"):
            assert f"\n    {command} " in done.out


class TestWithoutACluster:
    def test_down_has_nothing_to_do(self, sandbox: Sandbox) -> None:
        assert run(sandbox, "down").status == 0

    @pytest.mark.parametrize("command", [("status",), ("kill", "1")], ids=["status", "kill"])
    def test_others_say_so(self, sandbox: Sandbox, command: tuple[str, ...]) -> None:
        done = run(sandbox, *command)
        cluster = sandbox.path / "cache" / "policy-search" / "opensearch" / "cluster-9200"
        assert (done.status, done.out) == (1, f"there is no cluster in {cluster}\n")

    def test_a_folder_is_looked_for_from_where_the_script_was_called(self, sandbox: Sandbox) -> None:
        assert run(sandbox, "status", "--folder", "mine").out.endswith(f"in {sandbox.path}/mine\n")


class TestWhatIsMissing:
    def up(self, sandbox: Sandbox) -> str:
        line = complaint(sandbox, "up", "--port", str(free_ports()))
        cache = sandbox.path / "cache" / "policy-search" / "opensearch"
        assert list(cache.glob("*opensearch-*")) + list(cache.glob("unpacking-*")) == []
        return line

    def test_mvn(self, sandbox: Sandbox) -> None:
        assert self.up(sandbox) == (
            "scripts/opensearch: mvn is missing, which fetches OpenSearch 3.7.0; "
            "mend it with: apt-get install maven"
        )

    def test_a_network(self, sandbox: Sandbox) -> None:
        sandbox.add_command("mvn", "#!/bin/sh\necho '[ERROR] no route'\necho '[ERROR] see the log'\nexit 1\n")
        assert self.up(sandbox) == (
            "scripts/opensearch: mvn could not fetch org.opensearch.distribution.integ-test-zip:opensearch:"
            "3.7.0:zip: no route; when that is mended, run it again"
        )

    def test_an_archive_that_is_the_release(self, sandbox: Sandbox) -> None:
        sandbox.add_command("mvn", '#!/bin/sh\necho other >"${5#-DoutputDirectory=}/opensearch-3.7.0.zip"\n')
        line = self.up(sandbox)
        assert "opensearch-3.7.0.zip has sha256 " in line
        assert line.endswith(": it is not the release that was tried")

    def test_a_folder_without_white_space(self, sandbox: Sandbox) -> None:
        (sandbox.path / "cache" / "policy-search" / "opensearch" / "opensearch-3.7.0").mkdir(parents=True)
        line = complaint(sandbox, "up", "--port", str(free_ports()), "--folder", "my cluster")
        assert f"cannot do with the white space in {sandbox.path}/my cluster; mend it with: " in line

    @pytest.mark.parametrize("beside", [0, 10], ids=["http", "transport"])
    def test_a_port(self, sandbox: Sandbox, beside: int) -> None:
        port = free_ports()
        with socket.create_server(("127.0.0.1", port + beside)):
            line = complaint(sandbox, "up", "--port", str(port))
        assert line == (
            f"scripts/opensearch: another program listens on port {port + beside}; "
            "mend it with: scripts/opensearch up --port N"
        )


def script(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([SCRIPT, *arguments], capture_output=True, text=True, check=False)


@pytest.mark.slow
@pytest.mark.opensearch
@pytest.mark.timeout(900)
def test_a_real_node_is_brought_up_broken_mended_and_taken_down() -> None:
    with own_cluster(1, "--heap", "512m") as cluster:
        at = ("--folder", cluster.folder)
        again = script("up", "--port", str(cluster.port), *at)
        assert again.stdout.startswith(f"OpenSearch 3.7.0 answers at {cluster.urls[0]} (after ")
        well = script("status", *at)
        assert well.returncode == 0
        assert f"node-1 {cluster.urls[0]} runs as process " in well.stdout
        assert well.stdout.endswith(": green, 1 of 1 nodes\n")

        other = script("up", "--port", str(cluster.port), "--nodes", "3", *at)
        assert other.returncode == 2
        assert "holds a cluster of 1 on port" in other.stderr
        older = script("up", "--port", str(cluster.port), "--version", "3.6.0", *at)
        assert older.returncode == 2
        assert "node-1 runs 3.7.0 and not 3.6.0; mend it with: scripts/opensearch stop 1" in older.stderr

        assert owner_of(well.stdout) != 0
        cluster.kill(1)
        broken = script("status", *at)
        assert broken.returncode == 1
        assert f"node-1 {cluster.urls[0]} does not run\n" in broken.stdout
        keeps = cluster.folder / "somebody-elses"
        keeps.touch()
        assert script("down", "--delete-data", *at).returncode == 0
        assert list(cluster.folder.iterdir()) == [keeps]


def owner_of(status: str) -> int:
    """The user id of the process that a line of `status` names."""
    pid = status.splitlines()[0].rpartition(" ")[2]
    return os.stat(f"/proc/{pid}").st_uid  # noqa: PTH116

"""The parts of `scripts/opensearch`: which Java is taken, what nodes are told, how processes are ended.

Nodes are shell scripts here, in the place of the release's program.
"""

import os
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from opensearch_cluster import processes, release
from opensearch_cluster.account import Account
from opensearch_cluster.java import find_java
from opensearch_cluster.layout import Layout, Node, java_options_text, settings_text
from opensearch_cluster.problem import Problem
from opensearch_cluster.processes import State

from tests.waiting import wait_for

HERE = Account(os.geteuid(), os.getegid(), switch=False)
OBEYS = "#!/bin/sh\nexec sleep 600\n"
STUBBORN = "#!/bin/sh\ntrap : TERM\necho ready\nwhile :; do sleep 0.05; done\n"


def add_java(home: Path, feature: str) -> Path:
    program = home / "bin" / "java"
    program.parent.mkdir(parents=True)
    said = f"    java.home = {home}\n    java.specification.version = {feature}\n"
    program.write_text(f"#!/bin/sh\nprintf '%s' '{said}' >&2\n", encoding="utf-8")
    program.chmod(0o755)
    return home


class TestJava:
    @pytest.mark.parametrize(
        ("features", "chosen"),
        [
            ({"named": "21", "home": "25", "path": "25", "usual/a": "25"}, "named"),
            ({"named": "17", "home": "21", "path": "25", "usual/a": "25"}, "home"),
            ({"named": "1.8", "home": "20", "path": "21", "usual/a": "25"}, "path"),
            ({"path": "17", "usual/a": "17", "usual/b": "25"}, "usual/b"),
        ],
        ids=["named-for-it", "java-home", "path", "beside-an-older-default"],
    )
    def test_the_first_that_is_new_enough_is_taken(
        self, tmp_path: Path, features: dict[str, str], chosen: str
    ) -> None:
        homes = {place: add_java(tmp_path / place, feature) for place, feature in features.items()}
        environment = {
            "OPENSEARCH_JAVA_HOME": str(homes.get("named", "")),
            "JAVA_HOME": str(homes.get("home", "")),
            "PATH": str(homes["path"] / "bin"),
        }
        assert find_java(environment, tmp_path / "usual") == homes[chosen]

    def test_none_is_a_problem_that_names_what_there_is(self, tmp_path: Path) -> None:
        old = add_java(tmp_path / "usual" / "java-17", "17")
        broken = tmp_path / "home" / "bin" / "java"
        broken.parent.mkdir(parents=True)
        broken.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
        with pytest.raises(Problem) as raised:
            find_java({"JAVA_HOME": str(tmp_path / "home"), "PATH": ""}, tmp_path / "usual")
        assert str(raised.value) == (
            f"there is no Java 21 or later ({old}/bin/java is 17); mend it with: "
            "apt-get install openjdk-21-jre-headless (or name one: export OPENSEARCH_JAVA_HOME=FOLDER)"
        )


class TestRelease:
    @pytest.fixture
    def archive(self, tmp_path: Path) -> Path:
        """What mvn would bring: a program that may be run, and a library."""
        file = tmp_path / "archive.zip"
        with zipfile.ZipFile(file, "w") as opened:
            for name, mode in (("bin/opensearch", 0o750), ("lib/a.jar", 0o640)):
                member = zipfile.ZipInfo(f"opensearch-3.7.0/{name}")
                member.external_attr = mode << 16
                opened.writestr(member, name)
        return file

    @pytest.fixture(autouse=True)
    def _mvn(self, tmp_path: Path, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        program = tmp_path / "bin" / "mvn"
        program.parent.mkdir()
        bring = f'cp "{archive}" "${{5#-DoutputDirectory=}}/opensearch-3.7.0.zip"'
        program.write_text(f'#!/bin/sh\necho >>"{program}.calls"\n{bring}\n', encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")

    def test_it_is_fetched_once_and_its_programs_can_be_run(
        self, tmp_path: Path, archive: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(release.SHA256, "3.7.0", release.sha256_of(archive))
        cache = tmp_path / "cache"
        home = release.unpacked("3.7.0", cache)
        assert release.unpacked("3.7.0", cache) == home == cache / "opensearch-3.7.0"
        assert (tmp_path / "bin" / "mvn.calls").read_text("utf-8") == "\n"
        modes = {path.name: path.stat().st_mode & 0o777 for path in home.rglob("*") if path.is_file()}
        assert modes == {"opensearch": 0o755, "a.jar": 0o644}

    def test_another_archive_is_refused_and_nothing_stays(self, tmp_path: Path) -> None:
        with pytest.raises(Problem, match="it is not the release that was tried"):
            release.unpacked("3.7.0", tmp_path / "cache")
        assert [path.name for path in (tmp_path / "cache").iterdir()] == ["lock"]


class TestConfiguration:
    layout = Layout(Path("/clusters/three"), 9200, 3)

    def test_three_nodes_listen_on_this_machine_alone_and_know_each_other(self) -> None:
        nodes = self.layout.nodes
        settings = [yaml.safe_load(settings_text(self.layout, node)) for node in nodes]
        assert [each["http.port"] for each in settings] == [9200, 9201, 9202]
        assert [each["transport.port"] for each in settings] == [9210, 9211, 9212]
        assert {each["network.host"] for each in settings} == {"127.0.0.1"}
        seeds = ["127.0.0.1:9210", "127.0.0.1:9211", "127.0.0.1:9212"]
        assert [each["discovery.seed_hosts"] for each in settings] == [seeds] * 3
        assert [each["path.data"] for each in settings] == [f"/clusters/three/{n.name}/data" for n in nodes]
        assert {each["path.repo"] for each in settings} == {"/clusters/three/snapshots"}

    def test_a_node_that_can_be_cut_off_is_told_nothing_of_it(self) -> None:
        layout = Layout(Path("/clusters/three"), 9200, 3, "cut")
        assert [node.namespace for node in layout.nodes] == [None, None, "cut"]
        for cut, node in zip(layout.nodes, self.layout.nodes, strict=True):
            assert settings_text(layout, cut) == settings_text(self.layout, node)

    def test_nothing_of_the_releases_options_writes_outside_a_nodes_folder(self) -> None:
        released = (
            "-Xms1g\n-Xmx1g\n-XX:+HeapDumpOnOutOfMemoryError\n-XX:HeapDumpPath=data\n"
            "-XX:ErrorFile=logs/hs_err_pid%p.log\n9-:-Xlog:gc*:file=logs/gc.log\n-Djava.io.tmpdir=x\n"
        )
        assert java_options_text(released, self.layout.nodes[1], "512m").splitlines() == [
            "-Djava.io.tmpdir=x",
            "-Xms512m",
            "-Xmx512m",
            "-XX:ErrorFile=/clusters/three/node-2/logs/hs_err_pid%p.log",
        ]

    def test_a_cluster_is_known_again_by_its_folder(self, tmp_path: Path) -> None:
        assert Layout.load(tmp_path) is None
        for made in (
            Layout(tmp_path, 9300, 3),
            Layout(tmp_path, 9300, 3, "cut"),
        ):
            made.save()
            assert Layout.load(tmp_path) == made


class TestProcesses:
    @pytest.fixture
    def nodes(self, tmp_path: Path) -> Iterator[tuple[Node, ...]]:
        """Three nodes that do not run yet; none is left afterwards."""
        made = Layout(tmp_path, 9200, 3).nodes
        yield made
        processes.kill(*made)

    @staticmethod
    def start(node: Node, program: str) -> None:
        home = node.cluster / "release"
        file = home / "bin" / "opensearch"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(program, encoding="utf-8")
        file.chmod(0o755)
        processes.start(node, release=home, java=Path("/fake/java"), account=HERE)

    def test_a_node_is_started_paused_resumed_and_killed(self, nodes: tuple[Node, ...]) -> None:
        node = nodes[0]
        assert processes.state_of(node) is State.DEAD
        self.start(node, OBEYS)
        assert processes.state_of(node) is State.RUNS
        processes.pause(node)
        wait_for(lambda: processes.state_of(node) is State.PAUSED)
        processes.resume(node)
        wait_for(lambda: processes.state_of(node) is State.RUNS)
        processes.kill(node)
        assert processes.state_of(node) is State.DEAD

    def test_all_are_stopped_when_one_is_dead_and_one_is_paused(self, nodes: tuple[Node, ...]) -> None:
        for node in nodes:
            self.start(node, OBEYS)
        processes.kill(nodes[0])
        processes.pause(nodes[1])
        began = time.monotonic()
        processes.stop(*nodes)
        assert [processes.state_of(node) for node in nodes] == [State.DEAD] * 3
        assert not any(node.pid_file.exists() for node in nodes)
        assert time.monotonic() - began < processes.STOP_S, "one of them had to be killed"

    def test_one_that_does_not_stop_is_killed(
        self, nodes: tuple[Node, ...], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(processes, "STOP_S", 0.5)
        self.start(nodes[0], STUBBORN)
        wait_for(lambda: nodes[0].output.read_text("utf-8") == "ready\n")
        processes.stop(nodes[0])
        assert processes.state_of(nodes[0]) is State.DEAD

    def test_a_pid_that_went_to_another_program_is_left_alone(self, nodes: tuple[Node, ...]) -> None:
        self.start(nodes[1], OBEYS)
        nodes[0].pid_file.write_text(nodes[1].pid_file.read_text("ascii"), "ascii")
        assert processes.state_of(nodes[0]) is State.DEAD
        processes.stop(nodes[0])
        assert processes.state_of(nodes[1]) is State.RUNS

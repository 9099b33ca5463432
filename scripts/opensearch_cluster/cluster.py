"""A cluster is brought up, looked at, and taken down."""

import errno
import os
import shutil
import socket
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from opensearch_cluster import processes
from opensearch_cluster.account import Account, find_account
from opensearch_cluster.health import health_of, is_formed, version_of
from opensearch_cluster.java import find_java
from opensearch_cluster.layout import Layout, Node, configure
from opensearch_cluster.locking import locked
from opensearch_cluster.problem import Problem
from opensearch_cluster.processes import State
from opensearch_cluster.release import unpacked

UP_S = 600
"""Seconds that a cluster gets to form. On two cores one node took 40 s and three 70 s beside other work;
under a load of 20 they took 95 s and 160 s."""
PAUSE_S = 0.3


def up(layout: Layout, *, version: str, heap: str, cache: Path, environment: Mapping[str, str]) -> None:
    """Start the nodes that do not run, of this version, and wait until all answer. Raises Problem.

    What runs is left alone, so a second time there is nothing to do; a node that was stopped or killed comes
    back with its data. Where the cluster does not form, the nodes started here are stopped again.
    """
    with locked(layout.lock):
        _check_is_the_same(layout)
        missing = [node for node in layout.nodes if processes.state_of(node) is State.DEAD]
        try:
            if missing:
                _start(layout, missing, version=version, heap=heap, cache=cache, environment=environment)
            _wait_until_formed(layout)
        except (Problem, OSError, KeyboardInterrupt):
            processes.stop(*missing)
            raise
        if not missing:
            _check_version(layout, version)


def down(layout: Layout) -> None:
    """Stop all nodes that live; their data stays."""
    with locked(layout.lock):
        processes.stop(*layout.nodes)


def delete(layout: Layout) -> None:
    """Remove what was made for a cluster that is down; its folder too, unless there are other files in it."""
    for folder in (layout.snapshots, *(node.folder for node in layout.nodes)):
        shutil.rmtree(folder, ignore_errors=True)
    for file in (layout.file, layout.lock, *(node.output for node in layout.nodes)):
        file.unlink(missing_ok=True)
    if not any(layout.folder.iterdir()):
        layout.folder.rmdir()


def status(layout: Layout) -> tuple[Sequence[str], bool]:
    """Lines for people, and whether all is well: every node runs and sees all the others."""
    lines = []
    for node in layout.nodes:
        pid = processes.pid_of(node)
        process = "" if pid is None else f" as process {pid}"
        lines.append(f"{node.name} {node.url} {processes.state_of(node).value}{process}")
    running = [node for node in layout.nodes if processes.state_of(node) is State.RUNS]
    seen = next((health for health in map(health_of, running) if health is not None), None)
    told = "no answer" if seen is None else f"{seen.status}, {seen.nodes} of {layout.size} nodes"
    lines.append(f"cluster in {layout.folder}: {told}")
    return lines, len(running) == layout.size and is_formed(layout)


def nodes_of(layout: Layout, numbers: Sequence[int]) -> tuple[Node, ...]:
    """Raises Problem where there is none of a number."""
    for number in numbers:
        if not 1 <= number <= layout.size:
            raise Problem(f"there is no node {number}: this cluster has {layout.size}")
    return tuple(layout.nodes[number - 1] for number in numbers)


def _check_is_the_same(layout: Layout) -> None:
    saved = Layout.load(layout.folder)
    if saved is not None and saved != layout:
        raise Problem(
            f"{layout.folder} holds a cluster of {saved.size} on port {saved.port}; mend it with: "
            f"scripts/opensearch down --delete-data --folder {layout.folder}"
        )


def _check_version(layout: Layout, version: str) -> None:
    for node in layout.nodes:
        found = version_of(node)
        if found != version:
            raise Problem(
                f"{node.name} runs {found} and not {version}; mend it with: "
                f"scripts/opensearch stop {node.number} --folder {layout.folder}, then up again"
            )


def _start(
    layout: Layout,
    missing: Sequence[Node],
    *,
    version: str,
    heap: str,
    cache: Path,
    environment: Mapping[str, str],
) -> None:
    for node in missing:
        if node.namespace is None:
            _check_is_free(node.port)
            _check_is_free(node.transport_port)
    java = find_java(environment)
    release = unpacked(version, cache)
    folders = (release, layout.folder, java)
    for folder in folders:
        _check_name(folder)
    account = find_account()
    for folder in folders:
        _check_can_enter(account, folder)
    layout.save()
    for node in missing:
        configure(layout, node, release=release, heap=heap, account=account)
    for node in missing:
        processes.start(node, release=release, java=java, account=account)


def _check_is_free(port: int) -> None:
    with socket.socket() as probe:
        # As the node itself does: connections that have just been closed do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            raise Problem(
                f"another program listens on port {port}; mend it with: scripts/opensearch up --port N"
            ) from None


def _check_name(folder: Path) -> None:
    if str(folder).split() != [str(folder)]:
        raise Problem(
            f"OpenSearch's own scripts cannot do with the white space in {folder}; mend it with: another "
            "--folder, XDG_CACHE_HOME or OPENSEARCH_JAVA_HOME"
        )


def _check_can_enter(account: Account, folder: Path) -> None:
    if not account.can_enter(folder):
        raise Problem(
            f"the user that the nodes run as cannot enter {folder}; mend it with: another --folder, "
            "XDG_CACHE_HOME or OPENSEARCH_JAVA_HOME"
        )


def _wait_until_formed(layout: Layout) -> None:
    deadline = time.monotonic() + UP_S
    while not is_formed(layout):
        for node in layout.nodes:
            state = processes.state_of(node)
            if state is State.DEAD:
                raise Problem(
                    f"{node.name} ended before it answered: {_last_words(node)} (see {node.output})"
                )
            if state is State.PAUSED:
                raise Problem(f"{node.name} is paused; mend it with: scripts/opensearch resume {node.number}")
        if time.monotonic() > deadline:
            raise Problem(f"the cluster has not formed after {UP_S} s; see {layout.folder}{os.sep}*.out")
        time.sleep(PAUSE_S)


def _last_words(node: Node) -> str:
    lines = node.output.read_text(encoding="utf-8", errors="replace").splitlines()
    complaints = [line for line in lines if "ERROR" in line or "xception" in line]
    return (complaints or lines or ["it said nothing"])[-1].strip()

"""The process of a node: started, found again by its pid file, and signalled."""

import os
import signal
import time
from enum import Enum
from pathlib import Path

from opensearch_cluster.account import Account
from opensearch_cluster.layout import Node
from opensearch_cluster.problem import Problem

STOP_S = 30
"""Seconds that a node gets to stop by itself; it takes one or two."""
KILLED_S = 30
"""Seconds that the system gets to take away a process with a heap of gigabytes."""
PAUSE_S = 0.1
CONFIG_VARIABLE = "OPENSEARCH_PATH_CONF"


class State(Enum):
    """What a node's process does."""

    RUNS = "runs"
    PAUSED = "is paused"
    DEAD = "does not run"


def start(node: Node, *, release: Path, java: Path, account: Account) -> None:
    """Start a node and write its pid file; that it answers is another matter."""
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "OPENSEARCH_JAVA_HOME": str(java),
        "OPENSEARCH_TMPDIR": str(node.folder / "tmp"),
        CONFIG_VARIABLE: str(node.folder / "config"),
    }
    with node.output.open("wb") as output:
        program = release / "bin" / "opensearch"
        pid = account.start(program, environment=environment, output=output, namespace=node.namespace)
    node.pid_file.write_text(f"{pid}\n", encoding="ascii")


def pid_of(node: Node) -> int | None:
    """The pid of a node that lives, None of one that does not.

    A pid may have gone to another program since; a node's environment names its configuration.
    """
    try:
        pid = int(node.pid_file.read_text(encoding="ascii"))
        # Of a zombie it is empty.
        environment = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except (OSError, ValueError):
        return None
    return pid if f"{CONFIG_VARIABLE}={node.folder / 'config'}".encode() in environment else None


def state_of(node: Node) -> State:
    pid = pid_of(node)
    if pid is None:
        return State.DEAD
    try:
        letter = _letter_of(pid)
    except OSError:
        return State.DEAD
    return State.PAUSED if letter == "T" else State.RUNS


def stop(*nodes: Node) -> None:
    """Have nodes stop, all at once, also those that are paused; kill what has not stopped in time."""
    pids = _pids_of(nodes)
    for node in nodes:
        _signal(node, signal.SIGTERM)
        _signal(node, signal.SIGCONT)
    if not _are_gone(pids, STOP_S):
        kill(*nodes)
    for node in nodes:
        node.pid_file.unlink(missing_ok=True)


def kill(*nodes: Node) -> None:
    """Kill nodes as a power cut would, all at once. Raises Problem when one is still there."""
    pids = _pids_of(nodes)
    for node in nodes:
        _signal(node, signal.SIGKILL)
    if not _are_gone(pids, KILLED_S):
        raise Problem(f"a node is still there {KILLED_S} s after it was killed; see {nodes[0].cluster}")


def pause(*nodes: Node) -> None:
    """Have nodes hang: their connections stay and nothing is answered."""
    for node in nodes:
        _signal(node, signal.SIGSTOP)


def resume(*nodes: Node) -> None:
    """Have paused nodes go on."""
    for node in nodes:
        _signal(node, signal.SIGCONT)


def _signal(node: Node, number: signal.Signals) -> None:
    pid = pid_of(node)
    if pid is None:
        return
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def _pids_of(nodes: tuple[Node, ...]) -> tuple[int, ...]:
    return tuple(pid for node in nodes if (pid := pid_of(node)) is not None)


def _are_gone(pids: tuple[int, ...], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not all(map(_is_gone, pids)):
        if time.monotonic() > deadline:
            return False
        time.sleep(PAUSE_S)
    return True


def _is_gone(pid: int) -> bool:
    """Whether a process holds no file and no port any more.

    One that ends loses its environment first, and its first thread can be a zombie while others still end.
    """
    process = Path(f"/proc/{pid}")
    try:
        return _letter_of(pid) in "ZX" and len(list((process / "task").iterdir())) == 1
    except OSError:
        return True


def _letter_of(pid: int) -> str:
    """The state of a process as the system has it, R or S or T or Z. Raises OSError when there is none."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]

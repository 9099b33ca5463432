"""A node behind a network that can be cut: it runs in a network namespace of its own."""

import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Final

from benchmarks.opensearch_faults.carrier import CARRYING
from benchmarks.opensearch_faults.faults import HANGING_S, Fault, Moment
from benchmarks.opensearch_faults.site import Site
from tests.opensearch.cluster import TRANSPORT_BESIDE

LOOPBACK: Final = "127.0.0.1"

NEEDED: Final = ("ip", "nsenter", "setpriv")


@dataclass(frozen=True, slots=True)
class Namespace:
    """A network namespace, and a line to it that has `near` on this machine and `far` inside."""

    name: str
    near: str
    far: str
    device: str

    @property
    def option(self) -> tuple[str, str]:
        """What `scripts/opensearch up` is told, so that its last node runs inside."""
        return ("--apart", self.name)

    @property
    def enter(self) -> tuple[str, ...]:
        """What stands before a command that is to run inside."""
        return ("nsenter", f"--net=/run/netns/{self.name}")

    def cut(self) -> None:
        """Nothing passes any longer, and neither side is told."""
        _ip("-n", self.name, "link", "set", self.device, "down")

    def join(self) -> None:
        _ip("-n", self.name, "link", "set", self.device, "up")


def reason_not_to() -> str | None:
    """Why no network namespace can be made here; None where one can."""
    if os.geteuid() != 0:
        return "only root can make a network namespace"
    missing = [program for program in NEEDED if shutil.which(program) is None]
    if missing:
        return f"{', '.join(missing)} is missing"
    try:
        with namespace() as made:
            _done(*made.enter, "true")
            return None
    except subprocess.CalledProcessError as error:
        return f"a network namespace could not be made: {error.stderr.strip()}"


@contextmanager
def namespace() -> Iterator[Namespace]:
    """A fresh one; at the end it is gone with the line to it. Raises CalledProcessError."""
    # What was deleted just now may be there for a while.
    token = secrets.token_hex(3)
    here, inside = f"ps{token}a", f"ps{token}b"
    subnet = f"10.231.{int(token, 16) % 256}"
    made = Namespace(f"policy-search-{token}", f"{subnet}.1", f"{subnet}.2", inside)
    _ip("netns", "add", made.name)
    try:
        _ip("link", "add", here, "type", "veth", "peer", "name", inside, "netns", made.name)
        _ip("address", "add", f"{made.near}/30", "dev", here)
        _ip("link", "set", here, "up")
        _ip("-n", made.name, "address", "add", f"{made.far}/30", "dev", inside)
        _ip("-n", made.name, "link", "set", "lo", "up")
        made.join()
        yield made
    finally:
        # With it goes the line.
        _ip("netns", "delete", made.name)


@contextmanager
def carrying(made: Namespace, port: int, nodes: int) -> Iterator[None]:
    """Connections between the nodes inside and outside, and to the one inside from outside, go over the line.

    All nodes listen on loopback addresses alone: with any other one a node wants to be allowed 65,535 open
    files, and more maps, than many machines allow. `port` is the HTTP port of the first of them.
    """
    last = port + nodes - 1
    inside = (last, last + TRANSPORT_BESIDE)
    outside = range(port + TRANSPORT_BESIDE, last + TRANSPORT_BESIDE)
    with (
        _carrier((), [*_over(made.far, inside), *_to_loopback(made.near, outside)]),
        _carrier(made.enter, [*_over(made.near, outside), *_to_loopback(made.far, inside)]),
    ):
        yield


def _over(address: str, ports: Iterable[int]) -> Iterator[str]:
    return (f"{LOOPBACK}:{port}={address}:{port}" for port in ports)


def _to_loopback(address: str, ports: Iterable[int]) -> Iterator[str]:
    return (f"{address}:{port}={LOOPBACK}:{port}" for port in ports)


@contextmanager
def _carrier(enter: tuple[str, ...], lines: Iterable[str]) -> Iterator[None]:
    """A process that carries, from when it listens to the end of the block. Raises RuntimeError."""
    command = (*enter, sys.executable, "-m", "benchmarks.opensearch_faults.carrier", *lines)
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        # Whoever leaves the block closes its standard input, and so ends it.
        if process.stdout is None or process.stdout.readline().strip() != CARRYING:
            raise RuntimeError("nothing carries connections over the line; what it says stands above")
        yield


def cut_off(made: Namespace) -> Fault:
    """The last node cannot be reached by the others, nor they by it."""
    return Fault(
        name="cut",
        moment=Moment.SETTLED,
        strike=partial(_strike, made),
        mend=partial(_mend, made),
        hold_s=HANGING_S,
    )


def _strike(made: Namespace, site: Site) -> str:
    number = site.cluster.size
    manages = ", the elected manager," if site.cluster.elected() == number else ""
    made.cut()
    return f"the network of node {number}{manages} is cut"


def _mend(made: Namespace, _site: Site) -> None:
    made.join()


def _ip(*arguments: str) -> None:
    _done("ip", *arguments)


def _done(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True)

"""A node behind a network that can be cut: it runs in a network namespace of its own."""

import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Final

from benchmarks.opensearch_faults.faults import HANGING_S, Fault, Moment
from benchmarks.opensearch_faults.site import Site

OPEN_FILES: Final = 65_535
"""What a node wants to be allowed, unless it speaks with this machine alone."""

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
        return ("--apart", f"{self.name},{self.far},{self.near}")

    def cut(self) -> None:
        """Nothing passes any longer, and neither side is told."""
        _ip("-n", self.name, "link", "set", self.device, "down")

    def join(self) -> None:
        _ip("-n", self.name, "link", "set", self.device, "up")


def reason_not_to() -> str | None:
    """Why no network namespace can be made here; None where one can."""
    if os.geteuid() != 0:
        return "only root can make a network namespace"
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most != resource.RLIM_INFINITY and most < OPEN_FILES:
        return f"a process may open {most:,} files at most, and such nodes want {OPEN_FILES:,}"
    missing = [program for program in NEEDED if shutil.which(program) is None]
    if missing:
        return f"{', '.join(missing)} is missing"
    try:
        with namespace():
            return None
    except subprocess.CalledProcessError as error:
        return f"a network namespace could not be made: {error.stderr.strip()}"


def allow_open_files() -> None:
    """Let this process, and what it starts, open as many files as nodes want. Raises ValueError where that is
    more than may be allowed."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, most))


@contextmanager
def namespace() -> Iterator[Namespace]:
    """A fresh one; at the end it is gone with the line to it. Raises CalledProcessError."""
    number = os.getpid()
    here, inside = f"ps{number}a", f"ps{number}b"
    subnet = f"10.231.{number % 256}"
    made = Namespace(f"policy-search-{number}", f"{subnet}.1", f"{subnet}.2", inside)
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
    subprocess.run(("ip", *arguments), check=True, capture_output=True, text=True)

"""The ways in which the cluster is broken, and mended again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from benchmarks.opensearch_faults.site import Site
from tests.opensearch.cluster import ask


class Moment(Enum):
    """When the cluster is broken."""

    INDEXING = "as articles come in"
    """A part of the articles is indexed, and all others are on their way."""
    SETTLED = "before articles come in"
    """All is indexed; a backlog comes while the cluster is broken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that happens to a cluster. `strike` says what it has done; `mend` undoes it, after `hold_s`
    seconds or when the backlog is stored, whatever is later."""

    name: str
    moment: Moment
    strike: Callable[[Site], str]
    mend: Callable[[Site], None]
    hold_s: float


def _kill_one(site: Site) -> str:
    number = follower_with_primaries(site)
    site.cluster.kill(number)
    return f"kill -9 of node {number}"


def _kill_manager(site: Site) -> str:
    number = site.cluster.elected()
    site.cluster.kill(number)
    return f"kill -9 of node {number}, the elected manager"


def _kill_all(site: Site) -> str:
    site.cluster.kill(*_all(site))
    return "kill -9 of all nodes at once"


def _start(site: Site) -> None:
    site.cluster.up()


def _pause_one(site: Site) -> str:
    number = follower_with_primaries(site)
    site.cluster.pause(number)
    return f"SIGSTOP of node {number}"


def _pause_all(site: Site) -> str:
    site.cluster.pause(*_all(site))
    return "SIGSTOP of all nodes"


def _resume(site: Site) -> None:
    site.cluster.resume(*_all(site))


FLOODED: Final[Mapping[str, str]] = {"low": "3000tb", "high": "2000tb", "flood_stage": "1000tb"}
"""Bytes that have to be free: no disk has so many."""

ROOMY: Final[Mapping[str, str]] = {"low": "3b", "high": "2b", "flood_stage": "1b"}


def _flood(site: Site) -> str:
    set_watermarks(site, FLOODED)
    return "the disks of all nodes count as full"


def _drain(site: Site) -> None:
    set_watermarks(site, ROOMY)


def set_watermarks(site: Site, watermarks: Mapping[str, str]) -> None:
    """What counts as a full disk; the cluster looks every ten seconds."""
    disk = "cluster.routing.allocation.disk"
    settings = {f"{disk}.watermark.{name}": size for name, size in watermarks.items()}
    settings |= {f"{disk}.threshold_enabled": "true", "cluster.info.update.interval": "10s"}
    change_settings(site, settings)


def change_settings(site: Site, settings: Mapping[str, str | bool | None]) -> None:
    """Of the whole cluster; None: as they were."""
    ask(site.target.urls[0], "/_cluster/settings", method="PUT", body={"persistent": dict(settings)})


KILLED_S: Final = 20.0
"""So long nodes stay dead: two that are left elect a manager, and go on, in a few seconds."""

HANGING_S: Final = 60.0
"""A node that hangs is put out by the others after three checks of ten seconds each."""

FULL_S: Final = 45.0

FAULTS: Final = (
    Fault(name="one", moment=Moment.INDEXING, strike=_kill_one, mend=_start, hold_s=KILLED_S),
    Fault(name="manager", moment=Moment.INDEXING, strike=_kill_manager, mend=_start, hold_s=KILLED_S),
    Fault(name="all", moment=Moment.INDEXING, strike=_kill_all, mend=_start, hold_s=0.0),
    Fault(name="pause", moment=Moment.SETTLED, strike=_pause_one, mend=_resume, hold_s=HANGING_S),
    Fault(name="hang", moment=Moment.SETTLED, strike=_pause_all, mend=_resume, hold_s=HANGING_S),
    Fault(name="full", moment=Moment.SETTLED, strike=_flood, mend=_drain, hold_s=FULL_S),
)


def _all(site: Site) -> range:
    return range(1, site.cluster.size + 1)


def follower_with_primaries(site: Site) -> int:
    """The number of a node that does not manage the cluster and has a first copy of a shard.

    Raises LookupError where the manager has them all.
    """
    rows = ask(site.target.urls[0], f"/_cat/shards/{site.target.prefix}-0*?format=json&h=prirep,node")
    assert isinstance(rows, list)
    manager = f"node-{site.cluster.elected()}"
    holders = sorted({str(row["node"]) for row in rows if row["prirep"] == "p"} - {manager})
    if not holders:
        raise LookupError("all first copies of shards are on the node that manages the cluster")
    return int(holders[0].removeprefix("node-"))

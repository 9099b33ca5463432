"""What the model takes for granted. None of this comes out of the figures that it is fitted to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from benchmarks.opensearch.questions import CHARACTER, CLUSTERS, FILTERED, NEWEST, OR, PHRASE, WORD

GB: Final = 1e9

MIX: Final[Mapping[str, float]] = {
    CLUSTERS: 0.40,
    FILTERED: 0.20,
    OR: 0.10,
    PHRASE: 0.15,
    NEWEST: 0.10,
    WORD: 0.03,
    CHARACTER: 0.02,
}
"""Shares of the classes of queries; sum 1. By hand: there is no log of a large site to take them from. A
query as the page sends it lets copies be one hit, so that this class is the largest. No answer is kept for
the next who asks the same: with a cache, rates here are those of different questions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """One node of the cluster, or the one machine without one. Its processors are as fast as those of the
    machine that was measured."""

    processors: int = 16
    memory: float = 64 * GB
    disk: float = 2_000 * GB


MACHINE: Final = Machine()
"""A usual size of rented machines, with a disk of its own; by hand."""

UNCACHED: Final = 0.5
"""Share of the memory that is not there for files of the index: the heap of a node (docs/opensearch.md), or
the program and its workers."""

HOT: Final = 0.5
"""Share of the index that must be in memory for the measured times to hold: these were taken with all of it
there. By hand, not measured; stored texts and old articles are read seldom."""

GENERATIONS: Final = 2
"""Indexes on the disk while a rebuild runs."""

DISK_FULL: Final = 0.85
"""Of the disk: above it a node takes no new shard (`cluster.routing.allocation.disk.watermark.low`)."""

SHARD_BYTES: Final = 25 * GB
"""Of a shard at most: what recovers in minutes, as docs/opensearch.md advises."""

BUSIEST: Final = 0.5
"""Of the processors that queries may take at the mean; the rest is for peaks, indexing and merging."""

COPIES: Final = 2
"""Of each shard at least, so that one node may die."""

LEAST_NODES: Final = 3
"""So that two are left to agree when one dies."""

SPARE_NODES: Final = 1
"""May be away, with the others carrying the load within the bounds above."""

LEAST_SERVERS: Final = 2
"""Machines that only serve, so that one may die."""

NETWORK_MS: Final = 1.0
"""Between client, server and nodes, for an answer altogether: one rack or data centre. The figures were taken
on one machine."""

TARGET_P99_MS: Final = 300.0
"""What the slowest hundredth of the answers may take; more feels like waiting. By hand."""

Z99: Final = 2.326
"""The 99th percentile of the standard normal distribution."""

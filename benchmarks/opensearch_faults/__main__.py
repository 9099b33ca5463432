"""Breaks three nodes, as articles come in and searches are asked, and says which promises were kept.

    python -m benchmarks.opensearch_faults --work FOLDER [--articles 20000] [--backlog 1000] [--fault NAME]

A cluster of three nodes is started, with 3 GB of memory, and deleted at the end, and another one for `cut`.
Each fault has an index of 3 shards with a replica there, and a folder of its own in FOLDER. Faults:

    one manager all    `kill -9` of a node, of the manager, of all at once, as --articles come in
    pause hang         SIGSTOP of a node, of all, and --backlog articles meanwhile
    full               the disks of all nodes count as full, and --backlog articles meanwhile
    cut                a node in a network namespace is cut off, and --backlog articles meanwhile; needs root
    control            batches come late and once more, with the versions of the changes and without

For each it prints what was lost, twice or brought back, how searches were answered, held against the exact
number that the answered state of the index has to give, and when all was well again. Ends with 1 where a
promise was broken or could not be tried, and where the control without versions lost nothing.
"""

import argparse
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from benchmarks.engines.bench import say
from benchmarks.opensearch.target import Target
from benchmarks.opensearch_faults.control import repeated
from benchmarks.opensearch_faults.cut import carrying, cut_off, namespace, reason_not_to
from benchmarks.opensearch_faults.faults import FAULTS, Fault
from benchmarks.opensearch_faults.late_line import as_sent, without_versions
from benchmarks.opensearch_faults.run import Size, run, wait_for
from benchmarks.opensearch_faults.site import Site
from tests.opensearch.cluster import OwnCluster, free_ports, own_cluster

CONTROL: Final = "control"
CUT: Final = "cut"
NODES: Final = 3


@contextmanager
def site_on(cluster: OwnCluster, work: Path, name: str) -> Iterator[Site]:
    """A folder of this name, and an index of three shards with a replica that is deleted at the end."""
    folder = work / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    target = Target(urls=cluster.urls, prefix=f"faults-{name}", shards=NODES, replicas=1)
    site = Site(cluster, target, folder)
    wait_for(site.has_room)
    try:
        yield site
    finally:
        target.delete()


def control(cluster: OwnCluster, work: Path) -> bool:
    """Print both variants; whether the versions kept everything, and nothing else did."""
    variants = {"with-versions": as_sent, "without-versions": without_versions}
    held = {}
    for variant, rewrite in variants.items():
        with site_on(cluster, work, variant) as site:
            found = repeated(site, rewrite)
        print(found.line(variant), flush=True)
        held[variant] = found.hold
    return held["with-versions"] and not held["without-versions"]


def broken(fault: Fault, cluster: OwnCluster, work: Path, size: Size) -> bool:
    """Print what comes of a fault; whether a promise was broken."""
    say(f"{fault.name}: {fault.moment.value}")
    with site_on(cluster, work, fault.name) as site:
        outcome = run(fault, site, size)
    print("\n".join(outcome.lines()), flush=True)
    return any(outcome.broken())


def on_one_machine(chosen: Iterable[str], work: Path, size: Size) -> bool:
    """Run the control and the faults that need no network; whether a promise was broken."""
    with own_cluster(NODES) as cluster:
        found = [CONTROL in chosen and not control(cluster, work)]
        found += [broken(one, cluster, work, size) for one in FAULTS if one.name in chosen]
    return any(found)


def over_a_network(work: Path, size: Size) -> bool:
    """Cut a network; whether a promise was broken, or none could be tried since no network can be made."""
    if (reason := reason_not_to()) is not None:
        print(f"{CUT}: not run: {reason}", flush=True)
        return True
    port = free_ports()
    with (
        namespace() as made,
        carrying(made, port, NODES),
        own_cluster(NODES, *made.option, port=port) as cluster,
    ):
        return broken(cut_off(made), cluster, work, size)


def main() -> int:
    """Print a line for each fault; 1 where a promise was broken or could not be tried."""
    here = [CONTROL, *(fault.name for fault in FAULTS)]
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--backlog", type=int, default=1_000)
    parser.add_argument("--fault", choices=[*here, CUT], action="append", help="all without it")
    given = parser.parse_args()
    size = Size(articles=given.articles, backlog=given.backlog)
    chosen = given.fault or [*here, CUT]
    found = [bool({*here}.intersection(chosen)) and on_one_machine(chosen, given.work, size)]
    found.append(CUT in chosen and over_a_network(given.work, size))
    return int(any(found))


if __name__ == "__main__":
    sys.exit(main())

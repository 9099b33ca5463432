"""The command line of `scripts/opensearch`.

Exit status: 0 done, 1 `status` found something that does not run, 2 it could not be done; one line says why.
"""

import argparse
import os
import re
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from opensearch_cluster import cluster, processes
from opensearch_cluster.java import find_java
from opensearch_cluster.layout import Layout
from opensearch_cluster.problem import Problem
from opensearch_cluster.release import NEWEST, SHA256, cache_folder

PROGRAM = "scripts/opensearch"
DEFAULT_PORT = 9200
HEAP_OF_ONE = "1g"
HEAP_OF_THREE = "512m"
OF_NODES = {
    "stop": "stop nodes; up starts them again",
    "kill": "kill nodes, all at once, as a power cut would",
    "pause": "have nodes hang",
    "resume": "have them go on",
}


class OneLineParser(argparse.ArgumentParser):
    """Says what is wrong in one line, as the other scripts do."""

    def error(self, message: str) -> NoReturn:
        raise Problem(f"{message}; mend it with: {PROGRAM} --help")


def heap_size(text: str) -> str:
    """Such as 512m or 1g."""
    if re.fullmatch("[1-9][0-9]{0,4}[mg]", text) is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a size such as 512m or 1g")
    return text


def port_number(text: str) -> int:
    """One that leaves room for the ports above it."""
    if text.isascii() and text.isdigit() and 1024 <= int(text) <= 65000:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a port from 1024 to 65000")


def make_parser() -> argparse.ArgumentParser:
    """What can be asked for."""
    where = OneLineParser(add_help=False)
    where.add_argument(
        "--port", type=port_number, default=DEFAULT_PORT, help="HTTP port of the first node (%(default)s)"
    )
    where.add_argument("--folder", type=Path, help="where the cluster lies (in the cache, one for each port)")
    parser = OneLineParser(
        prog=PROGRAM, description="A real OpenSearch on 127.0.0.1, without TLS and passwords."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    up = commands.add_parser("up", parents=[where], help="start what does not run, and wait until it answers")
    up.add_argument("--nodes", type=int, choices=(1, 3), default=1)
    up.add_argument("--version", choices=tuple(SHA256), default=NEWEST)
    up.add_argument("--heap", type=heap_size, help=f"of each node ({HEAP_OF_ONE}; of three {HEAP_OF_THREE})")
    up.add_argument(
        "--apart",
        metavar="NAMESPACE",
        help="run the last node in a network namespace of the test's own, which carries what goes to the "
        "loopback addresses inside and outside",
    )
    down = commands.add_parser("down", parents=[where], help="stop all nodes; their data stays")
    down.add_argument("--delete-data", action="store_true", help="and remove all that they had")
    commands.add_parser("status", parents=[where], help="say what runs; status 1 unless all does")
    commands.add_parser("java", help="say where the Java is that the nodes run on")
    for name, text in OF_NODES.items():
        commands.add_parser(name, parents=[where], help=text).add_argument(
            "nodes", type=int, nargs="+", metavar="NODE"
        )
    return parser


def run(given: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """Do what was asked for; the exit status. Raises Problem."""
    if given.command == "java":
        print(find_java(environment))
        return 0
    cache = cache_folder(environment)
    folder = (given.folder or cache / f"cluster-{given.port}").absolute()
    if given.command == "up":
        return _up(given, folder, cache, environment)
    layout = Layout.load(folder)
    if layout is None:
        print(f"there is no cluster in {folder}")
        return 1 if given.command != "down" else 0
    match given.command:
        case "down":
            cluster.down(layout)
            if given.delete_data:
                cluster.delete(layout)
        case "status":
            lines, is_well = cluster.status(layout)
            print("\n".join(lines))
            return 0 if is_well else 1
        case "stop":
            processes.stop(*cluster.nodes_of(layout, given.nodes))
        case "kill":
            processes.kill(*cluster.nodes_of(layout, given.nodes))
        case "pause":
            processes.pause(*cluster.nodes_of(layout, given.nodes))
        case "resume":
            processes.resume(*cluster.nodes_of(layout, given.nodes))
    return 0


def _up(given: argparse.Namespace, folder: Path, cache: Path, environment: Mapping[str, str]) -> int:
    layout = Layout(folder, given.port, given.nodes, given.apart)
    heap = given.heap or (HEAP_OF_ONE if given.nodes == 1 else HEAP_OF_THREE)
    began = time.monotonic()
    cluster.up(layout, version=given.version, heap=heap, cache=cache, environment=environment)
    addresses = ",".join(node.url for node in layout.nodes)
    print(f"OpenSearch {given.version} answers at {addresses} (after {time.monotonic() - began:.0f} s)")
    return 0


def main(arguments: Sequence[str]) -> int:
    """The exit status."""
    # The nodes may belong to another user, who has to read what is written here.
    os.umask(0o022)
    try:
        return run(make_parser().parse_args(arguments), os.environ)
    except Problem as problem:
        print(f"{PROGRAM}: {problem}", file=sys.stderr)
        return 2
    except PermissionError as error:
        print(
            f"{PROGRAM}: {error.filename}: {error.strerror}; mend it with: --folder FOLDER", file=sys.stderr
        )
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Measures the site under load, beside Datasette and beside a bare application on our engine.

    python -m benchmarks.http DATA_FOLDER [--work FOLDER] [--rounds N] [--seconds S]

DATA_FOLDER is a data folder with an index of all articles. Needs wrk (apt-get install wrk) and the dependency
group `bench`. Each server has two workers; blocks of load alternate between them. `--work` keeps the
database of the peer. The last lines are the stages that Server-Timing names where no answer is kept, in
milliseconds.
"""

import argparse
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from benchmarks.http import ours, peer
from benchmarks.http.load import Block, load
from benchmarks.http.questions import Question, draw, sample_of
from benchmarks.http.servers import Server, serving
from benchmarks.http.stages import stages
from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from web.serving.opening import open_analyzer

SEED: Final = 20_261_128
CONNECTIONS: Final = 8
SITE, FORGETFUL, BARE, PEER = "site", "site without its cache", "bare application", "Datasette"
PATHS: Final = {
    SITE: ours.path_of,
    FORGETFUL: ours.path_of,
    BARE: ours.bare_path_of,
    PEER: peer.path_of,
}
APPLICATIONS: Final = {
    SITE: "benchmarks.http.ours:site",
    FORGETFUL: "benchmarks.http.ours:forgetful_site",
    BARE: "benchmarks.http.ours:bare",
    PEER: "benchmarks.http.peer:app",
}


def main() -> int:
    """Print a line for each server, the ratios, and the stages."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--work", type=Path, help="a folder to keep; a temporary one by default")
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--seconds", type=int, default=5, help="of a block")
    arguments.add_argument("--servers", default=",".join(PATHS), help=f"of {', '.join(PATHS)}")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        work: Path = given.work or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        names = [name for name in PATHS if name in given.servers.split(",")]
        measure(given.folder, work, names, rounds=given.rounds, seconds=given.seconds)
    return 0


def measure(data: Path, work: Path, names: Sequence[str], *, rounds: int, seconds: int) -> None:
    """Build what is missing, start the servers, and load them in turn."""
    questions = prepare(data, work, needs_peer=PEER in names)
    files = {name: write_paths(work, questions, name) for name in names}
    with ExitStack() as stack:
        servers = {
            name: stack.enter_context(
                serving(APPLICATIONS[name], work if name == PEER else data, PATHS[name](questions[0]))
            )
            for name in names
        }
        full = blocks(servers, files, rounds, seconds, {})
        print_blocks("as fast as it answers", full)
        alone = blocks(servers, files, 1, seconds, {}, connections=1)
        pauses = {name: pause_for_half(full[name], alone[name]) for name in servers}
        print_blocks("at half of that", blocks(servers, files, rounds, seconds, pauses))
        if FORGETFUL in servers:
            for name, milliseconds in stages(servers[FORGETFUL].port, files[FORGETFUL]).items():
                print(f"{name:<12}{milliseconds:8.2f}")


def prepare(data: Path, work: Path, *, needs_peer: bool) -> tuple[Question, ...]:
    """The questions, and the database of the peer."""
    folder = DataFolder(data)
    analyzer = open_analyzer(folder)
    with CorpusReader.open(folder) as articles:
        if needs_peer:
            peer.build(work, articles.export(), analyzer)
        return draw(sample_of(articles), analyzer, SEED)


def write_paths(work: Path, questions: Sequence[Question], name: str) -> Path:
    """A file of what this server is asked for."""
    file = work / f"{name.replace(' ', '-')}.paths"
    file.write_text("".join(f"{PATHS[name](question)}\n" for question in questions), encoding="ascii")
    return file


def blocks(
    servers: Mapping[str, Server],
    files: Mapping[str, Path],
    rounds: int,
    seconds: int,
    pauses: Mapping[str, float],
    *,
    connections: int = CONNECTIONS,
) -> dict[str, list[Block]]:
    """So many blocks for each server, in turn; the first round of all warms them up and is not counted."""
    found: dict[str, list[Block]] = defaultdict(list)
    for number in range(rounds + 1):
        for name, server in servers.items():
            block = load(
                server.port,
                files[name],
                connections=connections,
                seconds=seconds,
                processes=server.processes,
                pause_ms=pauses.get(name, 0.0),
            )
            if number:
                found[name].append(block)
    return found


def pause_for_half(full: Sequence[Block], alone: Sequence[Block]) -> float:
    """The mean pause of a connection that halves the rate, in milliseconds.

    An answer is taken to need as long at half load as to a client that is alone.
    """
    cycle = CONNECTIONS / (statistics.median(block.rate for block in full) / 2) * 1000
    return max(0.0, cycle - 1000 / statistics.median(block.rate for block in alone))


def print_blocks(title: str, found: Mapping[str, Sequence[Block]]) -> None:
    print(title)
    print(f"{'':<18}{'req/s':>9}{'p50 ms':>9}{'p99 ms':>9}{'CPU ms':>9}{'errors':>8}")
    for name, some in found.items():
        rate, p50, p99, cpu = (
            statistics.median(values)
            for values in zip(*((one.rate, one.p50_ms, one.p99_ms, one.cpu_ms) for one in some), strict=True)
        )
        errors = sum(one.errors for one in some)
        print(f"{name:<18}{rate:9.0f}{p50:9.1f}{p99:9.1f}{cpu:9.2f}{errors:8}")


if __name__ == "__main__":
    sys.exit(main())

"""Takes a whole collection in, without the index: speed by stage, memory, and whether a killed run matters.

python -m benchmarks.ingest DATA: the folder with the articles (.jsonl.gz), read in the order of their names.
Three runs: one to the end; one that is killed when half of the articles are stored, and then one that goes on
from there. The first and the last have to hold the same.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from index.composing import ComposingPool
from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from index.ingest import Failed, Ingest, Stored, Summary
from index.readers.files import read_paths

SAMPLE_S = 0.5


def store(root: str, files: list[str]) -> None:
    """Take the files in; a line of JSON for each batch, and one at the end."""
    ingest = Ingest(DataFolder(Path(root)), ComposingPool.on_all_processors())
    for event in ingest.run(read_paths(map(Path, files))):
        match event:
            case Stored():
                print(json.dumps({"stored": event.new + event.updated + event.unchanged}), flush=True)
            case Failed():
                print(json.dumps({"failed": f"{event.location}: {event.reason}"}), flush=True)
            case Summary():
                counts = {"new": event.new, "unchanged": event.unchanged, "failed": event.failed}
                print(json.dumps({"summary": counts, "seconds": event.seconds}), flush=True)


def family(pid: int) -> Iterator[int]:
    """A process and all that it has started."""
    waiting = [pid]
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            parents.setdefault(parent, []).append(int(stat.parent.name))
    while waiting:
        pid = waiting.pop()
        yield pid
        waiting += parents.get(pid, [])


def proportional_memory(pid: int) -> int:
    """Bytes that a process and its children hold; what they share is counted once."""
    total = 0
    for member in family(pid):
        with suppress(OSError):
            for line in Path(f"/proc/{member}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) * 1024
    return total


def run(root: Path, files: list[Path], kill_at: int | None) -> dict[str, object]:
    """One run in a process of its own; its last report, with the time and the most memory that it had."""
    command = [sys.executable, "-m", "benchmarks.ingest", "--store", str(root), *map(str, files)]
    began, most, stored, looked = time.perf_counter(), 0, 0, 0.0
    report: dict[str, object] = {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            event = json.loads(line)
            stored += event.get("stored", 0)
            if "failed" in event:
                print("failed:", event["failed"])
            report = event
            if time.perf_counter() - looked > SAMPLE_S:
                looked = time.perf_counter()
                most = max(most, proportional_memory(process.pid))
            if kill_at is not None and stored >= kill_at:
                process.kill()
                break
    return {**report, "articles": stored, "wall": time.perf_counter() - began, "memory": most}


def contents(root: Path) -> tuple[int, str]:
    """How many articles a data folder holds, and a digest of all of them and of their clusters."""
    digest, count = hashlib.sha256(), 0
    with CorpusReader.open(DataFolder(root)) as reader:
        for article in reader.export():
            count += 1
            digest.update(repr(article).encode("utf-8", "surrogatepass"))
            digest.update(repr(reader.cluster(article.id)).encode())
    return count, digest.hexdigest()


def show(name: str, report: dict[str, object]) -> None:
    wall, articles = report["wall"], report["articles"]
    assert isinstance(wall, float)
    assert isinstance(articles, int)
    memory = report["memory"]
    assert isinstance(memory, int)
    rate = f"{articles / wall:,.0f}/s"
    print(f"{name}: {articles:,} articles in {wall:.0f} s, {rate}, at most {memory >> 20} MiB")
    seconds = report.get("seconds")
    if isinstance(seconds, dict):
        for stage, taken in seconds.items():
            assert isinstance(taken, float)
            print(f"  {stage:9} {taken:8.1f} s  {articles / taken:10,.0f} articles/s of one processor")


def main(data: Path) -> int:
    files = sorted(data.rglob("*.jsonl.gz"))
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
        whole, halved = Path(folder) / "whole", Path(folder) / "halved"
        first = run(whole, files, None)
        show("one run", first)
        articles = first["articles"]
        assert isinstance(articles, int)
        show("killed half-way", run(halved, files, articles // 2))
        show("run again", run(halved, files, None))
        one, other = contents(whole), contents(halved)
    verdict = "equal" if one == other else "DIFFERENT"
    print(f"{one[0]:,} and {other[0]:,} articles; {verdict} contents and clusters")
    return 0 if one == other else 1


if __name__ == "__main__":
    if sys.argv[1] == "--store":
        store(sys.argv[2], sys.argv[3:])
    else:
        sys.exit(main(Path(sys.argv[1])))

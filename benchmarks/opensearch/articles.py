"""The articles of a run, and the data folder that holds them."""

import gzip
from collections.abc import Iterator
from pathlib import Path

from benchmarks.opensearch.processes import finish
from index.data_folder import DataFolder
from tests.processes import command, environment


def stored(data: Path, work: Path, count: int) -> DataFolder:
    """A data folder with `count` articles of the collection in `data`, spread evenly over it, and an index
    of its own. Made once."""
    folder = work / f"data-{count}"
    whole = work / f"data-{count}.whole"
    if not whole.exists():
        rows = work / f"articles-{count}.jsonl"
        with rows.open("wb") as written:
            written.writelines(evenly(sorted((data / "bulk").glob("*.jsonl.gz")), count))
        finish(command(folder, "ingest", str(rows)), environment())
        whole.touch()
    return DataFolder(folder)


def evenly(paths: list[Path], count: int) -> Iterator[bytes]:
    """So many lines of these files, at equal distances; all where there are no more."""
    total = sum(1 for _ in lines_of(paths))
    wanted = min(count, total)
    for place, line in enumerate(lines_of(paths)):
        if (place + 1) * wanted // total != place * wanted // total:
            yield line


def lines_of(paths: list[Path]) -> Iterator[bytes]:
    for path in paths:
        with gzip.open(path) as file:
            yield from file

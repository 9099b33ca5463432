"""P2: readers beside a writer never see a part of a batch of articles.

For the index see `test_readers_and_writer`. The control commits in the middle of each batch.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from index.corpus.reader import CorpusReader
from index.corpus.writer import CorpusWriter
from index.data_folder import DataFolder
from index.writer_lock import WriterLock
from tests.processes import unmeasured_environment

ROOT = Path(__file__).resolve().parents[2]
BATCH = 10
LAST = 20 * BATCH
"""Readers are satisfied with so many articles."""

LONGEST_S = 120
"""So long is waited for what is to be seen; it takes about a second."""

WRITER = f"""
import sys
from itertools import count
from pathlib import Path
from index.corpus.writer import CorpusWriter
from index.data_folder import DataFolder
from index.writer_lock import WriterLock
from tests.index.corpus.samples import ORIGINAL, numbered

folder = DataFolder(Path(sys.argv[1]))
for batch in count():
    with WriterLock(folder.lock), CorpusWriter.open(folder) as writer:
        for number in range({BATCH}):
            writer.put(numbered(batch * {BATCH} + number), ORIGINAL)
            AFTER_EACH
        writer.commit()
"""

WHOLE = WRITER.replace("AFTER_EACH", "")

IN_HALVES = WRITER.replace(
    "AFTER_EACH", f"if number == {BATCH // 2}: writer.commit(), __import__('time').sleep(0.05)"
)


def sizes_seen(program: str, folder: DataFolder, is_enough: Callable[[set[int]], bool]) -> set[int]:
    """How many articles and entries of the journal were seen while a process wrote, until that is enough."""
    folder.create()
    with WriterLock(folder.lock), CorpusWriter.open(folder):
        pass
    seen: set[int] = set()
    command = [sys.executable, "-c", program, str(folder.root)]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=unmeasured_environment(), cwd=ROOT
    )
    deadline = time.monotonic() + LONGEST_S
    try:
        with CorpusReader.open(folder) as reader:
            while not is_enough(seen) and process.poll() is None and time.monotonic() < deadline:
                seen |= {reader.stats().articles, reader.last_sequence(), len(reader.holdings().ids)}
    finally:
        process.kill()
        errors = process.communicate()[1].decode()
    assert is_enough(seen), f"{sorted(seen)[-5:]} {errors}"
    return seen


def parts(sizes: set[int]) -> list[int]:
    """Those that are not whole batches."""
    return sorted(size for size in sizes if size % BATCH)


@pytest.mark.timeout(LONGEST_S * 2)
def test_readers_see_whole_batches(tmp_path: Path) -> None:
    seen = sizes_seen(WHOLE, DataFolder(tmp_path / "data"), lambda sizes: max(sizes, default=0) >= LAST)
    assert parts(seen) == []


@pytest.mark.timeout(LONGEST_S * 2)
def test_control_a_commit_in_the_middle_of_a_batch_is_seen(tmp_path: Path) -> None:
    seen = sizes_seen(IN_HALVES, DataFolder(tmp_path / "data"), lambda sizes: bool(parts(sizes)))
    assert parts(seen) != []

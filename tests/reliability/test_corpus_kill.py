"""A writer killed at any moment loses nothing that it acknowledged and leaves nothing half done (P1, P2)."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.corpus.check import check_corpus
from index.corpus.reader import CorpusReader
from index.corpus.writer import CorpusWriter
from index.data_folder import DataFolder
from tests.index.corpus.samples import numbered

ROOT = Path(__file__).resolve().parents[2]
KILLS = 8
BATCH = 10

WRITER = f"""
import sys
from pathlib import Path
from index.corpus.writer import CorpusWriter
from index.data_folder import DataFolder
from index.writer_lock import WriterLock
from tests.index.corpus.samples import ORIGINAL, numbered

folder = DataFolder(Path(sys.argv[1]))
batch = int(sys.argv[2])
while True:
    with WriterLock(folder.lock), CorpusWriter.open(folder) as writer:
        for number in range(batch * {BATCH}, (batch + 1) * {BATCH}):
            writer.put(numbered(number, "正文" * 500), ORIGINAL)
        # ACKNOWLEDGED TOO EARLY
        writer.commit()
    print(batch, flush=True)
    batch += 1
"""

TOO_EARLY = WRITER.replace(
    "# ACKNOWLEDGED TOO EARLY", "print(batch, flush=True); __import__('time').sleep(0.05)"
)


def acknowledged_before_kill(program: str, folder: DataFolder, first: int, delay: float) -> list[int]:
    """Run a writer until `delay` seconds after its first batch; every batch that it acknowledged."""
    command = [sys.executable, "-c", program, str(folder.root), str(first)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        begun = process.stdout.readline()
        time.sleep(delay)
        process.kill()
        lines = [begun, *process.stdout]
    # The last line may be cut in the middle.
    return [int(line) for line in lines if line.endswith("\n")]


def batches(folder: DataFolder) -> dict[int, int]:
    """How many articles of each batch are stored."""
    sizes: dict[int, int] = {}
    with CorpusReader.open(folder) as reader:
        for article in reader.export():
            batch = int(article.id.removeprefix("article-")) // BATCH
            sizes[batch] = sizes.get(batch, 0) + 1
    return sizes


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    return folder


def test_kills_at_random_moments_lose_nothing_acknowledged(folder: DataFolder) -> None:
    draw = random.Random(20241014)
    acknowledged: list[int] = []
    for _ in range(KILLS):
        first = len(batches(folder)) if acknowledged else 0
        acknowledged += acknowledged_before_kill(WRITER, folder, first, draw.uniform(0, 0.1))
        stored = batches(folder)
        assert set(acknowledged) <= stored.keys()
        assert set(stored.values()) == {BATCH}
        assert sorted(stored) == list(range(len(stored)))
    assert len(acknowledged) > KILLS
    assert list(check_corpus(folder)) == []
    with CorpusReader.open(folder) as reader:
        assert reader.last_sequence() == len(batches(folder)) * BATCH
        assert reader.articles([numbered(0).id]) == {numbered(0).id: numbered(0, "正文" * 500)}


def test_an_acknowledgement_before_the_commit_would_be_found(folder: DataFolder) -> None:
    """The control of the test above: with this fault it fails."""
    CorpusWriter.open(folder).close()
    acknowledged = acknowledged_before_kill(TOO_EARLY, folder, 0, 0)
    assert not set(acknowledged) <= batches(folder).keys()

"""Making vectors is killed again and again: nothing that was stored is lost or wrong."""

import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from tests.index.vectors.folder import VectorFolder
from tests.index.vectors.states import assert_holds, expected
from tests.index_states import some_articles
from tests.processes import unmeasured_environment

ROOT = Path(__file__).resolve().parents[2]
NAMES = [f"a{number}" for number in range(60)]

PROGRAM = """
import sys, time
from pathlib import Path
import index.vectors.filler
from tests.embedders import PairEmbedder
from tests.index.vectors.folder import VectorFolder
index.vectors.filler.BATCH_CHANGES = 3
folder = VectorFolder(Path(sys.argv[1]), PairEmbedder(before=lambda texts: time.sleep(0.002)))
print("ready", flush=True)
folder.fill()
"""


@pytest.mark.slow
def test_after_every_kill_it_goes_on_from_what_is_on_the_disk(tmp_path: Path) -> None:
    folder = VectorFolder(tmp_path / "data")
    folder.change(some_articles(NAMES))
    random = Random(5)
    covered = [0]
    kills = 0
    longest = 0.15
    while covered[-1] < len(NAMES):
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(folder.folder.root)],
            cwd=ROOT,
            env=unmeasured_environment(),
            stdout=subprocess.PIPE,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(random.uniform(0.02, longest))
        process.kill()
        kills += process.wait() != 0
        process.stdout.close()
        table = folder.table()
        covered.append(table.covered.sequence)
        # A slow machine gets nothing done in so little time, and would be at it for ever.
        longest *= 1 if covered[-1] > covered[-2] else 2
        made = {name: rows for name, rows in expected(folder).items() if name in table.places}
        assert_holds(table, made)
    assert kills
    assert covered == sorted(covered)
    assert folder.fill() is None
    assert_holds(folder.table(), expected(folder))

"""A writer killed at any moment leaves clusters that agree with the articles it stored."""

import random
import subprocess
import sys
import time
from pathlib import Path

from index.corpus.check import check_corpus
from index.corpus.reader import CorpusReader
from index.corpus.writer import CorpusWriter
from index.data_folder import DataFolder
from tests.index.corpus.copies import members

ROOT = Path(__file__).resolve().parents[3]
KILLS = 4

WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
from index.corpus import sketches
from index.corpus.writer import CorpusWriter
from index.data_folder import DataFolder
from index.writer_lock import WriterLock
from tests.index.corpus.copies import FIRST
from tests.index.corpus.samples import ORIGINAL
from tests.index.reposts.samples import text_of

sketches.RECENT = 100
folder = DataFolder(Path(sys.argv[1]))
number = int(sys.argv[2])
while True:
    with WriterLock(folder.lock), CorpusWriter.open(folder) as writer:
        for copy in range(3):
            writer.put(replace(FIRST, id=f"{number}-{copy}", body=text_of(number)), ORIGINAL)
        if number:
            writer.delete(f"{number - 1}-2")
        writer.commit()
    print(number, flush=True)
    number += 1
"""


def test_kills_at_random_moments_leave_clusters_right(folder: DataFolder) -> None:
    CorpusWriter.open(folder).close()
    draw = random.Random(20241014)
    batches = 0
    for _ in range(KILLS):
        command = [sys.executable, "-c", WRITER, str(folder.root), str(batches)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(draw.uniform(0, 0.1))
            process.kill()
        assert list(check_corpus(folder)) == []
        with CorpusReader.open(folder) as reader:
            stored = reader.holdings().ids
            batches = len({article_id.partition("-")[0] for article_id in stored})
            for number in range(batches):
                copies = {f"{number}-0", f"{number}-1"} | ({f"{number}-2"} & stored)
                assert members(reader, f"{number}-1") == copies
            assert reader.stats().duplicate_groups == batches
            assert f"{batches - 2}-2" not in stored
    assert batches >= KILLS

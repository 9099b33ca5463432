"""Kills processes that write an index, and looks at what they leave."""

from pathlib import Path
from random import Random

from index.generation import current
from index.whoosh.store import WhooshStore
from search.ranking import Ranking
from search.whoosh.engine import WhooshEngine
from tests.reliability.beside import killed_after, writer_command
from tests.reliability.history import ANALYZER, History, wrong_answers
from tests.reliability.history_writer import commit, opened

LONGEST_S = 0.4
"""After its first commit a writer is killed within so long: some dozen commits, now and then a rebuild."""


def problems(root: Path, acknowledged: list[int]) -> list[str]:
    """What a process that starts after the kill finds wrong; it makes one commit more."""
    engine = WhooshEngine(root, ANALYZER, Ranking())
    snapshot = engine.snapshot()
    found = [*engine.passed_over(), *wrong_answers(snapshot, History())]
    if not acknowledged[-1] <= snapshot.sequence <= acknowledged[-1] + 1:
        found.append(f"{snapshot.sequence} is there, {acknowledged[-1]} was acknowledged")
    store = WhooshStore(root, ANALYZER)
    history = History()
    writer = opened(store, history)
    commit(writer, history)
    writer.close()
    found += wrong_answers(engine.snapshot(), history)
    live = current(root)
    named = {"manifest.json", *(file.name for file in live.manifest().files)}
    found += [f"{path.name} is left over" for path in live.folder.iterdir() if path.name not in named]
    return found


def kill_again_and_again(root: Path, kills: int) -> None:
    """Assert that each kill of a writer, at a random moment, leaves its last commit."""
    random = Random(kills)
    commits = 0
    for _ in range(kills):
        acknowledged = killed_after(writer_command(root), random.uniform(0, LONGEST_S))
        assert problems(root, acknowledged) == []
        commits += len(acknowledged)
    assert commits > kills, "most kills came before a second commit: the test shows too little"

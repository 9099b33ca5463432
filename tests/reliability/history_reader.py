"""A process that reads an index which another one writes: `-m … FOLDER SECONDS`; prints a `Report`."""

import sys
import time
from collections import deque
from pathlib import Path
from typing import Final

import msgspec

from search.engine import Snapshot
from search.errors import IndexUnavailable
from search.ranking import Ranking
from search.whoosh.engine import WhooshEngine
from tests.reliability.history import ANALYZER, QUESTIONS, History, wrong_answers

KEPT: Final = 5
"""States that are asked again when so many newer ones were seen."""

PAUSE_S: Final = 0.01


class Report(msgspec.Struct, frozen=True):
    """Different `states` that were seen, `answers` that were compared, and what was `wrong`."""

    states: int
    answers: int
    wrong: list[str]


def read(root: Path, seconds: float) -> Report:
    """Ask every new state everything, and old ones again, for so long."""
    engine = WhooshEngine(root, ANALYZER, Ranking())
    end = time.monotonic() + seconds
    history = History()
    kept: deque[tuple[Snapshot, History]] = deque()
    wrong: list[str] = []
    states = answers = 0
    seen = ""
    while time.monotonic() < end:
        try:
            snapshot = engine.snapshot()
        except IndexUnavailable:
            time.sleep(PAUSE_S)
            continue
        if snapshot.generation == seen:
            time.sleep(PAUSE_S)
            continue
        if snapshot.sequence < history.sequence:
            return Report(states, answers, [*wrong, f"{snapshot.generation} is older than {seen}"])
        seen = snapshot.generation
        wrong += wrong_answers(snapshot, history)
        wrong += engine.passed_over()
        states += 1
        answers += len(QUESTIONS)
        kept.append((snapshot, History(history.sequence, dict(history.versions))))
        if len(kept) > KEPT:
            wrong += wrong_answers(*kept.popleft())
            answers += len(QUESTIONS)
    return Report(states, answers, wrong)


if __name__ == "__main__":
    sys.stdout.buffer.write(msgspec.json.encode(read(Path(sys.argv[1]), float(sys.argv[2]))))

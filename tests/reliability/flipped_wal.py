"""Single bits that a disk flips by itself in the log of the database, and what becomes of each."""

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from random import Random
from typing import Final

from index.analysis.analyzer import Analyzer
from index.check import check_folder
from index.corpus.writer import CorpusWriter
from index.data_folder import DataFolder
from index.factory import open_store
from index.upkeep import Upkeep
from index.writer_lock import WriterLock
from tests.index.corpus.samples import ORIGINAL
from tests.reliability.flipped_database import NAMES, Answered, answered, samples, store_samples
from tests.reliability.flipped_index import Tally, flip, some_bit

BATCHES: Final = 8


class Ending(StrEnum):
    """What becomes of a flip."""

    CUT_OFF = "an earlier batch is the last one: told by a check"
    HARMLESS = "changed nothing"
    UNFOUND = "an earlier batch is the last one: not told"
    NO_STATE = "answers of no batch"


BAD: Final = frozenset({Ending.UNFOUND, Ending.NO_STATE})


def log_of(folder: DataFolder) -> Path:
    """The write-ahead log, which is there while somebody has the database open."""
    return folder.articles.with_name(f"{folder.articles.name}-wal")


@dataclass(frozen=True, slots=True)
class LogFlips:
    """Flips in the log that a killed writer left, each in a copy of the folder.

    `states` are what was answered after each batch, the last one first.
    """

    whole: DataFolder
    place: Path
    analyzer: Analyzer
    states: tuple[Answered, ...]

    @classmethod
    def of(cls, root: Path, place: Path, analyzer: Analyzer) -> "LogFlips":
        """The index covers all that was acknowledged."""
        living, whole = DataFolder(root), DataFolder(place / "whole")
        store_samples(living)
        states = [answered(living)]
        with WriterLock(living.lock), CorpusWriter.open(living) as writer:
            for batch in range(BATCHES):
                for article in samples(NAMES[batch : batch + 3], seed=2 + batch):
                    writer.put(article, ORIGINAL)
                writer.commit()
                states.insert(0, answered(living))
            Upkeep.of(living, analyzer).catch_up(lambda _: None)
            # While it is open: with the last connection SQLite empties the log and removes it.
            shutil.copytree(living.root, whole.root)
        return cls(whole, place, analyzer, tuple(states))

    def run(self, flips: int, random: Random) -> Tally:
        """So many flips anywhere in the log."""
        tally: Tally = Counter()
        for _ in range(flips):
            with self.flipped(some_bit(log_of(self.whole), random)) as folder:
                tally[log_of(folder).name, self.ending(folder)] += 1
        return tally

    @contextmanager
    def flipped(self, bit: int) -> Iterator[DataFolder]:
        """A copy in which this bit is flipped, gone at the end."""
        folder = DataFolder(self.place / "copy")
        # What a killed writer leaves of shared memory is of no use: the next one makes it anew.
        shutil.copytree(self.whole.root, folder.root, ignore=shutil.ignore_patterns("*-shm"))
        flip(log_of(folder), bit)
        try:
            yield folder
        finally:
            shutil.rmtree(folder.root)

    def ending(self, folder: DataFolder) -> Ending:
        """What became of the flip in this folder."""
        answers = answered(folder)
        if answers not in self.states:
            return Ending.NO_STATE
        if answers == self.states[0]:
            return Ending.HARMLESS
        return (
            Ending.CUT_OFF
            if list(check_folder(folder, open_store(folder, self.analyzer)))
            else Ending.UNFOUND
        )

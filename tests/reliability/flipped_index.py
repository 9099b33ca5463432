"""Single bits that a disk flips by itself in the files of an index, and what becomes of each."""

import os
import shutil
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from random import Random

from index.analysis.analyzer import Analyzer
from index.errors import GenerationDamaged, GenerationMissing
from index.generation import current
from index.whoosh.store import WhooshStore
from search.errors import IndexUnavailable
from search.ranking import Ranking
from search.whoosh.engine import WhooshEngine
from tests.index.site import Site
from tests.index_states import Answers, answers, some_articles

DIGITS = 9
"""Scores are sums over segments: their last digits depend on how many there are."""


def flip(path: Path, bit: int) -> None:
    """Flip a bit, counted from the start of the file, as a disk does: size, inode and times stay."""
    status = path.stat()
    with path.open("r+b") as file:
        file.seek(bit // 8)
        byte = file.read(1)[0]
        file.seek(bit // 8)
        file.write(bytes([byte ^ 1 << bit % 8]))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def some_bit(path: Path, random: Random) -> int:
    """Any bit of the file."""
    return random.randrange(path.stat().st_size * 8)


def site_of_two_generations(root: Path, analyzer: Analyzer) -> Site:
    """A folder with two generations that hold the same articles, the live one in three segments."""
    site = Site(root, analyzer)
    names = [f"a{number:02}" for number in range(30)]
    site.change(some_articles(names))
    site.rebuild()
    site.rebuild()
    for seed in (1, 0):
        site.change(some_articles(names[:2], seed))
        site.catch_up()
    return site


class Ending(StrEnum):
    """What becomes of a flip."""

    HEALED = "noticed and healed"
    HARMLESS = "changes nothing"
    UNNOTICED = "unnoticed"
    WRONG = "wrong answers"
    NOT_HEALED = "not healed"


BAD = frozenset({Ending.UNNOTICED, Ending.WRONG, Ending.NOT_HEALED})

Tally = Counter[tuple[str, StrEnum]]
"""How many flips in a kind of file ended so."""


@dataclass(frozen=True, slots=True)
class IndexFlips:
    """Flips in the live generation of a site, each in the same files as they were in the beginning.

    After each a new process starts, searches, and indexes.
    """

    site: Site
    whole: Path
    right: tuple[Answers, ...]

    @classmethod
    def of(cls, site: Site, whole: Path) -> "IndexFlips":
        """`whole` is where a copy of the files is kept.

        Right are the answers of the live generation, of one that was asked for, and of one that replaces a
        missing one: they hold the same articles, and weigh them by other average lengths.
        """
        shutil.copytree(site.folder.index, whole)
        right = [rounded(answers(site.engine, site.analyzer))]
        site.rebuild()
        right.append(rounded(answers(site.engine, site.analyzer)))
        shutil.rmtree(site.folder.index)
        site.catch_up()
        right.append(rounded(answers(site.engine, site.analyzer)))
        flips = cls(site, whole, tuple(right))
        flips.restore()
        return flips

    def run(self, flips: int, random: Random) -> Tally:
        """So many flips, the kinds of files in turn."""
        tally: Tally = Counter()
        kinds = sorted(self.files().items())
        for number in range(flips):
            kind, names = kinds[number % len(kinds)]
            path = random.choice(names)
            tally[kind, self.ending(path, some_bit(path, random))] += 1
            self.restore()
        return tally

    def ending(self, path: Path, bit: int) -> Ending:
        """What becomes of this flip."""
        live = current(self.site.folder.index)
        flip(path, bit)
        noticed = self._is_noticed()
        if not self.answers_right():
            return Ending.WRONG
        if not noticed:
            is_same = current(self.site.folder.index) == live and not path.is_relative_to(live.folder)
            return Ending.HARMLESS if is_same else Ending.UNNOTICED
        # Of its own, as a new process has it: what another one has verified, it does not read again.
        self.site.store = WhooshStore(self.site.folder.index, self.site.analyzer.version)
        self.site.catch_up()
        if self._is_noticed() or not self.answers_right():
            return Ending.NOT_HEALED
        return Ending.HEALED

    def restore(self) -> None:
        """Bring back the files as they were."""
        shutil.rmtree(self.site.folder.index)
        shutil.copytree(self.whole, self.site.folder.index)

    def files(self) -> Mapping[str, list[Path]]:
        """The files of the live generation by their kind."""
        root = self.site.folder.index
        files: dict[str, list[Path]] = {"CURRENT": [root / "CURRENT"]}
        for path in sorted(current(root).folder.iterdir()):
            files.setdefault(path.name if path.suffix == ".json" else f"*{path.suffix}", []).append(path)
        return files

    def _is_noticed(self) -> bool:
        """Whether a check says that something is wrong, or searching that it passed something over."""
        try:
            self.site.store.verify()
        except (GenerationDamaged, GenerationMissing):
            return True
        with closing(self._started()) as engine:
            engine.snapshot()
            return bool(engine.passed_over())

    def answers_right(self) -> bool:
        """Whether a new process answers as before, or not at all."""
        with closing(self._started()) as engine:
            try:
                return rounded(answers(engine, self.site.analyzer)) in self.right
            except IndexUnavailable:
                return True

    def _started(self) -> WhooshEngine:
        return WhooshEngine(self.site.folder.index, self.site.analyzer.version, Ranking())


def rounded(found: Answers) -> Answers:
    return {q: tuple((name, round(score, DIGITS)) for name, score in hits) for q, hits in found.items()}

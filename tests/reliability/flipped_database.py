"""Single bits that a disk flips by itself in the files of the database, and what becomes of each."""

import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from random import Random
from typing import Final

from index.analysis.analyzer import Analyzer
from index.article import Article
from index.article_reader import DamagedArticle
from index.check import Place, check_folder
from index.corpus.errors import CorpusOutdated, CorpusUnavailable
from index.corpus.reader import CorpusReader
from index.corpus.writer import CorpusWriter
from index.data_folder import DataFolder
from index.errors import CorpusDamaged, CorpusTooNew
from index.factory import open_store
from index.writer_lock import WriterLock
from tests.index.corpus.samples import ARTICLE, ORIGINAL
from tests.index_states import some_articles
from tests.reliability.flipped_index import Tally, flip, some_bit

ARTICLES: Final = 40
DELETED: Final = ("a05", "a06")
NAMES: Final = tuple(f"a{number:02}" for number in range(ARTICLES))

REFUSED: Final = "refused"
"""In place of an answer: the database says that it cannot give it."""

Answered = Mapping[str, object]
"""What a reader was given, by what it asked for."""


class Ending(StrEnum):
    """What becomes of a flip."""

    REFUSED = "taken for another version: refused as a whole"
    FOUND = "changed something: found by a check, never given out"
    TOLD = "changed nothing that is read: told by a check"
    HARMLESS = "changed nothing"
    UNFOUND = "changed something: not found by a check"
    GIVEN_OUT = "given out"
    UNNAMED = "found, but neither article nor file is named"


BAD: Final = frozenset({Ending.UNFOUND, Ending.GIVEN_OUT, Ending.UNNAMED})


def samples(names: tuple[str, ...] = NAMES, seed: int = 0) -> list[Article]:
    """Articles that have something of everything, long and short."""
    return [
        replace(ARTICLE, id=article.id, title=article.title, body=article.body * (1 + 20 * (number % 4)))
        for number, article in enumerate(some_articles(names, seed))
    ]


def store_samples(folder: DataFolder) -> None:
    """Stored, changed and deleted, in three batches."""
    folder.create()
    with WriterLock(folder.lock), CorpusWriter.open(folder) as writer:
        for batch in (samples(), samples(NAMES[:5], seed=1)):
            for article in batch:
                writer.put(article, ORIGINAL)
            writer.commit()
        for name in DELETED:
            writer.delete(name)
        writer.commit()


def content(folder: DataFolder) -> Mapping[str, list[tuple[object, ...]]] | str:
    """All rows of all tables as they stand in the file, without any index; REFUSED where SQLite cannot."""
    uri = f"{folder.articles.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            connection.text_factory = bytes
            tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
            names = [name.decode() for (name,) in tables]
            # The names are those of our own schema, or what a flip has made of one.
            return {
                name: connection.execute(f'SELECT * FROM "{name}" NOT INDEXED').fetchall()  # noqa: S608
                for name in names
            }
    except (sqlite3.Error, UnicodeDecodeError):
        return REFUSED


def answered(folder: DataFolder) -> Answered:
    """All that readers of a folder ask for. Raises CorpusTooNew and CorpusOutdated."""
    answers: dict[str, object] = {}
    try:
        reader = CorpusReader.open(folder)
    except (CorpusDamaged, CorpusUnavailable):
        return {"opening": REFUSED}
    with reader:
        for name in NAMES:
            answers |= _about(reader, name)
        answers["sequence"] = _answer(reader.last_sequence)
        answers["all"] = _answer(lambda: tuple(reader.export()))
        changes = _answer(lambda: tuple(reader.changes(0, 1_000, 10_000_000)))
        if isinstance(changes, tuple):
            answers |= {f"change {change.id}": _checked(change.state) for change in changes}
    return answers


def _about(reader: CorpusReader, name: str) -> Answered:
    return {
        f"article {name}": _answer(lambda: reader.articles([name]).get(name)),
        f"original {name}": _answer(lambda: reader.original(name)),
        f"deleted {name}": _answer(lambda: reader.is_deleted(name)),
        f"copies {name}": _answer(lambda: reader.cluster(name)),
    }


def _answer(ask: Callable[[], object]) -> object:
    try:
        answer = ask()
    except (CorpusDamaged, CorpusUnavailable):
        return REFUSED
    return _checked(answer)


def _checked(answer: object) -> object:
    return REFUSED if isinstance(answer, DamagedArticle) else answer


@dataclass(frozen=True, slots=True)
class DatabaseFlips:
    """Flips in a database that nobody has open, each in a copy of it."""

    whole: DataFolder
    place: Path
    analyzer: Analyzer
    content: object
    answers: Answered

    @classmethod
    def of(cls, whole: DataFolder, place: Path, analyzer: Analyzer) -> "DatabaseFlips":
        """`place` is where the copies are made."""
        return cls(whole, place, analyzer, content(whole), answered(whole))

    def run(self, flips: int, random: Random) -> Tally:
        """So many flips anywhere in the file."""
        tally: Tally = Counter()
        for _ in range(flips):
            with self.flipped(some_bit(self.whole.articles, random)) as folder:
                tally[folder.articles.name, self.ending(folder)] += 1
        return tally

    @contextmanager
    def flipped(self, bit: int) -> Iterator[DataFolder]:
        """A copy in which this bit is flipped, gone at the end."""
        folder = DataFolder(self.place / "copy")
        folder.create()
        shutil.copy(self.whole.articles, folder.articles)
        flip(folder.articles, bit)
        try:
            yield folder
        finally:
            shutil.rmtree(folder.root)

    def ending(self, folder: DataFolder) -> Ending:
        """What became of the flip in this folder."""
        try:
            answers = answered(folder)
        except (CorpusTooNew, CorpusOutdated):
            return Ending.REFUSED
        changed = [what for what, answer in answers.items() if answer != self.answers.get(what)]
        found = findings(folder, self.analyzer)
        if any(answers[what] != REFUSED for what in changed):
            return Ending.GIVEN_OUT
        if not found:
            is_same = not changed and content(folder) == self.content
            return Ending.HARMLESS if is_same else Ending.UNFOUND
        if not all(names_a_place(finding) for finding in found):
            return Ending.UNNAMED
        return Ending.FOUND if changed or content(folder) != self.content else Ending.TOLD


def findings(folder: DataFolder, analyzer: Analyzer) -> list[str]:
    """What a check says about the articles."""
    found = check_folder(folder, open_store(folder, analyzer))
    return [finding.detail for finding in found if finding.place is Place.ARTICLES]


def names_a_place(finding: str) -> bool:
    """Whether it says which article or file it is, and how to restore it."""
    is_named = finding.startswith(("articles.db: ", "article "))
    return is_named and "`policy-search restore FILE" in finding

"""What the program does while its crashes are recorded; each operation in a folder of its own below FOLDER.

    python -m tests.reliability.crash_operations FOLDER OPERATION...

Everything is done by the functions that the commands and the server call, but in this one process, which
saves making analyzers and composers again and again. Standard output says when an operation begins, and then
what acknowledges each step: the event of `ingest --json` where articles were stored, else DONE.
"""

import json
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Final

from index.analysis.analyzer import Analyzer
from index.analysis.setup import load_analyzer
from index.analysis.user_words import UserWords
from index.composing import load_row_work
from index.data_folder import DataFolder
from index.durable import write_atomic
from index.indexer import never
from index.ingest import Composing, Event, Ingest
from index.readers.files import read_stream
from index.readers.mapping import FieldMap
from index.text.folding import Folding
from index.upkeep import Upkeep
from tests.composing import ComposingHere
from web.commands import articles, indexing
from web.commands.events import print_event
from web.commands.ingest import index_stored
from web.commands.optimising import optimise
from web.serving.opening import open_live, words_of

DONE: Final = "done"
BEGINS: Final = "begins: "

WORDS: Final = ("新质生产力", "链长制", "首店经济")
"""Words that the texts hold and the dictionary does not."""

OLDER: Final = Path(__file__).resolve().parents[1] / "compat"
"""Data folders of earlier states of the program."""

MIGRATION: Final = "migration of "
"""Begins the name of the operation on such a folder."""


@dataclass(frozen=True, slots=True)
class Puts:
    """Articles of these numbers come, or come again, in these versions."""

    versions: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Deletes:
    """Articles of these numbers go."""

    numbers: Sequence[int]


@dataclass(frozen=True, slots=True)
class Words:
    """These become the operator's words, and are taken up as a server does it."""

    words: Sequence[str]


@dataclass(frozen=True, slots=True)
class Merge:
    """All segments become one."""


@dataclass(frozen=True, slots=True)
class Rebuild:
    """All articles are indexed anew."""


Step = Puts | Deletes | Words | Merge | Rebuild


@dataclass(frozen=True, slots=True)
class Operation:
    """Steps of which every crash is looked at, and those that come before."""

    steps: Sequence[Step]
    before: Sequence[Step] = ()
    older: Path | None = field(default=None)


def _puts(first: int, count: int, version: int) -> Puts:
    return Puts(dict.fromkeys(range(first, first + count), version))


_SOME: Final = tuple(_puts(8 * number, 8, 1) for number in range(3))
"""Twenty-four articles in three segments."""

OPERATIONS: Final[Mapping[str, Operation]] = {
    "ingest": Operation(tuple(_puts(6 * number, 6, 1) for number in range(6))),
    "commit": Operation(
        (_puts(0, 6, 2), Deletes((1, 9)), _puts(20, 8, 3), _puts(1, 2, 4), Deletes((2, 21)), _puts(9, 1, 5)),
        _SOME,
    ),
    "merge": Operation(
        (Merge(), _puts(5, 4, 2), Merge(), Deletes((5,)), _puts(30, 2, 1), Merge()), (*_SOME, Deletes((3,)))
    ),
    "rebuild": Operation((Rebuild(), _puts(4, 3, 2), Rebuild(), Deletes((4,)), Rebuild()), _SOME),
    "dictionary reload": Operation((Words(WORDS[:1]), Words(WORDS), _puts(2, 3, 2), Words(WORDS[1:])), _SOME),
} | {
    f"{MIGRATION}{folder.name}": Operation((_puts(0, 4, 1), _puts(2, 2, 2)), older=folder)
    for folder in sorted(OLDER.iterdir())
    if (folder / "articles.db").exists()
}
"""By name; an older folder is brought up to date by the first command that writes to it."""


def article_id(number: int) -> str:
    return f"crash-{number:03}"


def texts_of(number: int, version: int) -> tuple[str, str, str]:
    """Title, lead and body of an article."""
    text = f"杭州市推进{WORDS[number % len(WORDS)]}第{number}项工作，这是第{version}次修订。"
    return f"第{version}版通知之{number:03}", "", text


@dataclass(frozen=True, slots=True)
class Program:
    """What takes seconds to load; `analyzer` knows no words of the operator."""

    analyzer: Analyzer
    composing: Composing
    _with_words: dict[UserWords, Analyzer] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "Program":
        analyzer = load_analyzer(Folding.load(), UserWords())
        return cls(analyzer, ComposingHere(load_row_work()))

    def do(self, step: Step, folder: DataFolder, on_event: Callable[[Event], None]) -> None:
        """Do one step, and index what it stored."""
        analyzer = self.analyzer_for(folder)
        match step:
            case Puts(versions):
                self.store(versions, folder, on_event)
                index_stored(folder, analyzer)
            case Deletes(numbers):
                articles.delete(folder, tuple(map(article_id, numbers)))
                index_stored(folder, analyzer)
            case Words(words):
                write_atomic(folder.words, "\n".join(words).encode())
                with open_live(folder, analyzer) as live:
                    live.tend(never)
            case Merge():
                optimise(Upkeep.of(folder, analyzer))
            case Rebuild():
                indexing.rebuild(Upkeep.of(folder, analyzer), 0)

    def store(
        self, versions: Mapping[int, int], folder: DataFolder, on_event: Callable[[Event], None]
    ) -> None:
        """Store articles, and leave the index to others."""
        rows = read_stream(BytesIO(_records(versions)), "records", FieldMap.parse(()))
        for event in Ingest(folder, self.composing).run(rows):
            on_event(event)

    def analyzer_for(self, folder: DataFolder) -> Analyzer:
        """The analyzer with the words of a folder."""
        words = words_of(folder)
        if words == self.analyzer.added:
            return self.analyzer
        if words not in self._with_words:
            self._with_words[words] = load_analyzer(self.analyzer.folding, words)
        return self._with_words[words]


def prepare(top: Path, names: Iterable[str], program: Program) -> None:
    """Make the folders of these operations below `top` as they are before the first step."""
    for name in names:
        operation = OPERATIONS[name]
        if operation.older is not None:
            shutil.copytree(operation.older, top / name)
        for step in operation.before:
            program.do(step, DataFolder(top / name), _say_nothing)


def run(top: Path, names: Iterable[str], program: Program) -> None:
    """Do all steps of these operations, and say so."""
    for name in names:
        _say(f"{BEGINS}{name}")
        for step in OPERATIONS[name].steps:
            program.do(step, DataFolder(top / name), print_event)
            if not isinstance(step, Puts):
                _say(DONE)


def _records(versions: Mapping[int, int]) -> bytes:
    lines = []
    for number, version in versions.items():
        title, _, text = texts_of(number, version)
        record = {"id": article_id(number), "title": title, "text": text}
        lines.append(json.dumps(record, ensure_ascii=False) + "\n")
    return "".join(lines).encode()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _say_nothing(event: Event) -> None:
    """For steps of which no crash is looked at."""


if __name__ == "__main__":
    run(Path(sys.argv[1]), sys.argv[2:], Program.load())

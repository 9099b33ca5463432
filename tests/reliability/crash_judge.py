"""Starts the program on what a crash left, without any help, and compares what it finds with the truth."""

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from enum import Enum
from itertools import islice
from pathlib import Path
from typing import Final

from index.analysis.analyzer import Analyzer
from index.article import Article
from index.check import check_folder
from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from index.errors import CorpusMissing
from index.factory import open_store
from index.regions.resolve import RegionResolver
from index.regions.tree import Regions
from index.text.repair import Repairer
from index.upkeep import Upkeep
from search.factory import open_engine
from search.ranking import TUNED
from search.request import Collapse, SearchRequest
from search.rules.query_rules import QueryRules
from search.service import SearchService
from tests.reliability.crash_operations import (
    DONE,
    Deletes,
    Operation,
    Program,
    Puts,
    Words,
    article_id,
    texts_of,
)
from tests.reliability.recorded_disk import contents_of, lay_out
from web.serving.opening import prepare, rules_of

PHRASES: Final = ("版通知之", "第2次修订", "链长制", "更新")
"""Asked for in quotation marks: whoever holds these characters in title or text is found, and nobody else."""

PAGE: Final = 1_000
LATER: Final = 999
"""The number of an article that is stored after the crash."""


class Fault(Enum):
    """What may be wrong after a crash."""

    LOST = "lost"
    HALF = "half"
    WRONG = "wrong answers"
    HAND = "needing a hand"


@dataclass(frozen=True, slots=True)
class Found:
    """A fault, with what it was seen by."""

    fault: Fault
    detail: str


@dataclass(frozen=True, slots=True)
class State:
    """What a data folder holds: by id the texts of each article, and the operator's words."""

    articles: Mapping[str, tuple[str, ...]]
    words: str

    def lacks(self, other: "State", next_one: "State") -> list[str]:
        """The ids whose state here is that of neither of two states that follow each other."""
        return [
            article
            for article in self.articles.keys() | other.articles.keys() | next_one.articles.keys()
            if self.articles.get(article) not in (other.articles.get(article), next_one.articles.get(article))
        ]


def states(start: State, operation: Operation, said: Iterable[str]) -> list[State]:
    """The state before the first acknowledgement, and after each; batches are cut as the program said."""
    counts = (_stored(line) for line in said if is_acknowledgement(line))
    found = [start]
    for step in operation.steps:
        articles = dict(found[-1].articles)
        match step:
            case Puts(versions):
                waiting = iter(versions.items())
                left = len(versions)
                while left:
                    count = next(counts)
                    assert count is not None
                    for number, version in islice(waiting, count):
                        articles[article_id(number)] = texts_of(number, version)
                    left -= count
                    found.append(replace(found[-1], articles=dict(articles)))
                continue
            case Deletes(numbers):
                for number in numbers:
                    del articles[article_id(number)]
                found.append(replace(found[-1], articles=articles))
            case Words(words):
                found.append(replace(found[-1], words="\n".join(words)))
            case _:
                found.append(found[-1])
        assert next(counts) is None
    assert not list(counts)
    return found


def is_acknowledgement(line: str) -> bool:
    return line == DONE or (line.startswith("{") and json.loads(line)["event"] == "stored")


def _stored(line: str) -> int | None:
    """How many articles a line acknowledges; None where it is no event."""
    if line == DONE:
        return None
    event = json.loads(line)
    count: int = event["new"] + event["updated"] + event["unchanged"]
    return count


def state_of(folder: DataFolder) -> State:
    """What a data folder holds now."""
    words = folder.words.read_text(encoding="utf-8") if folder.words.exists() else ""
    try:
        with CorpusReader.open(folder) as reader:
            return State({article.id: _texts(article) for article in reader.export()}, words)
    except CorpusMissing:
        return State({}, words)


def _texts(article: Article) -> tuple[str, ...]:
    return (article.title, article.lead, article.body, *article.tags)


def state_of_copy(folder: Path, copy: Path) -> State:
    """The same; the folder stays as it is, even where it is of an older state of the program."""
    if not folder.exists():
        return State({}, "")
    lay_out(contents_of(folder), copy)
    try:
        return state_of(DataFolder(copy))
    finally:
        shutil.rmtree(copy)


@dataclass(frozen=True, slots=True)
class Judge:
    """Looks at data folders that a crash left; they are changed by it.

    What the program loads from its own package is loaded once: a crash cannot reach it.
    """

    program: Program
    repairer: Repairer
    regions: RegionResolver
    rules: QueryRules

    @classmethod
    def of(cls, program: Program, without_rules: DataFolder) -> "Judge":
        """`without_rules` is a folder that has neither synonyms nor pinned results."""
        folding = program.analyzer.folding
        regions = RegionResolver.load(folding, Regions.load())
        return cls(program, Repairer.load(folding), regions, rules_of(without_rules, folding))

    def faults(self, root: Path, before: State, after: State) -> list[Found]:
        """What is wrong, where `before` was acknowledged and `after` is what was being done."""
        folder = DataFolder(root)
        try:
            return [*self._faults(folder, before, after)]
        except Exception as error:  # whatever is raised, somebody would have to look at it
            return [Found(Fault.HAND, f"{type(error).__name__}: {error}")]

    def _faults(self, folder: DataFolder, before: State, after: State) -> Iterator[Found]:
        """As a server starts: the folder is prepared, the index caught up. All is read, then more stored."""
        prepare(folder)
        analyzer = self.program.analyzer_for(folder)
        upkeep = Upkeep.of(folder, analyzer)
        with self._service(folder, analyzer) as service:
            upkeep.catch_up(lambda _: None)
            state = state_of(folder)
            yield from _differences(state, before, after)
            for finding in check_folder(folder, open_store(folder, analyzer)):
                yield Found(Fault.HAND, finding.detail)
            yield from _wrong_answers(service, state)
            self.program.store({LATER: 1}, folder, lambda _: None)
            upkeep.catch_up(lambda _: None)
            later = {**state.articles, article_id(LATER): texts_of(LATER, 1)}
            yield from _wrong_answers(service, replace(state, articles=later))

    @contextmanager
    def _service(self, folder: DataFolder, analyzer: Analyzer) -> Iterator[SearchService]:
        with (
            CorpusReader.open(folder) as articles,
            closing(open_engine(folder, analyzer.version, TUNED)) as engine,
        ):
            yield SearchService(
                engine, articles, analyzer, TUNED, self.repairer, regions=self.regions, rules=self.rules
            )


def _differences(state: State, before: State, after: State) -> Iterator[Found]:
    if state.words not in (before.words, after.words):
        yield Found(Fault.LOST, f"the words are {state.words!r}")
    if state.articles in (before.articles, after.articles):
        return
    lacking = state.lacks(before, after)
    if lacking:
        yield Found(Fault.LOST, f"not as acknowledged: {', '.join(sorted(lacking))}")
    else:
        yield Found(Fault.HALF, "a part of a batch is there")


def _wrong_answers(service: SearchService, state: State) -> Iterator[Found]:
    questions = {"": sorted(state.articles)} | {
        f'"{phrase}"': sorted(
            name for name, texts in state.articles.items() if any(phrase in t for t in texts)
        )
        for phrase in PHRASES
    }
    for query, expected in questions.items():
        result = service.search(SearchRequest(q=query, limit=PAGE, snippets=0, collapse=Collapse.NONE))
        found = sorted(hit.article.id for hit in result.hits)
        if (result.total, found) != (len(expected), expected):
            yield Found(Fault.WRONG, f"{query} finds {result.total}, {found[:5]}…, not {expected[:5]}…")

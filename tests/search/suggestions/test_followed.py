import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from index.errors import StorageFailed
from search.engine import Snapshot
from search.errors import IndexUnavailable
from search.suggestions.followed import REST, FollowedVocabulary
from search.suggestions.suggestion import SuggestionKind
from search.suggestions.syllables import Syllables
from search.suggestions.vocabulary import Term
from tests.engines import Library, make_article
from tests.waiting import wait_for

SECONDS = 3.0
"""What making a vocabulary takes by the clock of these tests."""


@dataclass
class Reader:
    """Gives one term; every reading takes SECONDS, and waits while `gate` is shut."""

    now: float = 0.0
    read: list[str] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)
    fails: bool = False

    def terms(self, snapshot: Snapshot) -> Iterator[Term]:
        assert self.gate.wait(30)
        self.now += SECONDS
        if self.fails:
            raise StorageFailed("the disk is tired")
        self.read.append(snapshot.generation)
        yield Term(SuggestionKind.WORD, "武汉", "武汉", 1)

    def clock(self) -> float:
        return self.now


@pytest.fixture
def library(tmp_path: Path, analyzer: Analyzer) -> Library:
    library = Library(tmp_path, analyzer)
    library.build([make_article("a", "武汉")])
    return library


@pytest.fixture
def reader() -> Reader:
    reader = Reader()
    reader.gate.set()
    return reader


@pytest.fixture
def followed(library: Library, reader: Reader, syllables: Syllables) -> FollowedVocabulary:
    return FollowedVocabulary(library.engine(), reader, library.analyzer.folding, syllables, reader.clock)


def test_one_is_made_for_all_who_ask_first(followed: FollowedVocabulary, reader: Reader) -> None:
    reader.gate.clear()
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(followed.current())) for _ in range(4)]
    for thread in threads:
        thread.start()
    reader.gate.set()
    for thread in threads:
        thread.join()
    assert len(reader.read) == 1
    assert all(one is found[0] for one in found)


def test_a_new_state_is_followed_behind_the_scenes_and_not_at_once(
    followed: FollowedVocabulary, reader: Reader, library: Library
) -> None:
    first = followed.current()
    library.change([make_article("b", "武汉")], [])
    assert followed.current() is first
    assert len(reader.read) == 1, "it rests"
    reader.now += REST * SECONDS
    reader.gate.clear()
    assert followed.current() is first
    assert followed.current() is first, "one that is being made is not made twice"
    reader.gate.set()
    wait_for(lambda: followed.current() is not first)
    assert len(reader.read) == 2
    assert followed.current().generation == reader.read[1]


def test_one_that_cannot_be_made_leaves_the_one_before_and_is_told(
    followed: FollowedVocabulary, reader: Reader, library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    first = followed.current()
    library.change([make_article("b", "武汉")], [])
    reader.now += REST * SECONDS
    reader.fails = True
    with caplog.at_level(logging.WARNING):
        assert followed.current() is first
        wait_for(lambda: "the disk is tired" in caplog.text)
    reader.fails = False

    def is_made_in_the_end() -> bool:
        reader.now += REST * SECONDS
        return followed.current() is not first

    wait_for(is_made_in_the_end)


def test_without_an_index_there_is_none(
    tmp_path: Path, analyzer: Analyzer, reader: Reader, syllables: Syllables
) -> None:
    engine = Library(tmp_path / "empty", analyzer).engine()
    followed = FollowedVocabulary(engine, reader, analyzer.folding, syllables, reader.clock)
    with pytest.raises(IndexUnavailable):
        followed.current()

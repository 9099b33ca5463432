import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from index.errors import StorageFailed
from search.engine import Snapshot
from search.suggestions.followed import REST, FollowedVocabulary
from search.suggestions.making import VocabularyClosed, VocabularyMaker
from search.suggestions.suggestion import SuggestionKind
from search.suggestions.syllables import Syllables
from search.suggestions.vocabulary import Term, Vocabulary, state_of
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
    waits: bool = False

    def terms(self, snapshot: Snapshot) -> Iterator[Term]:
        self.waits = True
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
def maker(library: Library, reader: Reader, syllables: Syllables) -> VocabularyMaker:
    return VocabularyMaker(reader, library.analyzer.folding, lambda: syllables)


@pytest.fixture
def followed(maker: VocabularyMaker, reader: Reader) -> FollowedVocabulary:
    return FollowedVocabulary(maker, reader.clock)


@dataclass
class Others:
    """Vocabularies come from another process: this one makes none."""

    made: list[Vocabulary] = field(default_factory=list)
    asked: int = 0

    def newest(self) -> Vocabulary | None:
        return self.made.pop() if self.made else None

    def make(self, _snapshot: Snapshot) -> None:
        self.asked += 1

    def close(self) -> None:
        pass


def is_made(followed: FollowedVocabulary) -> bool:
    return followed.current() is not None


def test_nobody_waits_for_the_first(followed: FollowedVocabulary, reader: Reader, library: Library) -> None:
    reader.gate.clear()
    assert followed.current() is None
    followed.follow(library.engine().snapshot())
    assert followed.current() is None
    reader.gate.set()
    wait_for(lambda: is_made(followed))


def test_whoever_can_wait_has_it_at_once(maker: VocabularyMaker, reader: Reader, library: Library) -> None:
    snapshot = library.engine().snapshot()
    assert maker.make(snapshot).state == state_of(snapshot)
    assert reader.read == [snapshot.generation]


def test_what_another_process_made_is_taken_up_with_the_next_look(
    maker: VocabularyMaker, reader: Reader, library: Library
) -> None:
    engine, others = library.engine(), Others()
    followed = FollowedVocabulary(others, reader.clock)
    followed.follow(engine.snapshot())
    wait_for(lambda: others.asked == 1)
    assert followed.current() is None
    first = maker.make(engine.snapshot())
    others.made.append(first)
    followed.follow(engine.snapshot())
    assert followed.current() is first
    followed.follow(engine.snapshot())
    assert others.asked == 1, "it is of this state"
    library.change([make_article("b", "武汉")], [])
    followed.follow(engine.snapshot())
    assert followed.current() is first
    wait_for(lambda: others.asked == 2)


def test_states_of_two_indexes_with_one_number_are_told_apart(tmp_path: Path, analyzer: Analyzer) -> None:
    libraries = [Library(tmp_path / name, analyzer) for name in "ab"]
    for library in libraries:
        library.build([make_article("a", "武汉")])
    one, other = (library.engine().snapshot() for library in libraries)
    assert one.generation == other.generation
    assert state_of(one) != state_of(other)


def test_a_new_state_is_followed_behind_the_scenes_and_not_at_once(
    followed: FollowedVocabulary, reader: Reader, library: Library
) -> None:
    engine = library.engine()
    followed.follow(engine.snapshot())
    wait_for(lambda: is_made(followed))
    first = followed.current()
    followed.follow(engine.snapshot())
    library.change([make_article("b", "武汉")], [])
    followed.follow(engine.snapshot())
    assert (followed.current(), len(reader.read)) == (first, 1), "it rests"
    reader.now += REST * SECONDS
    reader.gate.clear()
    for _ in range(3):
        followed.follow(engine.snapshot())
    assert followed.current() is first
    reader.gate.set()
    wait_for(lambda: followed.current() is not first)
    assert len(reader.read) == 2, "one that is being made is not made twice"
    assert reader.read[1] == engine.snapshot().generation


def test_one_that_cannot_be_made_leaves_the_one_before_and_is_told(
    followed: FollowedVocabulary, reader: Reader, library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    engine = library.engine()
    followed.follow(engine.snapshot())
    wait_for(lambda: is_made(followed))
    first = followed.current()
    reader.now += REST * SECONDS
    library.change([make_article("b", "武汉")], [])
    reader.fails = True
    with caplog.at_level(logging.WARNING):
        followed.follow(engine.snapshot())
        wait_for(lambda: "the disk is tired" in caplog.text)
    assert followed.current() is first
    reader.fails = False

    def is_made_in_the_end() -> bool:
        reader.now += REST * SECONDS
        followed.follow(engine.snapshot())
        return followed.current() is not first

    wait_for(is_made_in_the_end)


def test_once_closed_nothing_is_read_any_more(
    followed: FollowedVocabulary, maker: VocabularyMaker, reader: Reader, library: Library
) -> None:
    reader.gate.clear()
    followed.follow(library.engine().snapshot())
    wait_for(lambda: reader.waits)
    closing = threading.Thread(target=followed.close)
    closing.start()
    closing.join(0.05)
    assert closing.is_alive(), "it waits for what is being read"
    reader.gate.set()
    closing.join(30)
    assert not closing.is_alive()
    assert followed.current() is None
    with pytest.raises(VocabularyClosed):
        maker.make(library.engine().snapshot())
    assert reader.read == [library.engine().snapshot().generation]


def test_where_no_thread_can_be_had_it_is_tried_again(
    followed: FollowedVocabulary, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    snapshot = library.engine().snapshot()
    with monkeypatch.context() as patched:
        patched.setattr(threading.Thread, "start", refuse)
        with pytest.raises(RuntimeError):
            followed.follow(snapshot)
    followed.follow(snapshot)
    wait_for(lambda: is_made(followed))

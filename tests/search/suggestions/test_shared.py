"""One process has the vocabulary made, and all map the same file."""

import logging
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from search.engine import Snapshot
from search.suggestions.making import VocabularyClosed
from search.suggestions.shared import SharedVocabulary
from search.suggestions.syllables import Syllables
from search.suggestions.vocabulary_file import VocabularyFile
from tests.engines import Library, make_article
from tests.search.suggestions.vocabularies import answers, flip, made
from tests.waiting import wait_for


@dataclass
class Maker:
    """Writes the vocabulary of a few terms to the first place that takes it; each has the next state."""

    root: Path
    """For what no place takes."""
    analyzer: Analyzer
    syllables: Syllables
    places: list[tuple[Path, ...]] = field(default_factory=list)
    waits: bool = False
    is_full: bool = False
    """Whether no place takes it, as where the disk is full."""

    def make(self, places: Sequence[Path], is_closed: Callable[[], bool]) -> Path:
        self.places.append(tuple(places))
        if self.waits:
            wait_for(is_closed)
            raise VocabularyClosed("it was closed")
        vocabulary = made(self.analyzer.folding, self.syllables, state=f"1.{len(self.places)}")
        aside = self.root / str(len(self.places)) / "v"
        place = places[0] if places and not self.is_full else aside
        place.parent.mkdir(exist_ok=True)
        VocabularyFile(place).write(vocabulary)
        return place


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory, analyzer: Analyzer) -> Snapshot:
    library = Library(tmp_path_factory.mktemp("shared"), analyzer)
    library.build([make_article("a", "武汉")])
    return library.engine().snapshot()


@pytest.fixture
def file(tmp_path: Path) -> VocabularyFile:
    return VocabularyFile(tmp_path / "suggestions" / "vocabulary.bin")


@pytest.fixture
def maker(tmp_path: Path, analyzer: Analyzer, syllables: Syllables) -> Maker:
    return Maker(tmp_path, analyzer, syllables)


@pytest.fixture
def two(
    file: VocabularyFile, maker: Maker, syllables: Syllables
) -> Iterator[tuple[SharedVocabulary, SharedVocabulary]]:
    """As two processes have it."""
    one = SharedVocabulary(file, maker, lambda: syllables)
    other = SharedVocabulary(file, maker, lambda: syllables)
    with closing(one), closing(other):
        yield one, other


def mapped_inodes(path: Path) -> list[int]:
    """Which files of this name this process has mapped now, by their numbers."""
    lines = Path(f"/proc/{os.getpid()}/maps").read_text(encoding="utf-8").splitlines()
    return [int(line.split()[4]) for line in lines if str(path) in line]


def test_one_has_it_made_and_the_other_finds_it(
    two: tuple[SharedVocabulary, SharedVocabulary], maker: Maker, snapshot: Snapshot, file: VocabularyFile
) -> None:
    one, other = two
    assert one.newest() is None
    first = one.make(snapshot)
    assert first is not None
    assert other.make(snapshot) is None, "another process makes it"
    found = other.newest()
    assert found is not None
    assert (found.state, first.state) == ("1.1", "1.1")
    assert mapped_inodes(file.path) == [file.path.stat().st_ino] * 2
    assert other.newest() is None, "it is given once"
    assert len(maker.places) == 1


def test_the_next_one_takes_the_place_of_the_one_before(
    two: tuple[SharedVocabulary, SharedVocabulary], analyzer: Analyzer, snapshot: Snapshot
) -> None:
    one, other = two
    first = one.make(snapshot)
    assert first is not None
    said = answers(first, analyzer)
    second, found = one.make(snapshot), other.newest()
    assert second is not None
    assert found is not None
    assert (second.state, found.state) == ("1.2", "1.2")
    assert answers(first, analyzer) == said, "who still uses it is not disturbed"


def test_when_the_one_ends_another_one_goes_on(
    two: tuple[SharedVocabulary, SharedVocabulary], snapshot: Snapshot
) -> None:
    one, other = two
    one.make(snapshot)
    one.close()
    other.newest()
    second = other.make(snapshot)
    assert second is not None
    assert second.state == "1.2"
    with pytest.raises(VocabularyClosed):
        one.make(snapshot)


def test_closing_waits_until_nothing_is_made_any_more(
    two: tuple[SharedVocabulary, SharedVocabulary], maker: Maker, snapshot: Snapshot
) -> None:
    one, other = two
    maker.waits = True
    ended: list[type[Exception]] = []

    def run() -> None:
        try:
            one.make(snapshot)
        except VocabularyClosed as closed:
            ended.append(type(closed))

    making = threading.Thread(target=run)
    making.start()
    wait_for(lambda: len(maker.places) == 1)
    assert other.make(snapshot) is None
    one.close()
    making.join(30)
    assert ended == [VocabularyClosed]


def test_a_damaged_file_is_told_once_and_made_anew(
    two: tuple[SharedVocabulary, SharedVocabulary],
    file: VocabularyFile,
    snapshot: Snapshot,
    caplog: pytest.LogCaptureFixture,
) -> None:
    one, _ = two
    one.make(snapshot)
    flip(file)
    with caplog.at_level(logging.WARNING):
        assert one.newest() is None
        assert one.newest() is None
    assert [record.message.count(str(file.path)) for record in caplog.records] == [1]
    again = one.make(snapshot)
    assert again is not None
    assert again.state == "1.2"


def test_where_the_folder_takes_no_lock_each_has_one_of_its_own_whose_name_is_gone(
    two: tuple[SharedVocabulary, SharedVocabulary],
    file: VocabularyFile,
    maker: Maker,
    tmp_path: Path,
    snapshot: Snapshot,
) -> None:
    file.path.parent.write_text("not a folder")
    for each, state in zip(two, ("1.1", "1.2"), strict=True):
        own = each.make(snapshot)
        assert own is not None
        assert own.state == state
        assert maker.places[-1] == ()
        assert own.words.texts[0]
    assert list(tmp_path.iterdir()) == [file.path.parent]


def test_what_the_folder_cannot_hold_is_used_all_the_same(
    two: tuple[SharedVocabulary, SharedVocabulary],
    maker: Maker,
    snapshot: Snapshot,
    caplog: pytest.LogCaptureFixture,
) -> None:
    one, other = two
    one.make(snapshot)
    maker.is_full = True
    with caplog.at_level(logging.WARNING):
        own = one.make(snapshot)
    assert own is not None
    assert own.state == "1.2"
    assert "cannot be kept" in caplog.text
    found = other.newest()
    assert found is not None
    assert found.state == "1.1", "others serve what was there before"


def test_a_folder_that_cannot_be_read_is_told(
    two: tuple[SharedVocabulary, SharedVocabulary], file: VocabularyFile, caplog: pytest.LogCaptureFixture
) -> None:
    file.path.parent.mkdir()
    file.path.mkdir()
    with caplog.at_level(logging.WARNING):
        assert two[0].newest() is None
    assert "not read" in caplog.text

"""Commands use the file where it is new enough, and leave one behind."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from index.regions.tree import Regions
from index.writer_lock import WriterLock
from search.engine import Snapshot
from search.suggestions.kept import vocabulary_now
from search.suggestions.making import VocabularyMaker
from search.suggestions.syllables import Syllables
from search.suggestions.terms import IndexedTerms
from search.suggestions.vocabulary import Vocabulary, state_of
from search.suggestions.vocabulary_file import VocabularyFile
from tests.engines import Library, make_article
from tests.search.suggestions.shelf import Titles
from tests.search.suggestions.vocabularies import flip


@dataclass
class Counting(VocabularyMaker):
    """Tells of which states it has made one."""

    library: Library
    syllables: Syllables
    made: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        terms = IndexedTerms(Titles(self.library), Regions.load())
        super().__init__(terms, self.library.analyzer.folding, lambda: self.syllables)

    def make(self, snapshot: Snapshot) -> Vocabulary:
        self.made.append(snapshot.generation)
        return super().make(snapshot)

    def now(self, file: VocabularyFile) -> Vocabulary:
        return vocabulary_now(self.library.engine().snapshot(), self, file, self.syllables)


@pytest.fixture
def maker(tmp_path: Path, analyzer: Analyzer, syllables: Syllables) -> Counting:
    library = Library(tmp_path / "index", analyzer)
    library.build([make_article("a", "武汉推进协同创新")])
    return Counting(library, syllables)


@pytest.fixture
def file(tmp_path: Path) -> VocabularyFile:
    return VocabularyFile(tmp_path / "suggestions" / "vocabulary.bin")


def test_it_is_made_once_for_a_state(maker: Counting, file: VocabularyFile) -> None:
    first = maker.now(file)
    again = maker.now(file)
    assert (len(maker.made), again.state) == (1, first.state)
    maker.library.change([make_article("b", "宜昌")], [])
    newer = maker.now(file)
    assert len(maker.made) == 2
    assert newer.state == state_of(maker.library.engine().snapshot()) != first.state
    assert newer.spelled(maker.syllables.key("宜昌"), 1)
    assert not again.spelled(maker.syllables.key("宜昌"), 1)


def test_what_another_process_makes_is_left_to_it(maker: Counting, file: VocabularyFile) -> None:
    file.make_folder()
    with WriterLock(file.lock):
        assert maker.now(file).spelled(maker.syllables.key("武汉"), 1)
    assert not file.path.exists()


def test_where_nothing_can_be_kept_it_is_made_for_this_once(maker: Counting, file: VocabularyFile) -> None:
    file.path.parent.write_text("not a folder")
    for _ in range(2):
        assert maker.now(file).spelled(maker.syllables.key("武汉"), 1)
    assert len(maker.made) == 2


def test_a_damaged_file_is_told_and_replaced(
    maker: Counting, file: VocabularyFile, caplog: pytest.LogCaptureFixture
) -> None:
    maker.now(file)
    flip(file)
    maker.now(file)
    assert str(file.path) in caplog.text
    maker.now(file)
    assert len(maker.made) == 2

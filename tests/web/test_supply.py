"""What a data folder supplies others with: each thing comes once, and again where it is gone or damaged."""

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from index.analysis.user_words import UserWord, UserWords
from index.data_folder import DataFolder
from index.errors import WriterBusy
from index.indexer import never
from index.served_place import RuleFiles, ServedPlace, StateFile
from search.suggestions.fetched import SHARED_NAME, content_version
from search.suggestions.vocabulary_file import VocabularyFile
from search.synonyms.rules import SynonymsInvalid
from tests.served_place import MemoryFiles, MemoryPlace, MemoryState
from web.serving.supply import LOOK_S, Supply

GROUP = "武汉都市圈, 武汉城市圈\n".encode()


@dataclass(slots=True)
class Site:
    """A data folder, and a place in memory that it supplies; `copied` says how often with articles."""

    folder: DataFolder
    analyzer: Analyzer
    state: MemoryState = field(default_factory=MemoryState)
    files: MemoryFiles = field(default_factory=MemoryFiles)
    now: float = 0.0
    copied: int = 0
    is_busy: bool = False
    supply: Supply = field(init=False)

    def __post_init__(self) -> None:
        place: ServedPlace = MemoryPlace(self.state, self.files)
        self.supply = Supply(self.folder, place, lambda: self.analyzer, self.copy, lambda: self.now)

    def copy(self, _should_stop: object) -> None:
        self.copied += 1
        if self.is_busy:
            raise WriterBusy("another process is indexing")

    def tend(self) -> None:
        self.supply.tend(never)

    def look(self) -> None:
        """Later, when the place is looked at though nothing has changed."""
        self.now += LOOK_S
        self.tend()

    def suggest(self, data: bytes) -> None:
        file = VocabularyFile.of(self.folder)
        file.make_folder()
        file.path.write_bytes(data)


@pytest.fixture
def site(tmp_path: Path, analyzer: Analyzer) -> Site:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    folder.articles.touch()
    return Site(folder, analyzer)


def test_all_that_is_needed_comes_in_one_step(site: Site) -> None:
    site.folder.synonyms.write_bytes(GROUP)
    site.suggest(b"suggestions")
    site.tend()
    assert site.state.words(site.analyzer.version) == site.analyzer.added
    assert site.state.rules() == RuleFiles(synonyms=GROUP)
    assert site.files.get(SHARED_NAME) == StateFile(content_version(b"suggestions"), b"suggestions")
    assert site.copied == 1


def test_nothing_is_looked_at_before_its_time(site: Site) -> None:
    site.tend()
    site.state.put_words(site.analyzer)
    site.state.added.clear()
    site.tend()
    assert (site.state.added, site.copied) == ({}, 1)
    site.look()
    assert (len(site.state.added), site.copied) == (1, 2)


def test_what_is_damaged_there_is_written_anew(site: Site) -> None:
    site.folder.synonyms.write_bytes(GROUP)
    site.suggest(b"suggestions")
    site.tend()
    site.state.damaged = {"words", "rules"}
    site.files.held[SHARED_NAME] = None
    site.look()
    assert site.state.damaged == set()
    assert site.state.rules() == RuleFiles(synonyms=GROUP)
    assert site.files.version(SHARED_NAME) is not None


def test_a_fault_in_the_rules_keeps_nothing_else_away(site: Site) -> None:
    site.folder.synonyms.write_bytes(GROUP)
    site.tend()
    site.folder.synonyms.write_bytes("武汉都市圈 =>\n".encode())
    site.suggest(b"suggestions")
    site.analyzer = _with_a_word(site.analyzer)
    with pytest.raises(SynonymsInvalid):
        site.tend()
    assert site.state.rules() == RuleFiles(synonyms=GROUP)
    assert site.state.words(site.analyzer.version) == site.analyzer.added
    assert site.files.version(SHARED_NAME) == content_version(b"suggestions")


def test_while_another_process_indexes_all_but_articles_comes(site: Site) -> None:
    site.is_busy = True
    site.folder.synonyms.write_bytes(GROUP)
    site.tend()
    assert site.copied == 1
    assert site.state.rules() == RuleFiles(synonyms=GROUP)


def _with_a_word(analyzer: Analyzer) -> Analyzer:
    words = UserWords((UserWord("科创走廊"),))
    return replace(analyzer, added=words, version=f"{analyzer.version} {words.digest}")

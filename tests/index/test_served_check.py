"""What machines without a data folder read is compared with the folder, and may be on its way."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from index.data_folder import DataFolder
from index.served_check import state_differences
from index.served_place import RuleFiles, ServedPlace, StateFile
from tests.served_place import MemoryFiles, MemoryPlace, MemoryState

NAME = "vocabulary"


@dataclass(slots=True)
class Site:
    """A folder with synonyms and suggestions, a place that has the same, and the pauses that were made."""

    folder: DataFolder
    analyzer: Analyzer
    state: MemoryState = field(default_factory=MemoryState)
    files: MemoryFiles = field(default_factory=MemoryFiles)
    pauses: int = 0
    meanwhile: Callable[[], None] = lambda: None

    @property
    def file(self) -> Path:
        return self.folder.root / "vocabulary.bin"

    def supply(self) -> None:
        self.state.put_words(self.analyzer)
        self.state.put_rules(RuleFiles(synonyms=self.folder.synonyms.read_bytes()))
        self.files.put(NAME, StateFile("1", self.file.read_bytes()))

    def told(self) -> list[str]:
        place: ServedPlace = MemoryPlace(self.state, self.files)
        return list(state_differences(place, self.folder, self.analyzer, {NAME: self.file}, self.pause))

    def pause(self) -> None:
        self.pauses += 1
        self.meanwhile()


@pytest.fixture
def site(tmp_path: Path, analyzer: Analyzer) -> Site:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    folder.synonyms.write_text("武汉都市圈, 武汉城市圈\n", encoding="utf-8")
    site = Site(folder, analyzer)
    site.file.write_bytes(b"suggestions")
    site.supply()
    # The control of all tests below.
    assert (site.told(), site.pauses) == ([], 0)
    return site


def test_words_that_are_missing_or_damaged_are_told(site: Site) -> None:
    site.state.added.clear()
    [told] = site.told()
    assert "does not have the words of the analyzer" in told
    site.state.damaged = {"words"}
    [told] = site.told()
    assert "the document words of the search cluster is damaged (it is cut)" in told


def test_a_file_of_rules_that_is_other_or_gone_is_named(site: Site) -> None:
    site.folder.pinned.write_text("武汉 => a1\n", encoding="utf-8")
    site.folder.synonyms.unlink()
    synonyms, pinned = site.told()
    assert "other rules than synonyms.txt says" in synonyms
    assert "other rules than pinned.txt says" in pinned
    site.state.damaged = {"rules"}
    [told] = site.told()
    assert "the document rules of the search cluster is damaged" in told


def test_a_file_that_is_other_missing_or_damaged_is_named(site: Site) -> None:
    site.files.held[NAME] = StateFile("1", b"suggestionz")
    [told] = site.told()
    assert "another vocabulary than vocabulary.bin" in told
    del site.files.held[NAME]
    assert site.told() == [told]
    site.files.held[NAME] = None
    [damaged] = site.told()
    assert "the document vocabulary of the search cluster is damaged" in damaged


def test_a_file_that_is_to_be_made_again_is_no_difference(site: Site) -> None:
    site.file.unlink()
    assert (site.told(), site.pauses) == ([], 0)


def test_what_is_on_its_way_is_no_difference(site: Site) -> None:
    site.folder.synonyms.write_text("长株潭, 长沙\n", encoding="utf-8")
    assert len(site.told()) == 1
    site.meanwhile = site.supply
    assert (site.told(), site.pauses) == ([], 2)

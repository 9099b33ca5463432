"""Damage of index files is noticed before an answer uses them; the rebuild answers as before."""

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from index.analysis.analyzer import Analyzer
from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from index.errors import GenerationDamaged, PolicySearchError
from index.generation import Generation, Manifest, current
from index.indexer import Indexer, IndexReport
from index.whoosh.files import FileVerifier
from index.whoosh.store import WhooshStore
from search.errors import IndexUnavailable
from search.ranking import Ranking
from search.whoosh.engine import WhooshEngine
from tests.engines import Library
from tests.index.corpus.samples import store
from tests.index_states import answers, assert_same, ids, some_articles
from tests.reliability.faults import descriptors_at_most, flip_a_bit

FLIPS = 60


class Site:
    """A data folder with twelve articles, indexed by a rebuild."""

    def __init__(self, root: Path, analyzer: Analyzer) -> None:
        self.folder = DataFolder(root)
        self.folder.create()
        self.analyzer = analyzer
        store(self.folder, *some_articles(map(str, range(12))))
        self.catch_up()

    def catch_up(self) -> IndexReport | None:
        """As a new process does it."""
        with CorpusReader.open(self.folder) as journal:
            return self._indexer(journal).catch_up(lambda _: None)

    def rebuild(self) -> None:
        with CorpusReader.open(self.folder) as journal:
            self._indexer(journal).rebuild(lambda _: None, reason="asked for")

    def _indexer(self, journal: CorpusReader) -> Indexer:
        return Indexer(journal, self.analyzer, WhooshStore(self.folder.index, self.analyzer.version))

    def engine(self) -> WhooshEngine:
        return WhooshEngine(self.folder.index, self.analyzer.version, Ranking())

    def live(self) -> Generation:
        return current(self.folder.index)

    def files(self) -> list[Path]:
        return sorted(self.live().folder.iterdir(), key=lambda path: (path.suffix, path.name))


@pytest.fixture
def site(tmp_path: Path, analyzer: Analyzer) -> Site:
    return Site(tmp_path / "data", analyzer)


@pytest.mark.parametrize("generations", [1, 2], ids=["the only generation", "with one before"])
def test_every_flipped_bit_is_noticed_and_mended(site: Site, analyzer: Analyzer, generations: int) -> None:
    """The generation before answers, or none; then catching up brings the same answers back."""
    random = Random(generations)
    before = answers(site.engine(), analyzer)
    for _ in range(generations - 1):
        site.rebuild()
    for number in range(FLIPS):
        files = site.files()
        assert [path.suffix for path in files] == [".json", ".seg", ".toc"]
        flip_a_bit(files[number % len(files)], random)
        if generations == 1:
            with pytest.raises(IndexUnavailable, match="is damaged"):
                site.engine().snapshot()
        else:
            assert site.engine().snapshot().generation == "1.2"
            assert answers(site.engine(), analyzer) == before
        report = site.catch_up()
        assert report is not None
        assert report.rebuilt is not None
        assert "is damaged" in report.rebuilt
        assert_same(answers(site.engine(), analyzer), before)


def test_too_many_open_files_harm_no_generation(site: Site, analyzer: Analyzer) -> None:
    """Searching and indexing run out of descriptors at every place where they need one."""
    site.rebuild()
    before = answers(site.engine(), analyzer)
    told: list[str] = []
    done = 0
    for more in range(24):
        for step in (lambda: answers(site.engine(), analyzer), site.catch_up, site.rebuild):
            with descriptors_at_most(more):
                try:
                    step()
                except PolicySearchError as error:
                    told.append(str(error))
                else:
                    done += 1
            assert not list(site.folder.index.glob("bad-gen-*"))
    assert told
    assert done
    assert not [message for message in told if "is damaged" in message]
    assert_same(answers(site.engine(), analyzer), before)


def test_without_verifying_flipped_bits_go_unnoticed_or_crash(
    site: Site, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control. Only the segment is damaged: what a damaged pickle in the TOC would do, nobody knows."""

    def trust(self: FileVerifier, generation: Generation, manifest: Manifest) -> None:
        """Look at nothing."""

    random = Random(60)
    [segment] = site.live().folder.glob("*.seg")
    whole = segment.read_bytes()
    monkeypatch.setattr(FileVerifier, "verify", trust)
    unnoticed = crashed = 0
    for _ in range(FLIPS):
        flip_a_bit(segment, random)
        try:
            answers(site.engine(), analyzer)
        except Exception:  # whatever Whoosh makes of damaged bytes is what this test is about
            crashed += 1
        else:
            unnoticed += 1
        segment.write_bytes(whole)
    assert unnoticed > 0
    assert crashed > 0


def segments(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.seg"))


def cut(folder: Path) -> None:
    data = segments(folder)[0].read_bytes()
    segments(folder)[0].write_bytes(data[:-1])


def swap(folder: Path) -> None:
    first, second = segments(folder)[:2]
    first.rename(folder / "x")
    second.rename(first)
    (folder / "x").rename(second)


def lose_a_segment(folder: Path) -> None:
    segments(folder)[0].unlink()


def lose_the_toc(folder: Path) -> None:
    [toc] = folder.glob("*.toc")
    toc.unlink()


def lose_the_manifest(folder: Path) -> None:
    (folder / "manifest.json").unlink()


def zero(folder: Path) -> None:
    size = segments(folder)[-1].stat().st_size
    segments(folder)[-1].write_bytes(bytes(size))


def bring_back_an_older_toc(folder: Path) -> None:
    [toc] = folder.glob("*.toc")
    toc.write_bytes((folder.parent / "older.toc").read_bytes())


DAMAGES = [cut, swap, lose_a_segment, lose_the_toc, lose_the_manifest, zero, bring_back_an_older_toc]


@pytest.fixture
def library(tmp_path: Path, analyzer: Analyzer) -> Library:
    """Generation 1 with a to d, and generation 2 with a to f in three segments."""
    library = Library(tmp_path / "index", analyzer)
    library.build(some_articles("abcd"))
    library.build(some_articles("abcd"))
    library.change(some_articles("e"), [])
    [toc] = current(library.root).folder.glob("*.toc")
    shutil.copy(toc, library.root / "older.toc")
    library.change(some_articles("f"), [])
    return library


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_folder_is_passed_over_and_not_written_to(
    library: Library, analyzer: Analyzer, damage: Callable[[Path], None]
) -> None:
    assert ids(library.engine().snapshot(), analyzer) == set("abcdef")
    damage(current(library.root).folder)
    assert ids(library.engine().snapshot(), analyzer) == set("abcd")
    with pytest.raises(GenerationDamaged):
        library.store().live()


def test_any_flipped_bit_of_current_leads_to_a_whole_generation(library: Library, analyzer: Analyzer) -> None:
    path = library.root / "CURRENT"
    name = path.read_bytes()
    engine = library.engine()
    seen = set()
    for bit in range(len(name) * 8):
        flipped = bytearray(name)
        flipped[bit // 8] ^= 1 << (bit % 8)
        path.unlink()
        path.write_bytes(flipped)
        found = ids(engine.snapshot(), analyzer)
        assert found in (set("abcd"), set("abcdef"))
        seen.add(len(found))
    assert seen == {6}

"""A process of its own makes the vocabulary, and leaves nothing behind however it ends."""

import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from index.analysis.analyzer import Analyzer
from index.data_folder import DataFolder
from index.engine_settings import IN_FOLDER
from index.indexer import never
from search.factory import open_engine
from search.ranking import TUNED
from search.suggestions.maker_process import MakerFailed, MakerJob, MakerProcess
from search.suggestions.making import VocabularyClosed
from search.suggestions.shared import SharedVocabulary
from search.suggestions.suggestion import SuggestionKind
from search.suggestions.syllables import Syllables
from search.suggestions.vocabulary import state_of
from search.suggestions.vocabulary_file import VocabularyFile
from tests.index.corpus.samples import numbered, store
from tests.waiting import WAIT_S, wait_for
from web.commands.ingest import index_stored

MAIN = "from search.suggestions.maker_process import main\nmain()\n"
KILLED = "import os, pathlib\npathlib.Path.replace = lambda *_: os.kill(os.getpid(), 9)\n"
"""It is killed when the new file is written and has not got its name yet."""
ENDLESS = """
import pathlib, time
from search.suggestions import maker_process
def make(job):
    (job.folder.root / "begun").touch()
    time.sleep(600)
maker_process._make = make
"""
ORPHANED = "maker_process._end_with_parent = lambda: None\n"


def program(text: str) -> tuple[str, ...]:
    return (sys.executable, "-P", "-c", text)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, analyzer: Analyzer) -> DataFolder:
    folder = DataFolder(tmp_path_factory.mktemp("made") / "data")
    folder.create()
    store(folder, numbered(1, "首笔碳汇贷落地。"), numbered(2, "武汉推进协同创新。"))
    index_stored(folder, analyzer)
    return folder


@pytest.fixture
def maker(folder: DataFolder, analyzer: Analyzer) -> MakerProcess:
    return MakerProcess(folder, IN_FOLDER, TUNED, lambda: analyzer.version)


@pytest.fixture
def file(tmp_path: Path) -> VocabularyFile:
    file = VocabularyFile(tmp_path / "suggestions" / "vocabulary.bin")
    file.make_folder()
    return file


def test_it_writes_the_vocabulary_of_the_newest_state(
    maker: MakerProcess, folder: DataFolder, file: VocabularyFile, analyzer: Analyzer, syllables: Syllables
) -> None:
    assert maker.make((file.path,), never) == file.path
    found = file.read(syllables)
    engine = open_engine(folder, analyzer.version, TUNED)
    assert found.state == state_of(engine.snapshot())
    engine.close()
    assert "武汉" in found.completions[SuggestionKind.WORD].texts


def test_it_reads_the_index_of_the_words_that_are_in_use_by_then(
    maker: MakerProcess, file: VocabularyFile, analyzer: Analyzer
) -> None:
    versions = ["of before", analyzer.version]
    follower = replace(maker, analyzer=lambda: versions.pop(0))
    with pytest.raises(MakerFailed, match="analyzer"):
        follower.make((file.path,), never)
    assert follower.make((file.path,), never) == file.path


def test_what_the_first_place_does_not_take_is_written_to_the_next(
    maker: MakerProcess, file: VocabularyFile, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "nowhere" / "v"
    assert maker.make((missing, file.path), never) == file.path
    assert str(missing) in capfd.readouterr().err


def test_what_no_place_takes_is_written_to_a_folder_of_its_own(
    maker: MakerProcess, syllables: Syllables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    written = maker.make((tmp_path / "nowhere" / "v",), never)
    assert written.parent.parent == tmp_path
    assert stat.S_IMODE(written.parent.stat().st_mode) == 0o700
    assert "武汉" in VocabularyFile(written).read(syllables).completions[SuggestionKind.WORD].texts


def test_what_nothing_takes_leaves_nothing_behind(
    maker: MakerProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    full = "import pathlib\ndef fail(*_): raise OSError(28, 'no space left')\npathlib.Path.replace = fail\n"
    with pytest.raises(MakerFailed, match="no space left"):
        replace(maker, program=program(full + MAIN)).make((tmp_path / "v",), never)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param(KILLED + MAIN, "killed by signal 9", id="killed"),
        pytest.param("raise SystemExit(7)", "ended with status 7", id="ended"),
    ],
)
def test_one_that_ends_without_any_is_told(
    maker: MakerProcess, file: VocabularyFile, text: str, reason: str
) -> None:
    with pytest.raises(MakerFailed, match=reason):
        replace(maker, program=program(text)).make((file.path,), never)
    assert not file.path.exists()


def test_without_articles_it_says_why(maker: MakerProcess, file: VocabularyFile, tmp_path: Path) -> None:
    with pytest.raises(MakerFailed, match="ingest"):
        replace(maker, folder=DataFolder(tmp_path / "none")).make((file.path,), never)


def test_a_killed_one_leaves_the_file_that_serves(
    maker: MakerProcess, folder: DataFolder, file: VocabularyFile, analyzer: Analyzer, syllables: Syllables
) -> None:
    engine = open_engine(folder, analyzer.version, TUNED)
    snapshot = engine.snapshot()
    with closing(SharedVocabulary(file, maker, lambda: syllables)) as shared:
        assert shared.make(snapshot) is not None
    whole = file.path.read_bytes()
    failing = replace(maker, program=program(KILLED + MAIN))
    with closing(SharedVocabulary(file, failing, lambda: syllables)) as shared:
        served = shared.newest()
        assert served is not None
        with pytest.raises(MakerFailed):
            shared.make(snapshot)
        assert shared.newest() is None
    assert file.path.read_bytes() == whole
    assert len(list(file.path.parent.glob(".*.new"))) == 1, "it was killed while it wrote"
    assert "武汉" in served.completions[SuggestionKind.WORD].texts
    with closing(SharedVocabulary(file, maker, lambda: syllables)) as shared:
        shared.make(snapshot)
    assert sorted(path.name for path in file.path.parent.iterdir()) == ["maker.lock", file.path.name]
    engine.close()


def test_one_that_is_not_wanted_any_more_is_ended(
    maker: MakerProcess, folder: DataFolder, file: VocabularyFile
) -> None:
    begun = folder.root / "begun"
    begun.unlink(missing_ok=True)
    started = time.monotonic()
    with pytest.raises(VocabularyClosed):
        replace(maker, program=program(ENDLESS + MAIN)).make((file.path,), begun.exists)
    assert time.monotonic() - started < WAIT_S


@contextmanager
def begun_maker(maker: MakerProcess, file: VocabularyFile, text: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A maker that has begun and does not end by itself."""
    job = MakerJob(maker.folder, maker.engine, maker.ranking, maker.analyzer(), (file.path,))
    begun = maker.folder.root / "begun"
    begun.unlink(missing_ok=True)
    with subprocess.Popen(program(text), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdin is not None
            process.stdin.write(msgspec.json.encode(job, enc_hook=str) + b"\n")
            process.stdin.flush()
            wait_for(begun.exists)
            yield process
        finally:
            process.kill()


def test_it_ends_with_the_process_that_started_it(maker: MakerProcess, file: VocabularyFile) -> None:
    with begun_maker(maker, file, ENDLESS + MAIN) as process:
        assert process.poll() is None
        assert process.stdin is not None
        process.stdin.close()  # as the kernel does when that process ends
        assert process.wait(WAIT_S) == 1


def test_control_one_that_does_not_watch_goes_on(maker: MakerProcess, file: VocabularyFile) -> None:
    with begun_maker(maker, file, ENDLESS + ORPHANED + MAIN) as process:
        assert process.stdin is not None
        process.stdin.close()
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(1.0)

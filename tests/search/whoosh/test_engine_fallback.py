"""What the engine does about generations that are damaged, of another version, or cannot be read now."""

import errno
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from index.durable import sha256_of
from index.generation import Generation, Manifest, current
from search.errors import IndexUnavailable
from search.whoosh import engine as engine_module
from tests.engines import Library
from tests.index_states import answers, ids, some_articles
from tests.reliability.faults import failing_with, passing_errors


def damage(generation: Generation) -> None:
    [segment, *_] = generation.folder.glob("*.seg")
    os.truncate(segment, 100)


def test_a_damaged_generation_is_passed_over_for_the_one_before(
    library: Library, analyzer: Analyzer, caplog: pytest.LogCaptureFixture
) -> None:
    damage(current(library.root))
    engine = library.engine()
    assert engine.snapshot().generation == "1.1"
    assert ids(engine.snapshot(), analyzer) == set("abc")
    assert "passed over: the index generation gen-00000002 is damaged" in caplog.text
    assert len(caplog.records) == 1
    [reason] = engine.passed_over()
    assert "gen-00000002 is damaged" in reason
    library.build(some_articles("xyz"))
    assert ids(engine.snapshot(), analyzer) == set("xyz")
    assert engine.passed_over() == ()


def test_a_damaged_commit_is_noticed_by_an_engine_that_follows(library: Library, analyzer: Analyzer) -> None:
    engine = library.engine()
    assert ids(engine.snapshot(), analyzer) == set("abcd")
    library.change(some_articles("e"), [])
    live = current(library.root)
    newest = max(live.folder.glob("*.seg"), key=lambda path: path.stat().st_mtime_ns)
    os.truncate(newest, 10)
    assert engine.snapshot().generation == "1.1"


def test_a_fallback_ends_with_the_next_good_commit(library: Library, analyzer: Analyzer) -> None:
    """A file was away for a moment; what is published next is looked at again."""
    live = current(library.root)
    [segment] = live.folder.glob("*.seg")
    hidden = segment.rename(library.root / "hidden")
    engine = library.engine()
    assert engine.snapshot().generation == "1.1"
    hidden.rename(segment)
    library.change(some_articles("e"), [])
    assert engine.snapshot().generation == "2.2"


def test_an_engine_without_a_good_generation_looks_again_after_a_commit(
    tmp_path: Path, analyzer: Analyzer
) -> None:
    library = Library(tmp_path / "index", analyzer)
    library.build(some_articles("abc"))
    [segment] = current(library.root).folder.glob("*.seg")
    hidden = segment.rename(library.root / "hidden")
    engine = library.engine()
    with pytest.raises(IndexUnavailable, match="is missing"):
        engine.snapshot()
    hidden.rename(segment)
    library.change(some_articles("d"), [])
    assert ids(engine.snapshot(), analyzer) == set("abcd")


def test_without_a_good_generation_every_reason_is_named(library: Library) -> None:
    for folder in library.root.glob("gen-*"):
        damage(Generation(folder))
    engine = library.engine()
    for _ in range(3):
        with pytest.raises(IndexUnavailable, match=r"gen-00000002 is damaged.*; .*gen-00000001 is damaged"):
            engine.snapshot()


def test_what_was_refused_is_not_read_again_until_something_is_published(
    library: Library, analyzer: Analyzer, read: list[str]
) -> None:
    for folder in library.root.glob("gen-*"):
        (folder / "_MAIN_1.toc").write_bytes(b"")
    engine = library.engine()
    for _ in range(3):
        with pytest.raises(IndexUnavailable):
            engine.snapshot()
    assert read == []
    library.build(some_articles("xyz"))
    assert ids(engine.snapshot(), analyzer) == set("xyz")


@pytest.mark.parametrize(
    ("content", "generation"),
    [
        (b"", "2.1"),
        (b"gen-00000007\n", "2.1"),
        (b"\x80\xff", "2.1"),
        (b"gen-00000001\n", "1.1"),
    ],
    ids=["empty", "no such folder", "binary", "the generation before"],
)
def test_a_damaged_current_still_leads_to_a_good_generation(
    library: Library, content: bytes, generation: str
) -> None:
    engine = library.engine()
    engine.snapshot()
    (library.root / "CURRENT").write_bytes(content)
    assert engine.snapshot().generation == library.engine().snapshot().generation == generation
    [*reasons] = engine.passed_over()
    told = ["CURRENT does not name the newest whole generation, gen-00000002"]
    assert reasons == ([] if generation == "1.1" else told)


def test_without_current_the_newest_finished_generation_answers(library: Library) -> None:
    (library.root / "CURRENT").unlink()
    library.store().create().commit(1, 1.0)
    assert library.engine().snapshot().generation == "2.1"


@pytest.mark.parametrize(
    "other",
    [lambda manifest: replace(manifest, format="x"), lambda manifest: replace(manifest, analyzer="x")],
    ids=["format", "analyzer"],
)
def test_a_generation_of_another_version_is_passed_over(
    library: Library, other: Callable[[Manifest], Manifest]
) -> None:
    engine = library.engine()
    engine.snapshot()
    before, live = (Generation(library.root / f"gen-0000000{number}") for number in (1, 2))
    live.publish(other(live.manifest()))
    assert engine.snapshot().generation == library.engine().snapshot().generation == "1.1"
    assert engine.passed_over() == (), "two versions on one folder would rebuild it in turns for ever"
    before.publish(other(before.manifest()))
    with pytest.raises(
        IndexUnavailable, match=r"gen-00000002.*another version.*gen-00000001.*another version"
    ):
        engine.snapshot()


def test_another_version_that_goes_on_committing_is_told_of_once(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    live = Generation(library.root / "gen-00000002")
    engine = library.engine()
    for number in range(3):
        live.publish(replace(live.manifest(), format="x", commit=10 + number))
        assert engine.snapshot().generation == "1.1"
    assert len(caplog.records) == 1
    live.publish(replace(live.manifest(), format="y"))
    engine.snapshot()
    assert "gen-00000002" in caplog.text


@pytest.fixture
def unreadable(monkeypatch: pytest.MonkeyPatch, code: int) -> Iterator[pytest.MonkeyPatch]:
    """Segments cannot be opened now; files that are open already are."""
    monkeypatch.setattr(engine_module, "RETRY_S", 0.0)
    with monkeypatch.context() as patch:
        patch.setattr("index.whoosh.files.sha256_of", failing_with(code))
        yield patch


@passing_errors
def test_what_is_open_serves_on_while_a_commit_cannot_be_read(
    library: Library, analyzer: Analyzer, unreadable: pytest.MonkeyPatch, code: int
) -> None:
    with unreadable.context() as readable:
        readable.setattr("index.whoosh.files.sha256_of", sha256_of)
        engine = library.engine()
        before = answers(engine, analyzer)
        library.change(some_articles("e"), [])
    for _ in range(2):
        assert answers(engine, analyzer) == before
        [reason] = engine.passed_over()
        assert "gen-00000002 cannot be read now" in reason
        assert os.strerror(code) in reason
    unreadable.undo()
    assert ids(engine.snapshot(), analyzer) == set("abcde")
    assert engine.passed_over() == ()


@passing_errors
def test_an_engine_that_can_read_nothing_now_tries_again(
    library: Library, unreadable: pytest.MonkeyPatch, code: int
) -> None:
    engine = library.engine()
    for _ in range(2):
        with pytest.raises(IndexUnavailable, match=r"gen-00000002 cannot be read now.*gen-00000001 cannot"):
            engine.snapshot()
    unreadable.undo()
    assert engine.snapshot().generation == "2.1"


def test_a_segment_that_cannot_be_opened_now_is_no_damage(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "RETRY_S", 0.0)
    engine = library.engine()
    with monkeypatch.context() as patch:
        patch.setattr(engine_module, "open_segment", failing_with(errno.EMFILE))
        with pytest.raises(IndexUnavailable, match="cannot be read now"):
            engine.snapshot()
    assert engine.snapshot().generation == "2.1"


def test_a_folder_that_cannot_be_listed_now_is_tried_again(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "RETRY_S", 0.0)
    engine = library.engine()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "iterdir", failing_with(errno.EMFILE))
        with pytest.raises(IndexUnavailable, match="cannot be read now"):
            engine.snapshot()
    assert engine.snapshot().generation == "2.1"


def test_what_cannot_be_read_is_not_tried_with_every_search(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[Path] = []

    def fail(path: Path) -> str:
        tried.append(path)
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("index.whoosh.files.sha256_of", fail)
    engine = library.engine()
    for _ in range(5):
        with pytest.raises(IndexUnavailable):
            engine.snapshot()
    assert len(tried) == 2

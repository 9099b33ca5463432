"""Vectors follow the articles, whatever happens on the way."""

import random
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import StorageFailed, WriterBusy
from index.vectors.block import Block
from index.vectors.file import append
from index.vectors.filler import Filled
from index.vectors.upkeep import VectorUpkeep
from index.writer_lock import WriterLock
from tests.embedders import PairEmbedder
from tests.engines import make_article
from tests.index.vectors.folder import RULE, VectorFolder
from tests.index.vectors.states import assert_holds, expected
from tests.index_states import some_articles
from tests.reliability.faults import files_at_most


@pytest.fixture
def folder(tmp_path: Path) -> VectorFolder:
    """Articles a to d in the database, with their vectors."""
    folder = VectorFolder(tmp_path / "data")
    folder.change(some_articles("abcd"))
    folder.fill()
    return folder


def test_each_article_gets_the_vectors_of_its_passages(folder: VectorFolder) -> None:
    assert len(folder.table()) == 4
    assert_holds(folder.table(), expected(folder))


def test_changed_articles_have_new_vectors_and_deleted_ones_none(folder: VectorFolder) -> None:
    folder.change(some_articles("bx", seed=1), "a")
    filled = folder.fill()
    assert filled is not None
    assert filled.changes == 3
    assert set(folder.table().places) == set("bcdx")
    assert_holds(folder.table(), expected(folder))


def test_an_article_without_text_has_no_vector(tmp_path: Path) -> None:
    folder = VectorFolder(tmp_path / "data")
    folder.change([make_article("empty", "", title=""), make_article("full", "科技创新", title="")])
    assert folder.fill() == Filled(2, 1)
    assert set(folder.table().places) == {"full"}


def test_with_nothing_to_do_nothing_is_written(folder: VectorFolder) -> None:
    before = folder.folder.vectors.stat()
    assert folder.fill() is None
    assert folder.folder.vectors.stat().st_mtime_ns == before.st_mtime_ns


def test_passages_that_stay_the_same_are_not_embedded_again(folder: VectorFolder) -> None:
    """The journal names an article again when it gets another tag, or another copy."""
    texts: list[str] = []
    folder.embedder = PairEmbedder(before=texts.extend)
    (article,) = some_articles("a")
    folder.change([replace(article, tags=("新标签",))])
    assert folder.fill() == Filled(1, 0)
    assert texts == []
    assert_holds(folder.table(), expected(folder))


def test_stopping_keeps_what_is_stored_and_the_next_run_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.vectors.filler.BATCH_CHANGES", 4)
    monkeypatch.setattr("index.vectors.filler.TEXTS", 2)
    texts: list[str] = []
    folder = VectorFolder(tmp_path / "data", PairEmbedder(before=texts.extend))
    folder.change(some_articles("abcdefghijkl"))
    folder.fill_until(lambda: len(texts) >= 12)
    done = len(folder.table())
    assert 0 < done < 12
    made = len(texts)
    folder.fill()
    assert len(texts) - made < sum(map(len, expected(folder).values()))
    assert_holds(folder.table(), expected(folder))


def test_vectors_of_another_embedder_version_are_made_anew(folder: VectorFolder) -> None:
    folder.embedder = PairEmbedder(version="2")
    assert len(folder.table()) == 0
    assert folder.fill() == Filled(4, folder.table().rows)
    assert_holds(folder.table(), expected(folder))


def test_vectors_of_another_journal_are_made_anew(folder: VectorFolder, tmp_path: Path) -> None:
    other = VectorFolder(tmp_path / "other")
    other.change(some_articles("mnopq"))
    shutil.copy(other.folder.articles, folder.folder.articles)
    folder.fill()
    assert set(folder.table().places) == set("mnopq")
    assert_holds(folder.table(), expected(folder))


def test_a_database_that_went_back_takes_its_vectors_back(folder: VectorFolder, tmp_path: Path) -> None:
    backup = shutil.copy(folder.folder.articles, tmp_path / "backup.db")
    folder.change(some_articles("xyz"))
    folder.fill()
    shutil.copy(backup, folder.folder.articles)
    folder.fill()
    assert set(folder.table().places) == set("abcd")


def test_two_processes_do_not_make_the_same_vectors(folder: VectorFolder) -> None:
    folder.change(some_articles("x"))
    upkeep = replace(VectorUpkeep.of(folder.folder, folder.embedder, RULE), wait=0.0)
    with WriterLock(folder.folder.vectors_lock), pytest.raises(WriterBusy):
        upkeep.catch_up(lambda _: None)


def test_a_full_disk_loses_nothing_that_was_stored(
    folder: VectorFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = folder.table()
    folder.change(some_articles("xyz"))

    def append_on_full_disk(path: Path, block: Block) -> None:
        with files_at_most(path.stat().st_size + 100):
            append(path, block)

    with monkeypatch.context() as patch:
        patch.setattr("index.vectors.filler.append", append_on_full_disk)
        with pytest.raises(StorageFailed, match="cannot be read or written: File too large"):
            folder.fill()
    assert set(folder.table().places) == set(before.places)
    assert folder.fill() == Filled(3, folder.table().rows - before.rows)
    assert_holds(folder.table(), expected(folder))


@pytest.mark.parametrize("articles", ["", "abc"], ids=["none left", "some left"])
def test_a_file_of_mostly_dead_rows_is_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, articles: str
) -> None:
    monkeypatch.setattr("index.vectors.compacting.ARTICLES", 2)
    folder = VectorFolder(tmp_path / "data")
    for seed in range(6):
        folder.change(some_articles("abcdef", seed))
        folder.fill()
    folder.change([], *(name for name in "abcdef" if name not in articles))
    folder.fill()
    table = folder.table()
    assert table.stored_rows == table.rows
    assert_holds(table, expected(folder))
    assert folder.fill() is None


Step = tuple[str, Sequence[str], int]

steps = st.lists(
    st.tuples(
        st.sampled_from(["put", "delete", "fill", "stop", "tear", "damage"]),
        st.lists(st.sampled_from("abcdef"), unique=True, max_size=4),
        st.integers(0, 2**16),
    ),
    max_size=8,
)


@settings(max_examples=25)
@given(steps)
def test_after_any_history_a_run_to_the_end_leaves_what_the_articles_say(
    tmp_path_factory: pytest.TempPathFactory, steps: Sequence[Step]
) -> None:
    folder = VectorFolder(tmp_path_factory.mktemp("vectors") / "data")
    for step in steps:
        _do(folder, *step)
    folder.fill()
    assert_holds(folder.table(), expected(folder))


def _do(folder: VectorFolder, step: str, names: Sequence[str], number: int) -> None:
    path = folder.folder.vectors
    match step:
        case "put":
            folder.change(some_articles(names, seed=number))
        case "delete":
            folder.change([], *names)
        case "fill":
            folder.fill()
        case "stop":
            stops = random.Random(number)
            folder.fill_until(lambda: stops.random() < 0.3)
        case "tear" if path.exists():
            path.write_bytes(path.read_bytes()[: number % (path.stat().st_size + 1)])
        case "damage" if path.exists() and path.stat().st_size:
            data = bytearray(path.read_bytes())
            data[number % len(data)] ^= 1 << number % 8
            path.write_bytes(data)

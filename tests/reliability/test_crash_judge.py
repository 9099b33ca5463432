"""The judge of crashes sees each fault where there is one, and none where there is none."""

import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from index.data_folder import DataFolder
from index.whoosh.segments import WriterSegment
from tests.reliability.crash_judge import Fault, Judge, State, state_of
from tests.reliability.crash_operations import Deletes, Program, Puts, Words, article_id, prepare, texts_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def program() -> Program:
    return Program.load()


@pytest.fixture(scope="module")
def judge(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Judge:
    return Judge.of(program, DataFolder(tmp_path_factory.mktemp("no-rules")))


@pytest.fixture(scope="module")
def prepared(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("prepared")
    prepare(top, ("commit",), program)
    return top / "commit"


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> DataFolder:
    """A copy of a folder with some articles."""
    return DataFolder(shutil.copytree(prepared, tmp_path / "data"))


@pytest.fixture
def state(folder: DataFolder) -> State:
    return state_of(folder)


def with_articles(state: State, *numbers: int) -> State:
    return replace(
        state, articles={**state.articles, **{article_id(number): texts_of(number, 1) for number in numbers}}
    )


def seen(judge: Judge, folder: DataFolder, before: State, after: State) -> set[Fault]:
    return {found.fault for found in judge.faults(folder.root, before, after)}


def test_where_all_is_well_nothing_is_seen(judge: Judge, folder: DataFolder, state: State) -> None:
    assert seen(judge, folder, state, with_articles(state, 50)) == set()


def test_what_was_being_done_may_be_there(
    judge: Judge, program: Program, folder: DataFolder, state: State
) -> None:
    program.store({50: 1, 51: 1}, folder, lambda _: None)
    assert seen(judge, folder, state, with_articles(state, 50, 51)) == set()


def test_an_article_that_is_gone_is_lost(
    judge: Judge, program: Program, folder: DataFolder, state: State
) -> None:
    program.do(Deletes((3,)), folder, lambda _: None)
    assert seen(judge, folder, state, state) == {Fault.LOST}


def test_an_older_version_is_lost_too(judge: Judge, folder: DataFolder, state: State) -> None:
    newer = replace(state, articles={**state.articles, article_id(3): texts_of(3, 2)})
    assert seen(judge, folder, newer, newer) == {Fault.LOST}


def test_words_that_are_gone_are_lost(
    judge: Judge, program: Program, folder: DataFolder, state: State
) -> None:
    program.do(Words(("链长制",)), folder, lambda _: None)
    assert seen(judge, folder, state, state) == {Fault.LOST}


def test_a_part_of_a_batch_is_half(judge: Judge, program: Program, folder: DataFolder, state: State) -> None:
    program.store({50: 1}, folder, lambda _: None)
    assert seen(judge, folder, state, with_articles(state, 50, 51)) == {Fault.HALF}


def test_a_database_that_cannot_be_read_needs_a_hand(judge: Judge, folder: DataFolder, state: State) -> None:
    folder.articles.write_bytes(b"no database" * 1_000)
    assert seen(judge, folder, state, state) == {Fault.HAND}


def test_an_index_with_older_texts_beside_the_new_ones_answers_wrong(
    judge: Judge, program: Program, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgetful(segment: WriterSegment, ids: Iterable[str]) -> WriterSegment:
        return segment

    with monkeypatch.context() as patch:
        patch.setattr(WriterSegment, "without", forgetful)
        program.do(Puts({3: 2, 4: 2}), folder, lambda _: None)
    now = state_of(folder)
    assert Fault.WRONG in seen(judge, folder, now, now)

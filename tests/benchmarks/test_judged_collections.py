"""What is made once and kept is made again where it is not whole, or of another version."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.engines.ours import ANALYZER
from benchmarks.judged_collections import MADE_BY, OURS, SETS, build
from index.generation import current_path
from index.whoosh.store import WhooshStore
from tests.benchmarks.judged_library import SET, TEXTS

COLLECTION = SETS[SET][0]
pytestmark = pytest.mark.slow


@pytest.fixture
def work(judged_work: Path, tmp_path: Path) -> Path:
    """A copy to be broken."""
    return shutil.copytree(judged_work, tmp_path / "work")


def articles(work: Path) -> int:
    """How many the index holds."""
    with closing(WhooshStore(work / COLLECTION / OURS, ANALYZER).live()) as writer:
        return writer.documents


def made_at(work: Path) -> tuple[int, int]:
    """When the articles were made, and when the index was."""
    folder = work / COLLECTION
    return (folder / "articles-00000.pickle").stat().st_mtime_ns, current_path(
        folder / OURS
    ).stat().st_mtime_ns


def test_what_is_whole_stays(work: Path, judged_data: Path) -> None:
    before = made_at(work)

    build(work, judged_data, COLLECTION)

    assert made_at(work) == before
    assert articles(work) == len(TEXTS)


def test_an_index_that_was_not_finished_is_made_again_of_the_same_articles(
    work: Path, judged_data: Path
) -> None:
    before = made_at(work)
    (generation,) = (work / COLLECTION / OURS).glob("gen-*")
    generation.rename(generation.with_name(f"new-{generation.name}"))
    current_path(work / COLLECTION / OURS).unlink()

    build(work, judged_data, COLLECTION)

    assert made_at(work)[0] == before[0]
    assert articles(work) == len(TEXTS)


def test_articles_of_another_version_are_made_again_and_their_index_too(
    work: Path, judged_data: Path
) -> None:
    before = made_at(work)
    (work / COLLECTION / MADE_BY).write_text("rules-0", encoding="utf-8")

    build(work, judged_data, COLLECTION)

    after = made_at(work)
    assert after[0] > before[0]
    assert after[1] > before[1]
    assert articles(work) == len(TEXTS)

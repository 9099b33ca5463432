"""A rebuild that was stopped or killed goes on from its last commit, and ends with the same index."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from index import indexer as indexer_module
from index.analysis.analyzer import Analyzer
from index.corpus.reader import CorpusReader
from index.errors import StorageFailed
from index.generation import Generation, current, unfinished
from index.indexer import Batch, Indexer, IndexingStopped, Progress
from index.whoosh.store import WhooshStore
from index.whoosh.writer import WhooshWriter
from index.writer import IndexWriter
from tests.index.site import Site
from tests.index_states import answers, assert_same, some_articles
from tests.processes import unmeasured_environment
from tests.reliability.faults import failing_with

ROOT = Path(__file__).resolve().parents[2]
NAMES = "abcdefghij"
BATCH = 3

KILLED = """
import os, signal, sys
from pathlib import Path
from index import indexer
from index.analysis.setup import load_analyzer
from index.analysis.user_words import UserWords
from index.text.folding import Folding
from tests.index.site import Site

indexer.REBUILD_BATCH = indexer.Batch(int(sys.argv[2]), 1_000_000)
left = int(sys.argv[3])

def die_after(progress):
    global left
    left -= progress.changes
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)

site = Site(Path(sys.argv[1]), load_analyzer(Folding.load(), UserWords(())))
site.run(lambda indexer: indexer.rebuild(die_after, reason="asked for"))
"""


@pytest.fixture
def site(tmp_path: Path, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Articles a to j in the database and in a live index."""
    monkeypatch.setattr(indexer_module, "REBUILD_BATCH", Batch(BATCH, 1_000_000))
    site = Site(tmp_path / "data", analyzer)
    site.change(some_articles(NAMES))
    site.catch_up()
    return site


def kill_after(site: Site, articles: int) -> None:
    """Rebuild in another process, which is killed when it has put so many articles."""
    command = [sys.executable, "-c", KILLED, str(site.folder.root), str(BATCH), str(articles)]
    done = subprocess.run(
        command, cwd=ROOT, env=unmeasured_environment(), capture_output=True, check=False, timeout=120
    )
    assert done.returncode == -9, done.stderr.decode()


def stop_after(site: Site, articles: int) -> None:
    """Stop a rebuild when it has put so many articles."""
    seen: list[int] = []
    with CorpusReader.open(site.folder) as journal:
        indexer = Indexer(journal, site.analyzer, site.store, lambda: sum(seen) == articles)
        with pytest.raises(IndexingStopped):
            indexer.rebuild(lambda progress: seen.append(progress.changes), "asked for")


def rebuilt(site: Site) -> int:
    """Rebuild; how many articles were analysed for it."""
    analysed = 0

    def count(progress: Progress) -> None:
        nonlocal analysed
        analysed += progress.changes

    site.run(lambda indexer: indexer.rebuild(count, reason="asked for"))
    return analysed


def average_length(site: Site) -> float:
    return current(site.folder.index).manifest().average_length


@pytest.mark.parametrize(
    ("interrupt", "done", "left"),
    [
        pytest.param(stop_after, 2, 10, id="stopped before the first commit"),
        pytest.param(stop_after, 3, 7, id="stopped at a commit"),
        pytest.param(stop_after, 8, 4, id="stopped after a commit"),
        pytest.param(kill_after, 2, 10, id="killed before the first commit"),
        pytest.param(kill_after, 5, 7, id="killed after a commit"),
        pytest.param(kill_after, 9, 4, id="killed as it commits"),
        pytest.param(kill_after, 10, 1, id="killed at the end"),
    ],
)
def test_a_rebuild_goes_on_from_the_last_commit(
    site: Site, analyzer: Analyzer, interrupt: Callable[[Site, int], None], done: int, left: int
) -> None:
    site.rebuild()
    whole, average = answers(site.engine, analyzer), average_length(site)
    interrupt(site, done)
    assert answers(site.engine, analyzer) == whole
    assert rebuilt(site) == left
    assert_same(answers(site.engine, analyzer), whole)
    assert average_length(site) == average
    assert site.catch_up() is None
    assert not list(unfinished(site.folder.index))


class ForgetfulStore(WhooshStore):
    """A store that never goes on from what was begun."""

    def resume(self) -> IndexWriter | None:
        return None


def test_control_a_store_that_never_resumes_analyses_all_again(site: Site) -> None:
    site.store = ForgetfulStore(site.folder.index, site.analyzer.version)
    stop_after(site, 8)
    assert rebuilt(site) == len(NAMES)
    assert site.ids() == set(NAMES)


def test_two_interruptions_cost_what_was_not_committed(site: Site) -> None:
    stop_after(site, 4)
    stop_after(site, 5)
    assert rebuilt(site) == 4
    assert site.ids() == set(NAMES)


def test_what_changed_meanwhile_is_followed(site: Site, analyzer: Analyzer) -> None:
    """Six articles were committed; one of them changes and one goes, and so does one of the other four."""
    stop_after(site, 7)
    site.change(some_articles("ck", seed=1), "a", "j")
    assert rebuilt(site) == len("ghi") + len("ck") + len("aj")
    found, average = site.ids(), average_length(site)
    assert found == set("bcdefghik")
    site.rebuild()
    assert (site.ids(), average_length(site)) == (found, average)


def cut_a_file(begun: Generation) -> None:
    path = begun.folder / max(begun.manifest().files, key=lambda file: file.size).name
    with path.open("r+b") as file:
        file.truncate(10)


def lose_the_manifest(begun: Generation) -> None:
    begun.manifest_path.unlink()


def of_another_format(begun: Generation) -> None:
    begun.publish(replace(begun.manifest(), format="of yesterday"))


def of_another_analyzer(begun: Generation) -> None:
    begun.publish(replace(begun.manifest(), analyzer="of yesterday"))


def ahead_of_the_journal(begun: Generation) -> None:
    begun.publish(replace(begun.manifest(), sequence=1_000))


@pytest.mark.parametrize(
    "harm", [cut_a_file, lose_the_manifest, of_another_format, of_another_analyzer, ahead_of_the_journal]
)
def test_what_cannot_be_gone_on_from_is_removed(site: Site, harm: Callable[[Generation], None]) -> None:
    stop_after(site, 7)
    [begun] = unfinished(site.folder.index)
    harm(begun)
    site.store = WhooshStore(site.folder.index, site.analyzer.version)
    assert rebuilt(site) == len(NAMES)
    assert site.ids() == set(NAMES)
    assert not begun.folder.exists()


def test_a_rebuild_does_not_go_on_with_another_journal(
    site: Site, analyzer: Analyzer, tmp_path: Path
) -> None:
    """The articles were replaced by others, in a journal that is as long."""
    stop_after(site, 7)
    other = Site(tmp_path / "other", analyzer)
    other.change(some_articles("mnopqrstuv"))
    swap_the_articles(site, other)
    assert rebuilt(site) == len("mnopqrstuv")
    assert site.ids() == set("mnopqrstuv")


def test_a_rebuild_does_not_go_on_from_an_older_backup_with_new_articles(
    site: Site, analyzer: Analyzer, tmp_path: Path
) -> None:
    """Both journals begin alike: the first entries of the backup are those that were there before."""
    backup = Site(tmp_path / "backup", analyzer)
    swap_the_articles(backup, site)
    site.change(some_articles("abcdefghij", seed=1))
    stop_after(site, 7)
    backup.change(some_articles("klmnopqrstuv"), "a")
    swap_the_articles(site, backup)
    assert rebuilt(site) == len("abcdefghijklmnopqrstuv")
    assert site.ids() == set("bcdefghijklmnopqrstuv")


def swap_the_articles(site: Site, other: Site) -> None:
    """Put the database of another site in the place of a site's own."""
    shutil.copy(other.folder.articles, site.folder.articles)


def test_control_where_only_numbers_count_another_journal_is_followed(
    site: Site, analyzer: Analyzer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CorpusReader, "entry", lambda _, sequence: "any" if sequence else None)
    site.rebuild()
    stop_after(site, 7)
    other = Site(tmp_path / "other", analyzer)
    other.change(some_articles("mnopqrstuv"))
    swap_the_articles(site, other)
    rebuilt(site)
    assert site.ids() == set("abcdefstuv")


def test_what_cannot_be_read_now_stops_no_rebuild(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    stop_after(site, 7)
    [begun] = unfinished(site.folder.index)
    read = Path.read_bytes

    def failing(path: Path) -> bytes:
        if path == begun.manifest_path:
            failing_with(5)()
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", failing)
    assert rebuilt(site) == len(NAMES)


def test_the_first_index_goes_on_too(site: Site) -> None:
    shutil.rmtree(site.folder.index)
    seen: list[Progress] = []
    with CorpusReader.open(site.folder) as journal:
        indexer = Indexer(journal, site.analyzer, site.store, lambda: len(seen) > BATCH)
        with pytest.raises(IndexingStopped):
            indexer.catch_up(seen.append)
    assert site.indexed() == len(NAMES) - BATCH
    assert site.ids() == set(NAMES)


@contextmanager
def failing_commits(monkeypatch: pytest.MonkeyPatch, after: int) -> Iterator[None]:
    """Commits fail as on a full disk, but for the first ones."""
    commit, done = WhooshWriter.commit, iter(range(after))

    def failing(self: WhooshWriter, sequence: int, average_length: float, entry: str | None = None) -> str:
        if next(done, None) is None:
            raise StorageFailed("no space left")
        return commit(self, sequence, average_length, entry)

    with monkeypatch.context() as patch:
        patch.setattr(WhooshWriter, "commit", failing)
        yield


def test_after_an_error_of_the_disk_nothing_stays(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    with failing_commits(monkeypatch, after=2), pytest.raises(StorageFailed):
        site.rebuild()
    assert not list(unfinished(site.folder.index))
    assert rebuilt(site) == len(NAMES)


def test_the_number_of_a_generation_that_was_begun_is_kept(site: Site) -> None:
    stop_after(site, 7)
    assert [generation.number for generation in unfinished(site.folder.index)] == [2]
    site.run(partial(Indexer.rebuild, on_progress=lambda _: None, reason="asked for"))
    assert current(site.folder.index).number == 2

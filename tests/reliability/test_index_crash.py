"""After a crash at any moment readers see all of a change or nothing of it, and writing goes on.

A crash is a kill, or a power loss that takes what was not fsynced. Each control takes one precaution away;
the same check has to find that out.
"""

import os
import stat
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from index import generation
from index.analysis.analyzer import Analyzer
from index.article import Article
from index.errors import GenerationMissing, StorageFailed
from index.generation import Generation, Manifest
from index.whoosh.files import sweep
from index.writer import START_AVERAGE_LENGTH, IndexWriter
from search.errors import IndexUnavailable
from tests.engines import Library
from tests.index_states import Answers, answers, assert_same, put_all, some_articles
from tests.reliability.faults import CrashRecorder, Image, Loss, files_at_most

Action = Callable[[Library], None]


def commit_all(library: Library, writer: IndexWriter, articles: Iterable[Article]) -> None:
    put_all(writer, articles, library.analyzer)
    writer.commit(writer.sequence + 1, START_AVERAGE_LENGTH)


def build(library: Library, articles: list[Article]) -> None:
    """A generation made as a rebuild makes it: batch by batch, then made live."""
    store = library.store()
    with closing(store.create()) as writer:
        commit_all(library, writer, articles[:3])
        commit_all(library, writer, articles[3:])
        store.make_live(writer)


def commit(library: Library) -> None:
    """New and changed articles, and deletes, in one commit."""
    with closing(library.store().live()) as writer:
        writer.delete("a", writer.sequence + 1)
        commit_all(library, writer, some_articles("bcxyz", seed=7))


def rebuild(library: Library) -> None:
    build(library, some_articles("abcdef", seed=8))


def set_aside(library: Library) -> None:
    library.store().set_aside()


def nothing(library: Library) -> None:
    """Not even the folder of the index is there."""


def several_segments(library: Library) -> None:
    """As many as it takes for the next commit to merge them, the first two with a document that stays."""
    build(library, some_articles("adbcl"))
    for name in "efghi":
        with closing(library.store().live()) as writer:
            commit_all(library, writer, some_articles(name))


def several_generations(library: Library) -> None:
    for seed in range(3):
        build(library, some_articles("abcd", seed=seed))


@dataclass(frozen=True, slots=True)
class Scenario:
    prepare: Action
    actions: tuple[Action, ...]


SCENARIOS = {
    "a commit": Scenario(several_segments, (commit,)),
    "the first build": Scenario(nothing, (rebuild,)),
    "a rebuild": Scenario(several_generations, (rebuild, commit)),
    "a rebuild of a damaged index": Scenario(several_generations, (set_aside, rebuild)),
}


@dataclass(frozen=True, slots=True)
class Crashes:
    """All crash images of a scenario; `states[n]` is what is answered once n actions have ended."""

    images: tuple[Image, ...]
    states: tuple[Answers | None, ...]

    def bad(self, analyzer: Analyzer) -> list[str]:
        """The images that hold neither the state before the interrupted action nor the one after it."""
        return [
            str(image)
            for image in self.images
            if state(image.folder, analyzer) not in self.states[image.done : image.done + 2]
        ]


def state(folder: Path, analyzer: Analyzer) -> Answers | None:
    """What a process answers that starts now; None while it cannot."""
    try:
        return answers(Library(folder / "index", analyzer).engine(), analyzer)
    except IndexUnavailable:
        return None


def crashes(scenario: Scenario, folder: Path, analyzer: Analyzer, weaken: Callable[[], None]) -> Crashes:
    """Run a scenario and take its images; `weaken` is called first and may change the program."""
    top = folder / "data"
    top.mkdir()
    library = Library(top / "index", analyzer)
    scenario.prepare(library)
    states = [state(top, analyzer)]
    with CrashRecorder(top, folder / "images") as recorder:
        weaken()
        for action in scenario.actions:
            action(library)
            recorder.done += 1
            states.append(state(top, analyzer))
    return Crashes(tuple(recorder.images), tuple(states))


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_a_crash_leaves_the_old_state_or_the_new_one(
    scenario: Scenario, tmp_path: Path, analyzer: Analyzer
) -> None:
    found = crashes(scenario, tmp_path, analyzer, weaken=lambda: None)
    assert found.bad(analyzer) == []
    assert len(set(map(repr, found.states))) == len(found.states)
    assert {image.loss for image in found.images} == set(Loss)
    assert len(found.images) >= 12 * len(Loss)


@pytest.mark.parametrize(
    "scenario",
    [
        pytest.param(scenario, id=name, marks=() if name == "a commit" else pytest.mark.slow)
        for name, scenario in SCENARIOS.items()
    ],
)
def test_writing_goes_on_after_a_crash(scenario: Scenario, tmp_path: Path, analyzer: Analyzer) -> None:
    """All articles are put again, and scores compared: nothing of what was interrupted is counted in them."""
    articles = some_articles("abcdefghilxyz", seed=9)
    expected = Library(tmp_path / "expected", analyzer)
    build(expected, articles)
    found = crashes(scenario, tmp_path, analyzer, weaken=lambda: None)
    for image in found.images:
        library = Library(image.folder / "index", analyzer)
        try:
            with closing(library.store().live()) as writer:
                writer.optimise()
                commit_all(library, writer, articles)
        except GenerationMissing:
            build(library, articles)
        assert_same(answers(library.engine(), analyzer), answers(expected.engine(), analyzer))


Control = Callable[[pytest.MonkeyPatch], None]


def files_are_not_fsynced(patch: pytest.MonkeyPatch) -> None:
    fsync = os.fsync

    def only_folders(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            fsync(descriptor)

    patch.setattr(os, "fsync", only_folders)


def folders_are_not_fsynced(patch: pytest.MonkeyPatch) -> None:
    for module in ("index.durable", "index.generation", "index.whoosh.writer"):
        patch.setattr(f"{module}.fsync_folder", lambda _: None)


def names_are_not_sealed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("index.whoosh.writer.fsync_folder", lambda _: None)


def published_before_sealed(patch: pytest.MonkeyPatch) -> None:
    publish, fsync = Generation.publish, os.fsync
    waiting: list[int] = []

    def later(descriptor: int) -> None:
        waiting.append(os.dup(descriptor))

    def publish_then_sync(self: Generation, manifest: Manifest) -> None:
        patch.setattr(os, "fsync", fsync)
        publish(self, manifest)
        for descriptor in waiting:
            fsync(descriptor)
            os.close(descriptor)

    patch.setattr(os, "fsync", later)
    patch.setattr(Generation, "publish", publish_then_sync)


def written_in_place(patch: pytest.MonkeyPatch) -> None:
    def write_in_place(path: Path, data: bytes) -> None:
        with path.open("wb") as file:
            os.fsync(file.fileno())
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    patch.setattr("index.generation.write_atomic", write_in_place)


def swept_before_published(patch: pytest.MonkeyPatch) -> None:
    publish = Generation.publish

    def sweep_then_publish(self: Generation, manifest: Manifest) -> None:
        sweep(self.folder, manifest)
        publish(self, manifest)

    patch.setattr(Generation, "publish", sweep_then_publish)


def built_under_its_final_name(patch: pytest.MonkeyPatch) -> None:
    create = generation.create

    def create_finished(root: Path) -> Generation:
        fresh = create(root)
        return Generation(fresh.folder.rename(root / f"gen-{fresh.number:08}"))

    patch.setattr("index.generation.create", create_finished)


CONTROLS = [
    (files_are_not_fsynced, "a commit"),
    (files_are_not_fsynced, "the first build"),
    (folders_are_not_fsynced, "a commit"),
    (folders_are_not_fsynced, "the first build"),
    (names_are_not_sealed, "a commit"),
    (published_before_sealed, "a commit"),
    (written_in_place, "a commit"),
    (swept_before_published, "a commit"),
    (built_under_its_final_name, "the first build"),
    (built_under_its_final_name, "a rebuild of a damaged index"),
]


@pytest.mark.parametrize(
    ("control", "scenario"), CONTROLS, ids=[f"{control.__name__} in {name}" for control, name in CONTROLS]
)
def test_the_check_finds_a_missing_precaution(
    control: Control, scenario: str, tmp_path: Path, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        found = crashes(SCENARIOS[scenario], tmp_path, analyzer, weaken=lambda: control(patch))
    assert found.bad(analyzer) != []


@pytest.mark.parametrize("size", [0, 100, 300, 1_000, 3_000, 10_000, 20_000])
def test_a_full_disk_loses_nothing_and_stops_only_the_commit(
    size: int, tmp_path: Path, analyzer: Analyzer
) -> None:
    library = Library(tmp_path / "index", analyzer)
    several_segments(library)
    engine = library.engine()
    before = answers(engine, analyzer)
    articles = some_articles([f"{number:04}" for number in range(300)])
    with closing(library.store().live()) as writer, files_at_most(size), pytest.raises(StorageFailed):
        commit_all(library, writer, articles)
    assert answers(engine, analyzer) == answers(library.engine(), analyzer) == before
    with closing(library.store().live()) as writer:
        commit_all(library, writer, articles)
    assert len(answers(engine, analyzer)[""]) == len(articles) + len("abcdefghil")


@pytest.mark.parametrize("size", [0, 100, 300, 1_000, 3_000])
def test_a_full_disk_stops_a_rebuild_and_the_live_index_serves_on(
    size: int, tmp_path: Path, analyzer: Analyzer
) -> None:
    library = Library(tmp_path / "index", analyzer)
    several_generations(library)
    before = answers(library.engine(), analyzer)
    with files_at_most(size), pytest.raises(StorageFailed):
        rebuild(library)
    assert answers(library.engine(), analyzer) == before
    rebuild(library)
    assert set(dict(answers(library.engine(), analyzer)[""])) == set("abcdef")

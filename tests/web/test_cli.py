"""The command line as a user meets it: what it prints, what it returns, and what is left behind."""

import gzip
import json
import subprocess
import time
from pathlib import Path

import pytest

from index.data_folder import DataFolder
from index.writer_lock import WriterLock
from tests.processes import command, environment, run, run_json

RECORDS = (
    {
        "id": "a1",
        "title": "杭州推进协同创新",
        "text": "总投资超过100亿元。",
        "source": "钱江快报",
        "published": "2024-03-05",
    },
    {"id": "a2", "title": "臺灣地區經濟發展計劃", "text": "協同發展。", "source": "海峡通讯"},
    {
        "id": "a3",
        "title": "招商产业园开园",
        "text": "招商引资。",
        "published": "2023-01-01",
        "written_by": "省商务厅",
    },
)
PAGE = """关于人才工作的通知
2024年3月5日 来源：人社局
正文如下。
"""


def lines(*records: object) -> bytes:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    done = run(folder, "ingest", "-", stdin=lines(*RECORDS))
    assert done.returncode == 0, done.stderr.decode()
    return folder


def test_a_bad_line_is_named_and_the_rest_goes_in(tmp_path: Path) -> None:
    file = tmp_path / "mixed.jsonl"
    file.write_bytes(lines(RECORDS[0]) + b"{\n" + lines({"titel": "x"}) + lines(RECORDS[1]))
    done = run(tmp_path / "data", "ingest", str(file))
    assert done.returncode == 2
    assert done.stdout.decode() == "2 new, 0 updated, 0 unchanged, 2 failed\n"
    first, second = done.stderr.decode().splitlines()
    assert first.startswith(f"{file}:2: ")
    assert second.startswith(f"{file}:3: ")
    assert "titel" in second


def test_folders_compressed_files_and_stdin_are_read(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox" / "deep"
    inbox.mkdir(parents=True)
    (inbox / "a.jsonl.gz").write_bytes(gzip.compress(lines(RECORDS[0])))
    (inbox / "page.txt").write_text(PAGE, encoding="utf-8")
    done = run(tmp_path / "data", "ingest", str(tmp_path / "inbox"), "-", stdin=lines(RECORDS[1]))
    assert done.stdout.decode() == "3 new, 0 updated, 0 unchanged, 0 failed\n"
    assert done.stderr == b""


def test_the_same_again_is_unchanged_and_a_change_is_an_update(data: Path) -> None:
    changed = {**RECORDS[0], "text": "总投资超过200亿元。"}
    done = run(data, "ingest", "-", stdin=lines(changed, *RECORDS[1:]))
    assert done.stdout.decode() == "0 new, 1 updated, 2 unchanged, 0 failed\n"
    assert run_json(data, "search", '"超过200亿"')["total"] == 1
    assert run_json(data, "search", '"超过100亿"')["total"] == 0


def test_ingest_events_acknowledge_what_is_stored(tmp_path: Path) -> None:
    done = run(tmp_path / "data", "ingest", "-", "--json", stdin=lines(*RECORDS) + b"nonsense\n")
    events = [json.loads(line) for line in done.stdout.splitlines()]
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


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        (["协同创新"], ["a1"]),
        (["台湾"], ["a2"]),
        (["协同 -创新"], ["a2"]),
        (["", "--sort", "oldest"], ["a3", "a1", "a2"]),
        (["", "--source", "海峡通讯"], ["a2"]),
        (["", "--region", "浙"], ["a1"]),
        (["", "--after", "2024", "--before", "2024-03"], ["a1"]),
        (["", "--per-page", "1", "--page", "2", "--collapse", "none"], ["a3"]),
    ],
    ids=["word", "script", "not", "oldest", "source", "region", "dates", "page"],
)
def test_search_gives_the_answer_of_the_api(arguments: list[str], ids: list[str], data: Path) -> None:
    results = run_json(data, "search", *arguments)["results"]
    assert isinstance(results, list)
    assert [result["id"] for result in results] == ids


@pytest.mark.slow
@pytest.mark.parametrize(("days", "more"), [("0", False), ("365", True)])
def test_new_articles_score_more_where_that_is_set(days: str, more: bool, tmp_path: Path) -> None:  # noqa: FBT001
    folder = tmp_path / "data"
    old, new = (
        {"id": name, "text": "协同创新。", "published": published}
        for name, published in (("a-old", "2001-01-01"), ("b-new", "2026-11-01"))
    )
    assert run(folder, "ingest", "-", stdin=lines(old, new)).returncode == 0
    done = subprocess.run(
        command(folder, "search", "协同", "--json"),
        capture_output=True,
        check=True,
        env=environment() | {"POLICY_SEARCH_RECENCY_DAYS": days},
    )
    scores = {hit["id"]: hit["score"] for hit in json.loads(done.stdout)["results"]}
    assert (scores["b-new"] > scores["a-old"]) is more


def test_search_prints_for_people(data: Path) -> None:
    done = run(data, "search", "协同")
    assert done.returncode == 0
    text = done.stdout.decode()
    assert text.startswith("2 found in ")
    assert "杭州推进协同创新" in text
    assert "钱江快报 · 浙江省杭州市 · 2024年3月5日 · a1" in text
    assert "日期不详" in text


def test_nothing_found_is_status_1(data: Path) -> None:
    done = run(data, "search", "没有的词组")
    assert done.returncode == 1
    assert done.stdout.decode().startswith("0 found in ")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["search", "x", "--page", "0"], "page"),
        (["search", "x", "--after", "2024", "--before", "2023"], "published_after"),
        (["search", "x" * 513], "512"),
        (["search"], "QUERY"),
        (["nosuch"], "nosuch"),
        (["ingest"], "PATHS"),
    ],
    ids=["page", "dates", "length", "missing", "command", "paths"],
)
def test_bad_usage_is_status_2_and_one_clear_message(arguments: list[str], says: str, data: Path) -> None:
    done = run(data, *arguments)
    assert done.returncode == 2
    message = done.stderr.decode()
    assert says in message
    assert "Traceback" not in message


def test_a_missing_path_is_a_failure_with_its_name(tmp_path: Path) -> None:
    done = run(tmp_path / "data", "ingest", str(tmp_path / "nowhere"))
    assert done.returncode == 2
    assert "nowhere" in done.stderr.decode()


def test_searching_an_empty_place_says_what_to_do(tmp_path: Path) -> None:
    done = run(tmp_path / "data", "search", "x")
    assert done.returncode == 2
    assert "policy-search ingest" in done.stderr.decode()


def test_delete_takes_articles_out_of_truth_and_index(data: Path) -> None:
    done = run(data, "delete", "a1", "nosuch")
    assert done.returncode == 1
    assert done.stdout.decode() == "1 deleted.\n"
    assert "nosuch" in done.stderr.decode()
    assert run_json(data, "search", "协同创新", "--match", "all")["total"] == 0
    assert run_json(data, "stats")["articles"] == 2


def test_export_is_read_back_to_the_same_articles(data: Path, tmp_path: Path) -> None:
    exported = run(data, "export").stdout
    copy = tmp_path / "copy"
    assert run(copy, "ingest", "-", stdin=exported).returncode == 0
    assert run(copy, "export").stdout == exported
    assert exported.count(b"\n") == len(RECORDS)


def test_the_original_of_a_record_is_its_line(data: Path) -> None:
    done = run(data, "export", "--original", "a2")
    assert done.stdout == lines(RECORDS[1]).rstrip(b"\n")
    assert run(data, "export", "--original", "nosuch").returncode == 1


def test_rebuild_makes_a_new_generation_with_the_same_answers(data: Path) -> None:
    """The first rebuild measures how long articles are on average, and with that the scores change."""
    run_json(data, "rebuild")
    before = run_json(data, "search", "协同")
    rebuilt = run_json(data, "rebuild")
    after = run_json(data, "search", "协同")
    assert rebuilt["generation"] == after["generation"] != before["generation"]
    assert after["results"] == before["results"]


def test_check_finds_all_well_and_names_damage(data: Path) -> None:
    assert run(data, "check").stdout.decode() == "All is well.\n"
    segment = next((data / "index").rglob("*.seg"))
    content = bytearray(segment.read_bytes())
    content[len(content) // 2] ^= 1
    segment.write_bytes(content)
    done = run(data, "check")
    assert done.returncode == 1
    assert segment.name in done.stdout.decode()
    assert run_json(data, "search", "协同")["total"] == 2
    assert run(data, "check").stdout.decode() == "All is well.\n"


def test_a_second_writer_is_told_and_writes_nothing(data: Path) -> None:
    with WriterLock(DataFolder(data).lock):
        started = time.monotonic()
        done = run(data, "delete", "a1")
    assert done.returncode == 3
    assert len(done.stderr.decode().splitlines()) == 1
    assert time.monotonic() - started < 100
    assert run_json(data, "stats")["articles"] == 3


def test_articles_are_stored_while_another_process_indexes(data: Path) -> None:
    with WriterLock(DataFolder(data).index_lock):
        done = run(data, "ingest", "-", stdin=lines({"id": "a4", "title": "新到的文章"}))
    assert done.returncode == 0
    assert "another process is indexing" in done.stderr.decode()
    assert run_json(data, "search", "新到的文章")["total"] == 1


def test_a_closed_pipe_is_no_error(data: Path) -> None:
    process = subprocess.Popen(
        [*command(data, "export")], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert b"Traceback" not in process.stderr.read()
    process.wait(30)
    process.stderr.close()

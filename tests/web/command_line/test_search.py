"""`search`: the answers of the service, for people and for programs."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.commands import lines, run, run_json, run_on
from web.command_line.catalogue import load_command
from web.parameters.table import SEARCH_PARAMETERS


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
def test_search_gives_the_answer_of_the_api(arguments: list[str], ids: list[str], library: Path) -> None:
    results = run_json(library, "search", *arguments)["results"]
    assert isinstance(results, list)
    assert [result["id"] for result in results] == ids


@pytest.mark.parametrize(("days", "more"), [("0", False), ("365", True)])
def test_new_articles_score_more_where_that_is_set(
    days: str,
    more: bool,  # noqa: FBT001
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "data"
    old, new = (
        {"id": name, "text": "协同创新。", "published": published}
        for name, published in (("a-old", "2001-01-01"), ("b-new", "2026-11-01"))
    )
    assert run_on(folder, "ingest", "-", stdin=lines(old, new)).status == 0
    monkeypatch.setenv("POLICY_SEARCH_RECENCY_DAYS", days)
    results = run_json(folder, "search", "协同")["results"]
    assert isinstance(results, list)
    scores = {hit["id"]: hit["score"] for hit in results}
    assert (scores["b-new"] > scores["a-old"]) is more


def test_search_prints_for_people(library: Path) -> None:
    done = run_on(library, "search", "协同")
    assert done.status == 0
    assert done.text.startswith("2 results, in ")
    assert "杭州推进协同创新" in done.text
    assert "钱江快报 · 浙江省杭州市 · 5 March 2024 · a1" in done.text
    assert "No date" in done.text


def test_nothing_found_is_status_1(library: Path) -> None:
    done = run_on(library, "search", "没有的词组")
    assert done.status == 1
    assert done.text.startswith("0 results, in ")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["search", "x", "--page", "0"], "page"),
        (["search", "x", "--after", "2024", "--before", "2023"], "published_after"),
        (["search", "x" * 513], "512"),
        (["similar"], "ID"),
        (["nosuch"], "nosuch"),
        (["ingest"], "PATHS"),
    ],
    ids=["page", "dates", "length", "missing", "command", "paths"],
)
def test_bad_usage_is_status_2_and_one_clear_message(arguments: list[str], says: str) -> None:
    done = run(*arguments)
    assert done.status == 2
    assert says in done.message
    assert "Traceback" not in done.message


def test_searching_an_empty_place_says_what_to_do(tmp_path: Path) -> None:
    done = run_on(tmp_path / "data", "search", "x")
    assert done.status == 2
    assert "policy-search ingest" in done.message


def test_csv_and_ndjson_have_all_hits_in_the_order_of_the_pages(data: Path) -> None:
    more = [{"id": f"b{number:03}", "title": f"协同第{number}号通知"} for number in range(230)]
    assert run_on(data, "ingest", "-", stdin=lines(*more)).status == 0
    asked = ["协同", "--collapse", "none", "--sort", "newest"]
    first, third = (run_json(data, "search", *asked, "--per-page", "100", "--page", page) for page in "13")
    exported = run_on(data, "search", *asked, "--format", "ndjson")
    *hits, end = [json.loads(line) for line in exported.out.splitlines()]
    assert hits[:100] == first["results"]
    assert hits[200:] == third["results"]
    assert (end["end"], end["count"], end["total"]) == (True, 232, 232)
    table = run_on(data, "search", *asked, "--format", "csv", "--fields", "id,title")
    rows = list(csv.reader(io.StringIO(table.out.decode(), newline="")))
    assert rows[0][:2] == ["id", "title"]
    assert [row[0] for row in rows[1:]] == [hit["id"] for hit in hits]


def test_an_export_of_nothing_is_status_1(library: Path) -> None:
    done = run_on(library, "search", "没有的词组", "--format", "csv")
    assert done.status == 1
    assert len(done.out.splitlines()) == 1


@pytest.mark.parametrize("option", ["--page", "--per-page"])
def test_an_export_has_no_pages(option: str) -> None:
    done = run("search", "x", "--format", "ndjson", option, "2")
    assert done.status == 2
    assert f"{option} does not go with --format ndjson" in done.message


def test_text_in_an_export_does_not_steer_the_terminal(tmp_path: Path) -> None:
    stored = {"id": "a", "title": "协同\u202e甲", "text": "第一段。\n第二段。"}
    assert run_on(tmp_path, "ingest", "-", stdin=lines(stored)).status == 0
    for form in ("csv", "ndjson", "table"):
        done = run_on(tmp_path, "search", "协同", "--format", form, "--fields", "id,title,body")
        assert "\u202e" not in done.text
    written = run_on(tmp_path, "search", "协同", "--format", "csv", "--fields", "body").text
    assert "第一段。\n第二段。" in written


def test_every_parameter_of_the_interface_is_an_option() -> None:
    options = {flag for option in load_command("search").params for flag in option.opts}
    for parameter in SEARCH_PARAMETERS:
        if parameter.name not in {"q", "cursor", "lang"}:
            assert f"--{parameter.name.replace('_', '-')}" in options


def test_facets_are_shown_behind_the_hits(library: Path) -> None:
    done = run_on(library, "search", "协同", "--facets", "source:1,year")
    assert "source, 2 values\n1  海峡通讯  ▇" in done.text
    assert done.text.endswith(f"year, 1 values\n1  2024  {'▇' * 40}\n")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--region", "武汗"], ["武汗", "  武汉市"]),
        (["--region", "鼓楼区"], ["  江苏省南京市鼓楼区 (320106)"]),
        (["--facets", "nosuch"], ["nosuch", "source"]),
        (["--year", "20x"], ["2019..2022"]),
        (["--repair", "false"], ["cannot be read as it is written", "correct it"]),
    ],
    ids=["unknown", "ambiguous", "facet", "year", "strict"],
)
def test_what_is_wrong_is_said_in_english_with_what_can_be_given(
    arguments: list[str], says: list[str], library: Path
) -> None:
    done = run_on(library, "search", '"协同', *arguments)
    assert done.status == 2
    assert all(text in done.message for text in says), done.message


def test_a_notice_is_in_english(library: Path) -> None:
    notices = run_json(library, "search", '"协同')["notices"]
    assert isinstance(notices, list)
    assert notices[0]["kind"] == "unbalanced-quote"
    assert notices[0]["message"] in run_on(library, "search", '"协同').text
    assert not any("\u4e00" <= char <= "\u9fff" for char in notices[0]["message"].replace("协同", ""))


def test_without_a_query_all_articles_are_found(library: Path) -> None:
    assert run_json(library, "search")["total"] == 3

"""`rebuild` and `check`: an index that is made anew, and one that is damaged."""

from pathlib import Path

from tests.commands import run_json, run_on


def test_rebuild_makes_a_new_generation_with_the_same_answers(data: Path) -> None:
    """The first rebuild measures how long articles are on average, and with that the scores change."""
    run_json(data, "rebuild")
    before = run_json(data, "search", "协同")
    rebuilt = run_json(data, "rebuild")
    after = run_json(data, "search", "协同")
    assert rebuilt["generation"] == after["generation"] != before["generation"]
    assert after["results"] == before["results"]


def test_check_finds_all_well_and_names_damage(data: Path) -> None:
    assert run_on(data, "check").text == "All is well.\n"
    segment = next((data / "index").rglob("*.seg"))
    content = bytearray(segment.read_bytes())
    content[len(content) // 2] ^= 1
    segment.write_bytes(content)
    done = run_on(data, "check")
    assert done.status == 1
    assert segment.name in done.text
    assert run_json(data, "search", "协同")["total"] == 2
    assert run_on(data, "check").text == "All is well.\n"


def test_an_older_generation_can_be_gone_back_to(data: Path) -> None:
    rebuilt = run_json(data, "rebuild")["generation"]
    kept = run_json(data, "generations")["generations"]
    assert isinstance(kept, list)
    assert [one["live"] for one in kept] == [True, False]
    assert kept[0]["generation"] == rebuilt
    older = kept[1]["generation"]
    assert run_on(data, "rollback", older).text == f"Searches go to generation {older} now.\n"
    assert run_json(data, "search", "协同")["generation"] == older
    assert run_json(data, "stats")["articles"] == 3
    shown = run_on(data, "generations").text.splitlines()
    assert shown[0].startswith(f"{older}: 3 articles, ")
    assert shown[0].endswith(" bytes, live")


def test_a_generation_that_is_not_kept_is_refused_with_where_to_look(library: Path) -> None:
    done = run_on(library, "rollback", "9.9")
    assert done.status == 1
    assert "see the list" in done.message


def test_where_nothing_was_indexed_no_generation_is_listed(tmp_path: Path) -> None:
    done = run_on(tmp_path, "generations", "--json")
    assert done.status == 1
    assert done.json() == {"generations": []}

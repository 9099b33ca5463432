"""Where the folder of articles can be named on a command line: behind the command, or before it."""

from pathlib import Path

import pytest

from tests.commands import run

QUERY = ("search", "协同创新", "--json")


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        pytest.param("the library", None, id="before"),
        pytest.param(None, "the library", id="behind"),
        pytest.param("nowhere", "the library", id="what stands behind counts"),
    ],
)
def test_a_folder_is_named_before_or_behind_the_command(
    before: str | None, behind: str | None, library: Path, tmp_path: Path
) -> None:
    folders = {"the library": library, "nowhere": tmp_path}
    first, last = (() if name is None else ("--data", str(folders[name])) for name in (before, behind))
    done = run(*first, *QUERY, *last)
    assert done.status == 0, done.message
    results = done.json()["results"]
    assert isinstance(results, list)
    assert [result["id"] for result in results] == ["a1"]


def test_a_folder_without_articles_is_named_in_vain(library: Path, tmp_path: Path) -> None:
    assert run("--data", str(library), *QUERY, "--data", str(tmp_path)).status != 0
    assert run("--data", str(tmp_path), *QUERY).status != 0

from pathlib import Path

import pytest

from web.serving.program import program_version, tree_version


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "home.html").write_text("<h1>", encoding="utf-8")
    (tmp_path / "app.py").write_text("pass", encoding="utf-8")
    return tmp_path


def test_the_program_is_the_same_until_it_is_changed() -> None:
    assert program_version() == program_version()


@pytest.mark.parametrize(
    ("path", "content"), [("templates/home.html", "<h2>"), ("app.py", ""), ("templates/new.html", "<h1>")]
)
def test_a_changed_file_is_another_program(tree: Path, path: str, content: str) -> None:
    before = tree_version({"web": tree})
    (tree / path).write_text(content, encoding="utf-8")
    assert tree_version({"web": tree}) != before


def test_a_file_of_another_name_is_another_program(tree: Path) -> None:
    before = tree_version({"web": tree})
    (tree / "app.py").rename(tree / "other.py")
    assert tree_version({"web": tree}) != before


def test_what_python_compiles_does_not_count(tree: Path) -> None:
    before = tree_version({"web": tree})
    (tree / "__pycache__").mkdir()
    (tree / "__pycache__" / "app.pyc").write_bytes(b"1")
    assert tree_version({"web": tree}) == before

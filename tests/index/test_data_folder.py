from pathlib import Path

import pytest

from index.data_folder import DataFolder, DataFolderUnusable


def test_folders_above_it_are_made_too_and_are_private(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "var" / "policy-data")
    folder.create()
    assert folder.root.stat().st_mode & 0o777 == 0o700
    assert folder.root.parent.stat().st_mode & 0o777 == 0o700


def test_an_existing_folder_stays_as_it_is(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.root.mkdir(mode=0o750)
    folder.articles.write_bytes(b"articles")
    folder.create()
    assert folder.root.stat().st_mode & 0o777 == 0o750
    assert folder.articles.read_bytes() == b"articles"


def test_everything_lies_inside_it(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    paths = (folder.articles, folder.index, folder.lock, folder.index_lock)
    assert {path.parent for path in paths} == {tmp_path}
    assert len({path.name for path in paths}) == len(paths)


def test_a_file_in_its_place_is_named(tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.touch()
    with pytest.raises(DataFolderUnusable, match="data is a file"):
        DataFolder(path).create()


def test_a_file_in_the_place_of_a_folder_above_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "var").touch()
    with pytest.raises(DataFolderUnusable, match=r"cannot make the data folder .*/var/data: Not a directory"):
        DataFolder(tmp_path / "var" / "data").create()

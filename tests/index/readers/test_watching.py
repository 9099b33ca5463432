"""A folder whose files are told of as they come."""

import os
from pathlib import Path

import pytest

from index.readers.watching import FolderWatch


def taken(watch: FolderWatch) -> list[str]:
    """The names of the files of one look, which are read then."""
    files = watch.look()
    for path in files:
        watch.is_read(path)
    return [path.name for path in files]


def test_a_file_is_told_of_once_it_was_the_same_at_two_looks(tmp_path: Path) -> None:
    watch = FolderWatch(tmp_path)
    (tmp_path / "b.txt").write_text("一半")
    assert taken(watch) == []
    (tmp_path / "b.txt").write_text("一半又一半")
    (tmp_path / "a.txt").write_text("整页")
    assert taken(watch) == []
    assert taken(watch) == ["a.txt", "b.txt"]
    assert taken(watch) == []


def test_a_changed_file_is_told_of_again(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("旧")
    watch = FolderWatch(tmp_path)
    assert [taken(watch), taken(watch)] == [[], ["page.txt"]]
    page.write_text("新的")
    assert [taken(watch), taken(watch), taken(watch)] == [[], ["page.txt"], []]


def test_a_file_that_is_replaced_by_another_of_the_same_size_and_time_is_told_of(tmp_path: Path) -> None:
    page, other = tmp_path / "page.txt", tmp_path / "other.part"
    page.write_text("旧")
    watch = FolderWatch(tmp_path)
    assert [taken(watch), taken(watch)] == [[], ["page.txt"]]
    other.write_text("新")
    os.utime(other, ns=(page.stat().st_atime_ns, page.stat().st_mtime_ns))
    other.rename(page)
    assert [taken(watch), taken(watch)] == [[], ["page.txt"]]


def test_a_file_that_was_not_read_is_told_of_until_it_is(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("页")
    watch = FolderWatch(tmp_path)
    assert watch.look() == ()
    assert watch.look() == watch.look() == (tmp_path / "page.txt",)


def test_a_file_that_comes_back_is_told_of_again(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("页")
    away = page.rename(tmp_path / "page.away")
    watch = FolderWatch(tmp_path)
    away.rename(page)
    assert [taken(watch), taken(watch)] == [[], ["page.txt"]]
    page.rename(away)
    assert taken(watch) == []
    away.rename(page)
    assert [taken(watch), taken(watch)] == [[], ["page.txt"]]


def test_files_in_folders_count_and_hidden_ones_and_others_do_not(tmp_path: Path) -> None:
    (tmp_path / "in" / "it").mkdir(parents=True)
    (tmp_path / ".hidden").mkdir()
    for name in ("in/it/page.html", "in/.page.txt", ".hidden/page.txt", "logo.png", "old.doc", "t.CSV.GZ"):
        (tmp_path / name).write_text("页")
    (tmp_path / "link.txt").symlink_to("nowhere")
    (tmp_path / "ring").symlink_to(tmp_path)
    watch = FolderWatch(tmp_path)
    assert [taken(watch), taken(watch)] == [[], ["page.html", "old.doc", "t.CSV.GZ"]]


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        FolderWatch(tmp_path / "nowhere").look()

import hashlib
import os
from pathlib import Path

import pytest

from index.durable import fsync_folder, sha256_of, write_atomic


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "CURRENT"
    write_atomic(path, b"gen-00000001\n")
    write_atomic(path, b"x")
    assert path.read_bytes() == b"x"
    assert [entry.name for entry in tmp_path.iterdir()] == ["CURRENT"]


def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "CURRENT"
    path.touch(mode=0o644)
    write_atomic(path, b"x")
    assert path.stat().st_mode & 0o777 == 0o600


def test_bytes_then_name_then_folder_reach_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    fsync, replace = os.fsync, os.replace

    def recorded_fsync(descriptor: int) -> None:
        steps.append("folder" if os.path.samestat(os.fstat(descriptor), tmp_path.stat()) else "file")
        fsync(descriptor)

    def recorded_replace(source: str, target: str) -> None:
        steps.append("rename")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", recorded_fsync)
    monkeypatch.setattr(os, "replace", recorded_replace)
    write_atomic(tmp_path / "CURRENT", b"x")
    assert steps == ["file", "rename", "folder"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "CURRENT"
    write_atomic(path, b"old")

    def fail(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(OSError, match="No space left"):
        write_atomic(path, b"new")
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["CURRENT"]


def test_a_failed_fsync_of_the_folder_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="Input/output"):
        fsync_folder(tmp_path)


def test_a_file_is_no_folder_to_fsync(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.touch()
    with pytest.raises(NotADirectoryError):
        fsync_folder(path)


@pytest.mark.parametrize("data", [b"", b"x", bytes(range(256)) * 4096], ids=["empty", "short", "1 MiB"])
def test_sha256_is_that_of_all_bytes(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    assert sha256_of(path) == hashlib.sha256(data).hexdigest()

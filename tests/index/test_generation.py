import os
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import GenerationDamaged, GenerationMissing, StorageFailed
from index.generation import (
    Generation,
    IndexFile,
    Manifest,
    create,
    current,
    current_path,
    is_current,
    make_current,
    newest_first,
    remove_old,
    remove_unfinished,
    set_aside,
    unfinished,
)
from tests.reliability.faults import failing_with, passing_errors

MANIFEST = Manifest(
    format="whoosh-1",
    analyzer="jieba-词典",
    commit=7,
    sequence=41,
    articles=40,
    average_length=312.0625,
    files=(IndexFile("_MAIN_7.toc", 211, "0" * 64), IndexFile("MAIN_甲.seg", 0, "f" * 64)),
)


def finished(root: Path, count: int) -> list[Generation]:
    """Generations that were live one after the other; the last one still is."""
    return [make_current(create(root)) for _ in range(count)]


def names(root: Path) -> list[str]:
    return sorted(path.name for path in root.iterdir())


def test_a_manifest_comes_back_as_it_was_published(tmp_path: Path) -> None:
    generation = create(tmp_path)
    generation.publish(MANIFEST)
    assert generation.manifest() == MANIFEST
    newer = replace(MANIFEST, commit=8, average_length=0.1 + 0.2, files=())
    generation.publish(newer)
    assert generation.manifest() == newer
    assert names(generation.folder) == ["manifest.json"]


def test_every_flipped_bit_of_a_manifest_is_noticed(tmp_path: Path) -> None:
    generation = create(tmp_path)
    generation.publish(MANIFEST)
    data = generation.manifest_path.read_bytes()
    for place in range(len(data)):
        flipped = bytearray(data)
        flipped[place] ^= 1 << (place % 8)
        generation.manifest_path.write_bytes(flipped)
        with pytest.raises(GenerationDamaged, match="manifest"):
            generation.manifest()


@pytest.mark.parametrize("length", [0, 1, 64, 65, 200], ids=lambda length: f"{length} bytes")
def test_a_cut_manifest_is_noticed(tmp_path: Path, length: int) -> None:
    generation = create(tmp_path)
    generation.publish(MANIFEST)
    os.truncate(generation.manifest_path, length)
    with pytest.raises(GenerationDamaged, match="does not match its own checksum"):
        generation.manifest()


def test_a_missing_manifest_is_damage(tmp_path: Path) -> None:
    with pytest.raises(GenerationDamaged, match=r"manifest\.json is missing") as caught:
        create(tmp_path).manifest()
    assert "policy-search rebuild" in str(caught.value)


@passing_errors
def test_what_cannot_be_read_now_is_no_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    [live] = finished(tmp_path, 1)
    live.publish(MANIFEST)
    for call, read in (
        ("read_bytes", live.manifest),
        ("read_text", lambda: current(tmp_path)),
        ("stat", lambda: current(tmp_path)),
        ("iterdir", lambda: list(newest_first(tmp_path))),
        ("iterdir", lambda: list(unfinished(tmp_path))),
        ("read_text", lambda: list(newest_first(tmp_path))),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(Path, call, failing_with(code))
            with pytest.raises(StorageFailed, match=rf"{os.strerror(code)}.*try again"):
                read()
    assert current(tmp_path).manifest() == MANIFEST


def test_a_folder_in_the_place_of_a_manifest_is_damage(tmp_path: Path) -> None:
    generation = create(tmp_path)
    generation.manifest_path.mkdir()
    with pytest.raises(GenerationDamaged, match=r"manifest\.json is missing"):
        generation.manifest()


def test_a_new_generation_is_not_live_and_not_listed(tmp_path: Path) -> None:
    generation = create(tmp_path / "data" / "index")
    generation.publish(MANIFEST)
    root = generation.folder.parent
    assert generation.folder.name == "new-gen-00000001"
    assert generation.number == 1
    assert list(newest_first(root)) == []
    with pytest.raises(GenerationMissing, match="policy-search rebuild"):
        current(root)


def test_only_the_owner_may_look_into_a_generation(tmp_path: Path) -> None:
    generation = make_current(create(tmp_path / "index"))
    assert (tmp_path / "index").stat().st_mode & 0o777 == 0o700
    assert generation.folder.stat().st_mode & 0o777 == 0o700


def test_the_live_generation_is_the_one_last_made_current(tmp_path: Path) -> None:
    first = make_current(create(tmp_path))
    assert first.folder.name == "gen-00000001"
    assert current(tmp_path) == first
    second = make_current(create(tmp_path))
    assert current(tmp_path) == second
    assert make_current(first) == first
    assert current(tmp_path) == first
    assert names(tmp_path) == ["CURRENT", "gen-00000001", "gen-00000002"]


def test_a_failed_switch_leaves_the_old_generation_live(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [live] = finished(tmp_path, 1)
    fresh = create(tmp_path)

    def fail(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", fail)
        with pytest.raises(OSError, match="No space left"):
            make_current(fresh)
    assert current(tmp_path) == live
    assert next(newest_first(tmp_path)) == live


@pytest.mark.parametrize("prefix", ["bad-", "new-", ""], ids=["set aside", "unfinished", "finished"])
def test_no_number_is_used_twice(tmp_path: Path, prefix: str) -> None:
    (tmp_path / f"{prefix}gen-00000041").mkdir()
    (tmp_path / "gen-00000007").mkdir()
    (tmp_path / "gen-999").mkdir()
    assert create(tmp_path).number == 42
    assert create(tmp_path).number == 43


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"gen-1\n",
        b"../elsewhere\n",
        b"bad-gen-00000001\n",
        b"new-gen-00000001\n",
        b"gen-00000009\n",
    ],
    ids=["empty", "blank", "short", "path", "set aside", "unfinished", "no such folder"],
)
def test_a_current_that_names_no_generation_is_refused(tmp_path: Path, content: bytes) -> None:
    finished(tmp_path, 2)
    (tmp_path / "bad-gen-00000001").mkdir()
    (tmp_path / "new-gen-00000001").mkdir()
    (tmp_path / "CURRENT").write_bytes(content)
    with pytest.raises(GenerationMissing, match="names no generation"):
        current(tmp_path)


def test_a_binary_current_is_refused(tmp_path: Path) -> None:
    finished(tmp_path, 1)
    (tmp_path / "CURRENT").write_bytes(b"\x80\xff\x00")
    with pytest.raises(GenerationMissing, match="cannot be read"):
        current(tmp_path)


def test_a_folder_in_the_place_of_current_is_refused(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").mkdir()
    with pytest.raises(GenerationMissing, match="cannot be read"):
        current(tmp_path)


def test_generations_are_listed_live_first_then_newest(tmp_path: Path) -> None:
    first, second, third = finished(tmp_path, 3)
    assert list(newest_first(tmp_path)) == [third, second, first]
    make_current(first)
    assert list(newest_first(tmp_path)) == [first, third, second]


def test_without_a_good_current_the_newest_comes_first(tmp_path: Path) -> None:
    first, second = finished(tmp_path, 2)
    (tmp_path / "CURRENT").unlink()
    assert list(newest_first(tmp_path)) == [second, first]


def test_a_folder_that_is_not_there_has_no_generations(tmp_path: Path) -> None:
    assert list(newest_first(tmp_path / "nowhere")) == []


def test_what_is_set_aside_is_neither_live_nor_listed(tmp_path: Path) -> None:
    first, second = finished(tmp_path, 2)
    (second.folder / "file").write_bytes(b"x")
    aside = set_aside(second)
    assert (aside / "file").read_bytes() == b"x"
    assert list(newest_first(tmp_path)) == [first]
    with pytest.raises(GenerationMissing):
        current(tmp_path)


def test_setting_aside_replaces_what_lies_there(tmp_path: Path) -> None:
    [live] = finished(tmp_path, 1)
    old = tmp_path / "bad-gen-00000001"
    old.mkdir()
    (old / "old").touch()
    assert names(set_aside(live)) == []


def test_what_was_begun_is_listed_newest_first(tmp_path: Path) -> None:
    finished(tmp_path, 1)
    set_aside(make_current(create(tmp_path)))
    begun = [create(tmp_path) for _ in range(2)]
    assert list(unfinished(tmp_path)) == begun[::-1]
    assert list(unfinished(tmp_path / "nowhere")) == []


def test_removing_what_was_begun_takes_nothing_else(tmp_path: Path) -> None:
    [live] = finished(tmp_path, 1)
    for begun in (create(tmp_path), create(tmp_path)):
        (begun.folder / "file").touch()
    remove_unfinished(tmp_path)
    remove_unfinished(tmp_path)
    assert names(tmp_path) == ["CURRENT", live.folder.name]


def test_only_the_generation_that_current_names_is_current(tmp_path: Path) -> None:
    first, second = finished(tmp_path, 2)
    assert (is_current(first), is_current(second)) == (False, True)
    current_path(tmp_path).unlink()
    assert not is_current(second)


def test_removing_keeps_the_live_generation_and_the_one_before(tmp_path: Path) -> None:
    _, second, third, fourth = finished(tmp_path, 4)
    set_aside(third)
    half_built = create(tmp_path)
    (half_built.folder / "file").touch()
    (tmp_path / ".CURRENT.x7.new").touch()
    remove_old(tmp_path, keep=2)
    assert list(newest_first(tmp_path)) == [fourth, second]
    assert names(tmp_path) == ["CURRENT", second.folder.name, fourth.folder.name]


def test_removing_never_takes_the_live_generation(tmp_path: Path) -> None:
    first, second, third = finished(tmp_path, 3)
    make_current(first)
    remove_old(tmp_path, keep=2)
    assert list(newest_first(tmp_path)) == [first, third]
    remove_old(tmp_path, keep=1)
    assert list(newest_first(tmp_path)) == [first]
    assert not second.folder.exists()

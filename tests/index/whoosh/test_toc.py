"""A table of contents whose checksum is right, but which is none that this program can read."""

import pickle
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.errors import GenerationDamaged, GenerationStale
from index.generation import Generation, Manifest
from index.whoosh.codec import segment as segment_module
from index.whoosh.codec.segment import ColumnarSegment
from index.whoosh.toc import read_segments, toc_bytes, toc_name

COMMIT = 3
MANIFEST = Manifest(
    format="f", analyzer="a", commit=COMMIT, sequence=1, articles=1, average_length=1.0, files=()
)


def table() -> bytes:
    return toc_bytes(COMMIT, [ColumnarSegment("MAIN_0a", 7, 512, np.array([2], dtype=np.uint32))])


def of_another_state(monkeypatch: pytest.MonkeyPatch) -> bytes:
    with monkeypatch.context() as patch:
        patch.setattr(segment_module, "STATE_VERSION", 2)
        return table()


def test_a_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    (tmp_path / toc_name(COMMIT)).write_bytes(table())
    [read] = read_segments(tmp_path, MANIFEST)
    assert (read.segment_id(), read.count, read.positions, read.deleted_docs()) == ("MAIN_0a", 7, 512, [2])


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data.replace(b"ColumnarSegment", b"ColumnarSigment"),
        lambda data: data.replace(b"index.whoosh.codec.segment", b"index.whoosh.codec.sediment"),
        lambda data: data.replace(pickle.BININT1 + bytes([1]), pickle.BINFLOAT + bytes(1), 1),
        lambda data: data[:20] + b"\xff" * (len(data) - 20),
    ],
    ids=["empty", "cut", "another class", "another module", "another opcode", "overwritten"],
)
def test_a_table_that_cannot_be_read_is_damage(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    (tmp_path / toc_name(COMMIT)).write_bytes(spoil(table()))
    with pytest.raises(GenerationDamaged, match=rf"{toc_name(COMMIT)} cannot be read"):
        read_segments(tmp_path, MANIFEST)


def test_a_table_of_another_version_is_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / toc_name(COMMIT)).write_bytes(of_another_state(monkeypatch))
    with pytest.raises(GenerationStale, match="state 2 of a segment"):
        read_segments(tmp_path, MANIFEST)


def test_a_table_that_is_missing_is_told_as_such(tmp_path: Path) -> None:
    with (
        pytest.raises(GenerationDamaged, match=rf"{toc_name(COMMIT)} is missing"),
        Generation(tmp_path).reading(),
    ):
        read_segments(tmp_path, MANIFEST)

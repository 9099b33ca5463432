"""A file of arrays: what was written, or a refusal that says what is wrong."""

from pathlib import Path

import numpy as np
import pytest

from index.whoosh.codec.array_file import ALIGNMENT, VERSION, Array, ArrayFile, write_arrays
from index.whoosh.codec.errors import SegmentDamaged

ARRAYS: dict[str, Array] = {
    "words.small": np.arange(100, dtype=np.uint8),
    "empty": np.zeros(0, dtype=np.uint32),
    "big": np.arange(7, dtype=">i8"),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    written = tmp_path / "segment"
    write_arrays(written, ARRAYS)
    return written


def test_arrays_come_back_aligned_and_in_little_endian(path: Path) -> None:
    file = ArrayFile(path)
    file.verify()
    for name, array in ARRAYS.items():
        assert np.array_equal(file.array(name), array)
        assert file.array(name).dtype.newbyteorder("=") == array.dtype.newbyteorder("=")
        assert file.array(name).dtype.byteorder in "<=|"
        assert file.array(name).ctypes.data % ALIGNMENT == 0 or not len(array)
        assert not file.array(name).flags.writeable
    assert file.array_or_none("small") is None
    with pytest.raises(SegmentDamaged, match="no array small"):
        file.array("small")


def test_arrays_outlive_the_file(path: Path) -> None:
    array = ArrayFile(path).array("words.small")
    path.unlink()
    assert array.tolist() == list(range(100))


def test_no_file_is_written_over(path: Path) -> None:
    with pytest.raises(FileExistsError):
        write_arrays(path, ARRAYS)


@pytest.mark.parametrize(
    ("at", "message"),
    [(0, "does not begin"), (8, f"this program reads {VERSION}"), (40, "the header does not match")],
)
def test_a_wrong_byte_of_the_header_is_named(path: Path, at: int, message: str) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 64
    path.write_bytes(data)
    with pytest.raises(SegmentDamaged, match=message):
        ArrayFile(path)


def test_every_wrong_byte_of_an_array_is_found(path: Path) -> None:
    data = path.read_bytes()
    start = data.index(bytes(range(100)))
    for at in range(start, start + 100):
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        with pytest.raises(SegmentDamaged, match=r"words\.small"):
            ArrayFile(path).verify()


@pytest.mark.parametrize("size", [0, 5, 19, 60, 200])
def test_a_cut_file_is_refused(path: Path, size: int) -> None:
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(SegmentDamaged):
        ArrayFile(path)

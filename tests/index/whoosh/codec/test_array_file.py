"""A file of arrays: what was written, or a refusal that says what is wrong."""

import zlib
from pathlib import Path

import msgspec
import numpy as np
import pytest

from index.whoosh.codec.array_file import ALIGNMENT, MAGIC, VERSION, Array, ArrayFile, write_arrays
from index.whoosh.codec.errors import SegmentDamaged

ARRAYS: dict[str, Array] = {
    "words.small": np.arange(100, dtype=np.uint8),
    "empty": np.zeros(0, dtype=np.uint32),
    "big": np.arange(7, dtype=">u8"),
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
        if len(array):
            assert file.array(name, len(array)).dtype.newbyteorder("=") == array.dtype.newbyteorder("=")
            assert file.array(name).dtype.byteorder in "<=|"
            assert file.array(name).ctypes.data % ALIGNMENT == 0
            assert not file.array(name).flags.writeable
    assert not len(file.array("small"))
    for name in ("small", "big"):
        with pytest.raises(SegmentDamaged, match=f"{name} has"):
            file.array(name, 8)


def test_empty_arrays_are_left_out(path: Path) -> None:
    assert b"empty" not in path.read_bytes()


@pytest.mark.parametrize("array", [np.zeros(3), np.zeros(3, dtype=np.int64), np.zeros(3, dtype=object)])
def test_nothing_but_unsigned_numbers_is_written(array: Array, tmp_path: Path) -> None:
    with pytest.raises(msgspec.ValidationError):
        write_arrays(tmp_path / "other", {"a": array})
    assert not list(tmp_path.iterdir())


ENTRY = ["a", "<u4", 2, 0, 0]


@pytest.mark.parametrize(
    "header",
    [
        b"{nope",
        b"[[]]",
        b'[["\xf9","<u4",2,0,0]]',
        *(
            msgspec.json.encode([entry])
            for entry in (
                ["a", "foo", *ENTRY[2:]],
                ["a", "|O", *ENTRY[2:]],
                ["a", "<u4", -1, 0, 0],
                ["a", "<u4", 2, -64, 0],
                ["a", "<u4", 2**40, 0, 0],
            )
        ),
        msgspec.json.encode([ENTRY, ENTRY]),
    ],
)
def test_an_absurd_header_with_a_right_checksum_is_damage(header: bytes, tmp_path: Path) -> None:
    numbers = b"".join(number.to_bytes(4, "little") for number in (VERSION, len(header), zlib.crc32(header)))
    path = tmp_path / "crafted"
    path.write_bytes(MAGIC + numbers + header + bytes(256))
    with pytest.raises(SegmentDamaged):
        ArrayFile(path)


def test_a_right_header_of_the_same_make_is_read(tmp_path: Path) -> None:
    header = msgspec.json.encode([ENTRY])
    numbers = b"".join(number.to_bytes(4, "little") for number in (VERSION, len(header), zlib.crc32(header)))
    path = tmp_path / "crafted"
    path.write_bytes(MAGIC + numbers + header + bytes(256))
    assert len(ArrayFile(path).array("a")) == 2


def test_a_file_that_was_cut_short_or_replaced_since_is_damaged(path: Path) -> None:
    """Read through the mapping, the cut one would end the process."""
    file = ArrayFile(path)
    with path.open("r+b") as cut:
        cut.truncate(path.stat().st_size - 130)
    with pytest.raises(SegmentDamaged, match="does not match"):
        file.verify()
    path.unlink()
    with pytest.raises(FileNotFoundError):
        file.verify()


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

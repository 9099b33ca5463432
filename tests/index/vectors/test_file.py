"""A file of vectors is believed as far as it is whole, and no further."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from index.vectors import block as block_module
from index.vectors.block import Block, Covered, Entry, Recipe, block_bytes, read_block
from index.vectors.embedder import Model, Vectors
from index.vectors.file import append, create, cut, open_file
from index.vectors.passages import PassageRule
from index.vectors.quantised import Quantised
from index.vectors.reader import VectorReader

RECIPE = Recipe(Model("unit", "1", 5), PassageRule(characters=8, most=2))


def make_block(sequence: int, *names: str) -> Block:
    vectors = np.random.default_rng(sequence).standard_normal((len(names), 5), dtype=np.float32)
    entries = [Entry(name, 1, f"{sequence}") for name in names]
    return Block(Covered(sequence, f"entry {sequence}"), entries, Quantised.of(vectors))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of three blocks, of which the second has an article of the first again."""
    path = tmp_path / "vectors.bin"
    create(path, RECIPE)
    for block in (make_block(3, "a", "b"), make_block(5, "b", "c"), make_block(9, "d")):
        append(path, block)
    return path


def sequence(path: Path) -> int | None:
    """How far the file can be believed; None where it cannot be at all."""
    opened = open_file(path, RECIPE)
    return None if opened is None else opened.table.covered.sequence


def test_whatever_bit_is_wrong_no_block_from_there_on_counts(path: Path) -> None:
    data = path.read_bytes()
    ends = _ends(data)
    for place in range(0, len(data), 7):
        path.write_bytes(data[:place] + bytes([data[place] ^ 0x10]) + data[place + 1 :])
        whole = sum(end <= place for end in ends)
        assert sequence(path) == (None, 0, 3, 5)[whole], place


def test_without_the_checksum_damage_would_be_believed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of the test above."""
    data = bytearray(path.read_bytes())
    data[-2] ^= 0x10
    path.write_bytes(data)
    assert sequence(path) == 5
    monkeypatch.setattr(block_module, "_checksum", lambda *_: _written_checksum(bytes(data)))
    assert read_block(memoryview(data), _ends(bytes(data))[2], 5) is not None


def test_whatever_is_cut_off_the_blocks_in_front_of_it_count(path: Path) -> None:
    data = path.read_bytes()
    ends = _ends(data)
    for size in range(len(data)):
        path.write_bytes(data[:size])
        whole = sum(end <= size for end in ends)
        assert sequence(path) == (None, 0, 3, 5)[whole], size


def test_after_a_cut_the_file_is_whole_and_goes_on(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-3])
    opened = open_file(path, RECIPE)
    assert opened is not None
    assert not opened.is_whole
    cut(path, opened)
    append(path, make_block(7, "e"))
    again = open_file(path, RECIPE)
    assert again is not None
    assert again.is_whole
    assert set(again.table.places) == {"a", "b", "c", "e"}


@pytest.mark.parametrize(
    "other",
    [
        Recipe(Model("unit", "2", 5), RECIPE.rule),
        Recipe(Model("unit", "1", 6), RECIPE.rule),
        Recipe(RECIPE.model, PassageRule(characters=8, most=3)),
        Recipe(RECIPE.model, RECIPE.rule, format=2),
    ],
    ids=["version", "dimension", "passages", "format"],
)
def test_a_file_of_another_recipe_is_none(path: Path, other: Recipe) -> None:
    assert open_file(path, other) is None


@pytest.mark.parametrize("data", [b"", b"PSVECTOR", b"something else, longer than a head of a file"])
def test_what_is_no_vector_file_is_none(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "vectors.bin"
    assert open_file(path, RECIPE) is None
    path.write_bytes(data)
    assert open_file(path, RECIPE) is None


def _append_more(path: Path) -> None:
    append(path, make_block(12, "a", "x"))


def _replace(path: Path) -> None:
    create(path, RECIPE, [make_block(2, "y"), make_block(4, "a", "z"), make_block(6, "q")])


def _cut_and_append(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])
    opened = open_file(path, RECIPE)
    assert opened is not None
    cut(path, opened)
    append(path, make_block(11, "v", "w"))


@pytest.mark.parametrize("change", [_append_more, _replace, _cut_and_append, Path.unlink])
def test_a_reader_sees_what_one_that_opens_the_file_now_sees(
    path: Path, change: Callable[[Path], None]
) -> None:
    reader = VectorReader(path, RECIPE)
    before = reader.table()
    assert reader.table() is before
    change(path)
    after, fresh = reader.table(), VectorReader(path, RECIPE).table()
    assert after.covered == fresh.covered
    assert set(after.places) == set(fresh.places)
    query = np.eye(5, dtype=np.float32)[0]
    assert after.nearest(query, 10) == fresh.nearest(query, 10)
    assert set(before.places) == {"a", "b", "c", "d"}
    assert len(before.nearest(query, 10)) == 4


def test_a_reader_reads_only_what_is_new(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = VectorReader(path, RECIPE)
    reader.table()
    starts: list[int] = []

    def spying(data: memoryview, start: int, dimension: int) -> tuple[Block, int] | None:
        starts.append(start)
        return read_block(data, start, dimension)

    size = path.stat().st_size
    append(path, make_block(12, "a", "x"))
    monkeypatch.setattr("index.vectors.file.read_block", spying)
    assert set(reader.table().places) == set("abcdx")
    assert starts == [size, path.stat().st_size]


vectors = arrays.arrays(
    np.float32,
    st.tuples(st.integers(0, 6), st.just(5)),
    elements=st.floats(-1, 1, width=32, allow_subnormal=False),
)


@given(vectors)
def test_numbers_are_off_by_at_most_half_a_scale(rows: Vectors) -> None:
    quantised = Quantised.of(rows)
    off = np.abs(quantised.rows * quantised.scales[:, None] - rows)
    assert (off <= quantised.scales[:, None] * 0.5001 + 1e-30).all()
    assert (quantised.scales <= np.abs(rows).max(axis=1, initial=0) / 127 * 1.0001).all()


@given(vectors, st.data())
def test_a_block_comes_back_as_it_was_written(rows: Vectors, data: st.DataObject) -> None:
    names = data.draw(st.lists(st.text(min_size=1), unique=True, min_size=len(rows), max_size=len(rows)))
    gone = data.draw(st.lists(st.text(min_size=1), max_size=2))
    entries = [*(Entry(name, 1, "d") for name in names), *(Entry(name, 0, "") for name in gone)]
    block = Block(Covered(7, None), entries, Quantised.of(rows))
    written = block_bytes(block)
    found = read_block(memoryview(b"before" + written + b"behind"), 6, 5)
    assert found is not None
    assert found[1] == 6 + len(written)
    assert found[0].covered == block.covered
    assert list(found[0].entries) == entries
    np.testing.assert_array_equal(found[0].vectors.rows, block.vectors.rows)
    np.testing.assert_array_equal(found[0].vectors.scales, block.vectors.scales)


def _ends(data: bytes) -> list[int]:
    """Where the head and each block end: 16 bytes are magic, length and checksum."""
    ends = [0]
    while ends[-1] < len(data):
        length = int.from_bytes(data[ends[-1] + 8 : ends[-1] + 12], "little")
        ends.append(ends[-1] + 16 + length)
    return ends[1:]


def _written_checksum(data: bytes) -> int:
    """Of the last block."""
    start = _ends(data)[2]
    return int.from_bytes(data[start + 12 : start + 16], "little")

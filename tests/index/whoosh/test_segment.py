"""A segment's entry in Whoosh's table of contents: its tombstones, and its pickled state."""

import pickle
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.errors import GenerationStale
from index.whoosh.codec.segment import ColumnarSegment, new_segment_id
from index.whoosh.codec.whoosh_codec import StockWritingRefused


def numbers(*documents: int) -> NDArray[np.uint32]:
    return np.array(documents, dtype=np.uint32)


def entry(count: int = 10, deleted: NDArray[np.uint32] | None = None) -> ColumnarSegment:
    return ColumnarSegment("MAIN_0a", count, count * 256, numbers() if deleted is None else deleted)


def test_a_segment_is_one_file_that_whoosh_does_not_put_into_another() -> None:
    assert entry().path(Path("folder")) == Path("folder/MAIN_0a.seg")
    assert not entry().should_assemble()
    assert not entry().is_compound()


def test_segments_get_names_of_their_own() -> None:
    assert len({new_segment_id() for _ in range(100)}) == 100


@given(st.lists(st.sets(st.integers(0, 99)), max_size=6))
def test_tombstones_are_those_of_a_set(steps: list[set[int]]) -> None:
    segment, model = entry(100), set[int]()
    for step in steps:
        segment, model = segment.without(numbers(*step)), model | step
        assert segment.deleted_docs() == sorted(model)
        assert segment.deleted_count() == len(model)
        assert segment.doc_count() == 100 - len(model)
        assert segment.has_deletions() == bool(model)
        assert segment.live().tolist() == [number not in model for number in range(100)]
        assert [segment.is_deleted(number) for number in range(100)] == [
            number in model for number in range(100)
        ]


def test_deleting_gives_another_entry_and_leaves_the_first() -> None:
    first = entry(deleted=numbers(3))
    second = first.without(numbers(5, 3, 5))
    assert (first.deleted_docs(), second.deleted_docs()) == ([3], [3, 5])
    assert first == second
    with pytest.raises(ValueError, match="read-only"):
        second.deleted[0] = 1


@given(st.integers(0, 2**20), st.sets(st.integers(0, 2**32 - 1), max_size=50))
def test_an_entry_is_read_as_it_was_pickled(count: int, deleted: set[int]) -> None:
    written = ColumnarSegment("MAIN_0a", count, 2**31, numbers(*sorted(deleted)))
    read = pickle.loads(pickle.dumps(written))  # noqa: S301  # our own bytes
    assert read.__getstate__() == written.__getstate__()
    assert read.deleted.dtype == np.uint32
    assert not read.deleted.flags.writeable


def test_the_pickled_state_is_that_of_the_format() -> None:
    """Tables on disks hold it: another one needs another name of the format."""
    segment = ColumnarSegment("MAIN_0a", 7, 512, numbers(1, 258))
    assert segment.__getstate__() == (1, "MAIN_0a", 7, 512, b"\x01\x00\x00\x00\x02\x01\x00\x00")
    assert (ColumnarSegment.__module__, ColumnarSegment.__qualname__) == (
        "index.whoosh.codec.segment",
        "ColumnarSegment",
    )


def test_tombstones_take_four_bytes_each() -> None:
    few, many = (
        len(pickle.dumps(entry(100_000, np.arange(count, dtype=np.uint32)))) for count in (1_000, 26_000)
    )
    assert many - few <= 4 * 25_000 + 16


def test_a_state_of_another_version_is_refused() -> None:
    with pytest.raises(GenerationStale, match="state 2 of a segment"):
        entry().__setstate__((2, "MAIN_0a", 7, 512, b""))


Refused = Callable[[ColumnarSegment], object]

REFUSED: Mapping[str, Refused] = {
    "delete_document": lambda segment: segment.delete_document(0),
    "set_doc_count": lambda segment: segment.set_doc_count(1),
    "per_document_writer": lambda segment: segment.codec().per_document_writer(None, segment),
    "field_writer": lambda segment: segment.codec().field_writer(None, segment),
    "postings_writer": lambda segment: segment.codec().postings_writer(None),
    "new_segment": lambda segment: segment.codec().new_segment(None, "MAIN"),
}


@pytest.mark.parametrize("refused", REFUSED.values(), ids=REFUSED)
def test_whoosh_writes_none(refused: Refused) -> None:
    with pytest.raises(StockWritingRefused, match="only WhooshWriter"):
        refused(entry())

"""A segment has as many positions as 32 bits number, and no more."""

from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np
import pytest
from numpy.typing import NDArray

from index.article import Part
from index.whoosh.codec import positions
from index.whoosh.codec.positions import MAX_EXTENT, UNIT, Positions
from index.whoosh.codec.segment_merger import Source, merge_segments
from index.whoosh.codec.segment_reader import open_segment
from index.whoosh.codec.segment_writer import write_segment
from tests.index.whoosh.codec.documents import documents

GAPS = len(Part)


def characters(*bodies: int) -> NDArray[np.int64]:
    """Of documents that have nothing but bodies of these lengths."""
    found = np.zeros((len(bodies), len(Part)), dtype=np.int64)
    found[:, list(Part).index(Part.BODY)] = bodies
    return found


@pytest.mark.parametrize(
    "bodies",
    [(), (MAX_EXTENT - GAPS,), (MAX_EXTENT - UNIT - GAPS, UNIT - GAPS)],
    ids=["nothing", "one document", "two"],
)
def test_a_segment_may_have_all_positions(bodies: Sequence[int]) -> None:
    assert Positions.of_new_segment(characters(*bodies)).extent == (MAX_EXTENT if bodies else 0)


@pytest.mark.parametrize(
    "bodies",
    [(MAX_EXTENT - GAPS + 1,), (MAX_EXTENT - UNIT - GAPS, UNIT - GAPS + 1), (MAX_EXTENT - GAPS, 0)],
    ids=["one document", "two", "an empty one behind"],
)
def test_one_more_is_refused(bodies: Sequence[int]) -> None:
    with pytest.raises(ValueError, match="documents need 4,294,967,296 positions, and a segment has at"):
        Positions.of_new_segment(characters(*bodies))


def test_what_needs_more_positions_is_neither_written_nor_merged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = documents(Random(1), 3)
    write_segment(tmp_path / "one", chosen)
    reader = open_segment(tmp_path / "one")
    monkeypatch.setattr(positions, "MAX_EXTENT", reader.positions.extent)
    write_segment(tmp_path / "another", chosen)
    more = [*chosen, *documents(Random(2), 1, prefix="more ")]
    with pytest.raises(ValueError, match="4 documents need"):
        write_segment(tmp_path / "refused", more)
    source = Source(reader, np.ones(reader.count, dtype=np.bool_))
    with pytest.raises(ValueError, match="6 documents need"):
        merge_segments(tmp_path / "refused", [source, source])
    assert {path.name for path in tmp_path.iterdir()} == {"one", "another"}

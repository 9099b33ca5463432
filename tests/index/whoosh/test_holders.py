"""Which documents hold a run of characters, beside a search through their texts."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Part
from index.documents import IndexDocument
from index.whoosh.codec.segment_reader import open_segment
from index.whoosh.codec.segment_writer import write_segment
from index.whoosh.holders import documents_holding

texts = st.text("甲乙丙", max_size=8)
parts = st.fixed_dictionaries(dict.fromkeys(Part, texts))


def document(name: str, characters: dict[Part, str]) -> IndexDocument:
    return IndexDocument(id=name, characters=characters, words={}, keywords={}, dates={}, cluster=None)


def test_they_are_those_in_one_of_whose_parts_it_stands(tmp_path: Path) -> None:
    @settings(max_examples=60)
    @given(st.lists(parts, min_size=1, max_size=6), st.text("甲乙丙丁", min_size=1, max_size=4))
    def law(documents: list[dict[Part, str]], run: str) -> None:
        path = tmp_path / "segment"
        path.unlink(missing_ok=True)
        write_segment(path, [document(str(number), one) for number, one in enumerate(documents)])
        holding = [
            number for number, one in enumerate(documents) if any(run in text for text in one.values())
        ]
        assert documents_holding(run, open_segment(path)).tolist() == holding

    law()


def test_a_run_that_ends_where_the_positions_end_is_found(tmp_path: Path) -> None:
    """A unit of 256 positions, filled to its end but for the gaps."""
    body = "乙" * (256 - len(Part) - 2) + "甲丙"
    path = tmp_path / "segment"
    write_segment(path, [document("a", {Part.TAGS: body})])
    reader = open_segment(path)
    assert [documents_holding(run, reader).tolist() for run in ("甲丙", "丙", "丙乙", "乙甲丙")] == [
        [0],
        [0],
        [],
        [0],
    ]

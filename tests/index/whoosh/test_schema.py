import struct
from array import array
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Part
from index.documents import IndexDocument
from index.whoosh.record import LAYOUT, NO_DATE, Record
from index.whoosh.schema import CharacterField, KeywordField, WordField, fields, layout, schema


def document(**changes: Any) -> IndexDocument:
    values: dict[str, Any] = {
        "id": "湖北-1",
        "characters": {Part.TITLE: "武鄂", Part.LEAD: "", Part.BODY: "武汉武", Part.TAGS: "鄂"},
        "words": {"武汉": 4, "鄂": 1},
        "keywords": {"source": ("湖北日报",)},
        "published": 1_728_891_999,
    }
    return IndexDocument(**(values | changes))


texts = st.dictionaries(st.sampled_from(Part), st.text(max_size=20))


@given(texts)
def test_parts_lie_one_behind_the_other_with_a_gap_of_one(parts: dict[Part, str]) -> None:
    starts = layout(parts)
    assert starts[0] == 0
    assert len(starts) == len(parts) + 1
    for text, start, following in zip(parts.values(), starts, starts[1:], strict=False):
        assert following == start + len(text) + 1


@given(texts)
def test_every_character_is_posted_at_each_of_its_positions(parts: dict[Part, str]) -> None:
    found: dict[int, str] = {}
    for term, frequency, weight, value in CharacterField().index(parts):
        positions = struct.unpack(f"<{len(value) // 4}I", value)
        assert list(positions) == sorted(set(positions))
        assert (frequency, weight) == (len(positions), 1.0)
        found |= dict.fromkeys(positions, term.decode("utf-8"))
    expected: dict[int, str] = {}
    for text, start in zip(parts.values(), layout(parts), strict=False):
        expected |= dict(enumerate(text, start))
    assert found == expected


def test_positions_are_little_endian_on_every_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = {Part.BODY: "一" * 300}
    [native] = CharacterField().index(parts)
    monkeypatch.setattr("index.whoosh.schema.sys.byteorder", "big")
    [swapped] = CharacterField().index(parts)
    other = array("I", native[3])
    other.byteswap()
    assert swapped[3] == other.tobytes()


def test_a_word_is_posted_with_its_weighted_frequency() -> None:
    assert list(WordField().index({"武汉": 4, "gdp": 1})) == [
        ("武汉".encode(), 1, 4.0, b""),
        (b"gdp", 1, 1.0, b""),
    ]


def test_a_keyword_is_posted_once() -> None:
    assert list(KeywordField().index(("甲", "乙", "甲"))) == [
        ("甲".encode(), 1, 1.0, b""),
        ("乙".encode(), 1, 1.0, b""),
    ]


@given(
    published=st.integers(NO_DATE, 2**63 - 1),
    length=st.integers(0, 2**32 - 1),
    starts=st.lists(st.integers(0, 2**32 - 1), min_size=5, max_size=5),
)
def test_a_record_is_read_as_it_was_packed(published: int, length: int, starts: list[int]) -> None:
    data = Record(published=published, length=length, starts=tuple(starts)).pack()
    [read] = np.frombuffer(data, dtype=LAYOUT)
    assert (int(read["published"]), int(read["length"])) == (published, length)
    assert read["starts"].tolist() == starts


def test_the_bytes_of_a_record_are_those_of_the_format() -> None:
    """Indexes on disks hold them: another layout needs another name of the format."""
    record = Record(published=-2, length=3, starts=(0, 5, 6, 7, 2**32 - 1))
    assert record.pack() == struct.pack("<qI5I", -2, 3, 0, 5, 6, 7, 2**32 - 1)


def test_a_document_has_a_value_for_every_field_of_the_schema() -> None:
    assert set(fields(document())) == set(schema().names())


@pytest.mark.parametrize(
    ("published", "stored"),
    [(None, NO_DATE), (0, 0), (-1, -1), (1_728_891_999, 1_728_891_999)],
    ids=["undated", "1970", "before 1970", "2024"],
)
def test_the_record_holds_time_length_and_the_borders_of_all_parts(
    published: int | None, stored: int
) -> None:
    record = fields(document(published=published))["record"]
    assert record == Record(published=stored, length=5, starts=(0, 3, 4, 8, 10)).pack()


def test_parts_that_are_not_given_are_empty() -> None:
    value = fields(document(characters={Part.BODY: "武"}))["characters"]
    assert value == {Part.TITLE: "", Part.LEAD: "", Part.BODY: "武", Part.TAGS: ""}


def test_parts_are_in_the_order_of_the_record_however_they_are_given() -> None:
    turned = dict(reversed(list(document().characters.items())))
    assert fields(document(characters=turned)) == fields(document())


def test_a_document_without_a_source_has_no_keyword() -> None:
    assert fields(document(keywords={}))["source"] == ()

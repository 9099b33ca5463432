import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents import DATE_FIELDS, KEYWORD_FIELDS
from index.whoosh.schema import CharacterField, Positions, schema


def test_every_field_of_a_document_is_a_field_of_the_schema() -> None:
    assert set(schema().names()) == {
        *("id", "words", "characters", "cluster"),
        *KEYWORD_FIELDS,
        *DATE_FIELDS,
    }


@given(st.sets(st.integers(0, 2**32 - 1)).map(sorted))
def test_positions_are_read_from_little_endian_numbers(positions: list[int]) -> None:
    assert Positions().decode_positions(np.array(positions, dtype="<u4").tobytes()) == positions


@pytest.mark.parametrize(
    ("field", "stored"),
    [("id", set()), ("words", {"lengths"}), ("characters", {"positions"}), ("source", set())],
)
def test_fields_say_what_is_stored_of_them(field: str, stored: set[str]) -> None:
    found = schema()[field]
    assert bool(found.scorable) == ("lengths" in stored)
    assert found.supports("positions") == ("positions" in stored)


def test_no_field_indexes_a_value_itself() -> None:
    with pytest.raises(NotImplementedError, match="only WhooshWriter writes"):
        CharacterField().index("text")

"""Bit strings, beside plain loops over their bits."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.whoosh.codec.bit_strings import mask_of, packed, places_of, places_of_zeros, ranks, words_of

bit_strings = st.lists(st.booleans(), max_size=400).map(lambda bits: bits + [False] * (-len(bits) % 8))


@settings(max_examples=300, deadline=None)
@given(bit_strings)
def test_bits_are_set_where_they_were_packed(bits: list[bool]) -> None:
    places = [at for at, bit in enumerate(bits) if bit]
    string = packed(np.array(places, dtype=np.int64), len(bits) // 8)
    assert mask_of(string).tolist() == bits
    assert places_of(string).tolist() == places


@settings(max_examples=300, deadline=None)
@given(bit_strings, st.sampled_from([np.uint32, np.intp]))
def test_the_rank_of_a_set_bit_is_how_many_are_before_it(bits: list[bool], dtype: type) -> None:
    words = words_of(np.packbits(np.array(bits, dtype=np.bool_), bitorder="little"))
    expected = [sum(bits[:at]) if bit else -1 for at, bit in enumerate(bits)]
    assert ranks(words, np.arange(len(bits), dtype=dtype)).tolist() == expected


@settings(max_examples=300, deadline=None)
@given(bit_strings)
def test_each_zero_is_found_in_any_order(bits: list[bool]) -> None:
    words = words_of(np.packbits(np.array(bits, dtype=np.bool_), bitorder="little"))
    zeros = [at for at, bit in enumerate(bits) if not bit]
    wanted = np.random.default_rng(len(bits)).permutation(len(zeros))
    assert places_of_zeros(words, wanted.astype(np.int64)).tolist() == [zeros[at] for at in wanted]


@pytest.mark.parametrize("byte", range(256))
def test_each_zero_of_each_byte_is_found(byte: int) -> None:
    string = np.array([0xFF, byte, 0xFF, byte, 0, byte, byte, 0xFF, byte], dtype=np.uint8)
    zeros = np.flatnonzero(~mask_of(string))
    assert np.array_equal(places_of_zeros(words_of(string), np.arange(len(zeros))), zeros)

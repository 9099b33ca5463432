import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.suggestions import string_table
from search.suggestions.columns import numbers
from search.suggestions.string_table import StringTable, beginning_with, between, sorted_in_steps

TEXTS = st.lists(st.text(alphabet="ab中文\U00020bb7", max_size=4), max_size=12)


@given(TEXTS)
def test_it_is_the_list_of_its_strings(texts: list[str]) -> None:
    table = StringTable.of(texts)
    assert list(table) == texts
    assert len(table) == len(texts)
    assert list(table[1:3]) == texts[1:3]


@given(TEXTS, st.text(alphabet="ab中文", max_size=2))
def test_keys_that_begin_so_stand_together(texts: list[str], prefix: str) -> None:
    order = sorted(range(len(texts)), key=texts.__getitem__)
    place = beginning_with(order, prefix, texts.__getitem__)
    found = {texts[at] for at in order[place]}
    assert found == {text for text in texts if text.startswith(prefix)}


@given(TEXTS, st.text(alphabet="ab中文", max_size=2), st.text(alphabet="ab中文", max_size=2))
def test_keys_between_two_stand_together(texts: list[str], low: str, high: str) -> None:
    order = sorted(range(len(texts)), key=texts.__getitem__)
    place = between(order, low, high, texts.__getitem__)
    assert [texts[at] for at in order[place]] == sorted(text for text in texts if low <= text < high)


def test_numbers_take_four_bytes() -> None:
    assert numbers([0, 2**32 - 1]).itemsize == 4


@pytest.mark.parametrize("step", [1, 3, 100])
def test_sorting_in_steps_is_sorting(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(string_table, "STEP", step)
    items = ["b1", "a1", "b0", "c0", "a0", "b2", "a2"]
    assert sorted_in_steps(items, lambda item: item[0]) == sorted(items, key=lambda item: item[0])

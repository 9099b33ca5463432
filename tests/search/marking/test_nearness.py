"""Places of two texts near each other, beside a search through all pairs of places."""

import time
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.marking.nearness import near_places


def all_pairs(first: str, second: str, gap: int, text: str) -> set[tuple[int, int]]:
    """Every place of the one with every place of the other."""
    spans = [
        [(at, at + len(wanted)) for at in range(len(text)) if text.startswith(wanted, at)]
        for wanted in (first, second)
    ]
    found = set()
    for one in spans[0]:
        for other in spans[1]:
            before, behind = sorted((one, other))
            if 0 <= behind[0] - before[1] <= gap:
                found |= {one, other}
    return found


SHORT = st.text("ab", min_size=1, max_size=3)


@given(first=SHORT, second=SHORT, gap=st.integers(0, 5), text=st.text("abc", max_size=25))
def test_places_are_those_of_all_pairs(first: str, second: str, gap: int, text: str) -> None:
    found = list(near_places(first, second, gap, text))
    assert set(found) == all_pairs(first, second, gap, text)
    assert found == sorted(found)


@pytest.mark.parametrize(("first", "second"), [("", "a"), ("a", ""), ("", ""), ("a", "x"), ("x", "a")])
def test_there_are_none_without_both_texts(first: str, second: str) -> None:
    assert list(near_places(first, second, 9, "aaa")) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("哈" * 2_000_000 + "啊", id="all of one, one of the other"),
        pytest.param("啊" + "哈" * 2_000_000, id="the other first"),
        pytest.param(("哈" * 5_000 + "啊") * 400, id="far from each other"),
    ],
)
def test_the_first_places_of_a_long_text_are_found_at_once(text: str) -> None:
    started = time.thread_time()
    found = list(islice(near_places("哈", "啊", 3, text), 1_000))
    assert 4 <= len(found) <= 1_000
    assert time.thread_time() - started < 5

import math
from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from search.suggestions.character_pairs import UNSEEN, CharacterPairs

TEXTS = st.lists(st.tuples(st.text(alphabet="甲乙丙丁", max_size=6), st.integers(1, 5)), max_size=8)
CHARS = st.sampled_from("甲乙丙丁戊")


def counted(texts: list[tuple[str, int]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for text, times in texts:
        for first, second in pairwise(text):
            counts[first + second] += times
    return counts


@given(TEXTS, CHARS, CHARS)
def test_a_weight_is_the_logarithm_of_a_count(texts: list[tuple[str, int]], first: str, second: str) -> None:
    count = counted(texts)[first + second]
    weight = CharacterPairs.of(texts).weight(first, second)
    assert weight == UNSEEN if not count else abs(weight - math.log2(1 + count)) <= 1 / 16


@given(TEXTS, CHARS, CHARS)
def test_between_stand_all_that_were_seen_on_both_sides(
    texts: list[tuple[str, int]], before: str, behind: str
) -> None:
    counts, pairs = counted(texts), CharacterPairs.of(texts)
    both = {char for char in "甲乙丙丁戊" if counts[before + char] and counts[char + behind]}
    assert set(pairs.between(before, behind, 9)) == both
    assert set(pairs.between(before, "", 9)) == {char for char in "甲乙丙丁戊" if counts[before + char]}
    assert set(pairs.between("", behind, 9)) == {char for char in "甲乙丙丁戊" if counts[char + behind]}


def test_between_the_most_usual_come_first() -> None:
    pairs = CharacterPairs.of([("甲乙丙", 1), ("甲丁丙", 5), ("甲戊丙", 2)])
    assert pairs.between("甲", "丙", 2) == "丁戊"
    assert pairs.between("甲", "", 1) == "丁"


def test_a_text_weighs_what_its_pairs_do() -> None:
    pairs = CharacterPairs.of([("甲乙丙", 3)])
    assert pairs.weigh("甲乙丙") == 4.0
    assert pairs.weigh("乙甲") == UNSEEN
    assert pairs.weigh("甲") == 0


def test_beside_stand_all_that_were_seen_on_either_side() -> None:
    pairs = CharacterPairs.of([("甲乙丙", 1), ("丁戊", 1)])
    assert pairs.beside("甲", "丙") == {"乙"}
    assert pairs.beside("甲", "戊") == {"乙", "丁"}
    assert pairs.beside("", "") == frozenset()

import math
from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from search.suggestions.character_pairs import CharacterPairs
from search.suggestions.neighbours import UNSEEN

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
    found = list(pairs.between(before, behind))
    assert sorted(char for char, _ in found) == sorted(both)
    assert all(weight == pairs.within(before, char, behind) for char, weight in found)
    weights = [weight for _, weight in found]
    assert weights == sorted(weights, reverse=True)


@given(TEXTS, CHARS)
def test_at_an_end_one_side_decides(texts: list[tuple[str, int]], char: str) -> None:
    pairs, counts = CharacterPairs.of(texts), counted(texts)
    behind, before = list(pairs.between(char, "")), list(pairs.between("", char))
    assert {one for one, _ in behind} == {one for one in "甲乙丙丁戊" if counts[char + one]}
    assert {one for one, _ in before} == {one for one in "甲乙丙丁戊" if counts[one + char]}
    assert all(weight == pairs.weight(char, one) for one, weight in behind)
    assert all(weight == pairs.weight(one, char) for one, weight in before)
    weights = [weight for _, weight in behind]
    assert weights == sorted(weights, reverse=True)


def test_a_text_weighs_what_its_pairs_do() -> None:
    pairs = CharacterPairs.of([("甲乙丙", 3)])
    assert pairs.weigh("甲乙丙") == 4.0
    assert pairs.weigh("乙甲") == UNSEEN
    assert pairs.weigh("甲") == 0


def test_beside_stand_all_that_were_seen_on_either_side() -> None:
    pairs = CharacterPairs.of([("甲乙丙", 1), ("丁戊", 1)])
    among = frozenset("甲乙丙丁")
    assert pairs.beside("甲", "丙", among) == {"乙"}
    assert pairs.beside("甲", "戊", among) == {"乙", "丁"}
    assert pairs.beside("甲", "戊", frozenset("乙")) == {"乙"}
    assert pairs.beside("", "", among) == frozenset()

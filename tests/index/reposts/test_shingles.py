from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.reposts.shingles import LENGTH, shared, shingles, smallest
from tests.index.reposts.samples import text_of

TEXTS = st.text(st.sampled_from("武鄂协同创新，。 \nA1_𠀀"), max_size=30)


def letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def runs(text: str) -> set[str]:
    """The slow way: every run of five letters."""
    kept = letters(text)
    return {kept[start : start + LENGTH] for start in range(len(kept) - LENGTH + 1)}


@given(TEXTS, TEXTS)
def test_texts_share_as_many_shingles_as_runs_of_five_letters(first: str, second: str) -> None:
    assert len(shingles([first])) == len(runs(first))
    assert shared(shingles([first]), shingles([second])) == len(runs(first) & runs(second))


@given(st.lists(TEXTS, max_size=3))
def test_no_shingle_goes_from_one_text_into_the_next(texts: list[str]) -> None:
    assert len(shingles(texts)) == len(set().union(*map(runs, texts)))


def number(run: str) -> int:
    """The number of a run, worked out by the formulas one after the other."""
    base, value = 0x9E3779B97F4A7C15, 0
    for power, character in enumerate(run, start=1):
        value += ord(character) * pow(base, power, 2**64)
    value %= 2**64
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) % 2**64
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) % 2**64
    return value ^ (value >> 31)


@pytest.mark.parametrize("length", [5, 6, 511, 512, 515, 516, 517, 1_027, 1_028, 1_029, 1_700])
def test_the_numbers_are_those_of_the_formulas_wherever_a_block_ends(length: int) -> None:
    random = Random(length)
    text = "".join(
        chr(random.choice((0x61, 0x4E00, 0x20000, 0x2F800)) + random.randrange(20)) for _ in range(length)
    )
    assert shingles([text]) == set(map(number, runs(text)))


@given(st.lists(TEXTS, max_size=4))
def test_the_numbers_of_several_texts_are_those_of_each(texts: list[str]) -> None:
    assert shingles(texts) == {number(run) for text in texts for run in runs(text)}


@given(st.lists(TEXTS, max_size=4), st.randoms(use_true_random=False))
def test_neither_the_order_of_texts_nor_a_text_again_changes_them(texts: list[str], random: Random) -> None:
    again = [*texts, *random.sample(texts, len(texts) // 2)]
    random.shuffle(again)
    assert shingles(iter(again)) == shingles(texts)


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param([], id="no text"),
        pytest.param([""], id="an empty one"),
        pytest.param(["", "，", "", "协同"], id="none with five letters"),
    ],
)
def test_texts_may_have_none(texts: list[str]) -> None:
    assert shingles(texts) == frozenset()


@pytest.mark.parametrize(
    "lengths",
    [
        pytest.param((300, 300, 300), id="a block ends in a text"),
        pytest.param((510, 4, 510), id="one ends in a text that is too short"),
        pytest.param((512, 0, 1, 512, 1_024), id="empty ones between blocks"),
        pytest.param((516, 511, 513, 3), id="texts begin a little behind each block"),
    ],
)
def test_long_texts_have_the_shingles_of_each(lengths: tuple[int, ...]) -> None:
    texts = [text_of(number, length) for number, length in enumerate(lengths)]
    assert [len(letters(text)) for text in texts] == list(lengths)
    expected = frozenset(number(run) for text in texts for run in runs(text))
    assert shingles(texts) == shingles([*reversed(texts), *texts]) == expected


@given(st.frozensets(st.integers(0, 2**64 - 1)), st.integers(0, 20))
def test_the_smallest_rise(values: frozenset[int], count: int) -> None:
    assert smallest(values, count) == sorted(values)[:count]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("协同创新", 0),
        ("协同，创 新", 0),
        ("协同创新区", 1),
        ("、。“”——", 0),
        ("科科科科科科科", 1),
        ("C919", 0),
    ],
    ids=[
        "nothing",
        "four letters",
        "four with marks",
        "five",
        "marks only",
        "one run again",
        "digits are letters",
    ],
)
def test_only_letters_count(text: str, count: int) -> None:
    assert len(shingles([text])) == count


def test_the_numbers_are_the_same_on_every_machine() -> None:
    """Sketches lie in databases: the numbers may change only together with the version of sketches."""
    assert shingles(["武鄂协同创新"]) == {2_981_054_703_423_397_450, 3_391_010_606_716_090_375}


def test_the_smallest_shingles_are_a_fair_sample() -> None:
    """Of 400 texts half of whose shingles are another's, the smallest 16 of all hold half, too."""
    held = 0
    for number in range(400):
        both = shingles([text_of(number, 400)])
        half = shingles([text_of(number, 400)[:210]])
        held += sum(value in half for value in smallest(both, 16))
    assert held / (400 * 16) == pytest.approx(0.5, abs=0.03)

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.reposts.shingles import LENGTH, shared, shingles
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


@given(TEXTS)
def test_shingles_rise(text: str) -> None:
    assert all(before < after for before, after in pairwise(shingles([text]).tolist()))


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
    assert shingles(["武鄂协同创新"]).tolist() == [2_981_054_703_423_397_450, 3_391_010_606_716_090_375]


def test_the_smallest_shingles_are_a_fair_sample() -> None:
    """Of 400 texts half of whose shingles are another's, the smallest 16 of all hold half, too."""
    held = 0
    for number in range(400):
        both = shingles([text_of(number, 400)])
        half = frozenset(shingles([text_of(number, 400)[:210]]).tolist())
        held += sum(value in half for value in both[:16].tolist())
    assert held / (400 * 16) == pytest.approx(0.5, abs=0.03)

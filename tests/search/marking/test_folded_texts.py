"""Texts are folded once while they are kept, and the same as ever."""

from dataclasses import dataclass, field
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from index.text.characters import CompactText
from index.text.folding import Folding
from search.marking.folded_texts import FoldedText, FoldedTexts
from tests.strategies import texts

FOLDING: Final = Folding.load()


@dataclass(frozen=True, slots=True)
class Counting(Folding):
    """Remembers what it was asked for."""

    folded: list[str] = field(default_factory=list)

    def fold(self, text: str) -> str:
        self.folded.append(text)
        return FOLDING.fold(text)


def counting() -> Counting:
    return Counting(FOLDING.version, {})


@given(st.lists(texts(), max_size=20), st.sampled_from([0, 2_000, 1 << 20]))
def test_a_text_is_what_it_is_however_much_is_kept(asked: list[str], max_bytes: int) -> None:
    kept = FoldedTexts(FOLDING, max_bytes)
    for text in (*asked, *asked):
        folded = FOLDING.fold(text)
        assert kept.of(text) == FoldedText(folded, CompactText.of(folded))


def test_a_text_is_folded_once() -> None:
    folding = counting()
    kept = FoldedTexts(folding, 1 << 20)
    for text in ("協同 創新", "科技", "協同 創新"):
        kept.of(text)
    assert folding.folded == ["協同 創新", "科技"]


def test_without_room_it_is_folded_each_time() -> None:
    folding = counting()
    kept = FoldedTexts(folding, 0)
    for _ in range(2):
        assert kept.of("協同 創新").compact.text == "协同创新"
    assert folding.folded == ["協同 創新"] * 2


def test_long_texts_take_the_room_that_they_need() -> None:
    """A text of Chinese takes two bytes a character, and stands there three times."""
    folding = counting()
    kept = FoldedTexts(folding, 5_000)
    first, second = "協" * 500, "創" * 500
    for text in (first, second, first):
        kept.of(text)
    assert folding.folded == [first, second, first]

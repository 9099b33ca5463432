"""Finds the phrases of a list in a text, in one pass."""

from collections.abc import Iterable, Iterator

SHORTEST = 2
"""Code points that a phrase has at least: phrases are looked up by their first two, and one character alone
says too little (药 stands in 火药 and 农药 too)."""


class PhraseMatcher:
    """Finds phrases from left to right, the longest at each place, none overlapping another.

    A phrase that begins or ends with an ASCII letter or digit is not found inside a longer word or number:
    5g does not stand in 15g. Time is linear in the text: at one place only as many lengths are tried as the
    phrases with the same two first characters have.
    """

    __slots__ = ("_lengths", "_phrases")

    def __init__(self, phrases: Iterable[str]) -> None:
        """`phrases`: each of at least `SHORTEST` code points."""
        self._phrases = frozenset(phrases)
        lengths: dict[str, set[int]] = {}
        for phrase in self._phrases:
            lengths.setdefault(phrase[:SHORTEST], set()).add(len(phrase))
        self._lengths = {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()}

    def find(self, text: str) -> Iterator[str]:
        """The phrases that stand in the text, in its order, as often as they stand there."""
        lengths_of = self._lengths.get
        at = 0
        last = len(text) - SHORTEST
        while at <= last:
            for length in lengths_of(text[at : at + SHORTEST], ()):
                phrase = text[at : at + length]
                end = at + len(phrase)
                if phrase in self._phrases and _stands_alone(text, at, end):
                    yield phrase
                    at = end
                    break
            else:
                at += 1


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no ASCII word or number goes on over either end of text[start:end]."""
    begins = start == 0 or not (_in_word(text[start]) and _in_word(text[start - 1]))
    return begins and (end == len(text) or not (_in_word(text[end - 1]) and _in_word(text[end])))


def _in_word(character: str) -> bool:
    return character.isascii() and character.isalnum()

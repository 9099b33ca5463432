"""Text that was typed as pinyin, with the wrong keyboard on: zhengce for 政策."""

import math
import re
from collections.abc import Iterator
from typing import Final

from search.suggestions.rewriting import Rewriting
from search.suggestions.suggestion import Reason
from search.suggestions.vocabulary import Vocabulary

_LETTERS: Final = re.compile("[a-z][a-z']+")

LONGEST_PART: Final = 8
"""Syllables of the longest word that is looked for inside letters which stand for several."""


def meant_by_letters(run: str, vocabulary: Vocabulary, limit: int) -> tuple[Rewriting, ...]:
    """What a folded run was meant as if the first letters in it are pinyin, the commonest first.

    Empty where they are not whole syllables, or nothing in the vocabulary sounds so.
    """
    match = _LETTERS.search(run)
    if match is None:
        return ()
    ways = vocabulary.syllables.whole(match[0].replace("'", ""))
    found = {text: count for sounds in ways for count, text in vocabulary.spelled(sounds, limit)}
    if not found:
        found = {text: 0 for sounds in ways for text in _several(sounds, vocabulary)}
    start, end = match.span()
    rewritings = (
        Rewriting(run[:start] + text + run[end:], start, len(text), Reason.PINYIN, math.log2(1 + count))
        for text, count in found.items()
    )
    return tuple(sorted(rewritings, key=lambda meant: (-meant.gain, meant.text))[:limit])


def _several(sounds: str, vocabulary: Vocabulary) -> Iterator[str]:
    """The sounds as several words: as few as can be, of these the commonest."""
    best: list[tuple[int, float, str] | None] = [(0, 0.0, ""), *[None] * len(sounds)]
    for end in range(1, len(sounds) + 1):
        ways = [
            (words + 1, cost - math.log2(1 + count), text + word)
            for start in range(max(0, end - LONGEST_PART), end)
            if (before := best[start]) is not None
            for words, cost, text in (before,)
            for count, word in vocabulary.spelled(sounds[start:end], 1)
        ]
        best[end] = min(ways, default=None)
    whole = best[-1]
    if whole is not None and whole[0]:
        yield whole[2]

"""The words of jieba, cut by rjieba: the same, some ten times faster. The one gate to rjieba.

The library is optional (the extra `fast`); import this module only where it is installed.
"""

import sys
from collections.abc import Iterable
from typing import Final

import rjieba

from index.analysis.dictionary_segmenter import DictionarySegmenter
from index.text.dictionary import Dictionary

_BALANCE: Final = " "
"""A word of rjieba's dictionary that no text can hold: pieces have no white space."""

_NUMBERS: Final = 2 * (sys.maxsize + 1)
"""How many numbers rjieba's total can be; it goes on from 0 behind the last of them."""


class RapidSegmenter(DictionarySegmenter):
    """Gives the words of `JiebaSegmenter` for the same dictionary; built once and only read afterwards."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._jieba: rjieba.Jieba = rjieba.Jieba.empty()  # type: ignore[no-untyped-call]  # rjieba's stub
        for word, frequency in dictionary.frequencies.items():
            if frequency:
                self._jieba.add_word(word, frequency, None)
        # rjieba adds up its total by itself. That of the dictionary is less or more where words were added.
        balance = (dictionary.total - sum(dictionary.frequencies.values())) % _NUMBERS
        if balance:
            self._jieba.add_word(_BALANCE, balance, None)

    def _cut(self, stretch: str) -> Iterable[str]:
        return self._jieba.cut(stretch, hmm=False)

    def _cut_for_search(self, stretch: str) -> Iterable[str]:
        return self._jieba.cut_for_search(stretch, hmm=False)

    def _places_for_search(self, stretch: str) -> Iterable[tuple[str, int, int]]:
        return self._jieba.tokenize(stretch, mode="search", hmm=False)

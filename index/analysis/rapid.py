"""The words of jieba, cut by rjieba: the same, some ten times faster. The one gate to rjieba.

The library is optional (the extra `fast`); import this module only where `is_installed`.
"""

from collections.abc import Iterator

import rjieba

from index.analysis.stretches import stretches
from index.text.dictionary import Dictionary


class RapidSegmenter:
    """Gives the words of `JiebaSegmenter` for the same dictionary; built once and only read afterwards."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._jieba: rjieba.Jieba = rjieba.Jieba.empty()  # type: ignore[no-untyped-call]  # rjieba's stub
        for word, frequency in dictionary.frequencies.items():
            if frequency:
                self._jieba.add_word(word, frequency, None)

    def words(self, piece: str) -> list[str]:
        words: list[str] = []
        for stretch, is_word in stretches(piece):
            words += (stretch,) if is_word else self._jieba.cut(stretch, hmm=False)
        return words

    def search_words(self, piece: str) -> list[str]:
        words: list[str] = []
        for stretch, is_word in stretches(piece):
            words += (stretch,) if is_word else self._jieba.cut_for_search(stretch, hmm=False)
        return words

    def search_places(self, piece: str) -> Iterator[tuple[int, str]]:
        at = 0
        for stretch, is_word in stretches(piece):
            if is_word:
                yield at, stretch
            else:
                for word, start, _ in self._jieba.tokenize(stretch, mode="search", hmm=False):
                    yield at + start, word
            at += len(stretch)

"""Chinese words by jieba, without its hidden Markov model, its dictionary folded. The one gate to jieba."""

from collections.abc import Iterable

import jieba

from index.analysis.dictionary_segmenter import DictionarySegmenter
from index.text.dictionary import Dictionary


class JiebaSegmenter(DictionarySegmenter):
    """Words from a folded dictionary.

    Built once and only read afterwards. The dictionary is set directly, so that jieba never reads or
    writes its cache in a temporary folder that others can write to. Without the hidden Markov model no
    words are invented: articles and queries are cut alike, and time is linear.
    """

    def __init__(self, dictionary: Dictionary) -> None:
        self._tokenizer = jieba.Tokenizer()
        self._tokenizer.FREQ = dictionary.frequencies
        self._tokenizer.total = dictionary.total
        self._tokenizer.initialized = True

    def _cut(self, stretch: str) -> Iterable[str]:
        words: Iterable[str] = self._tokenizer.cut(stretch, HMM=False)
        return words

    def _cut_for_search(self, stretch: str) -> Iterable[str]:
        words: Iterable[str] = self._tokenizer.cut_for_search(stretch, HMM=False)
        return words

    def _places_for_search(self, stretch: str) -> Iterable[tuple[str, int, int]]:
        places: Iterable[tuple[str, int, int]] = self._tokenizer.tokenize(stretch, mode="search", HMM=False)
        return places

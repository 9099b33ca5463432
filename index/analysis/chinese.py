"""Chinese words by jieba, without its hidden Markov model, its dictionary folded. The one gate to jieba."""

from collections.abc import Iterator

import jieba

from index.analysis.stretches import stretches
from index.text.dictionary import Dictionary


class JiebaSegmenter:
    """Words from a folded dictionary; see `Segmenter` for the laws.

    Words of scripts that jieba does not know (Cyrillic, Latin with accents, Hangul, ...) stay whole.
    Built once and only read afterwards. The dictionary is set directly, so that jieba never reads or
    writes its cache in a temporary folder that others can write to. Without the hidden Markov model no
    words are invented: articles and queries are cut alike, and time is linear.
    """

    def __init__(self, dictionary: Dictionary) -> None:
        self._tokenizer = jieba.Tokenizer()
        self._tokenizer.FREQ = dictionary.frequencies
        self._tokenizer.total = dictionary.total
        self._tokenizer.initialized = True

    def words(self, piece: str) -> list[str]:
        return [
            word
            for stretch, is_word in stretches(piece)
            for word in ((stretch,) if is_word else self._tokenizer.cut(stretch, HMM=False))
        ]

    def search_words(self, piece: str) -> list[str]:
        return [word for _, word in self.search_places(piece)]

    def search_places(self, piece: str) -> Iterator[tuple[int, str]]:
        at = 0
        for stretch, is_word in stretches(piece):
            if is_word:
                yield at, stretch
            else:
                for word, start, _ in self._tokenizer.tokenize(stretch, mode="search", HMM=False):
                    yield at + start, word
            at += len(stretch)

"""Chinese words by jieba, without its hidden Markov model, its dictionary folded. The one gate to jieba."""

import hashlib
from collections.abc import Iterator
from importlib.resources import files

import jieba

from index.text.folding import Folding


class JiebaSegmenter:
    """Words from jieba's dictionary, folded like the texts; see `Segmenter` for the laws.

    Built once and only read afterwards. The dictionary is set directly, so that jieba never reads or
    writes its cache in a temporary folder that others can write to. Without the hidden Markov model no
    words are invented: articles and queries are cut alike, and time is linear.
    """

    def __init__(self, frequencies: dict[str, int], version: str) -> None:
        """`frequencies`: words and their prefixes (frequency 0), as jieba's prefix dictionary wants them."""
        self._tokenizer = jieba.Tokenizer()
        self._tokenizer.FREQ = frequencies
        self._tokenizer.total = sum(frequencies.values())
        self._tokenizer.initialized = True
        self._version = version

    @classmethod
    def load(cls, folding: Folding) -> "JiebaSegmenter":
        """The segmenter with jieba's own dictionary; words that fold to one form add their frequencies."""
        text = folding.fold(files("jieba").joinpath("dict.txt").read_text(encoding="utf-8"))
        frequencies: dict[str, int] = {}
        for line in text.splitlines():
            word, frequency, *_ = line.split(" ")
            frequencies[word] = frequencies.get(word, 0) + int(frequency)
        for word in list(frequencies):
            for end in range(1, len(word)):
                frequencies.setdefault(word[:end], 0)
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]
        return cls(frequencies, f"jieba-{jieba.__version__}-{digest}")

    @property
    def version(self) -> str:
        return self._version

    def words(self, piece: str) -> list[str]:
        return list(self._tokenizer.cut(piece, HMM=False))

    def search_words(self, piece: str) -> list[str]:
        return list(self._tokenizer.cut_for_search(piece, HMM=False))

    def search_places(self, piece: str) -> Iterator[tuple[int, str]]:
        for word, start, _ in self._tokenizer.tokenize(piece, mode="search", HMM=False):
            yield start, word

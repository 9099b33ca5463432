"""Chinese words by jieba, without its hidden Markov model, its dictionary folded. The one gate to jieba."""

import hashlib
import re
from collections.abc import Iterator
from importlib.resources import files

import jieba

from index.analysis.classes import character_set, is_letter
from index.text.folding import Folding

_ASCII = "0-9A-Za-z"
_OTHER = character_set(lambda char: is_letter(char) and not char.isascii())
_OTHER_WORD = re.compile(f"((?<![{_ASCII}])[{_ASCII}]*[{_OTHER}][{_ASCII}{_OTHER}]*)")
"""A stretch of letters with at least one that jieba does not know. It knows Han and ASCII, and would take
every other letter for a word: café would be caf and é."""


class JiebaSegmenter:
    """Words from jieba's dictionary, folded like the texts; see `Segmenter` for the laws.

    Words of scripts that jieba does not know (Cyrillic, Latin with accents, Hangul, ...) stay whole.
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
        return [
            word
            for stretch, is_word in _stretches(piece)
            for word in ((stretch,) if is_word else self._tokenizer.cut(stretch, HMM=False))
        ]

    def search_words(self, piece: str) -> list[str]:
        return [word for _, word in self.search_places(piece)]

    def search_places(self, piece: str) -> Iterator[tuple[int, str]]:
        at = 0
        for stretch, is_word in _stretches(piece):
            if is_word:
                yield at, stretch
            else:
                for word, start, _ in self._tokenizer.tokenize(stretch, mode="search", HMM=False):
                    yield at + start, word
            at += len(stretch)


def _stretches(piece: str) -> Iterator[tuple[str, bool]]:
    """The piece in stretches for jieba to cut (False) and words of other scripts (True), in turn."""
    for number, stretch in enumerate(_OTHER_WORD.split(piece)):
        yield stretch, number % 2 == 1

"""The folded dictionary of Chinese words with their frequencies, read from the file that jieba installs."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from index.text.folding import Folding


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Words as they are written after folding. Immutable and safe to share between threads."""

    digest: str
    """Names the words and their frequencies: two dictionaries with one digest cut alike."""
    frequencies: Mapping[str, int] = field(repr=False, compare=False)
    """Of every word how often it was counted, and 0 for what is only the beginning of one."""
    total: int
    """What frequencies are parts of: the sum of those of jieba's own words."""

    @classmethod
    def load(cls, folding: Folding) -> "Dictionary":
        """jieba's own words; those that fold to one form add their frequencies. Takes about a second.

        The file is found without importing jieba, which builds a dictionary of its own at its first use.
        """
        library = find_spec("jieba")
        if library is None or library.origin is None:
            raise ModuleNotFoundError(
                "the library jieba is not installed; install this program's dependencies"
            )
        text = folding.fold(Path(library.origin).with_name("dict.txt").read_text(encoding="utf-8"))
        frequencies: dict[str, int] = {}
        for line in text.splitlines():
            word, frequency, *_ = line.split(" ")
            frequencies[word] = frequencies.get(word, 0) + int(frequency)
        total = sum(frequencies.values())
        _add_beginnings(frequencies, tuple(frequencies))
        return cls(_digest(text), frequencies, total)

    def with_words(self, added: Mapping[str, int]) -> "Dictionary":
        """This dictionary with more words, folded; those that it has get the frequency given here.

        The total stays, though it is the sum of all frequencies no more: how probable any other word is must
        not depend on what was added, or a new word would change the cut of texts that do not hold it.
        """
        frequencies = {**self.frequencies, **added}
        _add_beginnings(frequencies, added)
        return Dictionary(_digest(self.digest, "added", repr(sorted(added.items()))), frequencies, self.total)


def _digest(*parts: str) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode("utf-8"))
    return digest.hexdigest()[:12]


def _add_beginnings(frequencies: dict[str, int], words: Iterable[str]) -> None:
    for word in words:
        for end in range(1, len(word)):
            frequencies.setdefault(word[:end], 0)

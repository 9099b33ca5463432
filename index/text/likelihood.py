"""How likely a line of Chinese is, and which of several readings of a damaged stretch is the likeliest."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from threading import Lock
from typing import Final

from index.text.dictionary import Dictionary
from index.text.folding import Folding

Lattice = Sequence[Sequence[tuple[int, str]]]
"""What may be read where. For each place the steps that lead on from it: the place that each leads to (a
later one; the end is one behind the last) and the characters that may stand there."""

_Steps = Sequence[tuple[int, Mapping[str, Sequence[str]]]]
"""The steps from one place, their characters by what they fold to."""

_LONGEST_WORD: Final = 6
"""Longer words of the dictionary are made of shorter ones."""

_FOLLOWED: Final = 2
"""For beginnings of words up to this length it is written down which characters follow."""

_MARKS: Final = (
    {"。": -3.5, "，": -3.0, ",": -3.0, "、": -4.0}
    | dict.fromkeys("；：？！“”（）《》〔〕【】「」?;!:()\u3000 ", -6.0)
    | dict.fromkeys("—…·", -9.0)
)
"""Natural logarithms of how often marks occur among the words of a text, rounded. They are folded ones."""

_STOPS: Final = frozenset("。，、；：？！")
_STOP_AFTER_STOP: Final = -6.0
"""Chosen by hand: it only has to outweigh that a stop is likelier than any word."""

_OTHER: Final = -14.0
"""A sign or letter of another script, which no dictionary lists."""

_UNKNOWN: Final = -18.0
"""A Chinese character that the dictionary does not know: a little less than one count in it (e^-17.9)."""

_ALONE: Final = -2.0
"""A character outside a word: most words of a policy text have two or more."""

_RARE: Final = -4.0
"""A form that a Traditional text seldom has, such as 糰 beside 團. Without this two readings of a slip,
模化生產 and 模基糰, come within 0.1 of each other (on the page that the repair was first made for)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way through a lattice. `score` is the natural logarithm of its likelihood."""

    score: float
    text: str

    def followed_by(self, word: str, score: float) -> "Reading":
        """With one more word; two stops in a row are hardly ever written."""
        if word in _STOPS and self.text and self.text[-1] in _STOPS:
            score += _STOP_AFTER_STOP
        return Reading(self.score + score, self.text + word)


@dataclass(frozen=True, slots=True)
class Likelihood:
    """Unigrams of the folded dictionary; immutable and safe to share between threads.

    Marks are looked up as they fold: half-width.
    """

    dictionary: Dictionary
    folding: Folding
    rare_forms: frozenset[str] = field(repr=False)
    """What a Traditional text seldom has: Simplified characters, and forms that converters do not write."""
    followers: Mapping[str, str] = field(repr=False)
    """By the first one or two characters of words, those that come next: few, beside all that may be read."""

    @classmethod
    def load(cls, folding: Folding) -> "Likelihood":
        """By the dictionary and the table of Traditional forms that come with this program."""
        lines = files("index").joinpath("data/traditional.tsv").read_text(encoding="utf-8").splitlines()
        forms = [line.split("\t") for line in lines if not line.startswith("#")]
        dictionary = Dictionary.load(folding)
        followers: defaultdict[str, str] = defaultdict(str)
        for beginning in dictionary.frequencies:
            if 2 <= len(beginning) <= _FOLLOWED + 1:
                followers[beginning[:-1]] += beginning[-1]
        return cls(dictionary, folding, _rare_forms(forms, folding), dict(followers))

    def of(self, text: str) -> float:
        """The natural logarithm of how likely the text is, cut into words in the best way; linear in time."""
        best = [0.0]
        folded = self.folding.fold(text)
        frequencies = self.dictionary.frequencies
        for end in range(1, len(text) + 1):
            scores = [best[end - 1] + self._character(folded[end - 1])]
            scores += (
                best[start] + self._word(folded[start:end])
                for start in range(max(0, end - _LONGEST_WORD), end - 1)
                if frequencies.get(folded[start:end])
            )
            best.append(max(scores))
        return best[-1]

    def readings(self, lattice: Lattice) -> tuple[Reading, ...]:
        """The two likeliest ways through a lattice, the best first; none where none leads to its end."""
        steps = [[(end, self._by_folded(chars)) for end, chars in place] for place in lattice]
        best: list[tuple[Reading, ...]] = [(Reading(0.0, ""),), *(() for _ in steps)]
        for start in range(len(steps)):
            sofar = best[start]
            for end, word, score in self._words(steps, start) if sofar else ():
                if len(best[end]) < 2 or sofar[0].score + score > best[end][1].score:
                    best[end] = _two_best((*best[end], *(done.followed_by(word, score) for done in sofar)))
        return best[-1]

    def _words(self, steps: Sequence[_Steps], start: int) -> Iterator[tuple[int, str, float]]:
        """The words that a lattice holds from a place on: where each ends, itself, and its score."""
        frequencies = self.dictionary.frequencies
        beginnings: list[tuple[int, str, str]] = []
        for end, cell in steps[start]:
            for folded, chars in cell.items():
                score = self._character(folded)
                yield from ((end, char, score + self._form(char)) for char in chars)
                if folded in frequencies:
                    beginnings += ((end, char, folded) for char in chars)
        for _ in range(1, _LONGEST_WORD):
            beginnings = list(self._longer(steps, beginnings))
            for end, word, folded in beginnings:
                if frequencies[folded]:
                    yield end, word, self._word(folded) + self._form(word)

    def _longer(
        self, steps: Sequence[_Steps], beginnings: Sequence[tuple[int, str, str]]
    ) -> Iterator[tuple[int, str, str]]:
        """The beginnings of words with one more character, each with the place behind it and folded."""
        frequencies = self.dictionary.frequencies
        for place, word, known in beginnings:
            for end, cell in steps[place] if place < len(steps) else ():
                few = self.followers.get(known, "") if len(known) <= _FOLLOWED else None
                for folded in cell if few is None or len(few) > len(cell) else few:
                    if folded in cell and (longer := known + folded) in frequencies:
                        yield from ((end, word + char, longer) for char in cell[folded])

    def _by_folded(self, chars: str) -> dict[str, list[str]]:
        cell: dict[str, list[str]] = {}
        for char, folded in zip(chars, self.folding.fold(chars), strict=True):
            cell.setdefault(folded, []).append(char)
        return cell

    def _form(self, word: str) -> float:
        return _RARE * sum(char in self.rare_forms for char in word)

    def _word(self, folded: str) -> float:
        return math.log(self.dictionary.frequencies[folded] / self.dictionary.total)

    def _character(self, folded: str) -> float:
        if not "\u4e00" <= folded <= "\u9fff":
            return _MARKS.get(folded, _OTHER)
        return self._word(folded) + _ALONE if self.dictionary.frequencies.get(folded) else _UNKNOWN


def _rare_forms(forms: Sequence[Sequence[str]], folding: Folding) -> frozenset[str]:
    """By pairs of a Simplified character and all forms of it that Traditional texts have."""
    usual = {form for _, written in forms for form in written}
    simplified = {char for char, written in forms if char not in written}
    chinese = "".join(map(chr, range(0x4E00, 0xA000)))
    unusual = {
        char
        for char, folded in zip(chinese, folding.fold(chinese), strict=True)
        if char != folded and char not in usual
    }
    return frozenset(simplified - usual | unusual)


def _two_best(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """The likeliest two that differ, the best first."""
    unique: dict[str, Reading] = {}
    for reading in sorted(readings, key=lambda reading: -reading.score):
        unique.setdefault(reading.text, reading)
    return tuple(unique.values())[:2]


class LazyLikelihood:
    """The likelihood at its first use: texts without suspicious places never pay for the dictionary.

    Safe to share between threads: all of them get the same one, and it is loaded once. A copy for another
    process (pickle) goes without it and loads its own there.
    """

    def __init__(self, folding: Folding) -> None:
        self._folding = folding
        self._lock = Lock()
        self._loaded: Likelihood | None = None

    def __reduce__(self) -> tuple[type["LazyLikelihood"], tuple[Folding]]:
        return LazyLikelihood, (self._folding,)

    @property
    def folding(self) -> Folding:
        """What the dictionary is folded with."""
        return self._folding

    def get(self) -> Likelihood:
        """The likelihood by this program's dictionary; takes about a second the first time."""
        with self._lock:
            if self._loaded is None:
                self._loaded = Likelihood.load(self._folding)
            return self._loaded

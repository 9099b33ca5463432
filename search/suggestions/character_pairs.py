"""How often two characters stand side by side: which neighbours a character has, and how usual a text is."""

import math
import struct
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import pairwise

from search.suggestions.columns import Columns, part, under
from search.suggestions.neighbours import UNSEEN, Neighbours, NeighbourTable

_USUAL = struct.Struct("<d")


@dataclass(frozen=True, slots=True)
class CharacterPairs:
    """The pairs of neighbouring characters of many texts, by either of them.

    Immutable and safe to share between threads. 100,000 titles and 100,000 words have some 500,000 pairs, in
    6 MB.
    """

    _followers: NeighbourTable = field(repr=False)
    _leaders: NeighbourTable = field(repr=False)
    usual: float
    """The weight that a pair of these texts has on average: by so much a text with one more character is
    heavier anyway."""

    @classmethod
    def of(cls, texts: Iterable[tuple[str, int]]) -> "CharacterPairs":
        """The pairs of folded texts, each of which counts so many times."""
        counts: Counter[str] = Counter()
        for text, times in texts:
            if times == 1:
                counts.update(map("".join, pairwise(text)))
            else:
                for pair in map("".join, pairwise(text)):
                    counts[pair] += times
        return cls(
            _followers=NeighbourTable.of((pair[0], pair[1], count) for pair, count in counts.items()),
            _leaders=NeighbourTable.of((pair[1], pair[0], count) for pair, count in counts.items()),
            usual=sum(count * math.log2(1 + count) for count in counts.values()) / max(counts.total(), 1),
        )

    @classmethod
    def from_columns(cls, columns: Columns) -> "CharacterPairs":
        """The pairs that have these columns. Raises KeyError where one is missing."""
        (usual,) = _USUAL.unpack(columns["usual"])
        return cls(
            NeighbourTable.from_columns(part(columns, "followers")),
            NeighbourTable.from_columns(part(columns, "leaders")),
            usual,
        )

    @property
    def columns(self) -> Columns:
        """All that it holds."""
        return {
            **under("followers", self._followers.columns),
            **under("leaders", self._leaders.columns),
            "usual": memoryview(_USUAL.pack(self.usual)),
        }

    def weight(self, first: str, second: str) -> float:
        """How usual this pair is."""
        return self._followers.find(first).weight(second)

    def beside(self, before: str, behind: str, among: frozenset[str]) -> frozenset[str]:
        """Those among the characters that were seen behind the one or before the other; empty is no
        character."""
        followers = self._followers.find(before)
        leaders = self._leaders.find(behind)
        return among.intersection(followers.chars) | among.intersection(leaders.chars)

    def within(self, before: str, char: str, behind: str) -> float:
        """How usual a character is behind one and before another; one of them may be empty."""
        weight = self._followers.find(before).weight(char) if before else 0.0
        return weight + self._leaders.find(behind).weight(char) if behind else weight

    def weigh(self, text: str) -> float:
        """How usual a text is: the sum over its pairs."""
        weight = 0.0
        for first, second in pairwise(text):
            # Written out: hundreds of texts are weighed for one query.
            neighbours = self._followers.find(first)
            at = neighbours.chars.find(second)
            weight += UNSEEN if at < 0 else neighbours.weights[at] / 8
        return weight

    def between(self, before: str, behind: str) -> Iterator[tuple[str, float]]:
        """The characters that were seen behind one character and before another, the most usual first, each
        with the weight of its pairs.

        One of them may be empty: then the other alone decides. No more is looked at than is asked for: both
        lists of neighbours are read from their heavy ends (R. Fagin's threshold algorithm, PODS 2001).
        """
        followers = self._followers.find(before)
        leaders = self._leaders.find(behind)
        if not behind:
            yield from followers.weighed()
        elif not before:
            yield from leaders.weighed()
        else:
            yield from _heaviest_in_both(followers, leaders)


def _heaviest_in_both(first: Neighbours, second: Neighbours) -> Iterator[tuple[str, float]]:
    found: list[tuple[int, str]] = []
    for at, (char, weight, other, other_weight) in enumerate(
        zip(first.chars, first.weights, second.chars, second.weights, strict=False)
    ):
        # One that stands before this place in the other list was found there.
        place = second.chars.find(char)
        if place >= at:
            heappush(found, (-weight - second.weights[place], char))
        place = first.chars.find(other)
        if place > at:
            heappush(found, (-other_weight - first.weights[place], other))
        # What comes behind this place in both weighs no more than what stands there.
        while found and -found[0][0] >= weight + other_weight:
            yield _heaviest(found)
    while found:
        yield _heaviest(found)


def _heaviest(found: list[tuple[int, str]]) -> tuple[str, float]:
    weight, char = heappop(found)
    return char, -weight / 8

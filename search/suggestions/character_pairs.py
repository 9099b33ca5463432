"""How often two characters stand side by side: which neighbours a character has, and how usual a text is."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import pairwise

UNSEEN = -4.0
"""The weight of a pair that stands nowhere; of one that was seen it is the binary logarithm of 1 + its count.
Chosen by hand on 2026-11-28: two unseen pairs, as a wrong character makes them, are worse than rare ones."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Characters, the most usual first, and the weight of each."""

    chars: str = ""
    weights: bytes = b""
    """In eighths, at most 255: pairs seen more than 2**31 times weigh alike."""

    @classmethod
    def of(cls, counts: Iterable[tuple[str, int]]) -> "Neighbours":
        ranked = sorted(counts, key=lambda counted: (-counted[1], counted[0]))
        weights = bytes(min(255, round(8 * math.log2(1 + count))) for _, count in ranked)
        return cls("".join(char for char, _ in ranked), weights)

    def weight(self, char: str) -> float:
        """How usual it is beside this character; UNSEEN where it never stands there."""
        at = self.chars.find(char)
        return UNSEEN if at < 0 else self.weights[at] / 8

    def weighed(self) -> Iterator[tuple[str, float]]:
        """Each character with its weight, the heaviest first."""
        return ((char, weight / 8) for char, weight in zip(self.chars, self.weights, strict=True))


_NONE = Neighbours()


@dataclass(frozen=True, slots=True)
class CharacterPairs:
    """The pairs of neighbouring characters of many texts, by either of them.

    Immutable and safe to share between threads. 100,000 titles and 100,000 words have some 500,000 pairs, in
    5 MB.
    """

    _followers: Mapping[str, Neighbours] = field(repr=False)
    _leaders: Mapping[str, Neighbours] = field(repr=False)
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
            _followers=_grouped((pair[0], pair[1], count) for pair, count in counts.items()),
            _leaders=_grouped((pair[1], pair[0], count) for pair, count in counts.items()),
            usual=sum(count * math.log2(1 + count) for count in counts.values()) / max(counts.total(), 1),
        )

    def weight(self, first: str, second: str) -> float:
        """How usual this pair is."""
        return self._followers.get(first, _NONE).weight(second)

    def beside(self, before: str, behind: str, among: frozenset[str]) -> frozenset[str]:
        """Those among the characters that were seen behind the one or before the other; empty is no
        character."""
        followers = self._followers.get(before, _NONE)
        leaders = self._leaders.get(behind, _NONE)
        return among.intersection(followers.chars) | among.intersection(leaders.chars)

    def within(self, before: str, char: str, behind: str) -> float:
        """How usual a character is behind one and before another; one of them may be empty."""
        weight = self._followers.get(before, _NONE).weight(char) if before else 0.0
        return weight + self._leaders.get(behind, _NONE).weight(char) if behind else weight

    def weigh(self, text: str) -> float:
        """How usual a text is: the sum over its pairs."""
        weight = 0.0
        for first, second in pairwise(text):
            # Written out: hundreds of texts are weighed for one query.
            neighbours = self._followers.get(first, _NONE)
            at = neighbours.chars.find(second)
            weight += UNSEEN if at < 0 else neighbours.weights[at] / 8
        return weight

    def between(self, before: str, behind: str) -> Iterator[tuple[str, float]]:
        """The characters that were seen behind one character and before another, the most usual first, each
        with the weight of its pairs.

        One of them may be empty: then the other alone decides. No more is looked at than is asked for: both
        lists of neighbours are read from their heavy ends (R. Fagin's threshold algorithm, PODS 2001).
        """
        followers = self._followers.get(before, _NONE)
        leaders = self._leaders.get(behind, _NONE)
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


def _grouped(pairs: Iterator[tuple[str, str, int]]) -> Mapping[str, Neighbours]:
    found: dict[str, list[tuple[str, int]]] = {}
    for char, neighbour, count in pairs:
        found.setdefault(char, []).append((neighbour, count))
    return {char: Neighbours.of(counts) for char, counts in found.items()}

"""A small sample of an article's shingles, by which articles like it are looked up."""

import math
from dataclasses import dataclass
from typing import Final, Self

from index.article import Article
from index.reposts.shingles import Shingles, smallest
from index.reposts.similarity import LEAST_SHINGLES, Comparable, Outline, required
from index.text.folding import Folding

KEPT: Final = 16
"""Shingles of a sketch: the smallest of the article. The smallest 16 of two articles' shingles taken together
are a fair sample of these, so copies of which one is half of the other have 8 in common on average."""

BITS: Final = 47
"""Bits of a shingle that a sketch keeps: as many as SQLite stores in six bytes."""

LEAST_SHARED: Final = 3
"""Shingles that the sketches of two copies have in common at least. Of 5,242 pairs of real copies that were
looked for with 2, none had fewer than 3; two thirds of all pairs with 2 have no more. Counted by hand on
2026-11-24."""

DEVIATIONS: Final = 3.0
"""Standard deviations that two copies may have fewer in common than they do on average: 1 in 700 is lost."""

_ALGORITHM: Final = 1
"""Goes up whenever the same text would be given another sketch."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """`hashes` rise and do not repeat; `size` is how many shingles the whole article has.

    Sketches of different versions cannot be compared. An article too short to have copies has no hashes.
    """

    version: str
    size: int
    hashes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sketcher:
    """Makes sketches. Immutable and safe to share between threads; it can be sent to another process."""

    folding: Folding

    @classmethod
    def load(cls) -> Self:
        """A sketcher with the folding table that comes with this program."""
        return cls(Folding.load())

    @property
    def version(self) -> str:
        """What a sketch depends on but for the article."""
        return f"{self.folding.version}-{_ALGORITHM}"

    def sketch(self, article: Article) -> Sketch:
        """The sketch of an article."""
        return self.of(self.comparable(article))

    def of(self, text: Comparable) -> Sketch:
        """The sketch of an article that is compared as `text`."""
        size = len(text.shingles)
        return Sketch(self.version, size, _smallest(text.shingles) if size >= LEAST_SHINGLES else ())

    def comparable(self, article: Article) -> Comparable:
        """What an article is compared by."""
        return Comparable.of(
            title=article.title,
            lead=article.lead,
            body=article.body,
            published=article.published,
            folding=self.folding,
        )


def least_shared(first: Outline, second: Outline) -> int | None:
    """How many hashes the sketches of two copies have in common at least; None where no two such are copies.

    Two texts that share the part c of the shorter one's shingles, and whose sizes have the ratio r, share
    c * r / (1 + r - c * r) of all their shingles, and on average that part of the sketches.
    """
    needed = required(first, second)
    if needed is None:
        return None
    common = needed * min(first.size, second.size)
    part = common / (first.size + second.size - common)
    average = KEPT * part
    return max(LEAST_SHARED, math.floor(average - DEVIATIONS * math.sqrt(average * (1 - part))))


def _smallest(shingles: Shingles) -> tuple[int, ...]:
    return tuple(dict.fromkeys(value >> (64 - BITS) for value in smallest(shingles, KEPT)))

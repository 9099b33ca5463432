"""When two articles are copies of one text."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from index.reposts.shingles import Shingles, shared, shingles
from index.text.folding import Folding

LEAST_SHINGLES: Final = 16
"""Below these a text says too little to be a copy: 国际联播快讯 is all that the articles of many days say."""

LEAST_RATIO: Final = 1 / 3
"""Shingles of the shorter of two copies, as a part of those of the longer one. Half a text, or a short one in
a long frame, passes; a paragraph quoted in a report is no copy of it. With 0.4, `benchmarks/reposts.py`
missed 29 of 5,000 more (tried by hand on 2026-11-24)."""

LONG: Final = 250
"""Shingles from which on a text is long. Of 192 pairs of shorter ones among 107,344 real articles that share
0.80 to 0.92, 40 were read by hand on 2026-11-24: 30 are notices of one form with other names and days."""

LONG_SIMILARITY: Final = 0.80
SHORT_SIMILARITY: Final = 0.90
"""What copies share at least, long and short ones. With them `benchmarks/reposts.py` finds the copies that it
makes, and 192 of 197 pairs of real articles that were read by hand on 2026-11-24 are copies
(docs/adr/0015-reposts.md)."""

APART: Final = timedelta(days=31)
"""Articles published further apart are often one yearly event, not one text: of 25 pairs sharing 0.80 to 0.95
that were read by hand on 2026-11-24, none was a repost. Those that were came within weeks, or word for
word."""

APART_SIMILARITY: Final = 0.95
"""What long articles share at least that were published `APART`; short ones are never copies then."""

OWN_NUMBERS: Final = 5
OWN_NUMBERS_SHARE: Final = 0.1
"""Where each of two texts has so many numbers that the other lacks, and more than this part of its numbers,
both report in one form on different days (share prices, bids): 32 of 33 such pairs of real articles that
share enough otherwise, read by hand on 2026-11-24. The addresses and dates around a copy are fewer."""

_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Outline:
    """What is known of an article without its text: how many shingles it has, and when it was published."""

    size: int
    published: datetime | None


@dataclass(frozen=True, slots=True, eq=False)
class Comparable:
    """An article as it is compared: its folded texts, their shingles, and when it was published."""

    texts: tuple[str, ...]
    shingles: Shingles
    published: datetime | None

    @classmethod
    def of(
        cls, *, title: str, lead: str, body: str, published: datetime | None, folding: Folding
    ) -> "Comparable":
        """What an article with these texts is compared by; `published` is aware."""
        texts = tuple(folding.fold(part) for part in (title, lead, body))
        return cls(texts, shingles(texts), published)

    @property
    def outline(self) -> Outline:
        return Outline(len(self.shingles), self.published)

    @property
    def numbers(self) -> frozenset[str]:
        """The numbers in the texts, as they are written."""
        return frozenset(number for text in self.texts for number in _NUMBER.findall(text))


def similarity(first: Comparable, second: Comparable) -> float | None:
    """The part of the shorter text's shingles that the longer text has, at most 1; None for no copies.

    Symmetric. How much is required depends on the lengths, and on how far apart the two were published.
    """
    needed = required(first.outline, second.outline)
    if needed is None:
        return None
    common = shared(first.shingles, second.shingles) / min(len(first.shingles), len(second.shingles))
    return common if common >= needed and not _are_forms(first.numbers, second.numbers) else None


def required(first: Outline, second: Outline) -> float | None:
    """The similarity that two such articles have at least if they are copies; None where none can be.

    An article that does not say when it was published counts as near.
    """
    least, most = sorted((first.size, second.size))
    if least < LEAST_SHINGLES or least < LEAST_RATIO * most:
        return None
    if _are_apart(first, second):
        return APART_SIMILARITY if least >= LONG else None
    return LONG_SIMILARITY if least >= LONG else SHORT_SIMILARITY


def _are_apart(first: Outline, second: Outline) -> bool:
    if first.published is None or second.published is None:
        return False
    return abs(first.published - second.published) > APART


def _are_forms(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether each of two texts has many numbers that the other lacks."""
    return all(
        len(own) >= OWN_NUMBERS and len(own) > OWN_NUMBERS_SHARE * len(numbers)
        for numbers, own in ((first, first - second), (second, second - first))
    )

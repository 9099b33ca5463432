"""Plain BM25 over pairs of characters, in one field: what an engine does for Chinese out of the box."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

K1: Final = 1.2
B: Final = 0.75


@dataclass(frozen=True, slots=True)
class BigramIndex:
    """Texts by their ids, counted in pairs; `k1` and `b` are Lucene's."""

    pairs: Mapping[str, Counter[str]]

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> "BigramIndex":
        return cls({name: Counter(bigrams(text)) for name, text in texts.items()})

    def ranked(self, query: str) -> Sequence[str]:
        """Ids of all texts that share a pair with the query, best first; equal ones by id."""
        wanted = Counter(bigrams(query))
        average = sum(counts.total() for counts in self.pairs.values()) / len(self.pairs)
        with_pair = Counter(pair for counts in self.pairs.values() for pair in counts)
        scores: dict[str, float] = {}
        for name, counts in self.pairs.items():
            length = 1 - B + B * counts.total() / average
            scores[name] = sum(
                times
                * math.log(1 + (len(self.pairs) - with_pair[pair] + 0.5) / (with_pair[pair] + 0.5))
                * counts[pair]
                / (counts[pair] + K1 * length)
                for pair, times in wanted.items()
            )
        return [name for name in sorted(scores, key=lambda name: (-scores[name], name)) if scores[name] > 0]


def bigrams(text: str) -> list[str]:
    """Pairs of neighbours within each run of letters, digits and ideographs; a run of one is itself."""
    return [
        "".join(pair)
        for run in re.findall(r"[^\W_]+", text)
        for pair in (pairwise(run) if len(run) > 1 else [run])
    ]

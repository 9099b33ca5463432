"""The constants of ranking, and the formulas that use them."""

import math
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Constants of the score: BM25F over one weighted word field, BM25 over pairs of characters, and what
    titles, runs in one piece and full matches add.

    Tuned on the development halves of five judged sets, in one setting for all, with
    `benchmarks.relevance`; docs/relevance.md has the table.
    """

    k1: float = 1.0
    b: float = 0.95
    """Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009)."""

    pair_weight: float = 1.0
    """Of the score of pairs of characters; words have 1."""

    title_all_weight: float = 2.0
    """Of the score of pairs in the title, where all of a text's pairs are in it."""

    title_document_weight: float = 1.0
    """The same once more, but where the title is that of an explanation, which bears the title of what it
    explains. Without it, and 3 for the one above, citations loses .012."""

    title_most_weight: float = 0.5
    title_most_share: float = 0.8
    """The same where this share of them is."""

    run_bonus: float = 4.0
    title_run_bonus: float = 8.0
    """Of a text that stands in one piece, and of one that does so in the title."""

    full_bonus: float = 1_000_000.0
    """Of an article that has all that was asked for, where a part is enough: above any score of a part. The
    512 characters of the longest query, all of them rare and in the title, reach some 180,000."""

    recency_days: float = 0.0
    """After so many days, what being new adds is worth half; 0: new articles score no more than old ones."""

    recency_weight: float = 2.0
    """Of being new: what an article of today gets, half of the bonus of a text in one piece. Chosen by hand
    on 2026-11-28, not measured: the judged sets have no dates that matter."""

    def __post_init__(self) -> None:
        # So that what BM25 divides by is never 0.
        if self.k1 <= 0 or not 0 <= self.b < 1:
            raise ValueError(f"k1 has to be above 0, and b from 0 to below 1, not {self.k1} and {self.b}")
        if self.recency_days and self.recency_days < 1:
            raise ValueError(f"recency_days has to be 0, or 1 or more, not {self.recency_days}")

    def idf(self, documents: int, df: int) -> float:
        """Weight of a word that `df` of N documents hold: log(1 + (N - df + 0.5) / (df + 0.5)), as Lucene."""
        return math.log(1 + (documents - df + 0.5) / (df + 0.5))


TUNED: Final = Ranking()
"""What holds where an operator sets nothing."""

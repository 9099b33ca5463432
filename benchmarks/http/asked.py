"""What a site is asked in a while: mostly what many ask, now and then something new, and articles."""

import random
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import quote

from benchmarks.http import ours
from benchmarks.http.questions import Kind, Question, ideographs
from index.article import Article

UNSEEN, ARTICLES = 0.1, 0.1
"""Shares of phrases that were not asked for before and of articles; the rest are questions, of which the
first ones are asked most (the load goals of the reliability plan)."""
EXPONENT: Final = 1.0
"""Of Zipf's law: the question of rank r is asked 1/r times as often as the first."""


def asked(questions: Sequence[Question], sample: Sequence[Article], seed: int, count: int) -> Iterator[str]:
    """So many paths; the same ones for the same seed."""
    rng = random.Random(seed)
    runs = ideographs(sample, rng)
    weights = [rank**-EXPONENT for rank in range(1, len(questions) + 1)]
    often = iter(rng.choices(questions, weights, k=count))
    for _ in range(count):
        drawn = rng.random()
        if drawn < UNSEEN:
            yield ours.path_of(Question(Kind.PHRASE, next(runs)))
        elif drawn < UNSEEN + ARTICLES:
            yield f"/articles/{quote(rng.choice(sample).id, safe='')}"
        else:
            yield ours.path_of(next(often))

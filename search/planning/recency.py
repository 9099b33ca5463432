"""Lets new articles score more, where that is set: a soft curve over the time since they were published."""

from dataclasses import replace
from typing import Final

from index.documents import PUBLISHED
from search.language.query import Near, Phrase, Query, wanted
from search.plan import Maybe, Node, Recent
from search.planning.match_modes import Attempts
from search.ranking import Ranking
from search.request import Recency, SearchRequest, Sort

DAY: Final = 86_400


def recency_curve(
    request: SearchRequest, query: Query, sort: Sort, ranking: Ranking, now: float
) -> Recent | None:
    """What recency adds to the scores of a search; None for nothing. `now` in seconds since 1970 UTC.

    It is for those who look around: who asks for another order, or puts quotes, looks for something else than
    what is new. `now` counts in whole days, so that an answer stays the same for a day.
    """
    if not ranking.recency_days or request.recency is Recency.OFF or sort is not Sort.RELEVANCE:
        return None
    texts = wanted(query)
    if not texts or any(isinstance(text, Phrase | Near) for text in texts):
        return None
    half_life = int(ranking.recency_days * DAY)
    return Recent(PUBLISHED, int(now) // DAY * DAY, half_life, ranking.recency_weight)


def with_recency(asked: Attempts, curve: Recent | None) -> Attempts:
    """The same attempts, scored by the curve too: they find the same articles."""
    if curve is None:
        return asked

    def scored(node: Node | None) -> Node | None:
        return None if node is None else Maybe(node, curve)

    return replace(
        asked,
        full=Maybe(asked.full, curve),
        partial=scored(asked.partial),
        fallback=scored(asked.fallback),
    )

"""The body of a delivery: the same JSON as `/new` answers, bounded in size."""

from dataclasses import dataclass
from typing import Final

import msgspec

from index.regions.tree import Regions
from index.saved_searches.saved_search import SavedSearch
from web.presenters.saved_answer import news_answer
from web.saved.news import News

MAX_BODY: Final = 1 << 20
"""Bytes. A search can ask for whole articles; what does not fit is left out, and `total` tells. By hand."""


@dataclass(frozen=True, slots=True)
class NewsDelivery:
    """Makes bodies; threads may share it."""

    regions: Regions
    most: int = MAX_BODY

    def __call__(self, search: SavedSearch, news: News) -> bytes:
        """Without a cursor, which would have expired by the time that somebody uses it."""
        answer = msgspec.structs.replace(news_answer(search, news, self.regions), next_cursor=None)
        body = msgspec.json.encode(answer)
        # Without any result only texts of bounded length are left.
        while len(body) > self.most and answer.results:
            answer = msgspec.structs.replace(answer, results=answer.results[: len(answer.results) // 2])
            body = msgspec.json.encode(answer)
        return body

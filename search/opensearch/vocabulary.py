"""The words of a state of the index, and how many articles hold each."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

from opensearchpy import OpenSearch

from index.opensearch.mapping import WORDS
from index.opensearch.terms import word_term
from index.opensearch.vocabulary import FIRST_SEEN, WORD
from search.deadline import SEARCH_SECONDS, Deadline
from search.engine import WordCounts
from search.opensearch.answer import Answer, read_answer
from search.opensearch.errors import EngineUnavailable
from search.opensearch.failures import PointInTimeLost, as_search_errors
from search.opensearch.queries import NONE, Query
from search.opensearch.state import LONGEST, State

COUNTED_AT_ONCE: Final = 1_000
"""Words of one request for counts."""

_COUNTS: Final = "counts"
_WALK: Final = "walk"


class Vocabulary:
    """Reads the list of words that a generation has beside it.

    A word of a state is one that an article had which was written until then: words of deleted articles
    stay in the list, while the counts are those of live articles.
    """

    def __init__(self, client: OpenSearch, index: str, state: State) -> None:
        """`index` is the name of the list."""
        self._client = client
        self._index = index
        self._state = state

    def words_with(self, prefix: str) -> int:
        """As `Snapshot.words_with`, in SEARCH_SECONDS at most. Raises what `State.search` does."""
        beginning: list[Query] = [{"prefix": {WORD: {"value": prefix}}}] if prefix else []
        body = {"size": 0, "track_total_hits": True}
        return self._search(body, beginning, SEARCH_SECONDS).total

    def count_words(self, words: Iterable[str]) -> WordCounts:
        """As `Snapshot.count_words`, of live articles, in SEARCH_SECONDS at most.

        Raises what `State.search` does.
        """
        deadline = Deadline.after(SEARCH_SECONDS)
        names = iter(dict.fromkeys(words))
        documents = 0
        holding: dict[str, int] = {}
        while True:
            some = list(islice(names, COUNTED_AT_ONCE))
            if not some and holding:
                return WordCounts(documents, holding)
            documents, counts = self._counts(some, deadline)
            holding |= dict(zip(some, counts, strict=True))
            if not some:
                return WordCounts(documents, holding)

    def words(self) -> Iterator[tuple[str, int]]:
        """As `Snapshot.words`. Raises what `State.search` does."""
        names = self._listed()
        while some := list(islice(names, COUNTED_AT_ONCE)):
            _, counts = self._counts(some, Deadline.never())
            yield from ((word, count) for word, count in zip(some, counts, strict=True) if count)

    def _counts(self, words: Sequence[str], deadline: Deadline) -> tuple[int, list[int]]:
        """How many articles there are, and how many hold each of the words."""
        filters = [{"term": {WORDS: {"value": word_term(word)}}} if word else NONE for word in words]
        body: dict[str, Any] = {"size": 0, "query": {"match_all": {}}, "track_total_hits": True}
        if filters:
            body["aggs"] = {_COUNTS: {"filters": {"filters": filters}}}
        answer = self._state.search(body, deadline)
        buckets = answer.aggregations[_COUNTS]["buckets"] if filters else ()
        return answer.total, [bucket["doc_count"] for bucket in buckets]

    def _listed(self) -> Iterator[str]:
        """Every word of the list, rising."""
        source: dict[str, Any] = {
            "size": COUNTED_AT_ONCE,
            "sources": [{WORD: {"terms": {"field": WORD}}}],
        }
        while True:
            body = {"size": 0, "aggs": {_WALK: {"composite": source}}}
            found = self._search(body, [], LONGEST).aggregations[_WALK]
            for bucket in found["buckets"]:
                yield bucket["key"][WORD]
            if "after_key" not in found:
                return
            source = {**source, "after": found["after_key"]}

    def _search(self, body: dict[str, Any], filters: Sequence[Query], seconds: float) -> Answer:
        """Among the words that were known when the state was made, in so many seconds."""
        known: Query = {"range": {FIRST_SEEN: {"lte": self._state.commit.sequence}}}
        query = {"bool": {"filter": [known, *filters]}}
        params = {"allow_partial_search_results": "false"}
        try:
            with as_search_errors():
                answer = self._client.search(
                    index=self._index, body={**body, "query": query}, params=params, request_timeout=seconds
                )
        except PointInTimeLost as error:
            raise EngineUnavailable(f"the list of words {self._index} cannot be read: {error}") from error
        return read_answer(answer)

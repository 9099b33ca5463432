"""One published state of the index in the cluster."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from index.averages import Averages
from index.opensearch.generations import Generation
from index.opensearch.mapping import ID
from index.opensearch.published import Commit, Published
from search.deadline import Deadline
from search.engine import Explanation, Matches, WordCounts
from search.opensearch.dsl import QueryWriter
from search.opensearch.executor import Execution, scored
from search.opensearch.explain import Explainer
from search.opensearch.places import Places
from search.opensearch.request import PlanQuery
from search.opensearch.state import State
from search.opensearch.vocabulary import Vocabulary
from search.plan import ByScore, Node, Plan

ASKED_AT_ONCE = 1_000
"""Articles of one request for scores."""

EXPLAINED_AT_ONCE = 50
"""Articles of one request for explanations: a page of most lengths. An article with many words that are asked
for has some 50 kB of them."""


class OpenSearchSnapshot:
    """A state of a generation. Laws: `Snapshot`, with what single precision makes of scores: they differ from
    those of an engine in double precision by up to 1e-5 of the score. `explain` reckons in double precision.
    """

    def __init__(self, state: State, published: Published, vocabulary: Vocabulary) -> None:
        self._state = state
        self._published = published
        self._vocabulary = vocabulary
        self._writer = QueryWriter(published.scoring.k1)
        self._places = Places()

    @property
    def generation(self) -> str:
        return self._state.name

    @property
    def committed(self) -> datetime | None:
        return self._state.commit.committed

    @property
    def sequence(self) -> int:
        return self._state.commit.sequence

    def is_of(self, generation: Generation, commit: Commit) -> bool:
        """Whether it is this state, with these points in time."""
        return self._state.generation == generation and self._state.commit == commit

    @property
    def averages(self) -> Averages:
        """The constants that the generation scores with."""
        return self._published.averages

    def search(self, plan: Plan, deadline: Deadline) -> Matches:
        return Execution(self._state, self._places, self._writer, deadline).run(plan)

    def explain(self, query: Node, article_id: str, deadline: Deadline) -> Explanation | None:
        return self._explainer(deadline).explain(query, [article_id]).get(article_id)

    def explain_each(
        self, query: Node, ids: Iterable[str], deadline: Deadline
    ) -> Iterator[tuple[str, Explanation | None]]:
        explainer, names = self._explainer(deadline), iter(ids)
        while some := list(islice(names, EXPLAINED_AT_ONCE)):
            found = explainer.explain(query, some)
            yield from ((name, found.get(name)) for name in some)

    def scores(self, query: Node, ids: Iterable[str], deadline: Deadline) -> dict[str, float]:
        plan = Plan(query=query, filters=(), order=ByScore(), offset=0, limit=0)
        asked = PlanQuery.of(plan, self._writer)
        found: dict[str, float] = {}
        names = iter(dict.fromkeys(ids))
        while some := list(islice(names, ASKED_AT_ONCE)):
            body = asked.hits([{"terms": {ID: some}}]) | {"size": len(some)}
            hits = self._state.search(body, deadline, asked.key).hits.hits
            found |= {hit.id: hit.score for hit in scored(hits, asked.sent)}
        return found

    def _explainer(self, deadline: Deadline) -> Explainer:
        published = self._published
        return Explainer(self._state, published.scoring, published.averages, deadline)

    def words_with(self, prefix: str) -> int:
        return self._vocabulary.words_with(prefix)

    def count_words(self, words: Iterable[str]) -> WordCounts:
        return self._vocabulary.count_words(words)

    def words(self) -> Iterator[tuple[str, int]]:
        return self._vocabulary.words()

    def keep(self, deadline: Deadline) -> None:
        """Let the cluster hold this state for PIN_SECONDS from now on. Raises what `State.search` does."""
        self._state.keep(deadline)

    def close(self) -> None:
        """Let go of what this process holds of it."""
        self._state.close()

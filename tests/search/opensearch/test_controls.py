"""What the exactness of the engine rests on: without any of it, scores are wrong, and the tests see it."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from index.documents import IndexDocument
from index.opensearch import terms
from search.deadline import Deadline
from search.opensearch import dsl, request, state
from search.opensearch.queries import Query
from search.opensearch.score_bound import SentScores
from search.plan import And, ByScore, Constant, DateRange, Every, Maybe, Node, Not, Or, Plan, Word
from tests.plan_checks import differences
from tests.plan_trees import document
from tests.search.opensearch.judge import judge
from tests.search.opensearch.library import ClusterLibrary

pytestmark = pytest.mark.opensearch

WORDS = Or((Word("中国"), Word("新闻"), Word("甲乙")))
RARE_DATE = And((WORDS, DateRange("effective", 1_000, 1_001)))
BONUS = 1_000_000.0


@pytest.fixture
def documents() -> list[IndexDocument]:
    """Half of them without words; one has a date."""
    random = Random(8)
    made = [document(random, number) for number in range(60)]
    wordless = [replace(one, words={}, dates={}) for one in made[:30]]
    dated = replace(made[30], words={"中国": 1}, dates={"effective": 1_000})
    return [*wordless, dated, *(replace(one, dates={}) for one in made[31:])]


def found(library: ClusterLibrary, documents: list[IndexDocument], query: Node) -> list[str]:
    """What is wrong with the answer to a query on a fresh generation of these documents."""
    library.build(documents)
    wanted = Plan(query=query, filters=(), order=ByScore(), offset=0, limit=100)
    return list(differences(library.snapshot(), judge(documents), wanted))


@pytest.mark.parametrize("query", [WORDS, RARE_DATE], ids=["words", "date"])
def test_scores_are_right(query: Node, sharded: ClusterLibrary, documents: list[IndexDocument]) -> None:
    assert found(sharded, documents, query) == []


def test_without_a_sentinel_articles_without_words_are_not_counted(
    library: ClusterLibrary, documents: list[IndexDocument], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terms, "SENTINEL", "")
    assert any(one.startswith("scores of engine and oracle") for one in found(library, documents, WORDS))


def test_without_statistics_of_all_shards_each_scores_by_its_own(
    sharded: ClusterLibrary, documents: list[IndexDocument], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state, "SEARCH_TYPE", "query_then_fetch")
    assert any(one.startswith("scores of engine and oracle") for one in found(sharded, documents, WORDS))


def test_without_a_guard_shards_without_the_date_tell_no_statistics(
    sharded: ClusterLibrary, documents: list[IndexDocument], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dsl, "guarded", _as_it_is)
    assert any(one.startswith("scores of engine and oracle") for one in found(sharded, documents, RARE_DATE))


def _as_it_is(query: Query) -> Query:
    return query


class TestGreatBonus:
    """Beside the bonus of a full match, scores of words keep their precision."""

    QUERY = Maybe(WORDS, Constant(Not(Word("国")), BONUS))

    def errors(self, library: ClusterLibrary, documents: list[IndexDocument]) -> Iterator[float]:
        library.build(documents)
        wanted = Plan(query=self.QUERY, filters=(), order=ByScore(), offset=0, limit=100)
        hits = library.snapshot().search(wanted, Deadline.never()).hits
        expected = judge(documents).scores(self.QUERY)
        assert {hit.id for hit in hits} == set(expected)
        assert hits[0].score > BONUS > hits[-1].score
        return (abs(hit.score - expected[hit.id]) for hit in hits)

    def test_scores_are_as_precise_as_without(
        self, library: ClusterLibrary, documents: list[IndexDocument]
    ) -> None:
        assert max(self.errors(library, documents)) < 1e-4

    def test_sent_as_it_is_the_bonus_costs_precision(
        self, library: ClusterLibrary, documents: list[IndexDocument], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(request, "sent_scores", lambda node, _k1: SentScores(node=node))
        assert max(self.errors(library, documents)) > 1e-3


def test_an_index_of_articles_without_words_scores_nothing(library: ClusterLibrary) -> None:
    random = Random(9)
    documents = [replace(document(random, number), words={}) for number in range(5)]
    assert found(library, documents, Or((Every(), Word("中国")))) == []

"""The laws of snapshots and of pinning them, over documents that are made by hand."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import count, takewhile
from random import Random

import pytest

from index.article import Part
from index.documents import PUBLISHED, IndexDocument
from search.deadline import Deadline
from search.engine import Matches, ScoredId, Snapshot
from search.errors import SearchTimeout, SnapshotGone
from search.plan import (
    Anchor,
    And,
    AtLeast,
    ByDate,
    ByScore,
    Characters,
    Constant,
    DateRange,
    Direction,
    Every,
    Facet,
    FacetOrder,
    Grouping,
    Histogram,
    Interval,
    Keyword,
    Maybe,
    Missing,
    Near,
    Node,
    Not,
    Or,
    Plan,
    Prefix,
    Recent,
    Word,
)
from tests.contracts.document_index import MadeIndex, change_nothing
from tests.plan_checks import explanation_differences
from tests.plan_oracle import Oracle, period
from tests.plan_trees import Change, Optimise, document, document_id, plan

COUNT = 60
PAGE = 7
NEVER = Deadline.never()
PAST = Deadline.after(-1.0)

EVERYTHING = Plan(query=Every(), filters=(), order=ByScore(), offset=0, limit=1_000)
ORDERS = (
    ByScore(),
    ByDate(PUBLISHED, Direction.NEWEST_FIRST),
    ByDate("effective", Direction.OLDEST_FIRST),
)
NODES: Sequence[Node] = (
    Every(),
    Word("中国"),
    Prefix("中"),
    Characters("中"),
    Characters("中国"),
    Characters("甲", (Part.BODY,), Anchor.START),
    Near("中", "甲", 2),
    Keyword("source", ("甲报",)),
    Missing("source"),
    DateRange(PUBLISHED, 0, None),
    Recent(PUBLISHED, 1_700_000_000, 86_400, 2.0),
    And((Word("中国"), Characters("甲"))),
    Or((Word("中国"), Word("新闻"))),
    AtLeast(2, (Word("中国"), Word("新闻"), Characters("甲乙"))),
    Not(Word("中国")),
    Maybe(Characters("甲"), Word("中国")),
    Constant(Characters("甲"), 4.0),
)


@pytest.fixture
def documents() -> list[IndexDocument]:
    random = Random(5)
    return [document(random, number) for number in range(COUNT)]


@pytest.fixture
def filled(documents: list[IndexDocument], document_library: MadeIndex) -> MadeIndex:
    """All documents in three segments, none deleted."""
    document_library.build(documents[:30])
    document_library.apply(Change(tuple(documents[30:50]), ()))
    document_library.apply(Change(tuple(documents[50:]), ()))
    return document_library


@pytest.fixture
def oracle(documents: list[IndexDocument], document_library: MadeIndex) -> Oracle:
    return document_library.oracle(documents)


def some_plans(documents: Sequence[IndexDocument], seed: int, size: int = 60) -> list[Plan]:
    random = Random(seed)
    return [plan(random, documents) for _ in range(size)]


def answers(snapshot: Snapshot, plans: Sequence[Plan]) -> list[Matches]:
    return [snapshot.search(one, NEVER) for one in plans]


def without_scores(matches: Matches) -> tuple[object, ...]:
    return matches.total, matches.clusters, matches.facets


class TestPinning:
    def test_a_pinned_state_answers_the_same_after_commits_and_rebuilds(
        self, filled: MadeIndex, documents: list[IndexDocument]
    ) -> None:
        engine = filled.engine()
        name = engine.snapshot().generation
        plans = some_plans(documents, seed=1)
        before = answers(engine.pin(name), plans)
        filled.apply(Change((document(Random(1), 3),), (document_id(4), document_id(40))))
        assert answers(engine.pin(name), plans) == before
        assert answers(engine.snapshot(), plans) != before
        filled.apply(Optimise())
        for _ in range(3):
            filled.build(documents[:5])
            engine.snapshot()
        assert answers(engine.pin(name), plans) == before
        assert engine.pin(name).generation == name
        assert engine.snapshot().search(EVERYTHING, NEVER).total == 5

    def test_a_snapshot_that_is_held_answers_the_same_without_a_pin(
        self, filled: MadeIndex, documents: list[IndexDocument]
    ) -> None:
        snapshot = filled.snapshot()
        plans = some_plans(documents, seed=2)
        for _ in range(3):
            filled.build(documents[:5])
            filled.snapshot()
        fresh = filled.oracle(documents)
        found = answers(snapshot, plans)
        assert list(map(without_scores, found)) == [without_scores(fresh.search(one)) for one in plans]

    @pytest.mark.parametrize("name", ["", "9.9", "1", "1.", "1.3 ", "１.3", "1.99", "x", "1.3.1"])
    def test_a_state_that_never_was_is_gone(self, filled: MadeIndex, name: str) -> None:
        engine = filled.engine()
        engine.pin(engine.snapshot().generation)
        with pytest.raises(SnapshotGone):
            engine.pin(name)

    def test_a_state_that_nobody_pinned_goes(self, filled: MadeIndex) -> None:
        engine = filled.engine()
        name = engine.snapshot().generation
        filled.apply(Change((), (document_id(4),)))
        change_nothing(filled, filled.kept_commits)
        engine.snapshot()
        with pytest.raises(SnapshotGone):
            engine.pin(name)


class TestDeadline:
    @pytest.mark.parametrize("order", ORDERS, ids=repr)
    def test_a_search_stops_when_its_time_is_over(self, filled: MadeIndex, order: ByScore | ByDate) -> None:
        snapshot = filled.snapshot()
        for node in NODES:
            wanted = replace(EVERYTHING, query=node, order=order)
            with pytest.raises(SearchTimeout):
                snapshot.search(wanted, PAST)
            assert snapshot.search(wanted, NEVER).total > 0, node
            with pytest.raises(SearchTimeout):
                snapshot.search(wanted, PAST)

    def test_an_explanation_stops_when_its_time_is_over(self, filled: MadeIndex) -> None:
        snapshot = filled.snapshot()
        for node in NODES:
            name = snapshot.search(replace(EVERYTHING, query=node), NEVER).hits[0].id
            with pytest.raises(SearchTimeout):
                snapshot.explain(node, name, PAST)
            assert snapshot.explain(node, name, Deadline.after(60.0)) is not None, node


class TestClusters:
    @pytest.mark.parametrize("order", ORDERS, ids=repr)
    def test_pages_hold_each_cluster_once_in_order(
        self, filled: MadeIndex, oracle: Oracle, order: ByScore | ByDate
    ) -> None:
        for query in (Every(), Prefix(""), Or((Word("中国"), Not(Word("国"))))):
            self.check_pages(filled.snapshot(), oracle, order, query)

    def check_pages(self, snapshot: Snapshot, oracle: Oracle, order: ByScore | ByDate, query: Node) -> None:
        wanted = replace(EVERYTHING, query=query, order=order)
        hits = [hit for page in pages(snapshot, wanted) for hit in page]
        clusters = [oracle.documents[hit.id].cluster for hit in hits]
        assert not [cluster for cluster, times in Counter(clusters).items() if cluster and times > 1]
        articles = snapshot.search(wanted, NEVER)
        assert [hit.id for hit in hits] == [hit.id for hit in oracle.collapsed(articles.hits)]
        matches = snapshot.search(replace(wanted, grouping=Grouping.CLUSTERS, limit=0), NEVER)
        assert (matches.total, matches.clusters) == (articles.total, len(hits))
        assert len(hits) < articles.total

    def test_clusters_are_counted_only_when_they_are_hits(self, filled: MadeIndex) -> None:
        assert filled.snapshot().search(EVERYTHING, NEVER).clusters is None


def pages(snapshot: Snapshot, wanted: Plan) -> Iterator[tuple[ScoredId, ...]]:
    """All pages of clusters up to the first empty one."""
    found = (
        snapshot.search(
            replace(wanted, grouping=Grouping.CLUSTERS, offset=number * PAGE, limit=PAGE), NEVER
        ).hits
        for number in count()
    )
    return takewhile(bool, found)


class TestFacets:
    def test_a_facet_leaves_out_its_own_filter_and_keeps_the_others(
        self, filled: MadeIndex, documents: list[IndexDocument]
    ) -> None:
        source, topic = Keyword("source", ("甲报",)), Keyword("topic", ("科技", "经济"))
        wanted = replace(
            EVERYTHING,
            filters=(source, topic),
            facets=(Facet("source", (topic,), 100), Facet("topic", (source,), 100), Facet("year", (), 1)),
        )
        matches = filled.snapshot().search(wanted, NEVER)
        for facet, keep in zip(matches.facets, (holds(topic), holds(source), bool), strict=True):
            counts = Counter(
                value for one in documents if keep(one) for value in set(one.keywords[facet.field])
            )
            expected = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
            assert facet.values == tuple(expected[: 1 if facet.field == "year" else 100])
            assert facet.distinct == len(counts)
        assert len(matches.facets[0].values) > 1
        assert matches.total == sum(holds(source)(one) and holds(topic)(one) for one in documents)

    @pytest.mark.parametrize("order", list(FacetOrder))
    def test_a_facet_names_values_and_begins_with_a_prefix(
        self, filled: MadeIndex, documents: list[IndexDocument], order: FacetOrder
    ) -> None:
        facet = Facet("region", (), 2, named=("420106", "没有"), prefix="42", order=order)
        (found,) = filled.snapshot().search(replace(EVERYTHING, facets=(facet,)), NEVER).facets
        counts = Counter(value for one in documents for value in set(one.keywords["region"]))
        begun = {value: count for value, count in counts.items() if value.startswith("42")}
        by_count = order is FacetOrder.COMMONEST
        expected = sorted(begun.items(), key=lambda item: (-item[1] if by_count else 0, item[0]))
        assert found.values == tuple(expected[:2])
        assert found.named == (("420106", counts["420106"]), ("没有", 0))
        assert (found.distinct, found.total) == (len(begun), sum(begun.values()))
        assert found.missing == sum(not one.keywords["region"] for one in documents) > 0

    def test_a_field_that_no_article_has_is_missing_everywhere(self, filled: MadeIndex) -> None:
        facet = Facet("agency", (), 2, named=("x",), prefix="x", order=FacetOrder.BY_VALUE)
        (found,) = filled.snapshot().search(replace(EVERYTHING, facets=(facet,)), NEVER).facets
        assert (found.values, found.named, found.distinct, found.missing) == ((), (("x", 0),), 0, COUNT)


class TestHistograms:
    @pytest.mark.parametrize("interval", list(Interval))
    def test_articles_are_counted_by_the_period_in_china(
        self, filled: MadeIndex, documents: list[IndexDocument], interval: Interval
    ) -> None:
        source = Keyword("source", ("甲报",))
        wanted = replace(EVERYTHING, filters=(source,), histograms=(Histogram("signed", interval),), limit=0)
        dates = [one.dates.get("signed") for one in documents if holds(source)(one)]
        counts = Counter(period(date, interval) for date in dates if date is not None)
        (found,) = filled.snapshot().search(wanted, NEVER).histograms
        assert (found.field, found.interval) == ("signed", interval)
        assert found.periods == tuple(sorted(counts.items()))
        assert found.undated == dates.count(None) > 0
        filled.apply(Change((), tuple(one.id for one in documents)))
        (emptied,) = filled.snapshot().search(wanted, NEVER).histograms
        assert (emptied.periods, emptied.undated) == ((), 0)


def holds(node: Keyword) -> Callable[[IndexDocument], bool]:
    return lambda one: not set(node.values).isdisjoint(one.keywords[node.field])


class TestExplanations:
    def test_every_hit_is_explained_and_nothing_else(self, filled: MadeIndex, oracle: Oracle) -> None:
        for node in NODES:
            self.check_explanations(filled.snapshot(), oracle, node)

    def check_explanations(self, snapshot: Snapshot, oracle: Oracle, node: Node) -> None:
        hits = {hit.id: hit.score for hit in snapshot.search(replace(EVERYTHING, query=node), NEVER).hits}
        assert hits, node
        for name in oracle.documents:
            explanation = snapshot.explain(node, name, NEVER)
            assert (explanation is not None) == (name in hits), node
            if explanation is not None:
                assert explanation.node == node
                assert explanation.score == pytest.approx(hits[name], rel=1e-6, abs=1e-6)
                assert list(explanation_differences(explanation, oracle, name)) == []

    def test_what_is_not_in_a_state_is_not_explained_in_it(self, filled: MadeIndex) -> None:
        before = filled.snapshot()
        filled.apply(Change((), (document_id(4),)))
        after = filled.snapshot()
        assert before.explain(Every(), document_id(4), NEVER) is not None
        assert after.explain(Every(), document_id(4), NEVER) is None
        assert after.explain(Every(), "unknown", NEVER) is None
        assert after.explain(Every(), "", NEVER) is None


class TestMerging:
    def test_an_optimised_index_answers_the_same(
        self, filled: MadeIndex, documents: list[IndexDocument]
    ) -> None:
        """To the last bit: without deletions no statistic changes."""
        plans = some_plans(documents, seed=3, size=150)
        before = answers(filled.snapshot(), plans)
        filled.apply(Optimise())
        assert answers(filled.snapshot(), plans) == before

    def test_merging_away_what_was_deleted_changes_no_set_and_no_count(
        self, filled: MadeIndex, documents: list[IndexDocument]
    ) -> None:
        plans = [replace(one, order=ORDERS[1]) for one in some_plans(documents, seed=4, size=150)]
        plans = [replace(one, limit=COUNT, offset=0) for one in plans]
        filled.apply(Change((document(Random(1), 3),), (document_id(4), document_id(40))))
        before = answers(filled.snapshot(), plans)
        filled.apply(Optimise())
        after = answers(filled.snapshot(), plans)
        assert list(map(without_scores, after)) == list(map(without_scores, before))
        assert [[hit.id for hit in one.hits] for one in after] == [
            [hit.id for hit in one.hits] for one in before
        ]


class TestThreads:
    def test_a_snapshot_may_be_shared(self, filled: MadeIndex, documents: list[IndexDocument]) -> None:
        plans = some_plans(documents, seed=6, size=100)
        expected = answers(filled.engine().snapshot(), plans)
        snapshot = filled.engine().snapshot()
        with ThreadPoolExecutor(4) as pool:
            for found in pool.map(lambda _: answers(snapshot, plans), range(8)):
                assert found == expected

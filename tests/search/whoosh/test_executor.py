"""The executor beside the oracle over the same documents, over one segment and several."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Part
from index.documents import IndexDocument
from search.deadline import Deadline
from search.engine import Matches
from search.errors import SearchTimeout
from search.plan import (
    ALL_PARTS,
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
    Grouping,
    Keyword,
    Maybe,
    Near,
    Node,
    Not,
    Or,
    Order,
    Plan,
    Prefix,
    Recent,
    Word,
)
from search.whoosh.snapshot import WhooshSnapshot
from tests.plan_checks import differences
from tests.plan_oracle import Oracle
from tests.search.whoosh.memory_segment import AVERAGE_LENGTH, MemorySegment, make_document, open_snapshot

ALPHABET = "局科技，𠮷"
WORDS = ("a", "ab", "abc", "b")
VALUES = ("甲", "乙", "丙", "丁")

text = st.text(ALPHABET, max_size=6) | st.sampled_from(["局" * 254, "科技" * 130])
parts = st.lists(st.sampled_from(Part), max_size=4, unique=True).map(tuple) | st.just(ALL_PARTS)


def documents(names: st.SearchStrategy[str]) -> st.SearchStrategy[IndexDocument]:
    return st.builds(
        IndexDocument,
        id=names,
        characters=st.dictionaries(st.sampled_from(Part), text),
        words=st.dictionaries(st.sampled_from(WORDS), st.integers(1, 300), max_size=3),
        keywords=st.fixed_dictionaries(
            {},
            optional={
                "source": st.tuples(st.sampled_from(VALUES)),
                "topic": st.lists(st.sampled_from(VALUES), unique=True).map(tuple),
            },
        ),
        dates=st.dictionaries(st.sampled_from(["published", "signed"]), st.integers(-2, 2)),
        cluster=st.none() | st.integers(0, 2) | st.just(10**6),
    )


segment_documents = st.lists(documents(st.sampled_from("abcdefgh")), max_size=6, unique_by=lambda one: one.id)
histories = st.lists(segment_documents, min_size=1, max_size=3)

leaves = st.one_of(
    st.just(Every()),
    st.builds(Word, st.sampled_from([*WORDS, "none"])),
    st.builds(Prefix, st.sampled_from(["", "a", "ab", "x"])),
    st.builds(Characters, st.text(ALPHABET, max_size=4), parts, st.sampled_from(Anchor)),
    st.builds(
        Near,
        st.text(ALPHABET, max_size=2),
        st.text(ALPHABET, max_size=2),
        st.integers(0, 3),
        parts,
    ),
    st.builds(
        Keyword,
        st.sampled_from(["source", "topic"]),
        st.lists(st.sampled_from(VALUES), max_size=2).map(tuple),
    ),
    st.builds(
        DateRange,
        st.sampled_from(["published", "signed"]),
        st.none() | st.integers(-3, 3),
        st.none() | st.integers(-3, 3),
    ),
    st.builds(
        Recent,
        st.sampled_from(["published", "signed"]),
        st.integers(-3, 3),
        st.integers(1, 3),
        st.sampled_from([0.0, 2.0]),
    ),
)


def grown(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(children, max_size=3).map(tuple)
    return st.one_of(
        st.builds(And, several),
        st.builds(Or, several),
        st.builds(AtLeast, st.integers(1, 3), several),
        st.builds(Not, children),
        st.builds(Maybe, children, children),
        st.builds(Constant, children, st.sampled_from([0.0, 1.5, -1.0])),
    )


nodes: st.SearchStrategy[Node] = st.recursive(leaves, grown, max_leaves=6)
filters = st.lists(nodes, max_size=2).map(tuple)
orders: st.SearchStrategy[Order] = st.just(ByScore()) | st.builds(
    ByDate, st.sampled_from(["published", "signed"]), st.sampled_from(Direction)
)
plans = st.builds(
    Plan,
    query=nodes,
    filters=filters,
    order=orders,
    offset=st.integers(0, 4),
    limit=st.integers(0, 8),
    grouping=st.sampled_from(Grouping),
    facets=st.lists(
        st.builds(Facet, st.sampled_from(["source", "topic"]), filters, st.integers(0, 4)), max_size=2
    ).map(tuple),
)


def of_history(history: Sequence[Sequence[IndexDocument]], deleted: str) -> tuple[WhooshSnapshot, Oracle]:
    """Later segments replace documents of earlier ones; `deleted` are deleted at the end."""
    live = {
        document.id: document for segment in history for document in segment if document.id not in deleted
    }
    every = [document for segment in history for document in segment]
    snapshot = open_snapshot([MemorySegment(segment) for segment in history], deleted)
    return snapshot, Oracle(live.values(), AVERAGE_LENGTH, counted=every)


def search(snapshot: WhooshSnapshot, wanted: Plan) -> Matches:
    return snapshot.search(wanted, Deadline.never())


@settings(max_examples=400, deadline=None)
@given(histories, st.text("abcdefgh", max_size=2), plans)
def test_a_plan_answers_as_its_definition_says(
    history: Sequence[Sequence[IndexDocument]], deleted: str, wanted: Plan
) -> None:
    snapshot, oracle = of_history(history, deleted)
    assert list(differences(snapshot, oracle, wanted)) == []


@settings(max_examples=200, deadline=None)
@given(histories, st.text("abcdefgh", max_size=2), nodes)
def test_an_explanation_adds_up_to_the_score_of_the_hit(
    history: Sequence[Sequence[IndexDocument]], deleted: str, query: Node
) -> None:
    snapshot, _ = of_history(history, deleted)
    found = search(snapshot, plan(query))
    scores = {hit.id: hit.score for hit in found.hits}
    for name in "abcdefgh":
        explanation = snapshot.explain(query, name, Deadline.never())
        if name not in scores:
            assert explanation is None
            continue
        assert explanation is not None
        assert explanation.score == scores[name]
        waiting = [explanation]
        while waiting:
            one = waiting.pop()
            waiting += one.parts
            if one.parts:
                total = 0.0
                for part in one.parts:
                    total += part.score
                assert total == one.score


@settings(max_examples=100, deadline=None)
@given(histories, st.text("abcdefgh", max_size=2), nodes, st.lists(st.sampled_from("abcdefgh?")))
def test_the_scores_of_some_articles_are_those_of_the_hits(
    history: Sequence[Sequence[IndexDocument]], deleted: str, query: Node, names: Sequence[str]
) -> None:
    snapshot, _ = of_history(history, deleted)
    scores = {hit.id: hit.score for hit in search(snapshot, plan(query)).hits}
    wanted = {name: scores[name] for name in names if name in scores}
    assert snapshot.scores(query, names, Deadline.never()) == wanted


def plan(query: Node, *wanted: Node, order: Order | None = None, offset: int = 0, limit: int = 1000) -> Plan:
    return Plan(query=query, filters=wanted, order=order or ByScore(), offset=offset, limit=limit)


def test_a_word_is_explained_by_its_numbers() -> None:
    segment = MemorySegment([make_document("a", words={"x": 3, "y": 2}), make_document("b")])
    explanation = open_snapshot([segment]).explain(Word("x"), "a", Deadline.never())
    assert explanation is not None
    assert explanation.facts == {
        "frequency": 3.0,
        "length": 5.0,
        "average_length": AVERAGE_LENGTH,
        "documents": 2.0,
        "documents_with_it": 1.0,
        "idf": pytest.approx(np.log(2)),
    }


def test_a_search_ends_with_its_deadline() -> None:
    snapshot = open_snapshot([MemorySegment([make_document("a", "科技")])])
    for query in (Every(), Characters("科技")):
        with pytest.raises(SearchTimeout):
            snapshot.search(plan(query), Deadline(0.0))
        assert snapshot.search(plan(query), Deadline.after(60)).total == 1


def test_words_are_counted_once_over_all_segments() -> None:
    one = MemorySegment([make_document("a", words={"ab": 1, "ac": 1, "b": 1})])
    other = MemorySegment([make_document("b", words={"ab": 1, "ad": 1})])
    assert open_snapshot([one, other]).words_with("a") == 3
    assert open_snapshot([one]).words_with("a") == 2
    assert open_snapshot([one, other]).words_with("x") == 0


def test_an_empty_state_answers() -> None:
    for segments in ([], [MemorySegment([])]):
        snapshot = open_snapshot(segments)
        facet = Facet("source", (), 3)
        for query in (
            Every(),
            Word("a"),
            Prefix(""),
            Characters("科技"),
            Not(Word("a")),
            DateRange("signed", 0, 1),
            Recent("signed", 0, 1, 2.0),
        ):
            wanted = Plan(
                query=query,
                filters=(Every(),),
                order=ByDate("signed", Direction.NEWEST_FIRST),
                offset=0,
                limit=10,
                grouping=Grouping.CLUSTERS,
                facets=(facet,),
            )
            matches = search(snapshot, wanted)
            assert (matches.total, matches.clusters, matches.hits) == (0, 0, ())
            assert (matches.facets[0].values, matches.facets[0].distinct) == ((), 0)
        assert snapshot.words_with("") == 0

"""One state of the index over its segments: what it knows, and that it never changes."""

from concurrent.futures import ThreadPoolExecutor
from random import Random

import numpy as np
import pytest

from index.article import Part
from search.deadline import Deadline
from search.engine import Matches
from search.plan import (
    ByDate,
    ByScore,
    Characters,
    Direction,
    Every,
    Facet,
    Grouping,
    Keyword,
    Node,
    Not,
    Plan,
    Word,
)
from search.ranking import Ranking
from search.whoosh.snapshot import WhooshSnapshot
from tests.search.whoosh.memory_segment import AVERAGE_LENGTH, MemorySegment, make_document, open_snapshot


def some_segment(names: str, seed: int) -> MemorySegment:
    random = Random(seed)
    return MemorySegment(
        [
            make_document(
                name,
                "".join(random.choices("局科技", k=20)),
                words={"x": random.randint(1, 9), f"own {name}": 1},
                keywords={"source": (random.choice("甲乙丙"),)},
                dates={"published": random.randint(0, 9)},
                cluster=random.choice([None, 1, 2]),
            )
            for name in names
        ]
    )


def ask(snapshot: WhooshSnapshot, query: Node) -> Matches:
    plan = Plan(
        query=query,
        filters=(Not(Keyword("source", ("丙",))),),
        order=ByScore(),
        offset=0,
        limit=10,
        grouping=Grouping.CLUSTERS,
        facets=(Facet("source", (), 2),),
    )
    return snapshot.search(plan, Deadline.never())


QUERIES = (
    Every(),
    Word("x"),
    Characters("科技局"),
    Characters("局", (Part.BODY,)),
    Keyword("source", ("甲",)),
)


def test_a_state_is_named_and_knows_its_constants() -> None:
    snapshot = open_snapshot([some_segment("ab", 1)])
    assert (snapshot.generation, snapshot.sequence) == ("3.1", 7)
    assert snapshot.average_length == AVERAGE_LENGTH


def test_documents_are_numbered_over_all_segments() -> None:
    columns = open_snapshot([some_segment("ab", 1), some_segment("a", 2), some_segment("c", 3)]).columns
    assert columns.ids.ids_of(range(columns.count)) == ["a", "b", "a", "c"]
    assert columns.ids.documents_of("a") == [0, 2]
    assert columns.ids.documents_of("x") == []


def test_a_changed_document_counts_in_the_weight_of_its_words_until_it_is_merged_away() -> None:
    one, other = some_segment("ab", 1), some_segment("a", 2)
    before, after = open_snapshot([one]), open_snapshot([one, other])
    assert len(before.postings("x").documents) == 2
    assert len(after.postings("x").documents) == 3
    plan = Plan(query=Word("x"), filters=(), order=ByScore(), offset=0, limit=10)
    assert after.search(plan, Deadline.never()).total == 2


def test_an_explanation_is_of_the_document_that_lives() -> None:
    snapshot = open_snapshot([some_segment("ab", 1), some_segment("a", 2)], deleted="b")
    assert snapshot.explain(Every(), "b", Deadline.never()) is None
    assert snapshot.explain(Every(), "a", Deadline.never()) is not None
    live = some_segment("a", 2).documents[0]
    explanation = snapshot.explain(Word("x"), "a", Deadline.never())
    assert explanation is not None
    assert explanation.facts is not None
    assert explanation.facts["frequency"] == live.words["x"]


def test_what_was_read_once_is_given_again_as_it_is() -> None:
    snapshot = open_snapshot([some_segment("abc", 1), some_segment("de", 2)])
    assert snapshot.postings("x") is snapshot.postings("x")
    assert snapshot.norms is snapshot.norms
    assert snapshot.columns.dates("published") is snapshot.columns.dates("published")


def test_joined_columns_of_the_same_segments_are_used_again() -> None:
    segments = [some_segment("abc", 1), some_segment("de", 2)]
    before = open_snapshot(segments)
    assert open_snapshot(segments, deleted="a", former=before.columns).columns is before.columns
    more = open_snapshot([*segments, some_segment("f", 3)], former=before.columns)
    assert more.columns is not before.columns


def test_what_was_read_is_used_again_after_deletions_alone() -> None:
    segments = [some_segment("abc", 1), some_segment("de", 2)]
    before = open_snapshot(segments)
    query = Characters("科技局")
    found, postings = ask(before, query), before.postings("x")
    deletions = open_snapshot(segments, deleted="abcde", former=before.columns)
    assert deletions.postings("x") is postings
    kept = deletions.matches(query, lambda: pytest.fail("it was read again"))
    assert set(kept.documents.tolist()) <= set(range(5))
    assert found.total > ask(deletions, query).total == 0
    assert ask(before, query) == found


def test_words_of_deleted_articles_count_until_they_are_merged_away() -> None:
    segment = some_segment("ab", 1)
    assert open_snapshot([segment]).words_with("own ") == 2
    assert open_snapshot([segment], deleted="a").words_with("own ") == 2
    assert open_snapshot([some_segment("b", 1)]).words_with("own ") == 1


def test_a_state_does_not_change_with_those_that_follow_it() -> None:
    segments = [some_segment("abc", 1), some_segment("de", 2)]
    before = open_snapshot(segments)
    answers = [ask(before, query) for query in QUERIES]
    after = open_snapshot([*segments, some_segment("cf", 3)], deleted="a", former=before.columns)
    assert [ask(after, query) for query in QUERIES] != answers
    assert [ask(before, query) for query in QUERIES] == answers


def test_threads_read_the_same() -> None:
    segments = [some_segment("abcdefgh", 1), some_segment("ijkl", 2)]
    expected = [ask(open_snapshot(segments), query) for query in QUERIES]
    fresh = open_snapshot(segments)
    with ThreadPoolExecutor(8) as threads:
        for found in threads.map(lambda _: [ask(fresh, query) for query in QUERIES], range(16)):
            assert found == expected


@pytest.mark.parametrize("direction", Direction)
def test_undated_documents_come_last_and_ties_by_id(direction: Direction) -> None:
    dates: list[dict[str, int]] = [{"signed": 2}, {}, {"signed": 1}, {"signed": 2}, {}]
    documents = [make_document(name, dates=date) for name, date in zip("edcba", dates, strict=True)]
    for segments in (
        [MemorySegment(documents)],
        [MemorySegment(documents[:2]), MemorySegment(documents[2:])],
    ):
        plan = Plan(query=Every(), filters=(), order=ByDate("signed", direction), offset=0, limit=9)
        found = [hit.id for hit in open_snapshot(segments).search(plan, Deadline.never()).hits]
        assert "".join(found) == ("becad" if direction is Direction.NEWEST_FIRST else "cbead")


def test_norms_are_those_of_the_formula() -> None:
    snapshot = open_snapshot([MemorySegment([make_document("a", words={"x": 4}), make_document("b")])])
    k1, b = Ranking().k1, Ranking().b
    expected = [k1 * (1 - b + b * 4 / AVERAGE_LENGTH), k1 * (1 - b)]
    assert snapshot.norms == pytest.approx(np.array(expected))

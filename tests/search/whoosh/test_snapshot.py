"""One state of the index over its segments: what it reads, and that it never changes."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from index.analysis.analyzer import Analyzer
from index.whoosh.record import NO_DATE, POSITION_BITS
from index.writer import START_AVERAGE_LENGTH
from search.plan import Characters, Every, Order, Plan, Word
from search.whoosh.snapshot import WhooshSnapshot
from tests.engines import Library, make_article


@pytest.fixture
def library(tmp_path: Path, analyzer: Analyzer) -> Library:
    """Two segments: a, b (changed later), gone (deleted later); then b again and c."""
    library = Library(tmp_path, analyzer)
    library.build(
        [
            replace(make_article("a", "局，局", title="科技"), published=datetime(2024, 3, 5, tzinfo=UTC)),
            make_article("b", "科技", source="甲"),
            make_article("gone", "科技局", source="甲"),
        ]
    )
    library.change([make_article("b", "改革局", source="乙"), make_article("c", "科技")], ["gone"])
    return library


@pytest.fixture
def snapshot(library: Library) -> WhooshSnapshot:
    return library.engine().snapshot()


def live_ids(snapshot: WhooshSnapshot) -> list[str]:
    return [snapshot.ids[document] for document in snapshot.documents]


def test_documents_are_the_live_ones_over_all_segments(snapshot: WhooshSnapshot) -> None:
    assert sorted(live_ids(snapshot)) == ["a", "b", "c"]
    assert len(snapshot.columns()) == 2
    assert snapshot.documents.tolist() == sorted(set(snapshot.documents.tolist()))


def test_a_word_is_read_from_live_documents_with_its_weight(snapshot: WhooshSnapshot) -> None:
    documents, weights = snapshot.weights("words", "科技")
    assert {snapshot.ids[document]: weight for document, weight in zip(documents, weights, strict=True)} == {
        "a": 3.0,
        "c": 1.0,
    }
    assert documents.tolist() == sorted(documents.tolist())


def test_a_keyword_of_a_changed_document_is_the_new_one(snapshot: WhooshSnapshot) -> None:
    assert snapshot.weights("source", "甲")[0].tolist() == []
    [document] = snapshot.weights("source", "乙")[0]
    assert snapshot.ids[document] == "b"


def test_places_are_document_and_position_and_rise(snapshot: WhooshSnapshot) -> None:
    places = snapshot.places("局")
    assert np.all(np.diff(places) > 0)
    found = [
        (snapshot.ids[place >> POSITION_BITS], int(place & ((1 << POSITION_BITS) - 1))) for place in places
    ]
    # Title 科技 takes 0 and 1, the gap 2, the empty lead only a gap: the body begins at 4.
    assert sorted(found) == [("a", 4), ("a", 6), ("b", 4)]


@pytest.mark.parametrize("character", ["无", "\x00", "😀"])
def test_a_character_that_is_nowhere_has_no_places(character: str, snapshot: WhooshSnapshot) -> None:
    assert len(snapshot.places(character)) == 0
    assert [len(array) for array in snapshot.weights("words", character)] == [0, 0]


def test_columns_tell_time_length_and_borders(snapshot: WhooshSnapshot) -> None:
    at = {snapshot.ids[document]: document for document in snapshot.documents}
    assert snapshot.published[at["a"]] == datetime(2024, 3, 5, tzinfo=UTC).timestamp()
    assert snapshot.published[at["b"]] == NO_DATE
    assert [snapshot.lengths[at[name]] for name in "abc"] == [5.0, 2.0, 1.0]
    assert snapshot.starts[at["a"]].tolist() == [0, 3, 4, 8, 9]


def test_documents_are_ranked_by_their_ids(snapshot: WhooshSnapshot) -> None:
    ranked = sorted(snapshot.documents.tolist(), key=lambda document: int(snapshot.id_order[document]))
    assert [snapshot.ids[document] for document in ranked] == ["a", "b", "c"]


def test_a_state_is_named_and_knows_its_constants(library: Library, snapshot: WhooshSnapshot) -> None:
    assert snapshot.generation == "1.2"
    assert snapshot.sequence == library.sequence
    assert snapshot.average_length == START_AVERAGE_LENGTH


def test_an_empty_index_has_no_documents(tmp_path: Path, analyzer: Analyzer) -> None:
    library = Library(tmp_path, analyzer)
    library.build([])
    snapshot = library.engine().snapshot()
    assert len(snapshot.documents) == 0
    for node in (Every(), Word("科技"), Characters("科技")):
        plan = Plan(query=node, filters=(), order=Order.NEWEST, offset=0, limit=10)
        assert snapshot.search(plan).total == 0


def test_a_state_does_not_change_with_later_commits(library: Library) -> None:
    before = library.engine().snapshot()
    library.change([make_article("d", "科技")], ["a"])
    after = library.engine().snapshot()
    assert sorted(live_ids(before)) == ["a", "b", "c"]
    assert sorted(live_ids(after)) == ["b", "c", "d"]
    # Read only now, after the files were replaced.
    assert len(before.weights("words", "科技")[0]) == len(after.weights("words", "科技")[0]) == 2
    assert len(before.places("局")) == 3
    assert len(after.places("局")) == 1


def test_what_was_read_is_given_again_as_it_is(snapshot: WhooshSnapshot) -> None:
    assert snapshot.places("局") is snapshot.places("局")
    assert snapshot.weights("words", "科技") is snapshot.weights("words", "科技")


def test_threads_read_the_same(snapshot: WhooshSnapshot, library: Library) -> None:
    fresh = library.engine().snapshot()
    characters = "局科技改革，无" * 5
    expected = [snapshot.places(character).tolist() for character in characters]

    def read(_: int) -> list[list[int]]:
        return [fresh.places(character).tolist() for character in characters]

    with ThreadPoolExecutor(8) as threads:
        assert all(found == expected for found in threads.map(read, range(16)))

"""What OpenSearchStore does beyond the laws of IndexStore: its alias, what it refuses, old generations."""

import logging
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from index.averages import Averages
from index.errors import GenerationDamaged, GenerationMissing, GenerationStale
from index.opensearch import kept
from index.opensearch.errors import AliasAmbiguous, ClusterUnavailable
from index.opensearch.generations import read, write
from index.opensearch.published import Scoring, Stage, encode
from index.writer import IndexStore
from search.ranking import Ranking
from tests.index.opensearch.generation import Place, document
from tests.index.opensearch.proxy import Answer, Asked, Cluster, Proxy, honest

pytestmark = pytest.mark.opensearch


def alias_of(place: Place) -> set[str]:
    """The indexes that readers are led to."""
    return set(place.direct.indices.get_alias(name=place.prefix))


def change(place: Place, number: int, **changes: object) -> None:
    """Change what a generation says of itself."""
    generation = place.generation(number)
    state = read(place.direct, generation)
    assert state is not None
    place.direct.indices.put_mapping(index=generation.index, body={"_meta": encode(state) | changes})


def test_readers_are_led_from_one_generation_to_the_next_in_one_step(proxy: Proxy, disturbed: Place) -> None:
    disturbed.build("a")
    proxy.asked.clear()
    disturbed.build("a", "b")
    assert alias_of(disturbed) == {f"{disturbed.prefix}-000002"}
    assert proxy.paths("POST").count("/_aliases") == 1


def test_an_alias_that_leads_to_several_indexes_is_refused(place: Place) -> None:
    place.build("a")
    place.build("a")
    before = place.indexes()
    place.direct.indices.put_alias(index=f"{place.prefix}-000001", name=place.prefix)
    steps: tuple[Callable[[IndexStore], object], ...] = (
        lambda store: store.live(),
        lambda store: store.verify(),
        lambda store: store.set_aside(),
    )
    for step in steps:
        with pytest.raises(AliasAmbiguous, match=f"{place.prefix}-000001"):
            step(place.store())
    assert place.indexes() == before
    assert len(alias_of(place)) == 2


def test_a_rebuild_ends_that(place: Place) -> None:
    place.build("a")
    place.build("a")
    place.direct.indices.put_alias(index=f"{place.prefix}-000001", name=place.prefix)
    place.build("b")
    assert alias_of(place) == {f"{place.prefix}-000003"}


def test_an_index_for_other_constants_of_the_score_is_stale(place: Place) -> None:
    place.build("a")
    for scoring in (Scoring(k1=1.1, b=0.95), Scoring(k1=1.0, b=0.9)):
        place.scoring = scoring
        for step in (place.store().live, place.store().verify):
            with pytest.raises(GenerationStale, match="another version"):
                step()


def test_an_index_of_another_format_is_stale(place: Place) -> None:
    place.build("a")
    change(place, 1, format="opensearch-0")
    for step in (place.store().live, place.store().verify):
        with pytest.raises(GenerationStale, match=f"{place.prefix}-000001"):
            step()
    place.build("a")
    assert [kept.name for kept in place.store().generations()] == ["2.1", "1"]


@pytest.mark.parametrize(
    "meta",
    [{}, {"format": "opensearch-1"}, {"format": 3}],
    ids=["nothing", "half of it", "no format"],
)
def test_an_index_that_does_not_say_what_it_holds_is_damaged(place: Place, meta: dict[str, object]) -> None:
    place.build("a")
    place.build("a", "b")
    place.direct.indices.put_mapping(index=f"{place.prefix}-000002", body={"_meta": meta})
    store = place.store()
    with pytest.raises(GenerationDamaged, match=r"is damaged: (it|what it) says") as caught:
        store.live()
    assert caught.value.name == f"{place.prefix}-000002"
    assert [one.damage is None for one in store.generations()] == [False, True]
    store.set_aside()
    assert alias_of(place) == {f"{place.prefix}-000001"}
    with pytest.raises(GenerationMissing, match="fallback"):
        store.live()


def test_without_a_good_one_readers_are_led_nowhere(place: Place) -> None:
    place.build("a")
    store = place.store()
    store.set_aside()
    assert place.direct.indices.exists_alias(name=place.prefix) is False
    with pytest.raises(GenerationMissing):
        store.live()
    with pytest.raises(GenerationMissing):
        store.set_aside()
    place.build("b")
    assert place.store().verify().generation == "2.1"


def test_a_fallback_can_be_made_the_live_one(place: Place) -> None:
    place.build("a")
    place.build("a", "b")
    store = place.store()
    store.set_aside()
    store.roll_back("1.1")
    with closing(store.live()) as writer:
        assert (writer.sequence, writer.documents) == (1, 1)


def lose_an_article(place: Place, number: int) -> None:
    """What was published says that there is one more."""
    generation = place.generation(number)
    state = read(place.direct, generation)
    assert state is not None
    newest = replace(state.recent[0], articles=state.articles + 1)
    write(place.direct, generation, replace(state, recent=(newest, *state.recent[1:])))


def test_scrubbing_takes_out_of_use_what_does_not_hold_what_was_committed(place: Place) -> None:
    place.build("a")
    place.build("a", "b")
    lose_an_article(place, 2)
    store = place.store()
    (damage,) = store.scrub()
    assert "it holds 2 articles where 3 were committed" in damage
    assert alias_of(place) == {f"{place.prefix}-000001"}
    assert store.scrub() == ()
    assert [one.name for one in store.generations()] == ["1.1"]


def test_nobody_goes_back_to_a_damaged_one(place: Place) -> None:
    place.build("a")
    place.build("a", "b")
    lose_an_article(place, 1)
    with pytest.raises(GenerationDamaged, match="it holds 1 articles where 2"):
        place.store().roll_back("1.1")
    assert alias_of(place) == {f"{place.prefix}-000002"}


def test_an_old_generation_goes_a_while_after_it_was_replaced(place: Place) -> None:
    for _ in range(3):
        place.build("a")
    store = place.store()
    first = {f"{place.prefix}-000001", f"{place.prefix}-words-000001"}
    assert first < place.indexes()
    store.scrub()
    assert first < place.indexes(), "somebody may still page through it"
    before = datetime.now(UTC) - kept.GRACE - timedelta(seconds=1)
    change(place, 3, live_since=before.isoformat())
    store.scrub()
    assert place.indexes() == {
        f"{place.prefix}-{kind}{number:06}" for kind in ("", "words-") for number in (2, 3)
    }


def test_a_switch_removes_what_was_replaced_before(place: Place) -> None:
    for _ in range(3):
        place.build("a")
    before = datetime.now(UTC) - kept.GRACE - timedelta(seconds=1)
    change(place, 3, live_since=before.isoformat())
    place.build("a")
    numbers = {name[-6:] for name in place.indexes()}
    assert numbers == {"000002", "000003", "000004"}


def test_indexes_of_others_are_left_alone(place: Place) -> None:
    other = f"{place.prefix}-other-000001"
    place.direct.indices.create(index=other, body={"aliases": {f"{place.prefix}-x": {}}})
    place.build("a")
    place.store().scrub()
    assert [one.name for one in place.store().generations()] == ["1.1"]
    assert other in place.indexes()


def test_a_new_generation_gets_the_averages_of_the_articles(place: Place) -> None:
    writer = place.begun_with(Averages(words=3.5))
    assert writer.average_length == 3.5


def test_a_rebuild_goes_on_with_the_averages_that_it_was_begun_with(place: Place) -> None:
    writer = place.begun_with(Averages(words=3.5))
    writer.put(document("a"), 1)
    writer.commit(1, 700.0)
    place.averages = Averages(words=9.0)
    resumed = place.store().resume()
    assert resumed is not None
    assert resumed.average_length == 3.5


def test_no_generation_succeeds_one_of_other_words(place: Place) -> None:
    place.build("a")
    assert place.store().succeed() is None
    assert place.store().count_stale() is None


@pytest.mark.parametrize("lost", ["before", "after"])
def test_a_generation_is_made_in_spite_of_lost_answers(lost: str, proxy: Proxy, disturbed: Place) -> None:
    """Of the first request of each kind."""
    seen: set[tuple[str, str]] = set()

    def behaviour(asked: Asked, cluster: Cluster) -> Answer | None:
        step = (asked.method, asked.path.partition("?")[0])
        if asked.method not in {"PUT", "POST"} or step in seen:
            return cluster()
        seen.add(step)
        if lost == "after":
            cluster()
        return None

    proxy.behaviour = behaviour
    disturbed.build("a", "b")
    assert disturbed.store().verify().ids == {"a", "b"}
    assert len(seen) > 5
    state = read(disturbed.direct, disturbed.generation(1))
    assert state is not None
    assert state.stage is Stage.FINISHED
    assert disturbed.indexes() == {f"{disturbed.prefix}-000001", f"{disturbed.prefix}-words-000001"}


def test_a_cluster_that_is_away_is_named(
    proxy: Proxy, disturbed: Place, caplog: pytest.LogCaptureFixture
) -> None:
    disturbed.build("a")
    proxy.behaviour = lambda *_: None
    store = disturbed.store()
    steps: tuple[Callable[[IndexStore], object], ...] = (
        lambda store: store.live(),
        lambda store: store.resume(),
        lambda store: store.create(),
        lambda store: store.set_aside(),
        lambda store: store.generations(),
        lambda store: store.roll_back("1.1"),
        lambda store: store.scrub(),
    )
    for step in steps:
        with pytest.raises(ClusterUnavailable, match="no answer"):
            step(store)
    caplog.set_level(logging.WARNING)
    store.remove_unfinished()
    assert "what was begun and not finished stays" in caplog.text
    proxy.behaviour = honest
    assert store.verify().ids == {"a"}


def test_more_ids_than_one_answer_holds_are_all_read(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.opensearch.contents.PAGE", 3)
    names = ["a", "A", "a ", " a", "甲", "𠮷", "é", "e\u0301", "a\0", "%#a"]
    place.build(*names)
    assert place.store().verify().ids == set(names)


def test_the_constants_of_the_tuned_score_can_be_kept(place: Place) -> None:
    """As floats they come back as they were."""
    ranking = Ranking()
    place.scoring = Scoring(k1=ranking.k1, b=ranking.b)
    place.build("a")
    place.store().live().close()

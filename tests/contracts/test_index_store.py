"""The laws of IndexStore, run on every implementation."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace

import pytest

from index.analysis.analyzer import Analyzer
from index.errors import GenerationMissing, GenerationStale
from index.generations_kept import GenerationUnknown
from index.writer import START_AVERAGE_LENGTH, IndexContents
from search.errors import IndexUnavailable
from tests.engines import ArticleLibrary
from tests.index_states import answers, ids, live_writer, put_all, some_articles


def test_no_reader_sees_a_generation_that_is_being_built(library: ArticleLibrary, analyzer: Analyzer) -> None:
    store = library.store()
    engine = library.engine()
    for articles in (some_articles("abc"), some_articles("abcd", seed=1)):
        with closing(store.create()) as writer:
            before = None if not library.stored else answers(engine, analyzer)
            for article in articles:
                put_all(writer, [article], analyzer)
                writer.commit(1, START_AVERAGE_LENGTH)
                if before is None:
                    for reader in (engine, library.engine()):
                        with pytest.raises(IndexUnavailable):
                            reader.snapshot()
                else:
                    assert answers(engine, analyzer) == answers(library.engine(), analyzer) == before
            store.make_live(writer)
        library.stored = {article.id: article for article in articles}
        assert ids(engine.snapshot(), analyzer) == set(library.stored)


def test_while_there_is_no_index_it_is_told_how_far_the_new_one_is(
    library: ArticleLibrary, analyzer: Analyzer
) -> None:
    def told() -> str:
        with pytest.raises(IndexUnavailable) as caught:
            library.engine().snapshot()
        return str(caught.value)

    assert "being built" not in told()
    with closing(library.store().create()) as writer:
        assert "is being built, and covers the journal up to entry 0 so far" in told()
        for sequence in (1, 1_234):
            put_all(writer, some_articles("abc", seed=sequence), analyzer)
            writer.commit(sequence, START_AVERAGE_LENGTH)
        assert told().endswith("is being built, and covers the journal up to entry 1,234 so far")
        library.store().make_live(writer)
    assert ids(library.engine().snapshot(), analyzer) == set("abc")


def test_half_a_generation_is_no_fallback(library: ArticleLibrary, analyzer: Analyzer) -> None:
    """A rebuild was killed half way; then the live generation turns out to be damaged."""
    library.build(some_articles("abc"))
    store = library.store()
    before = answers(library.engine(), analyzer)
    library.build(some_articles("abc", seed=1))
    half = store.create()
    put_all(half, some_articles("a", seed=2), analyzer)
    half.commit(99, START_AVERAGE_LENGTH)
    engine = library.engine()
    store.set_aside()
    assert answers(engine, analyzer) == answers(library.engine(), analyzer) == before


def test_half_a_generation_does_not_push_out_the_good_one(
    library: ArticleLibrary, analyzer: Analyzer
) -> None:
    library.build(some_articles("abc"))
    before = answers(library.engine(), analyzer)
    store = library.store()
    half = store.create()
    put_all(half, some_articles("a", seed=2), analyzer)
    half.commit(99, START_AVERAGE_LENGTH)
    half.close()
    library.build(some_articles("ab", seed=3))
    store.set_aside()
    assert answers(library.engine(), analyzer) == before


def test_a_writer_goes_on_after_its_generation_was_made_live(
    library: ArticleLibrary, analyzer: Analyzer
) -> None:
    store = library.store()
    engine = library.engine()
    with closing(store.create()) as writer:
        put_all(writer, some_articles("ab"), analyzer)
        writer.commit(2, START_AVERAGE_LENGTH)
        store.make_live(writer)
        put_all(writer, some_articles("c"), analyzer)
        writer.commit(3, START_AVERAGE_LENGTH)
    assert ids(engine.snapshot(), analyzer) == {"a", "b", "c"}
    with live_writer(library.store()) as writer:
        assert writer.sequence == 3


def test_what_a_killed_rebuild_left_is_gone_on_with(library: ArticleLibrary, analyzer: Analyzer) -> None:
    library.build(some_articles("ab"))
    store = library.store()
    assert store.resume() is None
    killed = store.create()
    put_all(killed, some_articles("cd"), analyzer)
    killed.commit(4, START_AVERAGE_LENGTH)
    put_all(killed, some_articles("e"), analyzer)
    assert ids(library.engine().snapshot(), analyzer) == {"a", "b"}
    resumed = library.store().resume()
    assert resumed is not None
    with closing(resumed):
        assert (resumed.sequence, resumed.documents) == (4, 2)
        assert resumed.average_length == START_AVERAGE_LENGTH
        put_all(resumed, some_articles("f"), analyzer)
        resumed.commit(5, START_AVERAGE_LENGTH)
        store.make_live(resumed)
    assert ids(library.engine().snapshot(), analyzer) == {"c", "d", "f"}
    assert store.resume() is None


def test_a_generation_stays_unfinished_when_its_writer_is_closed(
    library: ArticleLibrary, analyzer: Analyzer
) -> None:
    library.build(some_articles("ab"))
    store = library.store()
    with closing(store.create()) as writer:
        put_all(writer, some_articles("c"), analyzer)
        writer.commit(9, START_AVERAGE_LENGTH)
    for _ in range(2):
        resumed = store.resume()
        assert resumed is not None
        resumed.close()


def test_nothing_is_resumed_without_a_commit_or_by_another_analyzer(
    library: ArticleLibrary, analyzer: Analyzer
) -> None:
    store = library.store()
    store.create().close()
    assert store.resume() is None
    with closing(store.create()) as writer:
        writer.commit(9, START_AVERAGE_LENGTH)
    newer = type(library)(library.root, replace(analyzer, version="another"))
    assert newer.store().resume() is None


def test_what_was_not_finished_is_removed_when_asked_or_begun_anew(
    library: ArticleLibrary, analyzer: Analyzer
) -> None:
    library.build(some_articles("ab"))
    store = library.store()
    before = library.held()
    for _ in range(3):
        store.create().commit(9, START_AVERAGE_LENGTH)
    store.remove_unfinished()
    assert store.resume() is None
    assert library.held() == before
    store.create().close()
    begun = library.held()
    store.create().commit(9, START_AVERAGE_LENGTH)
    store.create().close()
    assert store.resume() is None
    assert library.held() == begun


def test_verifying_says_what_the_live_generation_holds(library: ArticleLibrary, analyzer: Analyzer) -> None:
    library.build(some_articles("abc"))
    store = library.store()
    assert store.verify() == IndexContents(generation="1.1", sequence=3, ids=frozenset("abc"))
    with live_writer(library.store()) as writer:
        writer.delete("a", 9)
        put_all(writer, some_articles("bd", seed=1), analyzer)
        assert store.verify().ids == frozenset("abc")
        writer.commit(9, writer.average_length)
    assert store.verify() == IndexContents(generation="1.2", sequence=9, ids=frozenset("bcd"))
    library.build([])
    assert store.verify().ids == frozenset()


def test_without_an_index_there_is_nothing_to_verify(library: ArticleLibrary) -> None:
    with pytest.raises(GenerationMissing):
        library.store().verify()


def test_verifying_disturbs_no_writer_and_sees_whole_batches(
    library: ArticleLibrary, analyzer: Analyzer
) -> None:
    """Commits and rebuilds of ten articles each, while others look as fast as they can."""
    library.build(some_articles(f"{number:04}" for number in range(10)))
    stop = threading.Event()

    def look() -> list[int]:
        sizes = []
        while not stop.is_set():
            sizes.append(len(library.store().verify().ids))
        return sizes

    with ThreadPoolExecutor(2) as pool:
        lookers = [pool.submit(look) for _ in range(2)]
        try:
            for batch in range(1, 13):
                fresh = some_articles(f"{number:04}" for number in range(batch * 10, batch * 10 + 10))
                if batch % 4:
                    library.change(fresh, [])
                else:
                    library.build([*library.stored.values(), *fresh])
        finally:
            stop.set()
    for looker in lookers:
        sizes = looker.result()
        assert sizes
        assert sizes == sorted(sizes)
        assert all(size % 10 == 0 for size in sizes)
    assert ids(library.engine().snapshot(), analyzer) == library.store().verify().ids == set(library.stored)


def test_without_an_index_there_is_no_live_writer(library: ArticleLibrary) -> None:
    with pytest.raises(GenerationMissing, match="policy-search rebuild"):
        library.store().live()


def test_an_index_of_another_analyzer_is_stale(library: ArticleLibrary, analyzer: Analyzer) -> None:
    library.build(some_articles("ab"))
    newer = type(library)(library.root, replace(analyzer, version="another"))
    for step in (newer.store().live, newer.store().verify):
        with pytest.raises(GenerationStale, match="another"):
            step()
    with pytest.raises(IndexUnavailable, match="another"):
        newer.engine().snapshot()


def test_setting_aside_brings_back_the_generation_before(library: ArticleLibrary, analyzer: Analyzer) -> None:
    library.build(some_articles("abc"))
    store = library.store()
    engine = library.engine()
    before = answers(engine, analyzer)
    library.build(some_articles("ab", seed=1))
    assert ids(engine.snapshot(), analyzer) == {"a", "b"}
    store.set_aside()
    assert answers(engine, analyzer) == before
    with pytest.raises(GenerationMissing):
        store.live()


def test_only_the_last_two_generations_are_kept(library: ArticleLibrary, analyzer: Analyzer) -> None:
    store = library.store()
    for seed in range(4):
        library.build(some_articles("abc", seed=seed))
    store.set_aside()
    engine = library.engine()
    assert engine.snapshot().generation == "3.1"
    library.build(some_articles("abc", seed=9))
    assert engine.snapshot().generation == "5.1"
    store.set_aside()
    assert engine.snapshot().generation == "3.1"


def names(library: ArticleLibrary) -> list[str]:
    return [kept.name for kept in library.store().generations()]


def test_generations_are_listed_the_live_one_first(library: ArticleLibrary) -> None:
    assert names(library) == []
    library.build(some_articles("abc"))
    library.build(some_articles("ab", seed=1))
    library.store().create().close()
    assert names(library) == ["2.1", "1.1"]
    live, _ = library.store().generations()
    assert live.manifest is not None
    assert live.manifest.articles == 2
    assert live.size > 0
    assert live.damage is None


def test_readers_go_back_to_a_kept_generation(library: ArticleLibrary, analyzer: Analyzer) -> None:
    library.build(some_articles("abc"))
    engine = library.engine()
    before = answers(engine, analyzer)
    library.build(some_articles("ab", seed=1))
    assert answers(engine, analyzer) != before
    library.store().roll_back("1.1")
    assert answers(engine, analyzer) == answers(library.engine(), analyzer) == before
    assert names(library) == ["1.1", "2.1"]
    with live_writer(library.store()) as writer:
        put_all(writer, some_articles("d"), analyzer)
        assert writer.commit(9, writer.average_length) == "1.2"
    assert ids(engine.snapshot(), analyzer) == {"a", "b", "c", "d"}


@pytest.mark.parametrize("name", ["1.2", "2.1", "1", "", "gen-00000001"])
def test_nobody_goes_back_to_what_is_not_kept(library: ArticleLibrary, analyzer: Analyzer, name: str) -> None:
    library.build(some_articles("abc"))
    before = answers(library.engine(), analyzer)
    with pytest.raises(GenerationUnknown):
        library.store().roll_back(name)
    assert answers(library.engine(), analyzer) == before


def test_nobody_goes_back_to_a_generation_of_another_analyzer(
    library: ArticleLibrary, analyzer: Analyzer
) -> None:
    library.build(some_articles("abc"))
    newer = type(library)(library.root, replace(analyzer, version="another"))
    newer.build(some_articles("ab"))
    with pytest.raises(GenerationStale):
        newer.store().roll_back("1.1")
    assert names(newer) == ["2.1", "1.1"]


def test_scrubbing_leaves_what_is_whole(library: ArticleLibrary, analyzer: Analyzer) -> None:
    """What it finds damaged depends on the files of a store: `tests/web/test_daily_check.py`."""
    library.build(some_articles("abc"))
    library.build(some_articles("abc", seed=1))
    before = answers(library.engine(), analyzer)
    assert library.store().scrub() == ()
    assert answers(library.engine(), analyzer) == before
    assert len(library.store().generations()) == 2

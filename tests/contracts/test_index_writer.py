"""The laws of IndexWriter, run on every implementation."""

from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis.analyzer import Analyzer
from index.article import Article
from index.writer import START_AVERAGE_LENGTH
from search.engine import Snapshot
from tests.engines import ArticleLibrary, Library, make_article
from tests.index_states import (
    QUERIES,
    WORDS,
    answers,
    answers_of,
    assert_same,
    ids,
    live_writer,
    put_all,
    some_articles,
)
from tests.opensearch.library import OpenSearchLibrary


def test_nothing_is_seen_before_the_commit(library: ArticleLibrary, analyzer: Analyzer) -> None:
    library.build(some_articles("ab"))
    engine = library.engine()
    before = answers(engine, analyzer)
    with live_writer(library.store()) as writer:
        put_all(writer, some_articles("bc", seed=1), analyzer)
        writer.delete("a", 9)
        assert answers(engine, analyzer) == before
        assert answers(library.engine(), analyzer) == before
        writer.commit(9, writer.average_length)
        assert ids(engine.snapshot(), analyzer) == ids(library.engine().snapshot(), analyzer) == {"b", "c"}


def test_what_was_not_committed_is_dropped_on_close(library: ArticleLibrary, analyzer: Analyzer) -> None:
    library.build(some_articles("ab"))
    before = answers(library.engine(), analyzer)
    writer = library.store().live()
    put_all(writer, some_articles("bc", seed=1), analyzer)
    writer.delete("a", 9)
    writer.close()
    with live_writer(library.store()) as writer:
        writer.commit(5, writer.average_length)
    assert answers(library.engine(), analyzer) == before


OLD = make_article("a", "旧稿走廊")
NEW = make_article("a", "新稿葛店")


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([NEW], "新稿"),
        ([OLD, NEW], "新稿"),
        ([NEW, None], None),
        ([None, NEW], "新稿"),
        ([NEW, None, OLD], "旧稿"),
        ([None, NEW, None], None),
        ([None, None], None),
    ],
    ids=["put", "put put", "put delete", "delete put", "put delete put", "delete put delete", "delete twice"],
)
@pytest.mark.parametrize("stored", [(), (make_article("a", "原稿武汉"),)], ids=["unknown", "known"])
def test_the_last_step_of_a_batch_wins(
    library: ArticleLibrary,
    analyzer: Analyzer,
    stored: tuple[Article, ...],
    steps: list[Article | None],
    expected: str | None,
) -> None:
    other = make_article("b", "原稿旧稿新稿")
    library.build((*stored, other))
    with live_writer(library.store()) as writer:
        for step in steps:
            if step is None:
                writer.delete("a", 9)
            else:
                writer.put(library.document(step), 9)
        writer.commit(9, writer.average_length)
    snapshot = library.engine().snapshot()
    for text in ("原稿", "旧稿", "新稿"):
        assert ids(snapshot, analyzer, f'"{text}"') == ({"a", "b"} if text == expected else {"b"})


def test_deleting_what_is_not_there_changes_nothing(library: ArticleLibrary, analyzer: Analyzer) -> None:
    library.build(some_articles("ab"))
    before = answers(library.engine(), analyzer)
    with live_writer(library.store()) as writer:
        writer.delete("z", 9)
        writer.delete("", 9)
        writer.commit(9, writer.average_length)
    assert answers(library.engine(), analyzer) == before


def test_ids_are_compared_exactly(library: ArticleLibrary, analyzer: Analyzer) -> None:
    names = ["a", "A", "ａ", "a ", " a", "a\0", "甲", "甲 乙", "𠮷", "ab", "é", "e\u0301"]
    library.build([make_article(name, "武汉") for name in names])
    with live_writer(library.store()) as writer:
        for name in names[::2]:
            writer.delete(name, 99)
        writer.commit(99, writer.average_length)
    assert ids(library.engine().snapshot(), analyzer) == set(names[1::2])


def test_the_generation_is_folder_and_commit_and_commits_rise(
    library: ArticleLibrary, analyzer: Analyzer
) -> None:
    library.build(some_articles("ab"))
    store = library.store()
    engine = library.engine()
    assert engine.snapshot().generation == "1.1"
    for commit in (2, 3, 4):
        with closing(store.live()) as writer:
            assert writer.commit(commit + 10, writer.average_length) == f"1.{commit}"
        assert engine.snapshot().generation == f"1.{commit}"
    with closing(store.create()) as writer:
        assert writer.commit(20, START_AVERAGE_LENGTH) == "2.1"
        assert writer.commit(21, START_AVERAGE_LENGTH) == "2.2"
        store.make_live(writer)
    assert engine.snapshot().generation == "2.2"


def test_sequence_and_average_length_are_kept_with_the_commit(
    library: ArticleLibrary, analyzer: Analyzer
) -> None:
    store = library.store()
    with closing(store.create()) as writer:
        assert (writer.sequence, writer.average_length) == (0, START_AVERAGE_LENGTH)
        writer.commit(17, START_AVERAGE_LENGTH, "entry 17")
        assert (writer.sequence, writer.entry) == (17, "entry 17")
        store.make_live(writer)
    with live_writer(library.store()) as writer:
        assert (writer.sequence, writer.entry) == (17, "entry 17")
        assert writer.average_length == START_AVERAGE_LENGTH
    assert library.engine().snapshot().sequence == 17


def test_documents_are_counted_without_deleted_ones(library: ArticleLibrary, analyzer: Analyzer) -> None:
    with closing(library.store().create()) as writer:
        assert writer.documents == 0
        put_all(writer, some_articles("abcdef"), analyzer)
        assert writer.documents == 0
        writer.commit(1, START_AVERAGE_LENGTH)
        put_all(writer, some_articles("b", seed=1), analyzer)
        for name in "ce":
            writer.delete(name, 2)
        writer.commit(2, START_AVERAGE_LENGTH)
        library.store().make_live(writer)
        assert writer.documents == 4
    with live_writer(library.store()) as writer:
        assert writer.documents == 4
        writer.optimise()
        writer.commit(3, writer.average_length)
        assert writer.documents == 4


def test_optimising_waits_for_the_commit(library: ArticleLibrary, analyzer: Analyzer) -> None:
    library.build(some_articles("abcdef"))
    library.change(some_articles("bc", seed=1), ["d"])
    engine = library.engine()
    before = answers(engine, analyzer)
    held = library.held()
    with live_writer(library.store()) as writer:
        writer.optimise()
        assert library.held() == held
    assert engine.snapshot().generation == "1.2"
    assert answers(engine, analyzer) == before


def test_an_empty_index_can_be_optimised(library: ArticleLibrary, analyzer: Analyzer) -> None:
    library.build([])
    library.optimise()
    library.change(some_articles("ab"), [])
    library.change([], ["a", "b"])
    library.optimise()
    assert answers(library.engine(), analyzer) == dict.fromkeys(QUERIES, ())


def test_an_empty_index_answers_with_nothing(library: ArticleLibrary, analyzer: Analyzer) -> None:
    library.build([])
    assert answers(library.engine(), analyzer) == dict.fromkeys(QUERIES, ())


def test_an_index_can_lose_all_articles_and_be_filled_again(
    library: ArticleLibrary, analyzer: Analyzer
) -> None:
    articles = some_articles("abcdef")
    library.build(articles)
    before = answers(library.engine(), analyzer)
    for article in articles:
        library.change([], [article.id])
    assert answers(library.engine(), analyzer) == dict.fromkeys(QUERIES, ())
    for article in articles:
        library.change([article], [])
    library.forget_deleted()
    assert_same(answers(library.engine(), analyzer), before)


Step = tuple[str, str | None]


"""An id and the words put under it; None deletes it."""


step = st.tuples(st.sampled_from("abcdefgh"), st.none() | st.text(WORDS[0] + WORDS[4] + "，", min_size=1))


histories = st.lists(st.lists(step, max_size=8), min_size=1, max_size=12)


@settings(max_examples=20)
@given(history=histories)
def test_any_history_equals_a_rebuild_of_what_is_left(analyzer: Analyzer, history: list[list[Step]]) -> None:
    check_history(Library, analyzer, history)


@pytest.mark.opensearch
@settings(max_examples=4)
@given(history=histories.map(lambda history: history[:4]))
def test_any_history_equals_a_rebuild_of_what_is_left_in_a_cluster(
    analyzer: Analyzer, history: list[list[Step]]
) -> None:
    """Fewer and shorter ones: a commit takes a hundred times as long."""
    check_history(OpenSearchLibrary, analyzer, history)


def check_history(
    implementation: type[ArticleLibrary], analyzer: Analyzer, history: list[list[Step]]
) -> None:
    """Match sets against plain `in` after each commit; scores when no deleted article is left to count."""
    with TemporaryDirectory() as folder, ExitStack() as stack:
        library = implementation(Path(folder) / "incremental", analyzer)
        stack.callback(library.discard)
        library.build([])
        engine = library.engine()
        model: dict[str, Article] = {}
        for number, batch in enumerate(history, 1):
            with live_writer(library.store()) as writer:
                for name, words in batch:
                    if words is None:
                        model.pop(name, None)
                        writer.delete(name, number)
                    else:
                        model[name] = make_article(name, words, title=WORDS[number % len(WORDS)])
                        writer.put(library.document(model[name]), number)
                writer.commit(number, writer.average_length)
            check_against(engine.snapshot(), model, analyzer)
        library.optimise()
        check_against(engine.snapshot(), model, analyzer)
        library.stored = model
        library.forget_deleted()
        rebuilt = implementation(Path(folder) / "rebuilt", analyzer)
        stack.callback(rebuilt.discard)
        rebuilt.build(model.values())
        assert_same(answers(engine, analyzer), answers(rebuilt.engine(), analyzer))


def check_against(snapshot: Snapshot, model: dict[str, Article], analyzer: Analyzer) -> None:
    assert ids(snapshot, analyzer) == set(model)
    for text in ("科", "科技", "新科", *WORDS):
        expected = {name for name, article in model.items() if text in article.title or text in article.body}
        assert ids(snapshot, analyzer, f'"{text}"') == expected, text


def test_many_small_commits_equal_one_build(library: ArticleLibrary, analyzer: Analyzer) -> None:
    """Enough commits for an engine that merges its segments to merge most of them several times."""
    names = [f"{number:03}" for number in range(120)]
    library.build([])
    engine = library.engine()
    kept = engine.pin(engine.snapshot().generation)
    for at in range(0, len(names), 4):
        replaced = [library.stored[name] for name in names[max(0, at - 6) : at : 5] if name in library.stored]
        fresh = [replace(article, title="鄂州走廊") for article in replaced]
        doomed = [name for name in names[max(0, at - 9) : at : 7] if name in library.stored]
        library.change(some_articles(names[at : at + 4]) + fresh, doomed)
        snapshot = engine.snapshot()
        assert ids(snapshot, analyzer) == set(library.stored)
    assert answers_of(kept, analyzer) == dict.fromkeys(QUERIES, ())
    library.forget_deleted()
    incremental = answers(engine, analyzer)
    library.build(list(library.stored.values()))
    assert_same(incremental, answers(engine, analyzer))

"""The laws of a snapshot's list of words, and of their counts."""

from random import Random

from search.engine import WordCounts
from tests.contracts.document_index import MadeIndex
from tests.plan_trees import Change, Optimise, document, document_id


def test_every_word_is_listed_once_with_its_articles(document_library: MadeIndex) -> None:
    random = Random(11)
    documents = [document(random, number) for number in range(40)]
    document_library.build(documents[:30])
    document_library.apply(Change(tuple(documents[30:]), ()))
    listed = list(document_library.snapshot().words())
    assert len(listed) == len(dict(listed))
    assert dict(listed) == document_library.oracle(documents).words()


def test_words_are_counted_over_all_segments(document_library: MadeIndex) -> None:
    random = Random(13)
    documents = [document(random, number) for number in range(40)]
    document_library.build(documents[:25])
    document_library.apply(Change(tuple(documents[25:]), ()))
    words = (*sorted({word for one in documents for word in one.words}), "没有", "")
    counts = document_library.snapshot().count_words(words)
    assert counts == document_library.oracle(documents).count_words(words)
    assert counts.documents == 40
    assert list(counts.holding) == list(words)
    assert document_library.snapshot().count_words(()).holding == {}


def test_deleted_articles_count_until_they_are_merged_away_at_most(document_library: MadeIndex) -> None:
    random = Random(14)
    documents = [document(random, number) for number in range(10)]
    document_library.build(documents)
    word = next(iter(documents[3].words))
    before = document_library.snapshot().count_words([word])
    fewer = WordCounts(before.documents - 1, {word: before.holding[word] - 1})
    document_library.apply(Change((), (document_id(3),)))
    deleted = document_library.snapshot().count_words([word])
    assert deleted == (before if document_library.counts_deleted else fewer)
    document_library.apply(Optimise())
    assert document_library.snapshot().count_words([word]) == fewer


def test_words_of_deleted_articles_are_gone_once_they_are_merged_away(
    document_library: MadeIndex,
) -> None:
    random = Random(12)
    documents = [document(random, number) for number in range(20)]
    document_library.build(documents)
    document_library.apply(Change((), (document_id(3),)))
    document_library.apply(Optimise())
    left = document_library.oracle([one for one in documents if one.id != document_id(3)])
    assert dict(document_library.snapshot().words()) == left.words()


def test_an_index_of_nothing_has_no_words(document_library: MadeIndex) -> None:
    document_library.build(())
    assert list(document_library.snapshot().words()) == []


def test_words_are_counted_by_their_beginning(document_library: MadeIndex) -> None:
    random = Random(7)
    documents = [document(random, number) for number in range(60)]
    document_library.build(documents)
    document_library.apply(Change(tuple(documents[:20]), ()))
    oracle, snapshot = document_library.oracle(documents), document_library.snapshot()
    words = {word for one in documents for word in one.words}
    prefixes = {word[:length] for word in words for length in range(len(word) + 1)} | {"没有", "中国x"}
    for prefix in prefixes:
        assert snapshot.words_with(prefix) == oracle.words_with(prefix), prefix


def test_words_of_a_later_commit_are_none_of_an_earlier_state(document_library: MadeIndex) -> None:
    random = Random(15)
    documents = [document(random, number) for number in range(20)]
    document_library.build(documents[:2])
    before = document_library.snapshot()
    listed, counted = dict(before.words()), before.words_with("")
    document_library.apply(Change(tuple(documents[2:]), ()))
    assert document_library.snapshot().words_with("") > counted
    assert (dict(before.words()), before.words_with("")) == (listed, counted)

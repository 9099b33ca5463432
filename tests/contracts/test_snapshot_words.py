"""The laws of a snapshot's list of words, and of their counts."""

from random import Random

from tests.engines import DocumentLibrary
from tests.plan_oracle import Oracle
from tests.plan_trees import Change, Optimise, document, document_id


def test_every_word_is_listed_once_with_its_articles(document_library: DocumentLibrary) -> None:
    random = Random(11)
    documents = [document(random, number) for number in range(40)]
    document_library.build(documents[:30])
    document_library.apply(Change(tuple(documents[30:]), ()))
    listed = list(document_library.snapshot().words())
    assert len(listed) == len(dict(listed))
    assert dict(listed) == Oracle(documents, document_library.average_length).words()


def test_words_are_counted_over_all_segments(document_library: DocumentLibrary) -> None:
    random = Random(13)
    documents = [document(random, number) for number in range(40)]
    document_library.build(documents[:25])
    document_library.apply(Change(tuple(documents[25:]), ()))
    words = (*sorted({word for one in documents for word in one.words}), "没有", "")
    counts = document_library.snapshot().count_words(words)
    assert counts == Oracle(documents, document_library.average_length).count_words(words)
    assert counts.documents == 40
    assert list(counts.holding) == list(words)
    assert document_library.snapshot().count_words(()).holding == {}


def test_deleted_articles_count_until_they_are_merged_away(document_library: DocumentLibrary) -> None:
    random = Random(14)
    documents = [document(random, number) for number in range(10)]
    document_library.build(documents)
    word = next(iter(documents[3].words))
    before = document_library.snapshot().count_words([word])
    document_library.apply(Change((), (document_id(3),)))
    assert document_library.snapshot().count_words([word]) == before
    document_library.apply(Optimise())
    after = document_library.snapshot().count_words([word])
    assert (after.documents, after.holding[word]) == (before.documents - 1, before.holding[word] - 1)


def test_words_of_deleted_articles_are_gone_once_they_are_merged_away(
    document_library: DocumentLibrary,
) -> None:
    random = Random(12)
    documents = [document(random, number) for number in range(20)]
    document_library.build(documents)
    document_library.apply(Change((), (document_id(3),)))
    document_library.apply(Optimise())
    left = Oracle([one for one in documents if one.id != document_id(3)], document_library.average_length)
    assert dict(document_library.snapshot().words()) == left.words()


def test_an_index_of_nothing_has_no_words(document_library: DocumentLibrary) -> None:
    document_library.build(())
    assert list(document_library.snapshot().words()) == []

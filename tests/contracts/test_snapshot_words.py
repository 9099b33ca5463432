"""The laws of a snapshot's list of words."""

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

"""Whether a document of the index of articles says what is stored.

What is packed is compared by what it means: another version of the program may pack it otherwise. Of what is
damaged in the database nothing is compared: the check of the database tells that.
"""

from collections.abc import Callable
from typing import Any, Final

from index.article_copy import ArticleRecord, ClusterRecord, DeletedRecord
from index.errors import CorpusDamaged
from index.opensearch.article_documents import (
    Document,
    article_document,
    article_in,
    cluster_document,
    cluster_in,
    count_in,
    original_document,
    original_in,
)
from index.opensearch.article_index import DATA, FAULT, KIND

_PACKED: Final = frozenset({DATA, FAULT})


def is_article_as_stored(record: ArticleRecord | DeletedRecord, document: Document) -> bool:
    """Of the document of an article, or of one that was deleted."""
    if isinstance(record, ArticleRecord) and record.article.data is None:
        return True
    return _says_the_same(document, article_document(record), lambda one: article_in(one, record.id))


def is_original_as_stored(record: ArticleRecord, document: Document) -> bool:
    """Of the document of what came in for an article."""
    if record.original.data is None:
        return True
    return _says_the_same(document, original_document(record), lambda one: original_in(one, record.id))


def is_cluster_as_stored(record: ClusterRecord, document: Document) -> bool:
    """Of the document of a cluster of copies, whenever it was written."""
    if record.fault:
        return True
    expected = cluster_document(record, 0)
    if document.get(KIND) != expected[KIND]:
        return False
    try:
        return (cluster_in(document), count_in(document)) == (record.cluster, record.count)
    except (CorpusDamaged, KeyError):
        return False


def _says_the_same(document: Document, expected: Document, read: Callable[[Document], object]) -> bool:
    """Whether all that is not packed is equal, and what is packed is, or `read` finds the same in it."""
    return _plain(document) == _plain(expected) and (
        _is_equal_data(document, expected) or read(document) == read(expected)
    )


def _plain(document: Document) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name not in _PACKED}


def _is_equal_data(document: Document, expected: Document) -> bool:
    return FAULT not in document and document.get(DATA) == expected.get(DATA)

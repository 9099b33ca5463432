"""Stored articles, originals and clusters of copies as documents of the index of articles, and back."""

import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping
from enum import Enum
from typing import Any, Final

import msgspec

from index.article import Article, Original
from index.article_copy import ArticleRecord, ClusterRecord, DeletedRecord, Packed
from index.article_reader import DamagedArticle
from index.corpus.packing import unpack_article, unpack_original
from index.errors import CorpusDamaged
from index.opensearch.article_index import (
    ADDED,
    CLUSTER,
    DATA,
    EARLIEST,
    FAULT,
    ID,
    KEY,
    KIND,
    MAX_TITLE,
    ORDER,
    OTHERS,
    PUBLISHED,
    REPAIRED,
    SEQUENCE,
    TITLE,
)
from index.reposts.cluster import Cluster, CopyCount

Document = Mapping[str, Any]
"""The fields of a document; one without a value has no field."""


class Kind(Enum):
    """What a document is of."""

    ARTICLE = "article"
    DELETED = "deleted"
    ORIGINAL = "original"
    CLUSTER = "cluster"


_CLUSTER: Final = msgspec.msgpack.Decoder(Cluster)


def article_document(record: ArticleRecord | DeletedRecord) -> Document:
    """The document of an article; of one that was deleted what says so."""
    if isinstance(record, DeletedRecord):
        return {KIND: Kind.DELETED.value, ID: record.id, SEQUENCE: record.sequence}
    return _with_values(
        {
            KIND: Kind.ARTICLE.value,
            ID: record.id,
            SEQUENCE: record.sequence,
            KEY: record.key,
            CLUSTER: record.cluster,
            ADDED: record.added,
            PUBLISHED: record.published,
            ORDER: record.order,
            TITLE: record.title[:MAX_TITLE] or None,
            REPAIRED: record.is_repaired,
            **_packed(record.article),
        }
    )


def original_document(record: ArticleRecord) -> Document:
    """The document of what came in for an article."""
    return _with_values(
        {
            KIND: Kind.ORIGINAL.value,
            ID: record.id,
            SEQUENCE: record.sequence,
            **_packed(record.original),
        }
    )


def cluster_document(record: ClusterRecord, sequence: int) -> Document:
    """The document of a cluster of copies, as it was when the newest journal entry was `sequence`."""
    cluster, count = record.cluster, record.count
    return _with_values(
        {
            KIND: Kind.CLUSTER.value,
            SEQUENCE: sequence,
            OTHERS: None if count is None else count.others,
            EARLIEST: None if count is None else count.earliest,
            FAULT: record.fault or None,
            DATA: None if cluster is None else _text(zlib.compress(msgspec.msgpack.encode(cluster))),
        }
    )


def is_live(document: Document) -> bool:
    """Whether it is of an article that is stored."""
    return document.get(KIND) == Kind.ARTICLE.value


def is_deleted(document: Document) -> bool:
    """Whether it is of an article that was deleted."""
    return document.get(KIND) == Kind.DELETED.value


def article_in(document: Document, article_id: str) -> Article | DamagedArticle:
    """The article with this id, checked as one that is read from the database."""
    try:
        return _fault(document) or unpack_article(article_id, _data(document))
    except CorpusDamaged as error:
        return _damaged(article_id, error.reason)
    except ValueError as error:
        return _damaged(article_id, str(error))


def original_in(document: Document, article_id: str) -> Original | DamagedArticle:
    """What came in for the article with this id, checked as if it was read from the database."""
    try:
        return _fault(document) or unpack_original(article_id, _data(document))
    except CorpusDamaged as error:
        return _damaged(article_id, error.reason)
    except ValueError as error:
        return _damaged(article_id, f"its original: {error}")


def cluster_in(document: Document) -> Cluster | None:
    """A cluster of copies; None where hardly any copy is whole. Raises CorpusDamaged."""
    if FAULT in document:
        raise CorpusDamaged(document[FAULT])
    if DATA not in document:
        return None
    try:
        return _CLUSTER.decode(zlib.decompress(_data(document)))
    except (zlib.error, msgspec.DecodeError, ValueError) as error:
        raise CorpusDamaged(
            f"a cluster of copies is damaged in the search cluster ({error}); {_MENDING}"
        ) from error


def count_in(document: Document) -> CopyCount | None:
    """How many copies each member of a cluster has; None where it has none that is whole."""
    if OTHERS not in document:
        return None
    return CopyCount(document[OTHERS], document[EARLIEST])


_MENDING: Final = "run `policy-search rebuild` on the machine that ingests"


def _damaged(article_id: str, reason: str) -> DamagedArticle:
    return DamagedArticle(
        f"the copy of article {article_id} in the search cluster is damaged ({reason}); {_MENDING}"
    )


def _fault(document: Document) -> DamagedArticle | None:
    """What was wrong already when it was copied."""
    return DamagedArticle(document[FAULT]) if FAULT in document else None


def _packed(packed: Packed) -> Document:
    return {DATA: None if packed.data is None else _text(packed.data), FAULT: packed.fault or None}


def _with_values(fields: Document) -> Document:
    return {name: value for name, value in fields.items() if value is not None}


def _text(data: bytes) -> str:
    return b64encode(data).decode("ascii")


def _data(document: Document) -> bytes:
    """Raises ValueError where it is none."""
    return b64decode(document.get(DATA, ""), validate=True)

"""An article that goes into a document and comes back is the one that is read from the database, checked as
that one is."""

import zlib
from base64 import b64decode, b64encode
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article, Original
from index.article_copy import ArticleRecord, DeletedRecord
from index.article_reader import DamagedArticle
from index.corpus.copying import CorpusCopySource
from index.corpus.fingerprint import article_digest
from index.corpus.reader import CorpusReader
from index.corpus.writer import CorpusWriter
from index.data_folder import DataFolder
from index.errors import CorpusDamaged
from index.opensearch.article_documents import (
    Document,
    article_document,
    article_in,
    cluster_document,
    cluster_in,
    count_in,
    is_deleted,
    is_live,
    original_document,
    original_in,
)
from index.opensearch.article_index import DATA, index_body
from index.writer_lock import WriterLock
from tests.index.corpus import samples
from tests.index.corpus.copies import CUT, FIRST, spoil
from tests.index.corpus.samples import ARTICLE, numbered, remove, store
from tests.index.corpus.test_damage import DAMAGE, DAMAGED_ORIGINALS

ALL = 1_000_000


Documents = tuple[Document, Document, Document]


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Documents:
    """Those of an article, of its original and of a cluster."""
    folder = DataFolder(tmp_path_factory.mktemp("documents") / "data")
    folder.create()
    store(folder, ARTICLE, FIRST, CUT)
    record = record_of(folder, ARTICLE.id)
    with closing(CorpusCopySource.open(folder)) as source:
        [cluster] = source.clusters(source.cluster_numbers(-1, ALL)).found
    return article_document(record), original_document(record), cluster_document(cluster, 3)


def records(folder: DataFolder) -> tuple[ArticleRecord | DeletedRecord, ...]:
    with closing(CorpusCopySource.open(folder)) as source:
        return tuple(source.records(0, ALL, ALL))


def record_of(folder: DataFolder, article_id: str) -> ArticleRecord:
    [record] = (one for one in records(folder) if one.id == article_id)
    assert isinstance(record, ArticleRecord)
    return record


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    return folder


@given(article=samples.articles, original=samples.originals)
def test_any_article_comes_back_with_its_original(article: Article, original: Original) -> None:
    with TemporaryDirectory() as place:
        folder = DataFolder(Path(place) / "data")
        folder.create()
        with WriterLock(folder.lock), CorpusWriter.open(folder) as writer:
            writer.put(article, original)
            writer.commit()
        record = record_of(folder, article.id)
    document = article_document(record)
    assert is_live(document)
    assert not is_deleted(document)
    assert article_in(document, article.id) == article
    assert original_in(original_document(record), article.id) == original
    assert record.title == article.title


def test_every_field_of_a_document_is_in_the_mapping(folder: DataFolder) -> None:
    store(folder, ARTICLE, FIRST, CUT, numbered(1), numbered(2))
    remove(folder, numbered(1).id)
    spoil(folder, "UPDATE article SET title = '' WHERE id = 'hubei-1'")
    with closing(CorpusCopySource.open(folder)) as source:
        clusters = source.clusters(source.cluster_numbers(-1, ALL)).found
    assert len(clusters) == 1
    documents: list[Document] = [cluster_document(cluster, 5) for cluster in clusters]
    for record in records(folder):
        documents.append(article_document(record))
        if isinstance(record, ArticleRecord):
            documents.append(original_document(record))
    mapped = index_body(1, 0, ())["mappings"]["properties"]
    assert {field for document in documents for field in document} == set(mapped)


@pytest.mark.parametrize("statement", DAMAGE.values(), ids=DAMAGE.keys())
def test_what_is_damaged_when_it_is_copied_says_so(folder: DataFolder, statement: str) -> None:
    """With the words of the database, where it has to be mended."""
    store(folder, ARTICLE)
    spoil(folder, statement)
    record = record_of(folder, ARTICLE.id)
    with CorpusReader.open(folder) as reader:
        said = reader.articles([ARTICLE.id])[ARTICLE.id]
        original = reader.original(ARTICLE.id)
    assert isinstance(said, DamagedArticle)
    assert article_in(article_document(record), ARTICLE.id) == said
    assert original_in(original_document(record), ARTICLE.id) == original


@pytest.mark.parametrize("statement", DAMAGED_ORIGINALS.values(), ids=DAMAGED_ORIGINALS.keys())
def test_a_damaged_original_says_so(folder: DataFolder, statement: str) -> None:
    store(folder, ARTICLE)
    with WriterLock(folder.lock), CorpusWriter.open(folder) as writer:
        writer.put(numbered(1), Original(b"other", "text/plain", "utf-8"))
        writer.commit()
    spoil(folder, statement)
    record = record_of(folder, ARTICLE.id)
    with CorpusReader.open(folder) as reader:
        said = reader.original(ARTICLE.id)
    assert isinstance(said, DamagedArticle)
    assert original_in(original_document(record), ARTICLE.id) == said
    assert article_in(article_document(record), ARTICLE.id) == ARTICLE


def test_an_article_whose_id_is_damaged_stops_no_other(folder: DataFolder) -> None:
    store(folder, ARTICLE, numbered(1))
    spoil(folder, "UPDATE article SET id = CAST(x'ff' AS TEXT) WHERE id = 'hubei-1'")
    damaged, whole = records(folder)
    assert isinstance(damaged, DeletedRecord)
    assert article_in(article_document(whole), whole.id) == numbered(1)


def unpacked(document: Document) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    return msgspec.msgpack.decode(
        zlib.decompress(b64decode(document[DATA])), type=tuple[dict[str, Any], list[dict[str, Any]]]
    )


def with_columns(document: Document, **columns: bytes) -> Document:
    """A document with other columns, whole but for the digest."""
    row, repairs = unpacked(document)
    return with_data(document, zlib.compress(msgspec.msgpack.encode((row | columns, repairs))))


def with_data(document: Document, data: bytes) -> Document:
    return {**document, DATA: b64encode(data).decode()}


OTHER_BODY = "另一段正文。"


def test_another_text_in_a_whole_document_is_noticed(folder: DataFolder) -> None:
    store(folder, ARTICLE)
    document = article_document(record_of(folder, ARTICLE.id))
    damaged = article_in(with_columns(document, body=OTHER_BODY.encode()), ARTICLE.id)
    assert isinstance(damaged, DamagedArticle)
    assert "its content is not what was stored" in damaged.reason
    assert "policy-search rebuild" in damaged.reason


def test_control_only_the_digest_tells_that_text_from_the_stored_one(folder: DataFolder) -> None:
    store(folder, ARTICLE)
    document = article_document(record_of(folder, ARTICLE.id))
    row, _ = unpacked(document)
    other = replace(ARTICLE, body=OTHER_BODY)
    fitting = article_digest(other, row["original_digest"])
    assert article_in(with_columns(document, body=OTHER_BODY.encode(), digest=fitting), ARTICLE.id) == other


@given(draw=st.data())
def test_a_changed_bit_gives_out_no_other_article(documents: Documents, draw: st.DataObject) -> None:
    article, original, cluster = documents
    for document, read in (
        (article, lambda one: article_in(one, ARTICLE.id)),
        (original, lambda one: original_in(one, ARTICLE.id)),
    ):
        found = read(flipped(document, draw))
        assert isinstance(found, DamagedArticle) or found == read(document)
    with suppress(CorpusDamaged):
        assert cluster_in(flipped(cluster, draw)) == cluster_in(cluster)


def flipped(document: Document, draw: st.DataObject) -> Document:
    data = bytearray(b64decode(document[DATA]))
    data[draw.draw(st.integers(0, len(data) - 1))] ^= 1 << draw.draw(st.integers(0, 7))
    return with_data(document, bytes(data))


BROKEN = {
    "nothing": b"",
    "no zlib": b"article",
    "no rows": zlib.compress(b"\xc1"),
    "rows of another shape": zlib.compress(msgspec.msgpack.encode({"id": b"hubei-1"})),
    "rows without columns": zlib.compress(msgspec.msgpack.encode(({}, []))),
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN.keys())
def test_what_cannot_be_unpacked_is_named(documents: Documents, data: bytes) -> None:
    article, original, cluster = (with_data(document, data) for document in documents)
    for damaged in (article_in(article, ARTICLE.id), original_in(original, ARTICLE.id)):
        assert isinstance(damaged, DamagedArticle)
        assert "the copy of article hubei-1 in the search cluster is damaged" in damaged.reason
    with pytest.raises(CorpusDamaged, match="damaged in the search cluster"):
        cluster_in(cluster)


def test_a_document_in_the_place_of_another_is_noticed(folder: DataFolder) -> None:
    store(folder, ARTICLE, numbered(1))
    record = record_of(folder, ARTICLE.id)
    for damaged in (
        article_in(article_document(record), numbered(1).id),
        original_in(original_document(record), numbered(1).id),
    ):
        assert isinstance(damaged, DamagedArticle)
        assert "another article" in damaged.reason


def test_a_cluster_comes_back_with_its_counts(folder: DataFolder) -> None:
    store(folder, FIRST, CUT)
    with closing(CorpusCopySource.open(folder)) as source, CorpusReader.open(folder) as reader:
        [cluster] = source.clusters(source.cluster_numbers(-1, ALL)).found
        document = cluster_document(cluster, 2)
        assert cluster_in(document) == reader.cluster("first")
        assert count_in(document) == reader.copy_counts(["first"])["first"]


def test_a_cluster_that_does_not_hang_together_says_so(folder: DataFolder) -> None:
    store(folder, FIRST, CUT)
    spoil(folder, "DELETE FROM repost_pair")
    with closing(CorpusCopySource.open(folder)) as source, CorpusReader.open(folder) as reader:
        [cluster] = source.clusters(source.cluster_numbers(-1, ALL)).found
        with pytest.raises(CorpusDamaged) as stored:
            reader.cluster("first")
        document = cluster_document(cluster, 2)
        with pytest.raises(CorpusDamaged) as copied:
            cluster_in(document)
        assert str(copied.value) == str(stored.value)
        assert count_in(document) == reader.copy_counts(["first"])["first"]

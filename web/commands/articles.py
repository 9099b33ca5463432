"""`delete` and `export`: single articles in and out of the truth."""

from collections.abc import Iterator
from dataclasses import dataclass

from index.article import Article
from index.article_reader import DamagedArticle
from index.corpus.reader import CorpusReader
from index.corpus.writer import CorpusWriter
from index.data_folder import DataFolder
from index.writer_lock import WriterLock
from search.errors import ArticleDamaged, ArticleNotFound
from web.presenters.dates import iso_time


@dataclass(frozen=True, slots=True)
class DeletionReport:
    """How many articles were deleted, and which ids there was none of.

    `generation` is the first one without them; null while another process is indexing.
    """

    deleted: int
    missing: tuple[str, ...]
    generation: str | None


def delete(folder: DataFolder, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Delete articles; returns the ids that there were none of. Durable when it returns."""
    with WriterLock(folder.lock), CorpusWriter.open(folder) as writer:
        missing = tuple(article_id for article_id in dict.fromkeys(ids) if not writer.delete(article_id))
        writer.commit()
    return missing


def export(folder: DataFolder) -> Iterator[dict[str, object]]:
    """Every article by id, in the form that `ingest` reads back."""
    with CorpusReader.open(folder) as articles:
        yield from map(_record, articles.export())


def original(folder: DataFolder, article_id: str) -> bytes:
    """What came in for an article, byte for byte. Raises ArticleNotFound and ArticleDamaged."""
    with CorpusReader.open(folder) as articles:
        found = articles.original(article_id)
    if found is None:
        raise ArticleNotFound(f"there is no article {article_id}")
    if isinstance(found, DamagedArticle):
        raise ArticleDamaged(found.reason)
    return found.data


def _record(article: Article) -> dict[str, object]:
    """The article as a record; a value that is missing is left out."""
    values: dict[str, object] = {
        "id": article.id,
        "title": article.title,
        "lead": article.lead,
        "text": article.body,
        "url": article.url,
        "source": article.source,
        "written_by": article.origin,
        "published": None if article.published is None else iso_time(article.published),
        "region": article.region_hint,
        "category": article.category,
        "tags": article.tags,
        "notice": article.notice,
        "related": article.related,
    }
    return {name: value for name, value in values.items() if value}

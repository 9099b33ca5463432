"""A data folder whose articles are copied into the node that all tests share, and both read side by side."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from itertools import count

from opensearchpy import OpenSearch

from index.corpus.copying import CorpusCopySource
from index.corpus.reader import CorpusReader
from index.corpus.writer import CorpusWriter
from index.data_folder import DataFolder
from index.opensearch.article_writer import ArticleCopier
from index.opensearch.articles import ClusterArticles
from index.opensearch.connection import OpenSearchSettings, connect
from tests.opensearch.cluster import fresh_prefix, node_url

Made = Callable[[OpenSearch, str, CorpusCopySource], ArticleCopier]


@dataclass(frozen=True, slots=True)
class ArticleSite:
    """`copied` looks at each call what the cluster says of itself."""

    folder: DataFolder
    client: OpenSearch
    prefix: str
    source: CorpusCopySource
    stored: CorpusReader
    copied: ClusterArticles

    def copier(self, make: Made = ArticleCopier) -> ArticleCopier:
        """One that knows nothing of those before it, as after a restart."""
        return make(self.client, self.prefix, self.source)

    def copy(self) -> None:
        """Have the cluster hold all that is stored."""
        self.copier().cover(self.source.last_sequence())

    def indexes(self) -> Sequence[str]:
        """The names of the indexes of articles."""
        return sorted(self.client.indices.get(index=f"{self.prefix}-articles-*"))

    def members(self, article_id: str) -> set[str]:
        """The ids in the cluster of copies of an article, as they are copied; its own where it has none."""
        cluster = self.copied.cluster(article_id)
        return {article_id} if cluster is None else {copy.id for copy in cluster.copies}


@contextmanager
def article_site(folder: DataFolder) -> Iterator[ArticleSite]:
    """A site with nothing stored, and nothing copied; what it made in the cluster goes at the end."""
    CorpusWriter.open(folder).close()
    with ExitStack() as stack:
        prefix = stack.enter_context(fresh_prefix(node_url()))
        client = stack.enter_context(closing(connect(OpenSearchSettings(urls=(node_url(),)))))
        source = stack.enter_context(closing(CorpusCopySource.open(folder)))
        stored = stack.enter_context(CorpusReader.open(folder))
        seconds = count(step=60.0)
        copied = ClusterArticles(client, prefix, lambda: next(seconds))
        yield ArticleSite(folder, client, prefix, source, stored, copied)


def assert_alike(site: ArticleSite, ids: Iterable[str]) -> None:
    """Every method of an ArticleReader, and the titles, say of the copy what they say of the database."""
    ids = tuple(ids)
    stored, copied = site.stored, site.copied
    articles = copied.articles(ids)
    assert articles == stored.articles(ids)
    assert list(articles) == list(stored.articles(ids))
    assert copied.copy_counts(ids) == stored.copy_counts(ids)
    assert copied.times_added(ids) == stored.times_added(ids)
    page = copied.page(iter(ids))
    assert (page.articles(), page.copy_counts()) == (articles, stored.copy_counts(ids))
    assert page.times_added(ids[::2]) == stored.times_added(ids[::2])
    for article_id in ids:
        assert copied.original(article_id) == stored.original(article_id)
        assert copied.is_deleted(article_id) == stored.is_deleted(article_id)
        assert copied.cluster(article_id) == stored.cluster(article_id)
    assert copied.stats() == stored.stats()
    last = stored.last_sequence()
    assert copied.last_sequence() == last
    assert copied.newest_entry() == stored.newest_entry() == (last, stored.entry(last))
    for limit in (0, 2, 1_000):
        assert copied.titles(limit) == stored.titles(limit)

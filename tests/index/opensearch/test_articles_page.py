"""What a machine shows that has nothing but the cluster is what one shows that has the database."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http import HTTPStatus

import pytest
from starlette.testclient import TestClient

from index.analysis.analyzer import Analyzer
from index.article_reader import ArticleReader
from index.averages import Averages
from index.data_folder import DataFolder
from index.indexer import Indexer
from index.opensearch.article_index import DATA, article_key
from index.opensearch.articles import ClusterArticles
from index.opensearch.copied_journal import CopiedJournal
from index.opensearch.published import Scoring
from index.opensearch.served_analyzers import ServedAnalyzers
from index.opensearch.state import OperatorState
from index.opensearch.store import OpenSearchStore, StoreSettings
from index.regions.resolve import RegionResolver
from index.regions.tree import Regions
from index.text.folding import Folding
from index.text.repair import Repairer
from search.opensearch.engine import OpenSearchEngine
from search.ranking import TUNED
from search.rules.expansion_setup import load_expander
from search.rules.query_rules import QueryRules
from search.service import SearchService
from search.synonyms.rules import SynonymFile
from tests.index.opensearch.article_site import ArticleSite, article_site
from tests.web.known_regions import REGIONS
from web.app import create_app
from web.commands.serving import load_sample
from web.settings import WebSettings

pytestmark = pytest.mark.opensearch

ADDRESSES = (
    "/articles/{id}",
    "/articles/{id}?q=创新 发展",
    "/articles/{id}/citation.ris",
    "/api/v1/articles/{id}?q=创新",
    "/api/v1/articles/{id}?text=original",
    "/api/v1/articles/{id}/similar",
    "/api/v1/articles/{id}/duplicates",
)
"""Of one article, all that is shown of it."""

Clients = tuple[TestClient, TestClient]
"""One that reads articles from the database, and one that has nothing but the cluster."""

UNKNOWN = ("no-such-article", "x" * 300)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, analyzer: Analyzer) -> Iterator[ArticleSite]:
    """The sample that comes with the program: stored, and, in the cluster, copied and indexed."""
    folder = DataFolder(tmp_path_factory.mktemp("sample") / "data")
    folder.create()
    with article_site(folder) as site:
        load_sample(folder, analyzer)
        OperatorState(site.client, site.prefix).put_words(analyzer)
        Indexer(CopiedJournal(site.stored, site.copier()), analyzer, store_of(site, analyzer)).rebuild(
            lambda _: None, reason="a test"
        )
        yield site


def store_of(site: ArticleSite, analyzer: Analyzer) -> OpenSearchStore:
    settings = StoreSettings(
        analyzer=analyzer.version, scoring=Scoring(k1=TUNED.k1, b=TUNED.b), averages=Averages
    )
    return OpenSearchStore(site.client, site.prefix, settings)


@contextmanager
def client_of(site: ArticleSite, articles: ArticleReader, analyzer: Analyzer) -> Iterator[TestClient]:
    """The site on these articles, and on the index in the cluster."""
    rules = QueryRules(load_expander(analyzer.folding, SynonymFile("synonyms.txt")), version="none")
    with closing(OpenSearchEngine(site.client, site.prefix, analyzer.version, TUNED)) as engine:
        service = SearchService(
            engine,
            articles,
            analyzer,
            TUNED,
            Repairer.load(analyzer.folding),
            regions=RegionResolver.load(analyzer.folding, Regions.load()),
            rules=rules,
        )
        yield TestClient(create_app(service, WebSettings(), REGIONS))


@pytest.fixture(scope="module")
def clients(site: ArticleSite, analyzer: Analyzer, folding: Folding) -> Iterator[Clients]:
    served = ServedAnalyzers(site.client, site.prefix, folding).newest()
    with (
        client_of(site, site.stored, analyzer) as stored,
        client_of(site, ClusterArticles(site.client, site.prefix), served) as copied,
    ):
        yield stored, copied


Given = tuple[int, bytes, str | None, str | None]
"""Status, content, media type and ETag."""

_TIMES = re.compile(rb'<span class="took">[^<]*</span>|"took_ms":[0-9.]+|"timings_ms":[{][^}]*[}]')


def answer(client: TestClient, address: str) -> Given:
    """What a caller gets, but for what is another of each request: its id, and what it took."""
    given = client.get(address)
    content = given.content.replace(given.headers["x-request-id"].encode(), b"")
    return (
        given.status_code,
        _TIMES.sub(b"", content),
        given.headers.get("content-type"),
        given.headers.get("etag"),
    )


def test_all_that_is_shown_of_an_article_is_the_same_byte_for_byte(
    site: ArticleSite, clients: Clients
) -> None:
    stored, copied = clients
    ids = sorted(site.stored.holdings().ids)[::3]
    assert len(ids) > 10
    statuses = set()
    for address in (address.replace("{id}", name) for name in (*ids, *UNKNOWN) for address in ADDRESSES):
        from_database = answer(stored, address)
        assert answer(copied, address) == from_database, address
        statuses.add(from_database[0])
    assert {200, 404} <= statuses


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/search?q=创新",
        "/api/v1/search?q=创新&facets=region,source",
        "/api/v1/search.csv?q=创新",
        "/api/v1/search.atom?q=创新",
        "/api/v1/stats",
    ],
)
def test_what_is_shown_of_several_is_the_same(clients: Clients, address: str) -> None:
    stored, copied = clients
    from_database = answer(stored, address)
    assert from_database[0] == 200
    assert answer(copied, address) == from_database


def test_control_another_text_in_the_cluster_is_another_page(site: ArticleSite, clients: Clients) -> None:
    stored, copied = clients
    first, second, *_ = sorted(site.stored.holdings().ids)
    index = site.indexes()[0]
    before = site.client.get(index=index, id=article_key(first))["_source"][DATA]
    other = site.client.get(index=index, id=article_key(second))["_source"][DATA]
    address = f"/articles/{first}"
    site.client.update(index=index, id=article_key(first), body={"doc": {DATA: other}})
    try:
        assert answer(copied, address) != answer(stored, address)
        assert copied.get(address).status_code == HTTPStatus.GONE
    finally:
        site.client.update(index=index, id=article_key(first), body={"doc": {DATA: before}})
    assert answer(copied, address) == answer(stored, address)

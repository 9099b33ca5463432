"""Searching from a cluster alone: what is waited for, what is taken up together, and what is left alone."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from index.analysis.setup import load_analyzer
from index.analysis.user_words import UserWord, UserWords
from index.data_folder import DataFolder
from index.engine_settings import EngineName, EngineSettings
from index.factory import open_cluster
from index.indexer import never
from index.opensearch.cluster import Cluster
from index.opensearch.errors import AliasAmbiguous, ClusterRefused
from index.served_place import RuleFiles
from index.upkeep import Upkeep, copy_articles
from search.errors import IndexUnavailable
from search.factory import open_engine
from search.ranking import TUNED
from search.request import SearchRequest
from search.synonyms.rules import SynonymsInvalid
from search.text_analysis import TextUse
from tests.index.corpus.samples import numbered, store
from tests.opensearch.cluster import ask, fresh_prefix
from tests.opensearch.fleet import is_writing
from tests.opensearch.proxies import door_to
from web.serving.served_search import ServedSearch, open_served

pytestmark = pytest.mark.opensearch

FOUND = "通知"
"""What every article of these tests is found by."""


@dataclass(frozen=True, slots=True)
class Site:
    """A folder with an article, a cluster, and the searching of a machine that has that alone."""

    folder: DataFolder
    cluster: Cluster
    analyzer: Analyzer
    served: ServedSearch

    def index(self, analyzer: Analyzer | None = None) -> None:
        Upkeep.of(self.folder, analyzer or self.analyzer, self.cluster).catch_up(lambda _: None)

    def delete(self, name: str) -> None:
        ask(self.cluster.settings.urls[0], f"/{self.cluster.settings.prefix}-{name}", method="DELETE")

    def total(self) -> int:
        return self.served.search(SearchRequest(q=FOUND)).total

    def reason(self) -> str:
        """Why nothing can be searched after another look."""
        self.served.tend(never)
        readiness = self.served.readiness()
        assert not readiness.ready
        with pytest.raises(IndexUnavailable):
            self.total()
        [reason] = readiness.reasons
        return reason


@pytest.fixture
def site(opensearch_url: str, tmp_path: Path, analyzer: Analyzer) -> Iterator[Site]:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    store(folder, numbered(1))
    with fresh_prefix(opensearch_url) as prefix:
        settings = EngineSettings(
            engine=EngineName.OPENSEARCH, urls=(opensearch_url,), prefix=prefix, replicas=0
        )
        with (
            open_cluster(settings, k1=TUNED.k1, b=TUNED.b) as cluster,
            open_served(
                cluster, partial(open_engine, cluster, ranking=TUNED), analyzer.folding, TUNED
            ) as served,
        ):
            yield Site(folder, cluster, analyzer, served)


def test_each_thing_that_is_missing_is_waited_for(site: Site) -> None:
    assert "no index has been built yet" in site.reason()
    site.index()
    site.delete("state")
    assert "does not have the words" in site.reason()
    site.cluster.state().put_words(site.analyzer)
    site.delete("articles-000001")
    assert "has no articles" in site.reason()
    copy_articles(site.folder, site.cluster, never)
    site.served.tend(never)
    assert site.served.readiness().ready
    assert site.total() == 1


def test_what_goes_away_later_is_no_reason_to_stop(site: Site) -> None:
    site.index()
    site.served.tend(never)
    site.delete("state")
    site.served.tend(never)
    assert site.total() == 1


def test_new_words_and_their_generation_come_in_one_step(site: Site) -> None:
    site.index()
    site.served.tend(never)
    former = site.served.analyze(FOUND, TextUse.QUERY).version
    renewed = load_analyzer(site.analyzer.folding, UserWords((UserWord("科创走廊"),)))
    store(site.folder, numbered(2))
    site.index(renewed)
    # Before another look the generation before answers, with the words before.
    assert site.served.analyze(FOUND, TextUse.QUERY).version == former
    assert site.served.search(SearchRequest(q=FOUND)).generation.startswith("1.")
    site.served.tend(never)
    assert site.served.analyze(FOUND, TextUse.QUERY).version == renewed.version
    assert site.served.search(SearchRequest(q=FOUND)).generation.startswith("2.")


def test_rules_that_are_of_no_use_here_change_nothing_and_hold_nothing_up(site: Site) -> None:
    site.index()
    state = site.cluster.state()
    state.put_rules(RuleFiles(synonyms=f"两型社会, {FOUND}\n".encode()))
    site.served.tend(never)
    state.put_rules(RuleFiles(synonyms="两型社会 =>\n".encode()))
    renewed = load_analyzer(site.analyzer.folding, UserWords((UserWord("科创走廊"),)))
    site.index(renewed)
    for _ in range(2):
        with pytest.raises(SynonymsInvalid, match=r"synonyms\.txt"):
            site.served.tend(never)
    assert site.served.search(SearchRequest(q="两型社会")).total == 1
    assert site.served.analyze(FOUND, TextUse.QUERY).version == renewed.version
    state.put_rules(RuleFiles())
    site.served.tend(never)
    assert site.served.search(SearchRequest(q="两型社会")).total == 0


def test_the_check_at_the_start_needs_no_right_to_write(site: Site) -> None:
    site.index()
    settings = site.cluster.settings
    with (
        door_to(settings.urls[0], forbidden=is_writing) as address,
        open_cluster(replace(settings, urls=(address,)), k1=TUNED.k1, b=TUNED.b) as cluster,
    ):
        cluster.check_served()
        # Control: that of the machine that ingests does.
        with pytest.raises(ClusterRefused, match="lacks a right"):
            cluster.check(site.analyzer.version)


def test_what_can_never_be_used_is_refused_at_the_start(site: Site) -> None:
    # Control: what is not there yet is waited for.
    site.cluster.check_served()
    site.index()
    site.cluster.check_served()
    prefix = site.cluster.settings.prefix
    body: dict[str, object] = {"aliases": {prefix: {}}}
    ask(site.cluster.settings.urls[0], f"/{prefix}-000009", method="PUT", body=body)
    with pytest.raises(AliasAmbiguous):
        site.cluster.check_served()

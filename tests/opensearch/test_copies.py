"""`check` compares the copies of each shard, each asked by itself."""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from index.analysis.analyzer import Analyzer
from index.data_folder import DataFolder
from index.engine_settings import EngineName, EngineSettings
from index.opensearch.check import other_copies
from index.opensearch.cluster import Cluster
from index.opensearch.published import Scoring
from search.ranking import TUNED
from tests.index.corpus.samples import numbered, store
from tests.opensearch.cluster import OwnCluster
from web.commands.indexing import bring_up_to_date
from web.commands.maintenance import check
from web.serving.opening import open_search

ARTICLES = 9


class Answers:
    """A client of a cluster with one shard on two nodes: what it is asked, how many articles each copy has
    of each term, `ARTICLES` where nothing else is said."""

    def __init__(self, counts: Mapping[str, Mapping[str, int]]) -> None:
        self.counts = counts
        self.asked: list[str] = []

    def search_shards(self, **_: object) -> dict[str, Any]:
        copies = [
            {"shard": 0, "node": node, "primary": node == "one", "state": state}
            for node, state in (("one", "STARTED"), ("two", "STARTED"), ("three", "INITIALIZING"))
        ]
        return {"shards": [copies]}

    def search(self, *, body: dict[str, Any], params: dict[str, str], **_: object) -> dict[str, Any]:
        self.asked.append(params["preference"])
        node = params["preference"].rpartition(":")[2]
        names = body["aggs"]["terms"]["filters"]["filters"]
        buckets = {name: {"doc_count": self.counts[node].get(name, ARTICLES)} for name in names}
        return {
            "timed_out": False,
            "_shards": {"failed": 0, "successful": 1, "total": 1},
            "aggregations": {"terms": {"buckets": buckets}},
        }


def told(**counts: Mapping[str, int]) -> list[str]:
    return list(other_copies(Answers(counts), "news-000001"))  # type: ignore[arg-type]


def test_each_copy_in_service_is_asked_by_itself() -> None:
    answers = Answers({"one": {}, "two": {}})
    assert list(other_copies(answers, "news-000001")) == []  # type: ignore[arg-type]
    assert answers.asked == ["_shards:0|_only_nodes:one", "_shards:0|_only_nodes:two"]


def test_copies_that_count_otherwise_are_named_with_the_term() -> None:
    (finding,) = told(one={}, two={"年… in words": 7})
    assert "first copy of shard 0 on node one and the other copy of shard 0 on node two" in finding
    assert "年… in words is in 9 and 7 articles, and of 0 other terms" in finding


def test_a_copy_without_words_is_named_though_it_holds_all_articles() -> None:
    difference, without = told(one={}, two={"the mark of words": 0})
    assert "do not hold the same" in difference
    assert "the other copy of shard 0 on node two" in without
    assert "knows the words of 0 articles, and holds 9" in without


@pytest.mark.opensearch
@pytest.mark.slow
def test_copies_on_three_nodes_are_the_same(
    three_nodes: OwnCluster, tmp_path: Path, analyzer: Analyzer
) -> None:
    engine = EngineSettings(
        engine=EngineName.OPENSEARCH, urls=three_nodes.urls, prefix="copies", shards=3, replicas=1
    )
    folder = DataFolder(tmp_path / "data")
    folder.create()
    store(folder, *map(numbered, range(30)))
    with open_search(folder, analyzer, engine=engine) as opened:
        bring_up_to_date(opened.upkeep, 30)
    with closing(Cluster.connect(engine, Scoring(k1=TUNED.k1, b=TUNED.b))) as cluster:
        shards = cluster.client.search_shards(index="copies-000001")["shards"]
    assert [len(copies) for copies in shards] == [2, 2, 2]
    assert list(check(folder, analyzer, engine=engine)) == []

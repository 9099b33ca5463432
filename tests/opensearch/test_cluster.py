"""What these tests stand on: a test's own indexes go with it, nodes die and come back when told to."""

import urllib.error

import pytest
import yaml

from tests.opensearch import cluster
from tests.opensearch.cluster import SCRIPT, OwnCluster, ask, fresh_prefix, indexes

UNUSED = "http://127.0.0.1:9"
"""A port that nothing listens on: that of the protocol `discard`."""


class TestReasonToSkip:
    def test_without_the_variable_it_says_how_to_get_a_node(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv(cluster.VARIABLE, raising=False)
        reason = cluster.reason_to_skip()
        assert reason is not None
        assert "scripts/opensearch up, then export POLICY_SEARCH_TEST_OPENSEARCH=" in reason

    def test_a_node_that_does_not_answer_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(cluster.VARIABLE, UNUSED)
        reason = cluster.reason_to_skip()
        assert reason is not None
        assert f"{UNUSED} does not answer" in reason

    @pytest.mark.opensearch
    def test_there_is_none_where_it_answers(self) -> None:
        assert cluster.reason_to_skip() is None


@pytest.mark.opensearch
def test_what_was_made_under_a_prefix_is_deleted_and_nothing_else(opensearch_url: str, prefix: str) -> None:
    ask(opensearch_url, f"/{prefix}-stays", method="PUT")
    with fresh_prefix(opensearch_url) as other:
        ask(opensearch_url, f"/{other}-000001", method="PUT")
        ask(opensearch_url, f"/{other}-000002", method="PUT")
        assert indexes(opensearch_url, other) == [f"{other}-000001", f"{other}-000002"]
    assert indexes(opensearch_url, other) == []
    assert indexes(opensearch_url, prefix) == [f"{prefix}-stays"]


@pytest.mark.slow
@pytest.mark.opensearch
@pytest.mark.timeout(900)
class TestThreeNodes:
    def test_all_see_each_other(self, three_nodes: OwnCluster) -> None:
        assert [nodes_seen(url) for url in three_nodes.urls] == [3, 3, 3]
        assert three_nodes.elected() in {1, 2, 3}

    def test_one_that_was_killed_is_gone_until_it_is_started_again(self, three_nodes: OwnCluster) -> None:
        three_nodes.kill(2)
        with pytest.raises(urllib.error.URLError, match="refused"):
            ask(three_nodes.urls[1], "/")
        three_nodes.up()
        assert [nodes_seen(url) for url in three_nodes.urls] == [3, 3, 3]

    def test_one_that_is_paused_does_not_answer_until_it_goes_on(
        self, three_nodes: OwnCluster, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(cluster, "ANSWER_S", 2)
        three_nodes.pause(3)
        with pytest.raises(TimeoutError):
            ask(three_nodes.urls[2], "/")
        three_nodes.resume(3)
        monkeypatch.undo()
        assert ask(three_nodes.urls[2], "/")

    def test_a_snapshot_brings_back_an_index_that_was_deleted(self, three_nodes: OwnCluster) -> None:
        url = three_nodes.urls[0]
        repository = {"type": "fs", "settings": {"location": "nightly"}}
        ask(url, "/_snapshot/nightly", method="PUT", body=repository)
        ask(url, "/kept/_doc/1?refresh=true", method="PUT", body={"id": "1"})
        indexes_of_it = {"indices": "kept", "include_global_state": False}
        whole = "?wait_for_completion=true"
        ask(url, f"/_snapshot/nightly/first{whole}", method="PUT", body=indexes_of_it)
        ask(url, "/kept", method="DELETE")
        assert indexes(url, "kept") == []
        ask(url, f"/_snapshot/nightly/first/_restore{whole}", method="POST", body=indexes_of_it)
        found = ask(three_nodes.urls[2], "/kept/_source/1")
        assert found == {"id": "1"}

    def test_the_deployed_settings_let_no_index_of_ours_be_made_by_accident(
        self, three_nodes: OwnCluster
    ) -> None:
        deployed = yaml.safe_load((SCRIPT.parents[1] / "deploy/opensearch/opensearch.yml").read_text("utf-8"))
        url, name = three_nodes.urls[0], "action.auto_create_index"
        ask(url, "/_cluster/settings", method="PUT", body={"persistent": {name: deployed[name]}})
        ask(url, "/other-000001/_doc/1", method="PUT", body={})
        with pytest.raises(urllib.error.HTTPError, match="404"):
            ask(url, "/policy-search-000001/_doc/1", method="PUT", body={})


def nodes_seen(url: str) -> object:
    health = ask(url, "/_cluster/health")
    assert isinstance(health, dict)
    return health["number_of_nodes"]

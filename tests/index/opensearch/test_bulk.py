"""Changes on their way to the cluster: none is lost, doubled or brought back, whatever happens on the way."""

import json
import logging
from collections.abc import Callable
from dataclasses import replace
from itertools import count

import pytest

from index.opensearch import bulk
from index.opensearch.bulk import BulkSender
from index.opensearch.errors import ClusterRefused, ClusterUnavailable, GenerationRetired
from tests.index.opensearch.generation import Place, document
from tests.index.opensearch.proxy import Answer, Asked, Behaviour, Cluster, Proxy, forwarded
from tests.opensearch.cluster import node_url

pytestmark = pytest.mark.opensearch

BUSY = b'{"error": {"type": "rejected_execution_exception", "reason": "full"}, "status": %d}'


def is_bulk(asked: Asked) -> bool:
    return "/_bulk" in asked.path


def first_bulks(number: int, disturbance: Behaviour) -> Behaviour:
    """The first so many batches are disturbed."""
    batches = count()

    def behaviour(asked: Asked, cluster: Cluster) -> Answer | None:
        if is_bulk(asked) and next(batches) < number:
            return disturbance(asked, cluster)
        return cluster()

    return behaviour


def refused_with(status: int) -> Behaviour:
    """The cluster hears nothing of it; this is answered."""

    def disturbance(asked: Asked, cluster: Cluster) -> Answer:
        return Answer(status, BUSY % status)

    return disturbance


def lost_before(asked: Asked, cluster: Cluster) -> None:
    """The cluster hears nothing of it."""


def lost_after(asked: Asked, cluster: Cluster) -> None:
    """The cluster has done it, and nobody hears of that."""
    cluster()


def first_alone(node: Callable[[], str]) -> Behaviour:
    """The cluster takes the first document of a batch, and has no room for the others."""

    def disturbance(asked: Asked, cluster: Cluster) -> Answer | None:
        lines = asked.body.splitlines(keepends=True)
        answer = forwarded(node(), replace(asked, body=b"".join(lines[:2])))
        taken = json.loads(answer.body)
        error = {"type": "rejected_execution_exception", "reason": "full"}
        for line in lines[2::2]:
            ((verb, target),) = json.loads(line).items()
            taken["items"].append({verb: {"_id": target["_id"], "status": 429, "error": error}})
        return Answer(200, json.dumps(taken).encode())

    return disturbance


DISTURBANCES = {
    "429": refused_with(429),
    "503": refused_with(503),
    "lost before": lost_before,
    "lost after": lost_after,
    "some have no room": first_alone(node_url),
}


@pytest.mark.parametrize("kind", DISTURBANCES)
def test_what_the_cluster_did_not_take_is_sent_again(kind: str, proxy: Proxy, disturbed: Place) -> None:
    writer = disturbed.begun()
    for sequence, name in enumerate("abc", 1):
        writer.put(document(name), sequence)
    proxy.behaviour = first_bulks(3, DISTURBANCES[kind])
    writer.commit(3, 700.0)
    assert writer.documents == 3
    assert disturbed.held(writer.generation.index).keys() == set("abc")
    assert disturbed.waits.seconds
    assert all(seconds <= 5 for seconds in disturbed.waits.seconds)


def test_pauses_grow_until_the_patience_is_at_its_end(proxy: Proxy, disturbed: Place) -> None:
    writer = disturbed.begun()
    writer.put(document("a"), 1)
    proxy.behaviour = first_bulks(10_000, refused_with(429))
    with pytest.raises(ClusterUnavailable, match="429, rejected_execution_exception: full"):
        writer.commit(1, 700.0)
    seconds = disturbed.waits.seconds
    assert 60 <= sum(seconds) < 70
    assert seconds[0] < 0.2
    assert max(seconds) > 2
    assert writer.sequence == 0


def disorder(place: Place) -> None:
    """Old and new changes arrive again, the old ones last."""
    writer = place.begun()
    sender = BulkSender(place.client, writer.generation.write_alias, place.waits.patience())
    kinds = {"new": ("5", 5), "old": ("3", 3)}

    def put(name: str, kind: str) -> None:
        tag, sequence = kinds[kind]
        sender.index(name, sequence, {"id": name, "seq": sequence, "cluster": name, "tag": tag})
        sender.flush()

    def delete(name: str, sequence: int) -> None:
        sender.delete(name, sequence)
        sender.flush()

    put("changed", "new")
    put("changed", "old")
    put("changed", "new")
    put("kept", "new")
    delete("kept", 4)
    delete("gone", 6)
    put("gone", "new")
    put("gone", "old")
    held = place.held(writer.generation.index)
    assert {name: source["tag"] for name, source in held.items()} == {"changed": "5", "kept": "5"}


def test_what_comes_late_or_again_does_nothing(place: Place) -> None:
    disorder(place)


def test_without_versions_it_brings_old_states_back(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    monkeypatch.setattr(bulk, "_target", lambda article_id, _: {"_id": article_id})
    with pytest.raises(AssertionError):
        disorder(place)


def test_an_article_that_is_refused_is_named_and_the_others_go_in(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    place.build("a", "b", "c")
    writer = place.store().live()
    writer.put(document("a", "新"), 4)
    # Lucene takes no value of more than 32,766 bytes.
    writer.put(document("b", tag="长" * 20_000), 5)
    writer.put(document("d"), 6)
    caplog.set_level(logging.ERROR)
    writer.commit(6, 700.0)
    held = place.held(f"{place.prefix}-000001")
    assert held.keys() == {"a", "c", "d"}, "nor is an older state of it found"
    assert held["a"]["seq"] == 4
    assert writer.documents == 3
    (said,) = [record.getMessage() for record in caplog.records if record.name == bulk.__name__]
    assert said.startswith("left out of the index: article b: ")
    assert "immense term" in said


def test_a_generation_that_is_gone_is_not_made_again(place: Place) -> None:
    writer = place.begun()
    writer.put(document("a"), 1)
    place.direct.indices.delete(index=writer.generation.index)
    before = place.indexes()
    with pytest.raises(GenerationRetired, match=writer.generation.write_alias):
        writer.commit(1, 700.0)
    assert place.indexes() == before


def test_a_user_without_the_right_is_told_so(proxy: Proxy, disturbed: Place) -> None:
    def no_right(asked: Asked, cluster: Cluster) -> Answer:
        error = {"type": "security_exception", "reason": "no permissions for [indices:data/write/bulk]"}
        item = {"index": {"_id": "a", "status": 403, "error": error}}
        return Answer(200, json.dumps({"items": [item], "errors": True, "took": 1}).encode())

    writer = disturbed.begun()
    writer.put(document("a"), 1)
    proxy.behaviour = first_bulks(1, no_right)
    with pytest.raises(ClusterRefused, match="no permissions"):
        writer.commit(1, 700.0)
    assert disturbed.waits.seconds == []


def test_a_block_is_waited_for(place: Place) -> None:
    """As the cluster sets it on all indexes of a node whose disk is full."""
    writer = place.begun()
    writer.put(document("a"), 1)

    def block(setting: str | None) -> None:
        place.direct.indices.put_settings(
            index=writer.generation.index, body={"index.blocks.read_only_allow_delete": setting}
        )

    def lift_at_the_third() -> None:
        if len(place.waits.seconds) == 3:
            block(None)

    block("true")
    place.waits.then = lift_at_the_third
    writer.commit(1, 700.0)
    assert writer.documents == 1
    assert len(place.waits.seconds) == 3


def test_full_batches_go_before_the_commit(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "MAX_BYTES", 5_000)
    writer = place.begun()
    for sequence in range(1, 31):
        writer.put(document(f"{sequence:02}", "产业政策" * 20), sequence)
    before = place.held(writer.generation.index)
    assert 15 < len(before) < 30
    assert writer.commit(30, 700.0) == "1.1"
    assert len(place.held(writer.generation.index)) == 30


def test_of_one_article_the_last_change_is_sent(place: Place) -> None:
    writer = place.begun()
    writer.put(document("a", "旧"), 1)
    writer.delete("a", 1)
    writer.put(document("a", "新"), 1)
    writer.put(document("b"), 1)
    writer.delete("b", 1)
    writer.commit(1, 700.0)
    assert place.held(writer.generation.index).keys() == {"a"}

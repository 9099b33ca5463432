"""The list of words beside a generation: each word once, under the journal entry that brought it."""

from collections.abc import Iterator

import pytest
from opensearchpy import OpenSearch

from index.opensearch import vocabulary
from index.opensearch.connection import OpenSearchSettings, connect
from index.opensearch.errors import ClusterRefused, GenerationRetired
from index.opensearch.generations import Generation
from index.opensearch.patience import Patience
from index.opensearch.vocabulary import (
    FIRST_SEEN,
    MAX_WORD,
    WORD,
    VocabularySender,
    vocabulary_body,
    vocabulary_index,
)
from tests.opensearch.cluster import fresh_prefix, node_url

pytestmark = pytest.mark.opensearch

PATIENCE = Patience(seconds=10.0)


@pytest.fixture
def client() -> OpenSearch:
    return connect(OpenSearchSettings(urls=(node_url(),)))


@pytest.fixture
def generation(client: OpenSearch) -> Iterator[Generation]:
    """One with an empty list of words."""
    with fresh_prefix(node_url()) as prefix:
        generation = Generation(prefix, 7)
        client.indices.create(index=vocabulary_index(generation), body=vocabulary_body(generation, 0))
        yield generation


def listed(client: OpenSearch, generation: Generation) -> dict[str, int]:
    found = client.search(index=vocabulary_index(generation), body={"size": 1_000})["hits"]["hits"]
    words = [(hit["_source"][WORD], hit["_source"][FIRST_SEEN]) for hit in found]
    assert len(words) == len(dict(words))
    return dict(words)


def test_the_list_lies_beside_its_generation(generation: Generation) -> None:
    assert vocabulary_index(generation) == f"{generation.prefix}-words-000007"


def test_a_word_stays_under_the_entry_that_brought_it(client: OpenSearch, generation: Generation) -> None:
    sender = VocabularySender(client, generation, PATIENCE)
    sender.saw(["中国", "a|b %", "\U0010ffff"], 5)
    sender.saw(["中国", "新闻"], 6)
    sender.flush()
    # A writer that was started anew does not know what is there.
    again = VocabularySender(client, generation, PATIENCE)
    again.saw(["新闻", "甲"], 9)
    again.flush()
    assert listed(client, generation) == {"中国": 5, "a|b %": 5, "\U0010ffff": 5, "新闻": 6, "甲": 9}


def test_many_words_are_sent_in_batches_and_known_ones_forgotten(
    client: OpenSearch, generation: Generation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vocabulary, "SENT_AT_ONCE", 3)
    monkeypatch.setattr(vocabulary, "REMEMBERED", 4)
    sender = VocabularySender(client, generation, PATIENCE)
    for number in range(20):
        sender.saw([f"w{number}", "always"], number + 1)
    sender.flush()
    expected = {f"w{number}": number + 1 for number in range(20)} | {"always": 1}
    assert listed(client, generation) == expected


def test_a_word_that_the_cluster_has_no_room_for_is_not_listed(
    client: OpenSearch, generation: Generation
) -> None:
    longest = "丁" * MAX_WORD
    sender = VocabularySender(client, generation, PATIENCE)
    sender.saw([longest, longest + "丁", ""], 1)
    sender.flush()
    assert listed(client, generation) == {longest: 1}


def test_a_list_that_is_gone_is_not_made_by_accident(client: OpenSearch, generation: Generation) -> None:
    client.indices.delete(index=vocabulary_index(generation))
    sender = VocabularySender(client, generation, PATIENCE)
    sender.saw(["中国"], 1)
    with pytest.raises(GenerationRetired):
        sender.flush()
    assert not client.indices.exists(index=vocabulary_index(generation))


def test_a_refused_word_is_an_error(client: OpenSearch, generation: Generation) -> None:
    sender = VocabularySender(client, generation, PATIENCE)
    sender.saw(["中国"], 2**63)
    with pytest.raises(ClusterRefused, match="中国"):
        sender.flush()

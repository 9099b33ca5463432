"""Changes of the cluster as a whole: indexes come and go, and the alias of the readers moves.

Every function raises ClusterUnavailable and ClusterRefused, and may be called again when it has failed.
"""

from contextlib import suppress
from typing import Any, Final

from opensearchpy import OpenSearch
from opensearchpy.exceptions import NotFoundError, RequestError

from index.opensearch.errors import ClusterUnavailable
from index.opensearch.failures import as_ours, error_type
from index.opensearch.generations import Generation, check_acknowledged
from index.opensearch.mapping import index_body
from index.opensearch.published import Published
from index.opensearch.vocabulary import vocabulary_body, vocabulary_index

TIMEOUT: Final = 60.0
"""Seconds for one request; the cluster itself gives up after half of them."""

SERVICE_SECONDS: Final = 30
"""How long to wait for a copy of each shard of a new generation, and then for all copies, without which it
is searched too."""

_IS_THERE: Final = "resource_already_exists_exception"


def create_index(
    client: OpenSearch, generation: Generation, published: Published, *, shards: int, replicas: int
) -> None:
    """An empty index and its list of words, with their write aliases; what was made by an attempt before is
    left as it is."""
    _create(client, vocabulary_index(generation), vocabulary_body(generation, replicas))
    # Last, since by it the generation is found.
    _create(client, generation.index, index_body(published, shards, replicas, [generation.write_alias]))


def delete_index(client: OpenSearch, generation: Generation) -> None:
    """Remove an index with all that is in it, and its list of words; nothing where they are gone."""
    for index in (vocabulary_index(generation), generation.index):
        with suppress(NotFoundError), as_ours():
            client.indices.delete(index=index, request_timeout=TIMEOUT)


def wait_until_searchable(client: OpenSearch, generation: Generation) -> None:
    """Until each shard has a copy in service; and for a while until all have all of them, if there are nodes
    enough: no node holds two copies of a shard."""
    health = _health(client, generation, "yellow")
    if health["timed_out"]:
        raise ClusterUnavailable(f"a shard of {generation.index} is not in service")
    if health["number_of_data_nodes"] > health["indices"][generation.index]["number_of_replicas"]:
        _health(client, generation, "green")


def lead_readers_to(client: OpenSearch, generation: Generation) -> None:
    """Move the alias of the readers to this generation, from wherever it leads, in one step."""
    _change_aliases(
        client,
        [
            _removal(generation.prefix, f"{generation.prefix}-*"),
            {"add": {"index": generation.index, "alias": generation.prefix}},
        ],
    )


def take_from_readers(client: OpenSearch, generation: Generation) -> None:
    """Take the alias of the readers from this generation."""
    _change_aliases(client, [_removal(generation.prefix, generation.index)])


def _create(client: OpenSearch, index: str, body: dict[str, Any]) -> None:
    with as_ours():
        try:
            answer = client.indices.create(index=index, body=body, request_timeout=TIMEOUT)
        except RequestError as error:
            if error_type(error) != _IS_THERE:
                raise
            return
    check_acknowledged(answer)


def _removal(alias: str, index: str) -> dict[str, Any]:
    return {"remove": {"index": index, "alias": alias, "must_exist": False}}


def _change_aliases(client: OpenSearch, actions: list[dict[str, Any]]) -> None:
    with as_ours():
        answer = client.indices.update_aliases(body={"actions": actions}, request_timeout=TIMEOUT)
    check_acknowledged(answer)


def _health(client: OpenSearch, generation: Generation, status: str) -> dict[str, Any]:
    """The health of an index when it has this status, or after SERVICE_SECONDS."""
    params = {"wait_for_status": status, "timeout": f"{SERVICE_SECONDS}s", "level": "indices"}
    with as_ours():
        answer: dict[str, Any] = client.cluster.health(
            index=generation.index, params=params, request_timeout=TIMEOUT
        )
    return answer

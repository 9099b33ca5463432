"""Documents of the index `P-state`: packed values under names, for machines that have no data folder."""

import hashlib
import zlib
from base64 import b64decode, b64encode
from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import Any, Final, TypeVar

import msgspec
from msgspec.msgpack import Decoder
from opensearchpy import OpenSearch
from opensearchpy.exceptions import NotFoundError, RequestError

from index.opensearch.failures import as_ours, error_type
from index.opensearch.generations import check_acknowledged
from index.opensearch.lookups import IndexGone, look_up
from index.served_place import StateDamaged

KIND: Final = "kind"
VERSION: Final = "version"
DATA: Final = "data"
DIGEST: Final = "sha256"

TIMEOUT: Final = 60.0
"""Seconds for one request that writes, or reads a document of megabytes."""

READING_SECONDS: Final = 10.0
"""How long reading a small document may take: whoever follows these looks every second or so, and sees by
then that the cluster is back."""

_IS_THERE: Final = "resource_already_exists_exception"

T = TypeVar("T")


class StateDocuments:
    """Writes and reads them. Threads may share it.

    What is written is read by the next call of any machine. Every method raises ClusterUnavailable and
    ClusterRefused.
    """

    def __init__(self, client: OpenSearch, prefix: str, replicas: int = 0) -> None:
        """`replicas` is for the index where it has to be made."""
        self._client = client
        self._index = f"{prefix}-state"
        self._alias = f"{self._index}-w"
        self._replicas = replicas

    def put(self, name: str, kind: str, version: str, value: object) -> None:
        """Let this value have this name, whatever had it before."""
        packed = zlib.compress(msgspec.msgpack.encode(value))
        document = {
            KIND: kind,
            VERSION: version,
            DATA: b64encode(packed).decode("ascii"),
            DIGEST: hashlib.sha256(packed).hexdigest(),
        }
        if not self._try_to_put(name, document):
            self._create()
            if not self._try_to_put(name, document):
                raise StateDamaged(name, f"the alias {self._alias} leads nowhere")

    def get(self, name: str, decoder: Decoder[T], seconds: float = READING_SECONDS) -> T | None:
        """The value with this name, if there is one; read in so many seconds. Raises StateDamaged."""
        try:
            document = look_up(self._client, self._index, [name], [DATA, DIGEST], seconds).get(name)
        except IndexGone:
            return None
        return None if document is None else _unpacked(name, document, decoder)

    def forget(self, kind: str, but: Collection[str]) -> None:
        """Remove all documents of a kind but those of these versions."""
        other = {"terms": {VERSION: sorted(but)}}
        body = {"query": {"bool": {"filter": [{"term": {KIND: kind}}], "must_not": [other]}}}
        with suppress(NotFoundError), as_ours():
            self._client.indices.refresh(index=self._index, request_timeout=TIMEOUT)
            self._client.delete_by_query(
                index=self._index, body=body, params={"conflicts": "proceed"}, request_timeout=TIMEOUT
            )

    def _try_to_put(self, name: str, document: Mapping[str, Any]) -> bool:
        """False where there is no index yet: writing to its alias never makes another one by accident."""
        try:
            with as_ours():
                self._client.index(
                    index=self._alias,
                    id=name,
                    body=document,
                    params={"require_alias": "true"},
                    request_timeout=TIMEOUT,
                )
        except NotFoundError:
            return False
        return True

    def _create(self) -> None:
        keyword = {"type": "keyword"}
        body = {
            "settings": {"number_of_shards": 1, "number_of_replicas": self._replicas},
            "mappings": {
                "dynamic": "strict",
                "properties": {
                    **dict.fromkeys((KIND, VERSION), keyword),
                    DIGEST: {**keyword, "index": False},
                    DATA: {"type": "binary"},
                },
            },
            "aliases": {self._alias: {}},
        }
        with as_ours():
            try:
                answer = self._client.indices.create(index=self._index, body=body, request_timeout=TIMEOUT)
            except RequestError as error:
                if error_type(error) != _IS_THERE:
                    raise
                return
        check_acknowledged(answer)


def _unpacked(name: str, document: Mapping[str, Any], decoder: Decoder[T]) -> T:
    try:
        packed = b64decode(document[DATA], validate=True)
        if hashlib.sha256(packed).hexdigest() != document[DIGEST]:
            raise StateDamaged(name, "its content is not what was written")
        return decoder.decode(zlib.decompress(packed))
    except (KeyError, ValueError, zlib.error, msgspec.DecodeError) as error:
        raise StateDamaged(name, str(error)) from error

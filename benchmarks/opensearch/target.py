"""An engine to be measured: how the program is told of it, and what it takes."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from benchmarks.engines.writing import size_of
from index.data_folder import DataFolder
from index.decoding import Converter
from tests.opensearch.cluster import ask, indexes
from tests.processes import environment

WHOOSH: Final = "whoosh"
OPENSEARCH: Final = "opensearch"

LOOK_S: Final = 1.1
"""A node says of itself what it was a second ago at most (`monitor.process.refresh_interval`)."""

QUIET: Final = 0.1
"""Of a processor, that a node may have and counts as idle."""

SETTLING_S: Final = 180.0
"""Seconds after which it is no longer waited for nodes that stay busy."""

_OBJECT: Final = Converter(dict[str, Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An engine and how its index is laid out; without `urls` it lies in the data folder."""

    urls: tuple[str, ...] = ()
    prefix: str = ""
    shards: int = 1
    replicas: int = 0

    @property
    def engine(self) -> str:
        return OPENSEARCH if self.urls else WHOOSH

    @property
    def environment(self) -> dict[str, str]:
        """That of a process of the program that is to use this engine."""
        if not self.urls:
            return environment()
        return environment() | {
            "POLICY_SEARCH_ENGINE": OPENSEARCH,
            "POLICY_SEARCH_OPENSEARCH_URL": ",".join(self.urls),
            "POLICY_SEARCH_OPENSEARCH_INDEX": self.prefix,
            "POLICY_SEARCH_OPENSEARCH_SHARDS": str(self.shards),
            "POLICY_SEARCH_OPENSEARCH_REPLICAS": str(self.replicas),
        }

    def nodes(self) -> int:
        """How many keep the index."""
        return len(_nodes(self.urls[0])) if self.urls else 1

    def processor_s(self) -> float:
        """Seconds of processors that all nodes have had so far; whatever else they do is in it.

        Takes over a second, for the nodes to look anew.
        """
        if not self.urls:
            return 0.0
        time.sleep(LOOK_S)
        nodes = _nodes(self.urls[0]).values()
        return sum(float(node["process"]["cpu"]["total_in_millis"]) for node in nodes) / 1e3

    def settle(self) -> bool:
        """Wait until the nodes have merged and copied what was written; False where they stay busy."""
        if not self.urls:
            return True
        allowed = QUIET * self.nodes()
        end = time.monotonic() + SETTLING_S
        spent, looked = self.processor_s(), time.monotonic()
        while time.monotonic() < end:
            before, looked_before = spent, looked
            spent, looked = self.processor_s(), time.monotonic()
            if spent - before <= allowed * (looked - looked_before):
                return True
        return False

    def index_bytes(self, folder: DataFolder) -> int:
        """Of the index that is searched now; of a cluster the first copy of each shard."""
        if not self.urls:
            return size_of(folder.index)
        ask(self.urls[0], f"/{self.prefix}*/_flush", method="POST")
        found = _OBJECT.convert(ask(self.urls[0], f"/{self.prefix}*/_stats/store"))
        return int(found["_all"]["primaries"]["store"]["size_in_bytes"])

    def delete(self) -> None:
        """What it has in the cluster. Nothing may use it any more."""
        if self.urls:
            for name in indexes(self.urls[0], self.prefix):
                ask(self.urls[0], f"/{name}", method="DELETE")


def _nodes(url: str) -> Mapping[str, Any]:
    found = _OBJECT.convert(ask(url, "/_nodes/stats/process"))
    return _OBJECT.convert(found["nodes"])

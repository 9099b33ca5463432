"""What the nodes answer: their version, and the cluster that they see."""

import http.client
import json
from dataclasses import dataclass

from opensearch_cluster.layout import LOOPBACK, Layout, Node

ANSWER_S = 5


@dataclass(frozen=True, slots=True)
class Health:
    """A cluster as one of its nodes sees it."""

    status: str
    nodes: int


def health_of(node: Node) -> Health | None:
    """None from a node that does not answer, or belongs to no cluster."""
    answer = _get(node, "/_cluster/health")
    return None if answer is None else Health(str(answer["status"]), int(str(answer["number_of_nodes"])))


def version_of(node: Node) -> str | None:
    """The release that a node is; None from a node that does not answer."""
    answer = _get(node, "/")
    version = None if answer is None else answer["version"]
    return str(version["number"]) if isinstance(version, dict) else None


def is_formed(layout: Layout) -> bool:
    """Whether every node answers and sees all the others."""
    return all(
        (health := health_of(node)) is not None and health.nodes == layout.size for node in layout.nodes
    )


def _get(node: Node, path: str) -> dict[str, object] | None:
    connection = http.client.HTTPConnection(LOOPBACK, node.port, timeout=ANSWER_S)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
    found = json.loads(body) if answer.status == http.client.OK else None
    return found if isinstance(found, dict) else None

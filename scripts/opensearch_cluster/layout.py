"""Where each node of a cluster has its files and ports, and how it is configured."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from opensearch_cluster.account import Account

LOOPBACK = "127.0.0.1"
TRANSPORT_BESIDE = 10
"""A node's transport port lies this far above its HTTP port; clusters 100 ports apart never meet."""
FILE = "cluster.json"
OWN_LINES = ("-Xm", "-XX:+HeapDump", "-XX:HeapDumpPath", "-XX:ErrorFile", "8:-Xloggc", "9-:-Xlog:gc")
"""How lines of the release's jvm.options begin that name its own heap size, or files in its own folder."""


@dataclass(frozen=True, slots=True)
class Node:
    """One node, numbered from 1. Its pid file and output lie in the cluster's folder, all else in its own."""

    cluster: Path
    number: int
    port: int
    namespace: str | None = None

    @property
    def name(self) -> str:
        return f"node-{self.number}"

    @property
    def folder(self) -> Path:
        return self.cluster / self.name

    @property
    def pid_file(self) -> Path:
        return self.cluster / f"{self.name}.pid"

    @property
    def output(self) -> Path:
        return self.cluster / f"{self.name}.out"

    @property
    def transport_port(self) -> int:
        return self.port + TRANSPORT_BESIDE

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"


@dataclass(frozen=True, slots=True)
class Layout:
    """A cluster: its folder, the HTTP port of its first node, and how many nodes it has.

    `apart` names a network namespace for the last node, which tests can cut off. It listens on the loopback
    address there, at the ports that it would have here; whoever made the namespace carries what goes to them.
    """

    folder: Path
    port: int
    size: int
    apart: str | None = None

    @property
    def nodes(self) -> tuple[Node, ...]:
        return tuple(map(self._node, range(1, self.size + 1)))

    def _node(self, number: int) -> Node:
        namespace = self.apart if number == self.size else None
        return Node(self.folder, number, self.port + number - 1, namespace)

    @property
    def snapshots(self) -> Path:
        """The only place that snapshot repositories of type `fs` may lie in."""
        return self.folder / "snapshots"

    @property
    def file(self) -> Path:
        return self.folder / FILE

    @property
    def lock(self) -> Path:
        return self.folder / "lock"

    def save(self) -> None:
        text = json.dumps({"port": self.port, "nodes": self.size, "apart": self.apart})
        self.file.write_text(text, encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Layout | None":
        """The cluster that was made in a folder, None where none was."""
        try:
            saved = json.loads((folder / FILE).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        return cls(folder, int(saved["port"]), int(saved["nodes"]), saved.get("apart"))


def configure(layout: Layout, node: Node, *, release: Path, heap: str, account: Account) -> None:
    """Write a node's configuration anew; its data stays."""
    config = node.folder / "config"
    for folder in (layout.snapshots, node.folder, *(node.folder / name for name in ("data", "logs", "tmp"))):
        folder.mkdir(parents=True, exist_ok=True)
        account.own(folder)
    shutil.copytree(release / "config", config, dirs_exist_ok=True)
    # It keeps its keystore there, which it makes by itself.
    account.own(config)
    (config / "opensearch.yml").write_text(settings_text(layout, node), encoding="utf-8")
    released = (release / "config" / "jvm.options").read_text(encoding="utf-8")
    (config / "jvm.options").write_text(java_options_text(released, node, heap), encoding="utf-8")


def settings_text(layout: Layout, node: Node) -> str:
    """The node's opensearch.yml. JSON is YAML, and quotes whatever stands in a path."""
    settings = {
        "cluster.name": f"policy-search-{layout.port}",
        "node.name": node.name,
        "path.data": str(node.folder / "data"),
        "path.logs": str(node.folder / "logs"),
        "path.repo": str(layout.snapshots),
        # There is neither TLS nor a password in this distribution: it may listen on no other address.
        "network.host": LOOPBACK,
        "http.port": node.port,
        "transport.port": node.transport_port,
        "discovery.seed_hosts": [f"{LOOPBACK}:{other.transport_port}" for other in layout.nodes],
        "cluster.initial_cluster_manager_nodes": [other.name for other in layout.nodes],
        # Each character of a long query may be a clause of its own.
        "indices.query.bool.max_clause_count": 8192,
        # The disk of a development machine is often nearly full, of other things.
        "cluster.routing.allocation.disk.threshold_enabled": False,
    }
    return "".join(f"{name}: {json.dumps(value)}\n" for name, value in settings.items())


def java_options_text(released: str, node: Node, heap: str) -> str:
    """The release's jvm.options with this node's heap, and nothing that writes outside its folder."""
    kept = [line for line in released.splitlines() if not line.startswith(OWN_LINES)]
    own = (f"-Xms{heap}", f"-Xmx{heap}", f"-XX:ErrorFile={node.folder}/logs/hs_err_pid%p.log")
    return "\n".join((*kept, *own, ""))

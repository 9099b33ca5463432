"""The cluster of `deploy/opensearch/`: nodes that are alike, TLS everywhere, the rights for what we ask."""

import ast
import json
import re
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from opensearch_cluster.release import NEWEST

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "deploy" / "opensearch"
NODES = ("node-1", "node-2", "node-3")

ACTIONS: dict[str, frozenset[str]] = {
    "bulk": frozenset(
        {
            "indices:data/write/bulk",
            "indices:data/write/bulk*",
            "indices:data/write/delete",
            "indices:data/write/index",
        }
    ),
    "cluster.health": frozenset({"cluster:monitor/health"}),
    "count": frozenset({"indices:data/read/search"}),
    "create_pit": frozenset({"indices:data/read/point_in_time/create"}),
    "delete_by_query": frozenset(
        {
            "indices:data/read/scroll",
            "indices:data/read/scroll/clear",
            "indices:data/read/search",
            "indices:data/write/bulk",
            "indices:data/write/bulk*",
            "indices:data/write/delete",
            "indices:data/write/delete/byquery",
        }
    ),
    "delete_pit": frozenset({"indices:data/read/point_in_time/delete"}),
    "get_all_pits": frozenset({"indices:data/read/point_in_time/readall"}),
    "index": frozenset({"indices:data/write/bulk*", "indices:data/write/index"}),
    "indices.create": frozenset({"indices:admin/create"}),
    "indices.delete": frozenset({"indices:admin/delete"}),
    "indices.forcemerge": frozenset({"indices:admin/forcemerge"}),
    "indices.get": frozenset({"indices:admin/get"}),
    "indices.get_mapping": frozenset({"indices:admin/mappings/get"}),
    "indices.put_mapping": frozenset({"indices:admin/mapping/put"}),
    "indices.refresh": frozenset({"indices:admin/refresh*"}),
    "indices.stats": frozenset({"indices:monitor/stats"}),
    "indices.update_aliases": frozenset({"indices:admin/aliases"}),
    "info": frozenset({"cluster:monitor/main"}),
    "mget": frozenset({"indices:data/read/mget", "indices:data/read/mget*"}),
    "search": frozenset({"indices:data/read/search"}),
    "search_shards": frozenset({"indices:admin/shards/search_shards"}),
}
"""What the security plugin checks for a call of the client. Actions of a shard (`…[s]`) need the star."""

NO_REQUEST = frozenset({"close"})
SERVING = frozenset({"info", "indices.get", "indices.get_mapping", "mget"})
"""What machines that only serve ask through `index/opensearch`: for cluster, indexes and articles."""


def parsed(name: str) -> dict[str, Any]:
    found = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def calls_in(text: str) -> Iterator[str]:
    """The calls of a client in a program, such as `indices.create`."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            found = re.fullmatch(r"(?:.*\.)?_?client\.([a-z_]+(?:\.[a-z_]+)?)", ast.unparse(node.func))
            if found:
                yield found[1]


def calls_of(package: str) -> frozenset[str]:
    files = (ROOT / package).rglob("*.py")
    return frozenset(call for file in files for call in calls_in(file.read_text("utf-8"))) - NO_REQUEST


def actions_of(calls: frozenset[str]) -> frozenset[str]:
    unknown = calls - ACTIONS.keys()
    assert not unknown, f"say in ACTIONS, in roles.yml and in docs/opensearch.md what these need: {unknown}"
    return frozenset().union(*(ACTIONS[call] for call in calls))


def granted(role: str) -> frozenset[str]:
    found = parsed("security/roles.yml")[role]
    indexes = (frozenset(each["allowed_actions"]) for each in found["index_permissions"])
    return frozenset(found["cluster_permissions"]).union(*indexes)


class TestRoles:
    def test_the_writer_may_do_what_the_program_does_and_no_more(self) -> None:
        calls = calls_of("index/opensearch") | calls_of("search/opensearch")
        assert granted("policy_search_writer") == actions_of(calls)

    def test_a_reader_may_search_and_no_more(self) -> None:
        assert granted("policy_search_reader") == actions_of(calls_of("search/opensearch") | SERVING)
        assert granted("policy_search_reader") < granted("policy_search_writer")

    def test_a_call_is_seen_however_the_client_is_reached(self) -> None:
        text = (
            "client.bulk()\nself._client.indices.create(a)\nmine.client.cluster.health()\nclients.search()\n"
        )
        assert set(calls_in(text)) == {"bulk", "indices.create", "cluster.health"}

    def test_a_call_that_nobody_thought_of_is_found(self) -> None:
        with pytest.raises(AssertionError, match=r"indices\.close"):
            actions_of(frozenset({"bulk", "indices.close"}))

    def test_no_role_reaches_other_indexes_or_everything(self) -> None:
        roles = parsed("security/roles.yml")
        del roles["_meta"]
        elsewhere: set[str] = set()
        for role in roles.values():
            ours, *others = role["index_permissions"]
            assert ours["index_patterns"] == ["policy-search", "policy-search-*"]
            elsewhere.update(*(other["allowed_actions"] for other in others))
        assert elsewhere == {"indices:data/read/point_in_time/readall"}, "it lists ids, and no article"
        assert not {action for role in roles for action in granted(role) if re.search(r"\*.|[:/]\*$", action)}

    @pytest.mark.parametrize("file", ["internal_users.yml", "roles_mapping.yml"])
    def test_no_user_comes_with_the_repository(self, file: str) -> None:
        assert parsed(f"security/{file}").keys() == {"_meta"}


class TestCompose:
    services: dict[str, Any] = parsed("compose.yaml")["services"]

    def test_the_nodes_are_alike_but_for_name_port_data_and_certificate(self) -> None:
        def without_number(name: str) -> object:
            text = json.dumps(self.services[name], sort_keys=True)
            return re.sub(rf"\b(node|data)-{name[-1]}\b|127\.0\.0\.1:920\d", "MINE", text)

        assert tuple(self.services) == NODES
        assert len({without_number(name) for name in NODES}) == 1
        assert len({json.dumps(service["ports"]) for service in self.services.values()}) == 3

    def test_the_image_is_of_the_release_that_the_tests_run_on(self) -> None:
        images = {service["image"] for service in self.services.values()}
        assert images == {f"opensearchproject/opensearch:{NEWEST}"}

    def test_it_is_reached_from_this_machine_alone_and_may_hardly_anything(self) -> None:
        for service in self.services.values():
            assert all(port.startswith("127.0.0.1:") for port in service["ports"])
            assert service["cap_drop"] == ["ALL"]
            assert service["security_opt"] == ["no-new-privileges:true"]
            assert service["environment"]["DISABLE_INSTALL_DEMO_CONFIG"] == "true"
            assert service["ulimits"]["nofile"]["soft"] >= 65535

    def test_what_is_mounted_is_there_or_made_by_prepare(self, made: Path) -> None:
        for service in self.services.values():
            for volume in service["volumes"]:
                source, _, target = volume.partition(":")
                if source.startswith("./tls/"):
                    assert (made / Path(source).name).is_file()
                elif source.startswith("./"):
                    assert (FOLDER / source).is_file()
                else:
                    assert source in parsed("compose.yaml")["volumes"]
                assert target.startswith("/usr/share/opensearch/")


class TestSettings:
    settings = parsed("opensearch.yml")

    def test_nothing_is_served_without_tls(self) -> None:
        assert self.settings["plugins.security.ssl.http.enabled"] is True
        assert self.settings["plugins.security.ssl.transport.enforce_hostname_verification"] is True
        mounted = {
            volume.split(":")[1].removeprefix("/usr/share/opensearch/config/")
            for volume in TestCompose.services["node-1"]["volumes"]
        }
        named = {value for name, value in self.settings.items() if name.endswith("_filepath")}
        assert named == {"tls/node.pem", "tls/node-key.pem", "tls/ca.pem"}
        assert named <= mounted

    def test_the_nodes_look_for_each_other_and_keep_snapshots_where_there_is_a_volume(self) -> None:
        assert self.settings["discovery.seed_hosts"] == list(NODES)
        assert self.settings["cluster.initial_cluster_manager_nodes"] == list(NODES)
        (repository,) = self.settings["path.repo"]
        for service in TestCompose.services.values():
            assert f"snapshots:{repository}" in service["volumes"]

    def test_an_index_of_ours_is_never_made_by_accident(self) -> None:
        assert self.settings["action.auto_create_index"].startswith("-policy-search*,")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `prepare` makes."""
    folder = tmp_path_factory.mktemp("made") / "tls"
    done = prepare(folder, "search.example.org", "192.0.2.7")
    assert done.returncode == 0, done.stderr
    return folder


def prepare(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([FOLDER / "prepare", *arguments], capture_output=True, text=True, check=False)


def openssl(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["openssl", *arguments], capture_output=True, text=True, check=False)


class TestPrepare:
    @pytest.mark.parametrize("name", [*NODES, "admin"])
    def test_a_certificate_is_the_authoritys_and_named_in_the_settings(self, made: Path, name: str) -> None:
        assert openssl("verify", "-CAfile", made / "ca.pem", made / f"{name}.pem").returncode == 0
        subject = openssl("x509", "-in", made / f"{name}.pem", "-noout", "-subject", "-nameopt", "RFC2253")
        named = subject.stdout.strip().removeprefix("subject=")
        role = "authcz.admin_dn" if name == "admin" else "nodes_dn"
        (pattern,) = TestSettings.settings[f"plugins.security.{role}"]
        assert re.fullmatch(pattern.replace("*", ".*"), named)
        key = (made / f"{name}-key.pem").read_text("ascii")
        assert key.startswith("-----BEGIN PRIVATE KEY-----"), "the plugin reads PKCS 8 alone"

    @pytest.mark.parametrize("host", ["node-2", "localhost", "search.example.org"])
    def test_a_node_answers_to_its_names(self, made: Path, host: str) -> None:
        check = ("verify", "-CAfile", made / "ca.pem", "-verify_hostname")
        assert openssl(*check, host, made / "node-2.pem").returncode == 0
        assert openssl(*check, "other.example.org", made / "node-2.pem").returncode != 0

    def test_a_node_answers_to_its_addresses(self, made: Path) -> None:
        check = ("verify", "-CAfile", made / "ca.pem", "-verify_ip")
        assert openssl(*check, "192.0.2.7", made / "node-1.pem").returncode == 0
        assert openssl(*check, "192.0.2.8", made / "node-1.pem").returncode != 0

    def test_nobody_else_reads_a_key_or_a_password(self, made: Path) -> None:
        secret = [*made.glob("*-key.pem"), *made.glob("*-password"), *made.glob("*.json")]
        assert len(secret) == 5 + 2 + 2
        assert {stat.S_IMODE(path.stat().st_mode) for path in secret} == {0o600}

    @pytest.mark.parametrize("role", ["reader", "writer"])
    def test_a_user_has_a_password_of_its_own_and_one_role(self, made: Path, role: str) -> None:
        user = json.loads((made / f"{role}.json").read_text("ascii"))
        assert user["password"] == (made / f"{role}-password").read_text("ascii").strip()
        assert user["opendistro_security_roles"] == [f"policy_search_{role}"]
        other = "writer" if role == "reader" else "reader"
        assert user["password"] not in (made / f"{other}.json").read_text("ascii")

    def test_what_was_made_before_stays(self, made: Path) -> None:
        before = (made / "ca.pem").read_bytes()
        done = prepare(made)
        assert done.returncode == 2
        assert f"{made} exists, and is left as it is; mend it with: " in done.stderr
        assert (made / "ca.pem").read_bytes() == before

"""What is installed: our wheel's contents, the environment that generic names need, the locked versions."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser
from functools import cache
from importlib.metadata import packages_distributions
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.processes import environment

ROOT = Path(__file__).resolve().parents[1]
LISTS = ROOT / "scripts" / "requirements"
DISTRIBUTION = "regional-policy-search"
TOP_NAMES = {"index", "search", "web"}


@cache
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ZipFile]:
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = folder.glob("*.whl")
    with ZipFile(path) as archive:
        yield archive


@pytest.fixture
def metadata(wheel: ZipFile) -> Message:
    (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    return HeaderParser().parsestr(wheel.read(name).decode())


class TestWheel:
    def test_it_holds_the_three_packages_and_nothing_else(self, wheel: ZipFile) -> None:
        tops = {name.split("/")[0] for name in wheel.namelist()}
        assert {top for top in tops if not top.endswith(".dist-info")} == TOP_NAMES

    @pytest.mark.parametrize(
        "folder",
        [
            "index/data",
            "search/synonyms/data",
            "web/templates",
            "web/static",
            "web/sample",
            "web/sample_queries",
        ],
    )
    def test_it_holds_every_data_file(self, wheel: ZipFile, folder: str) -> None:
        in_tree = {
            path.relative_to(ROOT).as_posix()
            for path in (ROOT / folder).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        assert in_tree
        assert in_tree <= set(wheel.namelist())

    def test_it_says_that_it_is_typed(self, wheel: ZipFile) -> None:
        assert {f"{name}/py.typed" for name in TOP_NAMES} <= set(wheel.namelist())

    def test_it_holds_the_licence_and_the_notices(self, wheel: ZipFile) -> None:
        held = {name.rpartition("/")[2] for name in wheel.namelist() if ".dist-info/licenses/" in name}
        assert held == {"LICENSE", "NOTICE"}

    def test_no_index_would_accept_it(self, metadata: Message) -> None:
        assert "Private :: Do Not Upload" in (metadata.get_all("Classifier") or [])

    def test_it_names_our_command(self, wheel: ZipFile) -> None:
        (name,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))
        assert "policy-search = web.cli:main" in wheel.read(name).decode()


class TestEnvironment:
    """Three generic top names are only safe where nobody else's packages are (docs/adr/0001)."""

    def test_the_tests_run_in_an_environment_of_their_own(self) -> None:
        assert sys.prefix != sys.base_prefix, "run them with scripts/test"

    @pytest.mark.parametrize("name", sorted(TOP_NAMES))
    def test_no_other_distribution_provides_our_names(self, name: str) -> None:
        providers = {canonicalize_name(provider) for provider in packages_distributions().get(name, [])}
        assert providers <= {DISTRIBUTION}

    @pytest.mark.parametrize("name", sorted(TOP_NAMES))
    def test_our_names_lead_to_this_checkout(self, name: str) -> None:
        spec = find_spec(name)
        assert spec is not None
        assert spec.origin == str(ROOT / name / "__init__.py")


def imported_top_names(text: str) -> set[str]:
    modules: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            modules.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            modules.add(node.module)
    return {module.partition(".")[0] for module in modules}


def test_every_library_that_the_packages_import_is_a_declared_dependency() -> None:
    """The tests' environment holds more than the demo's, so an undeclared one would be missed there only."""
    table = project()["project"]
    lines = chain(table["dependencies"], *table["optional-dependencies"].values())
    declared = {canonicalize_name(Requirement(line).name) for line in lines}
    providers = packages_distributions()
    # The last one exists for type checkers only.
    not_libraries = TOP_NAMES | sys.stdlib_module_names | {"_typeshed"}
    undeclared = {
        f"{path.relative_to(ROOT)} imports {name}"
        for package in TOP_NAMES
        for path in (ROOT / package).rglob("*.py")
        for name in imported_top_names(path.read_text(encoding="utf-8")) - not_libraries
        # One that is optional and not installed is taken to be called as it is imported.
        if not declared & {canonicalize_name(provider) for provider in providers.get(name, [name])}
    }
    assert undeclared == set()


def test_an_import_is_seen_wherever_it_stands() -> None:
    text = "import a.b as c\ndef f():\n    from d.e import g\n    from . import h\n"
    assert imported_top_names(text) == {"a", "d"}


@dataclass(frozen=True, slots=True)
class Pin:
    """One entry of a list: the requirement as it stands there, and how many hashes it has."""

    requirement: Requirement
    hashes: int

    @property
    def name(self) -> str:
        return canonicalize_name(self.requirement.name)

    @property
    def version(self) -> str:
        (specifier,) = self.requirement.specifier
        assert specifier.operator == "=="
        return specifier.version


def read_pins(text: str) -> tuple[Pin, ...]:
    logical_lines = text.replace("\\\n", " ").splitlines()
    entries = (
        line.split(" #")[0] for line in logical_lines if line.strip() and not line.lstrip().startswith("#")
    )
    return tuple(
        Pin(
            Requirement(entry.split("--hash=")[0].strip()),
            len(re.findall(r"--hash=sha256:[0-9a-f]{64}", entry)),
        )
        for entry in entries
    )


def pins_of(name: str) -> tuple[Pin, ...]:
    return read_pins((LISTS / f"{name}.txt").read_text(encoding="utf-8"))


def foreign_words(text: str) -> list[str]:
    """Addresses, host names, options and paths in a list: none may stand there."""
    address = r"\w+://\S*|\b[\w-]+\.(?:org|com|net|io|cn|dev)\b"
    option = r"^\s*-(?!-hash=)\S+"
    path = r"(?:^|\s)(?:/|~/|file:)\S+"
    return re.findall(f"{address}|{option}|{path}", text, flags=re.MULTILINE)


class TestLockedVersions:
    @pytest.mark.parametrize("name", ["build", "runtime", "test", "lock"])
    def test_every_entry_is_one_version_with_hashes(self, name: str) -> None:
        pins = pins_of(name)
        assert pins
        assert [pin.name for pin in pins if not pin.hashes or not pin.version] == []

    @pytest.mark.parametrize("name", ["build", "runtime", "test", "lock"])
    def test_no_list_names_a_host_or_a_path(self, name: str) -> None:
        assert foreign_words((LISTS / f"{name}.txt").read_text(encoding="utf-8")) == []

    @pytest.mark.parametrize(
        "line",
        [
            "--index-url https://index.example/simple",
            "-f wheels",
            "a @ file:///tmp/a.whl",
            "# from /tmp/a",
            "# see files.example.org",
        ],
    )
    def test_a_host_or_a_path_would_be_found(self, line: str) -> None:
        assert foreign_words(f"a==1 \\\n    --hash=sha256:{'0' * 64}\n{line}\n")

    @pytest.mark.parametrize(
        ("name", "requirements"),
        [
            ("build", project()["build-system"]["requires"]),
            ("runtime", project()["project"]["dependencies"]),
            ("test", project()["project"]["dependencies"]),
            ("test", project()["dependency-groups"]["test"]),
            ("test", project()["dependency-groups"]["check"]),
            ("test", project()["dependency-groups"]["build-data"]),
            ("lock", project()["dependency-groups"]["lock"]),
        ],
        ids=["build", "runtime", "test-runtime", "test", "check", "build-data", "lock"],
    )
    def test_what_pyproject_asks_for_is_locked_within_its_bounds(
        self, name: str, requirements: list[str]
    ) -> None:
        pins = pins_of(name)
        for requirement in map(Requirement, requirements):
            versions = [pin.version for pin in pins if pin.name == canonicalize_name(requirement.name)]
            assert versions, f"{requirement.name} is not in {name}.txt; run scripts/lock"
            assert all(requirement.specifier.contains(version) for version in versions), (
                requirement,
                versions,
            )

    def test_the_lists_agree_with_each_other(self) -> None:
        """They are installed into one environment, one after the other."""
        seen: dict[tuple[str, str], set[str]] = {}
        for name in ("build", "runtime", "test", "lock"):
            for pin in pins_of(name):
                seen.setdefault((pin.name, str(pin.requirement.marker)), set()).add(pin.version)
        assert {key: versions for key, versions in seen.items() if len(versions) > 1} == {}

    def test_the_test_list_holds_the_whole_runtime_list(self) -> None:
        runtime = {(pin.name, pin.version) for pin in pins_of("runtime")}
        assert runtime <= {(pin.name, pin.version) for pin in pins_of("test")}


class TestOpenSearch:
    """Its client is an extra: 20 MB that only a site with a cluster needs."""

    without_client = "import sys; sys.modules['opensearchpy'] = None; from web.cli import main; main()"

    def run(self, folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", self.without_client, *arguments, "--data", str(folder / "data")],
            env=environment() | settings,
            input='{"id": "a", "title": "标题", "text": "正文"}',
            capture_output=True,
            text=True,
            check=False,
        )

    def test_a_plain_installation_has_no_client(self) -> None:
        assert "opensearch-py" not in {pin.name for pin in pins_of("runtime")}
        assert "opensearch-py" in {pin.name for pin in pins_of("test")}

    def test_articles_are_stored_and_found_without_it(self, tmp_path: Path) -> None:
        stored = self.run(tmp_path, "ingest", "-")
        assert stored.returncode == 0, stored.stderr
        found = self.run(tmp_path, "search", "正文")
        assert found.returncode == 0, found.stderr
        assert "标题" in found.stdout

    def test_the_engine_that_needs_it_says_how_to_get_it(self, tmp_path: Path) -> None:
        settings = {
            "POLICY_SEARCH_ENGINE": "opensearch",
            "POLICY_SEARCH_OPENSEARCH_URL": "http://127.0.0.1:9",
        }
        done = self.run(tmp_path, "ingest", "-", **settings)
        assert done.returncode != 0
        assert 'pip install "regional-policy-search[opensearch]"' in done.stderr


def test_the_locked_packages_are_all_that_they_need() -> None:
    """The lists are installed without looking at dependencies; nothing may be missing then."""
    done = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stdout

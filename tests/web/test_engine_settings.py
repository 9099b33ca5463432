"""What keeps the index is chosen by settings and options; a cluster that is not chosen is not needed."""

import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from index.engine_settings import IN_FOLDER, EngineName, EngineSettings, PlainHttp
from tests.commands import run_on
from web.command_line.catalogue import MODULES, load_command
from web.command_line.engine_options import ENGINE_OPTIONS, engine_options
from web.config import load_engine
from web.engine_settings import ENGINE_SETTINGS, engine_arguments, read_engine
from web.setting import SettingInvalid

PREFIX = "POLICY_SEARCH_"
ALL = EngineSettings(
    engine=EngineName.OPENSEARCH,
    urls=("https://one.example:9200", "https://two.example"),
    user="writer",
    password_file=Path("/run/secrets/password"),
    ca=Path("/etc/policy-search/ca.pem"),
    prefix="news-2",
    shards=3,
    replicas=2,
    plain_http=PlainHttp.ANYWHERE,
)
WITHOUT_INDEX = {
    "export",
    "backup",
    "demo",
    "vectors",
    "zero-hits",
    "queries",
    "forget-queries",
    "completion",
}
"""Commands that use no index, or (demo) always one of their own."""


def of_cluster(**texts: str) -> dict[str, str]:
    """The variables of a cluster, and these."""
    named = {"ENGINE": "opensearch", "OPENSEARCH_URL": "http://127.0.0.1:9200", **texts}
    return {f"{PREFIX}{name}": text for name, text in named.items()}


def test_left_alone_the_index_lies_in_the_folder() -> None:
    assert read_engine({}) == IN_FOLDER
    assert read_engine({setting.variable: "" for setting in ENGINE_SETTINGS}) == IN_FOLDER
    assert IN_FOLDER.engine is EngineName.WHOOSH


def test_all_that_can_be_said_of_a_cluster() -> None:
    read = read_engine(
        of_cluster(
            ENGINE="OpenSearch",
            OPENSEARCH_URL=" https://one.example:9200/ , https://two.example,",
            OPENSEARCH_USER="writer",
            OPENSEARCH_PASSWORD_FILE="/run/secrets/password",  # noqa: S106 - the name of a file
            OPENSEARCH_CA="/etc/policy-search/ca.pem",
            OPENSEARCH_INDEX="news-2",
            OPENSEARCH_SHARDS="3",
            OPENSEARCH_REPLICAS="2",
            OPENSEARCH_PLAIN_HTTP="anywhere",
        )
    )
    assert read == ALL


@pytest.mark.parametrize(
    ("variable", "bad", "says"),
    [
        ("ENGINE", "elasticsearch", "one of whoosh, opensearch"),
        ("OPENSEARCH_URL", "127.0.0.1:9200", "http:// or https://"),
        ("OPENSEARCH_URL", "ftp://one.example", "http:// or https://"),
        ("OPENSEARCH_URL", "https://one.example/search", "without login and path"),
        ("OPENSEARCH_URL", "https://one.example?pretty", "without login and path"),
        ("OPENSEARCH_URL", "https://one.example,https://", "http:// or https://"),
        ("OPENSEARCH_URL", "https://one.example:99999", "http:// or https://"),
        ("OPENSEARCH_INDEX", "News", "a-z 0-9"),
        ("OPENSEARCH_INDEX", "-news", "a-z 0-9"),
        ("OPENSEARCH_INDEX", "新闻", "a-z 0-9"),
        ("OPENSEARCH_INDEX", "news*", "a-z 0-9"),
        ("OPENSEARCH_INDEX", "n" * 101, "at most 100"),
        ("OPENSEARCH_INDEX", "news-000001", "not ending as"),
        ("OPENSEARCH_SHARDS", "0", "from 1 to 1000"),
        ("OPENSEARCH_REPLICAS", "-1", "from 0 to 20"),
        ("OPENSEARCH_PLAIN_HTTP", "yes", "one of loopback, anywhere"),
    ],
)
def test_a_bad_value_is_named_with_what_can_be_given(variable: str, bad: str, says: str) -> None:
    with pytest.raises(SettingInvalid) as refused:
        read_engine(of_cluster(**{variable: bad}))
    message = str(refused.value)
    assert message.startswith(f"{PREFIX}{variable}={bad!r} is not usable: give ")
    assert says in message


@pytest.mark.parametrize(
    ("texts", "says"),
    [
        ({"OPENSEARCH_URL": ""}, "set POLICY_SEARCH_OPENSEARCH_URL"),
        ({"OPENSEARCH_USER": "writer"}, "POLICY_SEARCH_OPENSEARCH_PASSWORD_FILE go together"),
        ({"OPENSEARCH_PASSWORD_FILE": "/run/secrets/password"}, "POLICY_SEARCH_OPENSEARCH_USER and"),
    ],
    ids=["no address", "a user alone", "a password alone"],
)
def test_what_does_not_go_together_is_refused(texts: dict[str, str], says: str) -> None:
    with pytest.raises(SettingInvalid, match=says):
        read_engine(of_cluster(**texts))


@pytest.mark.parametrize(
    "url", ["https://writer:hunter2@one.example", "https://one.example,http://a:hunter2@b"]
)
def test_a_password_in_an_address_is_refused_and_not_repeated(url: str, tmp_path: Path) -> None:
    with pytest.raises(SettingInvalid) as refused:
        read_engine(of_cluster(OPENSEARCH_URL=url))
    assert "without login" in str(refused.value)
    assert "hunter2" not in str(refused.value)
    done = run_on(tmp_path, "stats", "--engine", "opensearch", "--opensearch-url", url)
    assert done.status == 2
    assert "without login" in done.message
    assert "hunter2" not in done.message


def test_an_option_goes_before_its_variable() -> None:
    environment = of_cluster(OPENSEARCH_INDEX="variable", OPENSEARCH_SHARDS="2")
    read = load_engine({f"{PREFIX}OPENSEARCH_INDEX": "option"}, environment)
    assert (read.prefix, read.shards) == ("option", 2)
    assert load_engine({f"{PREFIX}ENGINE": "whoosh"}, environment).engine is EngineName.WHOOSH


@pytest.mark.parametrize("settings", [IN_FOLDER, ALL], ids=["folder", "cluster"])
def test_what_is_handed_to_another_process_says_the_same(settings: EngineSettings) -> None:
    given: list[EngineSettings] = []

    @click.command()
    @engine_options
    def command(engine: EngineSettings) -> None:
        given.append(engine)

    elsewhere = of_cluster(OPENSEARCH_URL="https://other.example", OPENSEARCH_INDEX="other")
    done = CliRunner(env=elsewhere).invoke(command, engine_arguments(settings), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert given == [settings]


def test_every_command_that_uses_an_index_lets_its_engine_be_chosen() -> None:
    lacking = {
        name
        for name in MODULES
        if not {option.name for option in load_command(name).params} >= ENGINE_OPTIONS
    }
    assert lacking == WITHOUT_INDEX | {"analyze"}


LOADED = """
import sys
from pathlib import Path
import web.commands.serving, web.command_line.serve
from web.command_line.catalogue import MODULES, load_command
from web.cli import main
for name in MODULES:
    load_command(name)
try:
    main(["stats", "--data", sys.argv[1]])
except SystemExit as ended:
    assert ended.code == 0, ended.code
print(sorted(name for name in sys.modules if "opensearch" in name.partition("web.")[0]))
"""

NOT_INSTALLED = """
import sys
sys.modules["opensearchpy"] = None
from web.cli import main
main(["stats", "--data", sys.argv[1], "--engine", "opensearch", "--opensearch-url", "http://127.0.0.1:9"])
"""


def python(program: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, folder], capture_output=True, text=True, check=False, timeout=120
    )


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("engine") / "data"
    assert run_on(folder, "ingest", "-", stdin=b'{"id": "a1", "title": "x"}').status == 0
    return folder


def test_left_alone_nothing_of_a_cluster_is_loaded(data: Path) -> None:
    done = python(LOADED, data)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "[]"


def test_without_what_it_needs_the_error_says_what_to_install(data: Path) -> None:
    done = python(NOT_INSTALLED, data)
    assert done.returncode == 2, done.stderr
    assert done.stderr == (
        "policy-search: the engine opensearch is not installed; install it with: "
        'pip install "regional-policy-search[opensearch]"\n'
    )

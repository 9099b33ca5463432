"""How long a secret is compared tells nothing. The source shows it: a clock would only measure noise."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECRET = ("token", "secret", "password", "mac", "feed_key", "signature")
GUARDS = ("web/http/admin_token.py", "web/http/bearer.py", "web/saved/service.py", "web/saved/session.py")
"""Where something secret is compared with what somebody sent."""


def comparisons(source: str) -> Iterator[str]:
    """Every comparison of values one of which is called like a secret; `is None` asks something else."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Compare) or not any(
            isinstance(operator, ast.Eq | ast.NotEq | ast.In | ast.NotIn) for operator in node.ops
        ):
            continue
        if any(_is_secret(side) for side in (node.left, *node.comparators)):
            yield f"{node.lineno}: {ast.unparse(node)}"


def _is_secret(node: ast.expr) -> bool:
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    if isinstance(node, ast.Call):
        return _is_secret(node.func)
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return any(map(_is_secret, node.elts))
    return any(name.strip("_") == word or name.endswith(f"_{word}") for word in SECRET)


def sources() -> list[Path]:
    return sorted(path for package in ("index", "search", "web") for path in (ROOT / package).rglob("*.py"))


def test_no_secret_is_compared_by_an_operator() -> None:
    found = {
        str(path.relative_to(ROOT)): lines
        for path in sources()
        if (lines := list(comparisons(path.read_text(encoding="utf-8"))))
    }
    assert found == {}


@pytest.mark.parametrize(
    "source",
    [
        "given == token",
        "self._token != given",
        "mac(given) == sent",
        "search.feed_key == given",
        "given in (token,)",
    ],
)
def test_such_a_comparison_is_found(source: str) -> None:
    assert list(comparisons(source))


@pytest.mark.parametrize("source", ["token is None", "hmac.compare_digest(token, given)", "stoken == 1"])
def test_others_are_left_alone(source: str) -> None:
    assert list(comparisons(source)) == []


@pytest.mark.parametrize("path", GUARDS)
def test_what_guards_something_compares_digests(path: str) -> None:
    source = (ROOT / path).read_text(encoding="utf-8")
    delegates = "_token.matches(" in source
    assert "hmac.compare_digest(" in source or delegates

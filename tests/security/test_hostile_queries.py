"""T8 to T12 and P13: no query takes more than it may, and none is answered with a fault of ours."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from random import Random
from types import ModuleType

import pytest
from starlette.testclient import TestClient

from index.analysis.analyzer import Analyzer
from search.language import leaves, parser
from search.planning import query_plans
from search.request import MAX_CLAUSES, MAX_DEPTH, MAX_QUERY
from tests.engines import from_reference
from tests.security.cost import MOST_MEGABYTES, MOST_SECONDS, can_be_measured, cost_of
from tests.strategies import articles
from tests.web.saved.desk import Clock, Kit, open_desk

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = 300
GENERATED = 300
"""`benchmarks.hostile_queries` asks 100,000 on an index of any size."""

WITHOUT_A_BOUND = """
import runpy, sys
from search.language import parser
parser.MAX_DEPTH = 10**6
sys.argv[0] = "benchmarks.hostile_queries"
runpy.run_module("benchmarks.hostile_queries", run_name="__main__")
"""

measured = pytest.mark.skipif(not can_be_measured(), reason="the system does not tell the peak of its memory")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, analyzer: Analyzer) -> Path:
    """A data folder with random articles of frequent words."""
    root = tmp_path_factory.mktemp("hostile") / "data"
    with open_desk(root, Kit.load(analyzer), Clock()) as desk:
        desk.come_in(*map(from_reference, articles(Random(8), ARTICLES)))
    return root


def asked(folder: Path, *program: str, doors: int, count: int) -> subprocess.CompletedProcess[str]:
    """Hostile queries to a process of their own: what it costs is theirs alone."""
    command = [sys.executable, *program, str(folder), "--doors", str(doors), "--count", str(count)]
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)


@pytest.mark.slow
@measured
def test_no_query_takes_more_than_it_may_and_none_is_a_fault(folder: Path) -> None:
    outcome = asked(folder, "-m", "benchmarks.hostile_queries", doors=3, count=GENERATED)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    assert ", 0 faults" in outcome.stdout


@pytest.mark.slow
@measured
def test_control_without_its_bound_of_depth_the_program_breaks(folder: Path) -> None:
    outcome = asked(folder, "-c", WITHOUT_A_BOUND, doors=1, count=0)
    assert outcome.returncode == 1
    assert "faults" in outcome.stdout
    assert ", 0 faults" not in outcome.stdout


@measured
def test_control_what_costs_too_much_is_seen() -> None:
    _, cost = cost_of(lambda: len(b"x" * ((int(MOST_MEGABYTES) + 50) * 10**6)))
    assert cost.megabytes > MOST_MEGABYTES
    assert not cost.is_fair
    assert not replace(cost, megabytes=0.0, seconds=MOST_SECONDS + 0.1).is_fair
    assert replace(cost, megabytes=0.0, seconds=MOST_SECONDS - 0.1).is_fair


@pytest.mark.parametrize(
    ("q", "kind"),
    [
        pytest.param("*科技", "wildcard-too-broad", id="T8: a star in front"),
        pytest.param("的*", "wildcard-too-broad", id="T8: a star behind one character"),
        pytest.param("*", "query-syntax", id="T8: a star alone"),
        pytest.param(" ".join("甲" * (MAX_CLAUSES + 1)), "query-too-complex", id="T9: a term too many"),
        pytest.param(" OR ".join("甲" * 100), "query-too-complex", id="T9: a hundred OR"),
        pytest.param("字" * (MAX_QUERY + 1), "query-too-long", id="T9: one long term"),
        pytest.param(
            "(" * (MAX_DEPTH + 1) + "甲" + ")" * (MAX_DEPTH + 1),
            "query-too-complex",
            id="T10: a bracket too many",
        ),
        pytest.param("-" * (MAX_DEPTH + 1) + "甲", "query-too-complex", id="T10: a NOT too many"),
        pytest.param("NOT " * 100 + "甲", "query-too-complex", id="T10: a hundred NOT"),
        pytest.param("(甲", "query-syntax", id="T10: unbalanced"),
        pytest.param("“甲", "query-syntax", id="T10: a quote"),
    ],
)
def test_a_strict_reading_refuses(q: str, kind: str, site: TestClient) -> None:
    answer = site.get("/api/v1/search", params={"q": q, "repair": "false"})
    assert (answer.status_code, answer.json()["type"]) == (400, f"/problems/{kind}")


@pytest.mark.parametrize(
    ("q", "place", "instead"),
    [
        pytest.param("*科技", (query_plans, "refuse"), lambda _: None, id="T8: a star in front"),
        pytest.param("的*", (leaves, "MIN_STEM"), 1, id="T8: a star behind one character"),
        pytest.param(
            " ".join("甲" * (MAX_CLAUSES + 1)), (parser, "MAX_CLAUSES"), 999, id="T9: a term too many"
        ),
        pytest.param(" OR ".join("甲" * 100), (parser, "MAX_CLAUSES"), 999, id="T9: a hundred OR"),
    ],
)
def test_control_without_its_bound_it_is_not_refused(
    q: str, place: tuple[ModuleType, str], instead: object, site: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {"q": q, "repair": "false"}
    assert site.get("/api/v1/search", params=asked).status_code == 400
    monkeypatch.setattr(*place, instead)
    assert site.get("/api/v1/search", params=asked).status_code == 200


@pytest.mark.parametrize(
    "q", ["(" * 2_000, "NOT " * 3_000 + "甲", " OR ".join("a" * 10_000)], ids=["brackets", "NOT", "OR"]
)
def test_a_query_that_fits_into_no_address_is_too_long_in_a_form(q: str, site: TestClient) -> None:
    answer = site.post("/api/v1/search", data={"q": q})
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/query-too-long")


@pytest.mark.parametrize(
    "q",
    [
        pytest.param("*科技 科*", id="T8: stars"),
        pytest.param("[a TO zzzz] *:*", id="T8: ranges"),
        pytest.param(" ".join("甲" * MAX_CLAUSES), id="T9: as many terms as there may be"),
        pytest.param("字" * MAX_QUERY, id="T9: as long as it may be"),
        pytest.param("(" * MAX_DEPTH + "甲" + ")" * MAX_DEPTH, id="T10: as many brackets as there may be"),
        pytest.param("((甲）“", id="T10: unbalanced"),
        pytest.param("(a+)+$ term~9 /x.*/", id="T11: other languages"),
    ],
)
def test_a_forgiving_reading_takes_for_text(q: str, site: TestClient) -> None:
    answer = site.get("/api/v1/search", params={"q": q})
    assert answer.status_code == 200
    assert answer.json()["query"]["q"] == q

"""Every complaint of real users about Chinese full-text search, put to ours.

The scenarios, which are more than one query, are in `test_complaint_scenarios.py`.
"""

import pytest

from tests.both_engines import LibraryFactory
from tests.engines import ArticleLibrary
from tests.search import test_complaint_scenarios as scenarios
from tests.search.complaints import Case, cases, check

WAITING: dict[str, str] = {}
"""Cases that fail, each with the subject of the issue that makes it pass."""

CASES = cases()


def table(*, queries: bool) -> list[object]:
    """The cases as parameters; those that wait for an issue have to fail until then."""
    return [
        pytest.param(
            case,
            id=case.name,
            marks=[pytest.mark.xfail(strict=True, reason=f"waits for the issue {WAITING[case.name]!r}")]
            if case.name in WAITING
            else [],
        )
        for case in CASES
        if case.is_query is queries
    ]


@pytest.fixture(scope="module")
def library(library_of: LibraryFactory) -> ArticleLibrary:
    return library_of()


@pytest.mark.parametrize("case", table(queries=True))
def test_query(case: Case, library: ArticleLibrary) -> None:
    check(case, library)


@pytest.mark.parametrize("case", table(queries=False))
def test_scenario_has_a_test_of_its_own(case: Case) -> None:
    assert any(name.startswith(f"test_{case.name}_") for name in dir(scenarios)), case.name


def test_the_table_is_whole() -> None:
    names = [case.name for case in CASES]
    assert len(names) == len(set(names))
    assert {case.row for case in CASES} == set(range(1, 38))


def test_only_cases_of_the_table_wait() -> None:
    assert WAITING.keys() <= {case.name for case in CASES}

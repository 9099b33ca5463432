"""The page on synonyms names what there is."""

import re
from pathlib import Path

import pytest

from search.expansion.alternative import AlternativeKind
from search.expansion.expansion import MAX_ALTERNATIVES
from search.numerals.notations import NOTATIONS
from search.rules.pinned import MAX_PINNED, MAX_QUERIES
from search.synonyms.rule_file import MAX_FORM, MAX_FORMS, MAX_RULES

PAGE = (Path(__file__).parents[3] / "docs" / "synonyms.md").read_text(encoding="utf-8")


def first_column(heading: str) -> list[str]:
    """The names in the first column of the table under a heading."""
    section = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"^\| `(.+?)` \|", section, flags=re.MULTILINE)


def test_every_kind_has_its_row() -> None:
    assert first_column("What a run can become") == [kind.value for kind in AlternativeKind]


def test_every_notation_has_its_row() -> None:
    assert sorted(first_column("Numerals")) == sorted(NOTATIONS)


@pytest.mark.parametrize(
    "limit",
    [
        f"up to {MAX_ALTERNATIVES} whole runs",
        f"At most {MAX_RULES:,}\nlines, {MAX_FORMS} forms on a side, {MAX_FORM} characters a form",
        f"At most {MAX_PINNED} articles for a query and\n{MAX_QUERIES:,} queries",
    ],
)
def test_limits_are_those_of_the_program(limit: str) -> None:
    assert limit in PAGE

"""Filters as conditions of a plan."""

import pytest

from index.analysis.analyzer import Analyzer
from index.documents import DATE_FIELDS, KEYWORD_FIELDS
from search.errors import FilterInvalid
from search.plan import Keyword, Missing, Node, Not, Or
from search.planning.filters import EXCLUDE, VALUE_FILTERS, planned_filters, read_years
from search.request import Filters


@pytest.mark.parametrize(
    ("filters", "node", "chosen"),
    [
        pytest.param(Filters(tag=("發展 ",)), Keyword("tag", ("发展",)), "tag", id="folded"),
        pytest.param(Filters(level=("省级",)), Keyword("level", ("provincial",)), "level", id="a level"),
        pytest.param(
            Filters(document_number=("鄂政發(2024)第012號",)),
            Keyword("document_number", ("鄂政发〔2024〕12号",)),
            "document_number",
            id="a document number",
        ),
        pytest.param(Filters(origin=("_missing",)), Missing("origin"), "origin", id="none"),
        pytest.param(Filters(exclude_year=("_missing",)), Not(Missing("year")), None, id="any"),
        pytest.param(
            Filters(source=("_missing", "A")),
            Or((Keyword("source", ("a",)), Missing("source"))),
            "source",
            id="one of them or none",
        ),
        pytest.param(
            Filters(year=("2020..2022", "2024")),
            Keyword("year", ("2020", "2021", "2022", "2024")),
            "year",
            id="years",
        ),
        pytest.param(
            Filters(region=("420000!", "110000")),
            Or((Keyword("region", ("110000",)), Keyword("unit", ("420000",)))),
            "region",
            id="a unit alone, and another with all below it",
        ),
        pytest.param(
            Filters(exclude_region=("420000!",)), Not(Keyword("unit", ("420000",))), None, id="not the unit"
        ),
        pytest.param(Filters(source=("420000!",)), Keyword("source", ("420000!",)), "source", id="a mark"),
    ],
)
def test_a_filter_is_planned_as(filters: Filters, node: Node, chosen: str | None, analyzer: Analyzer) -> None:
    [planned] = planned_filters(filters, analyzer)
    assert (planned.node, planned.chosen) == (node, chosen)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("level", "省"),
        ("document_type", "博客"),
        ("document_number", "十二"),
        *(
            ("year", text)
            for text in ("24", "2024-01", "2022..2021", "2020..", "..2020", "1899", "", "２０２４")
        ),
    ],
)
@pytest.mark.parametrize("begin", ["", EXCLUDE])
def test_a_value_that_the_field_cannot_have_is_refused(
    name: str, value: str, begin: str, analyzer: Analyzer
) -> None:
    with pytest.raises(FilterInvalid) as refused:
        planned_filters(Filters(**{begin + name: ("_missing", value)}), analyzer)  # type: ignore[arg-type]
    assert (refused.value.field, refused.value.value) == (name, value)


@pytest.mark.parametrize(
    ("text", "years"),
    [("2024", range(2024, 2025)), ("2019..2022", range(2019, 2023)), ("1900..2100", range(1900, 2101))],
)
def test_years_are(text: str, years: range) -> None:
    assert read_years(text) == years


def test_there_is_a_filter_for_every_field_of_the_index() -> None:
    """But for two that others stand for: a month is a stretch of time, a unit a region of its own."""
    assert set(VALUE_FILTERS) == set(KEYWORD_FIELDS) - {"month", "unit"}
    names = {name for field in VALUE_FILTERS for name in (field, EXCLUDE + field)}
    names |= {f"{field}_{end}" for field in DATE_FIELDS for end in ("after", "before")}
    assert names == set(Filters.__dataclass_fields__)

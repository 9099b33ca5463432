"""The values of a facet as check boxes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.results import FacetResult, FacetValue
from tests.web.known_regions import LABELS, REGIONS
from tests.web.spoken import EN, HANS, HANT
from web.parameters.query_string import Pair
from web.presenters.choices import Choice, choices, shown_first, value_label
from web.presenters.facets import DOCUMENT_FACETS, FACETS, SHOWN, facet_requests, facets

MISSING = "_missing"


def facet(
    field: str, counts: dict[str, int], *, missing: int = 0, other: int = 0, missing_selected: bool = False
) -> FacetResult:
    return FacetResult(
        field=field,
        values=tuple(FacetValue(value, count, selected=False) for value, count in counts.items()),
        distinct=len(counts),
        other=other,
        missing=missing,
        missing_selected=missing_selected,
    )


def shown(result: FacetResult, *typed: str) -> list[tuple[str, str, str, bool]]:
    return [
        (one.value, one.label, one.count, one.checked)
        for one in choices(result, typed, REGIONS.folding, HANS)
    ]


@pytest.mark.parametrize(
    ("result", "typed", "expected"),
    [
        pytest.param(
            facet("source", {"甲报": 1200, "乙报": 3}),
            (),
            [("甲报", "甲报", "1,200", False), ("乙报", "乙报", "3", False)],
            id="by count",
        ),
        pytest.param(
            facet("source", {"甲报": 12, "乙报": 3}),
            ("乙報",),
            [("乙報", "乙報", "3", True), ("甲报", "甲报", "12", False)],
            id="the chosen first, as it was written",
        ),
        pytest.param(
            facet("source", {"甲报": 12, "乙报": 0, "丙报": 0}),
            ("乙报",),
            [("乙报", "乙报", "0", True), ("甲报", "甲报", "12", False)],
            id="none without articles but the chosen",
        ),
        pytest.param(
            facet("year", {"2020": 9, "2024": 3, "2022": 5}),
            (),
            [
                ("2024", "2024年", "3", False),
                ("2022", "2022年", "5", False),
                ("2020", "2020年", "9", False),
            ],
            id="years from the newest",
        ),
        pytest.param(
            facet("year", {"2020": 9, "2024": 3}),
            ("2019..2021",),
            [
                ("2019..2021", "2019—2021年", "", True),
                ("2024", "2024年", "3", False),
                ("2020", "2020年", "9", False),
            ],
            id="a range is none of the years",
        ),
        pytest.param(
            facet("level", {"provincial": 9, "county": 3}),
            ("县级",),
            [("县级", "县级", "3", True), ("provincial", "省级", "9", False)],
            id="levels have names",
        ),
        pytest.param(
            facet("topic", {"能源": 2}, missing=7),
            (),
            [("能源", "能源", "2", False), (MISSING, "未标明", "7", False)],
            id="articles without a value come last",
        ),
        pytest.param(
            facet("topic", {"能源": 2}, missing_selected=True),
            (MISSING,),
            [("能源", "能源", "2", False), (MISSING, "未标明", "0", True)],
            id="and are there in any case where they are chosen",
        ),
        pytest.param(facet("topic", {}), (), [], id="nothing"),
    ],
)
def test_values_are_check_boxes(
    result: FacetResult, typed: tuple[str, ...], expected: list[tuple[str, str, str, bool]]
) -> None:
    assert shown(result, *typed) == expected


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("level", "provincial", ("省级", "省級", "Provincial")),
        ("year", "2024", ("2024年", "2024年", "2024")),
        ("topic", MISSING, ("未标明", "未標明", "Not given")),
        ("topic", "能源", ("能源", "能源", "能源")),
        ("level", "里", ("里", "里", "里")),
    ],
)
def test_a_value_has_a_name_in_each_language(field: str, value: str, expected: tuple[str, str, str]) -> None:
    assert tuple(value_label(field, value, texts) for texts in (HANS, HANT, EN)) == expected


@given(st.lists(st.booleans(), max_size=30), st.integers(0, 12))
def test_what_is_chosen_is_shown_and_others_as_far_as_there_is_room(checked: list[bool], most: int) -> None:
    known = tuple(
        Choice(value=str(number), label="", count="", checked=one, is_content=True, is_free=False)
        for number, one in enumerate(checked)
    )
    first = shown_first(known, most)
    assert [one for one in known if one.checked] == [one for one in first if one.checked]
    assert [one for one in known if one in first] == list(first)
    assert len(first) == max(sum(checked), min(len(known), most))


def test_what_is_asked_for_is_what_is_shown() -> None:
    pairs: tuple[Pair, ...] = (("source", "甲报"), ("region", "杭州"))
    asked = facet_requests(pairs, LABELS)
    assert [request.field for request in asked] == ["region", *FACETS, *DOCUMENT_FACETS]
    region = asked[0]
    assert region.named[:2] == ("330000", "330100")
    assert set(REGIONS.regions.children("330100")) < set(region.named)


def test_a_long_facet_leads_to_its_page_and_an_empty_one_is_left_out() -> None:
    sources = facet("source", {f"第{number}报": 99 - number for number in range(SHOWN)}, other=5)
    few = facet("topic", {"能源": 1})
    counted = [
        facet("region", {}),
        few,
        sources,
        *(facet(name, {}) for name in ("year", "agency", "level")),
        facet("document_type", {}, missing=9),
    ]
    page = facets(counted, (("q", "a"), ("page", "3")), LABELS, HANS)
    assert [(group.name, group.more_href) for group in page.groups] == [
        ("topic", None),
        ("source", "/facets?facet=source&q=a"),
    ]
    assert page.groups[1].more_label == "显示更多：来源"
    assert page.document_groups == ()
    assert not page.is_document_open


def test_the_facets_of_documents_are_open_where_one_of_them_is_chosen() -> None:
    counted = [facet("region", {}), *(facet(name, {}) for name in (*FACETS, "agency", "level"))]
    counted.append(facet("document_type", {}, missing=2, missing_selected=True))
    page = facets(counted, (("document_type", MISSING),), LABELS, HANS)
    assert page.is_document_open
    [group] = page.document_groups
    assert [(one.value, one.checked) for one in group.choices] == [(MISSING, True)]

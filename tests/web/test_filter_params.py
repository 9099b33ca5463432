"""Filters, facets and ways to walk, from the pairs of a request to what is asked for."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Part
from index.describe.times import CHINA
from search.plan import FacetOrder, Interval
from search.planning.filters import VALUE_FILTERS
from search.request import FIRST_CURSOR, FacetRequest, Filters, Sort
from tests.web.known_regions import REGIONS
from web.errors import BadParameters, Fault, FaultKind
from web.parameters import requests, table
from web.parameters.counts import read_facet, read_timeline
from web.parameters.defined import filters as defined
from web.parameters.defined.counting import FACETS
from web.parameters.kinds import Parameter
from web.parameters.lookups import read_copies, read_region_list, read_similar
from web.parameters.query_string import Pair
from web.parameters.reader import MAX_ADVISED, MAX_PAIRS
from web.parameters.requests import SearchParameters, read_article

Read = Callable[[Sequence[Pair]], object]

TABLES: dict[str, tuple[Parameter, ...]] = {
    name: value for name, value in vars(table).items() if name.endswith("_PARAMETERS")
}


def read_search(pairs: Sequence[Pair]) -> SearchParameters:
    return requests.read_search(pairs, REGIONS)


def filters_of(*pairs: Pair) -> Filters:
    return read_search(pairs).request.filters


def faults_of(pairs: Sequence[Pair], read: Read = read_search) -> tuple[Fault, ...]:
    with pytest.raises(BadParameters) as caught:
        read(pairs)
    return caught.value.faults


def test_every_filter_of_a_search_is_a_parameter_of_the_same_name() -> None:
    assert [parameter.name for parameter in defined.FILTERS] == sorted(
        (field.name for field in fields(Filters)),
        key=[parameter.name for parameter in defined.FILTERS].index,
    )
    assert {parameter.field for parameter in defined.VALUE_FILTERS} == set(VALUE_FILTERS)


@pytest.mark.parametrize("prefix", ["", "exclude_"])
@pytest.mark.parametrize(
    ("name", "written", "asked"),
    [
        ("source", ["浙江日报", "宁波日报"], ("浙江日报", "宁波日报")),
        ("origin", ["新华社"], ("新华社",)),
        ("topic", ["招商引资", "_missing"], ("招商引资", "_missing")),
        ("tag", ["通知"], ("通知",)),
        ("category", ["政务公开"], ("政务公开",)),
        ("document_number", ["国发〔2024〕1号", "国发[2024]1号"], ("国发〔2024〕1号", "国发[2024]1号")),
        ("document_type", ["通知", "條例"], ("通知", "條例")),
        ("agency", ["国务院办公厅"], ("国务院办公厅",)),
        ("level", ["provincial", "省级"], ("provincial", "省级")),
        ("year", ["2024", "2019..2022", "_missing"], ("2024", "2019..2022", "_missing")),
        ("region", ["浙江"], ("330000",)),
        ("region", ["浙江!"], ("330000!",)),
        ("region", ["浙江！", "4201!", "_missing"], ("330000!", "420100!", "_missing")),
        ("region", ["330000", "浙"], ("330000",)),
    ],
)
def test_a_filter_by_value_arrives(
    prefix: str, name: str, written: list[str], asked: tuple[str, ...]
) -> None:
    parameters = read_search([(prefix + name, value) for value in (*written, written[0])])
    given: dict[str, Any] = {prefix + name: asked}
    assert parameters.request.filters == Filters(**given)
    assert parameters.pairs == tuple((prefix + name, value) for value in written)


def test_an_area_stands_for_its_members_at_their_own_level_too() -> None:
    wide, narrow = filters_of(("region", "长三角")).region, filters_of(("region", "长三角!")).region
    assert len(wide) > 1
    assert narrow == tuple(f"{code}!" for code in wide)


@pytest.mark.parametrize("name", ["published", "signed", "effective", "added"])
def test_both_ends_of_each_date_arrive(name: str) -> None:
    filters = filters_of((f"{name}_after", "2024-03"), (f"{name}_before", "2024-03"))
    ends: dict[str, Any] = {
        f"{name}_after": datetime(2024, 3, 1, tzinfo=CHINA),
        f"{name}_before": datetime(2024, 4, 1, tzinfo=CHINA),
    }
    assert filters == Filters(**ends)
    faults = faults_of([(f"{name}_after", "2024-04"), (f"{name}_before", "2024-03")])
    assert [(fault.kind, fault.parameter) for fault in faults] == [
        (FaultKind.CONFLICTING, f"{name}_after"),
        (FaultKind.CONFLICTING, f"{name}_before"),
    ]


@pytest.mark.parametrize("prefix", ["", "exclude_"])
@pytest.mark.parametrize(
    ("name", "value", "suggestion"),
    [
        ("level", "省", "省级"),
        ("level", "province", "provincial"),
        ("level", "provincial!", "provincial"),
        ("document_type", "通之", "通知"),
        ("document_number", "不是文号", None),
        ("year", "24", None),
        ("year", "2024..2020", None),
        ("year", "2024-03", None),
        ("year", "1024", None),
    ],
)
def test_a_value_that_a_field_cannot_have_is_refused(
    prefix: str, name: str, value: str, suggestion: str | None
) -> None:
    (fault,) = faults_of([(prefix + name, value)])
    assert (fault.kind, fault.parameter, fault.value) == (FaultKind.INVALID, prefix + name, value)
    assert fault.suggestion == suggestion


@pytest.mark.parametrize(
    ("value", "kind", "suggestion"),
    [("湖北生!", FaultKind.UNKNOWN_REGION, "湖北省!"), ("鼓楼区!", FaultKind.AMBIGUOUS_REGION, None)],
)
def test_advice_on_a_region_keeps_its_mark(value: str, kind: FaultKind, suggestion: str | None) -> None:
    (fault,) = faults_of([("region", value)])
    assert (fault.kind, fault.suggestion) == (kind, suggestion)
    assert all(alternative.value.endswith("!") for alternative in fault.alternatives)
    assert len(filters_of(("region", fault.alternatives[0].value)).region) == 1


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ([], tuple(Part)),
        (["title"], (Part.TITLE,)),
        (["tags,title"], (Part.TITLE, Part.TAGS)),
        (["body", "lead"], (Part.LEAD, Part.BODY)),
    ],
)
def test_the_parts_to_look_in_arrive(written: list[str], parts: tuple[Part, ...]) -> None:
    pairs = [("in", value) for value in written]
    assert read_search(pairs).request.parts == parts
    assert read_article(pairs).parts == parts
    assert dict(read_article([("q", "a"), *pairs]).pairs).get("in") == (
        ",".join(part.value for part in parts) if written else None
    )


def test_what_was_added_last_can_come_first() -> None:
    assert read_search([("sort", "added")]).request.sort is Sort.ADDED


@pytest.mark.parametrize(
    ("written", "facets", "canonical"),
    [
        (["source"], (FacetRequest(field="source"),), "source"),
        (["source:10"], (FacetRequest(field="source"),), "source"),
        (
            ["year:200,source:1"],
            (FacetRequest(field="source", limit=1), FacetRequest(field="year", limit=200)),
            "source:1,year:200",
        ),
        (["month", "region:34"], (FacetRequest(field="region", limit=34), FacetRequest(field="month")), None),
    ],
)
def test_facets_arrive(written: list[str], facets: tuple[FacetRequest, ...], canonical: str | None) -> None:
    parameters = read_search([("facets", value) for value in written])
    assert parameters.request.facets == facets
    assert dict(parameters.pairs)["facets"] == (canonical or "region:34,month")


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("unit", FaultKind.INVALID),
        ("source:0", FaultKind.INVALID),
        ("source:201", FaultKind.INVALID),
        ("source:", FaultKind.INVALID),
        ("source:1:2", FaultKind.INVALID),
        ("source:１", FaultKind.INVALID),
        ("source,source:5", FaultKind.REPEATED),
    ],
)
def test_a_facet_that_cannot_be_counted_is_refused(written: str, kind: FaultKind) -> None:
    (fault,) = faults_of([("facets", written)])
    assert (fault.kind, fault.parameter) == (kind, "facets")


def test_a_facet_that_is_misspelt_comes_with_the_nearest() -> None:
    (fault,) = faults_of([("facets", "sources:5")])
    assert fault.suggestion == "source"


def test_a_cursor_arrives_and_knows_no_window() -> None:
    parameters = read_search([("cursor", FIRST_CURSOR), ("per_page", "100")])
    assert (parameters.request.cursor, parameters.request.offset) == (FIRST_CURSOR, 0)
    assert parameters.pairs == (("per_page", "100"), ("cursor", FIRST_CURSOR))
    assert read_search([("cursor", "c" * 512)]).request.cursor == "c" * 512


@pytest.mark.parametrize("page", ["1", "2"])
def test_a_cursor_goes_with_no_page(page: str) -> None:
    faults = faults_of([("cursor", FIRST_CURSOR), ("page", page)])
    assert [(fault.kind, fault.parameter) for fault in faults] == [
        (FaultKind.CONFLICTING, "page"),
        (FaultKind.CONFLICTING, "cursor"),
    ]


def test_a_cursor_that_is_too_long_is_none_of_ours() -> None:
    (fault,) = faults_of([("cursor", "c" * 513)])
    assert (fault.kind, fault.parameter, fault.span) == (FaultKind.INVALID_CURSOR, "cursor", (512, 1))


def test_one_facet_is_asked_for() -> None:
    pairs = [("facet", "source"), ("q", "招商"), ("prefix", "浙"), ("limit", "200"), ("sort", "value")]
    request = read_facet([*pairs, ("source", "甲"), ("in", "title")], REGIONS)
    assert request.facets == (
        FacetRequest(field="source", limit=200, prefix="浙", order=FacetOrder.BY_VALUE),
    )
    assert (request.q, request.limit, request.parts) == ("招商", 0, (Part.TITLE,))
    assert request.filters == Filters(source=("甲",))
    assert read_facet([("facet", "month")], REGIONS).facets == (FacetRequest(field="month", limit=50),)


@pytest.mark.parametrize("pair", [("facet", ""), ("facet", "unit"), ("limit", "201"), ("prefix", "字" * 65)])
def test_a_facet_has_to_be_named(pair: Pair) -> None:
    pairs = [pair] if pair[0] == "facet" else [("facet", "source"), pair]
    assert [fault.parameter for fault in faults_of(pairs, lambda given: read_facet(given, REGIONS))] == [
        pair[0]
    ]


def test_a_timeline_is_asked_for() -> None:
    asked = read_timeline([("q", "招商"), ("interval", "day"), ("added_after", "2026")], REGIONS)
    assert asked.interval is Interval.DAY
    assert (asked.request.q, asked.request.limit) == ("招商", 0)
    assert asked.request.filters.added_after == datetime(2026, 1, 1, tzinfo=CHINA)
    assert read_timeline([], REGIONS).interval is Interval.MONTH


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("threshold", "0.5", "0.49"),
        ("threshold", "1", "1.01"),
        ("threshold", "0.90", ".9"),
        ("threshold", "0.8", "nan"),
        ("threshold", "1.0", "1e0"),
        ("limit", "100", "101"),
        ("limit", "1", "0"),
    ],
)
def test_the_bounds_of_copies(name: str, good: str, bad: str) -> None:
    assert getattr(read_copies([(name, good)]), name) == float(good)
    assert [fault.parameter for fault in faults_of([(name, bad)], read_copies)] == [name]


def test_similar_articles_are_asked_for() -> None:
    request = read_similar([("limit", "20"), ("region", "鄂"), ("collapse", "none")], REGIONS)
    assert (request.limit, request.filters.region) == (20, ("420000",))
    assert [
        fault.parameter for fault in faults_of([("q", "a")], lambda pairs: read_similar(pairs, REGIONS))
    ] == ["q"]


def test_regions_are_asked_for() -> None:
    asked = read_region_list([("parent", "浙"), ("counts", "true"), ("source", "甲")], REGIONS)
    assert (asked.parent, asked.depth, asked.counted_under) == ("330000", 1, Filters(source=("甲",)))
    assert read_region_list([], REGIONS).counted_under is None


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("nowhere", FaultKind.UNKNOWN_REGION),
        ("鼓楼区", FaultKind.AMBIGUOUS_REGION),
        ("长三角", FaultKind.AMBIGUOUS_REGION),
    ],
)
def test_a_parent_is_one_region(value: str, kind: FaultKind) -> None:
    (fault,) = faults_of([("parent", value)], lambda pairs: read_region_list(pairs, REGIONS))
    assert (fault.kind, fault.parameter) == (kind, "parent")


@pytest.mark.parametrize("parameters", TABLES.values(), ids=TABLES)
def test_all_that_may_be_given_fits_in_one_request(parameters: tuple[Parameter, ...]) -> None:
    assert sum(parameter.most for parameter in parameters) <= MAX_PAIRS
    names = [parameter.name for parameter in parameters]
    assert len(set(names)) == len(names)
    assert "lang" in names


def test_every_filter_may_be_given_as_often_as_it_says() -> None:
    pairs = [
        (parameter.name, str(1900 + number) if parameter.field == "year" else f"值{number}")
        for parameter in defined.VALUE_FILTERS
        if parameter.field in {"source", "origin", "topic", "tag", "category", "agency", "year"}
        for number in range(parameter.most)
    ]
    assert len(filters_of(*pairs).exclude_year) == 50
    (fault,) = faults_of([*pairs, ("tag", "more")])
    assert (fault.kind, fault.parameter) == (FaultKind.INVALID, "tag")


def test_unknown_parameters_are_all_named_and_the_first_are_advised() -> None:
    faults = faults_of([(f"sort{number}", "1") for number in range(50)])
    assert [fault.parameter for fault in faults] == [f"sort{number}" for number in range(50)]
    assert [fault.suggestion for fault in faults] == ["sort"] * MAX_ADVISED + [None] * (50 - MAX_ADVISED)


PAIRS = st.sampled_from(
    [
        ("q", "招商"),
        ("in", "title,lead"),
        ("topic", "招商引资"),
        ("exclude_tag", "通知"),
        ("year", "2019..2022"),
        ("region", "浙江!"),
        ("level", "_missing"),
        ("signed_after", "2024"),
        ("facets", "year:3,source"),
        ("cursor", "abc"),
        ("lang", "en"),
    ]
)


@given(st.lists(PAIRS, unique_by=lambda pair: pair[0]))
def test_the_pairs_lead_back_to_the_same_search(pairs: list[Pair]) -> None:
    parameters = read_search(pairs)
    assert read_search(parameters.pairs) == parameters


def test_every_facet_field_is_a_choice() -> None:
    assert FACETS.choices == (
        "source",
        "origin",
        "region",
        "topic",
        "tag",
        "category",
        "document_number",
        "document_type",
        "agency",
        "level",
        "year",
        "month",
    )

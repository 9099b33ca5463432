from collections.abc import Callable, Sequence
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.describe.times import CHINA
from search.request import Explaining, Reading, Recency, Sort, Wording
from tests.web.known_regions import REGIONS
from tests.web.spoken import HANS
from web.errors import BadParameters, Fault, FaultKind
from web.parameters import requests as params
from web.parameters.defined.listing import FIELDS
from web.parameters.guesses import MEANT
from web.parameters.lookups import read_suggestion
from web.parameters.query_string import Pair, read_pairs
from web.parameters.reader import MAX_PAIRS
from web.parameters.requests import MarkForm, SearchParameters, TextForm, read_article
from web.parameters.table import SEARCH_PARAMETERS


def read_search(pairs: Sequence[Pair]) -> SearchParameters:
    return params.read_search(pairs, REGIONS)


def faults_of(pairs: list[Pair], read: Callable[[list[Pair]], object] = read_search) -> tuple[Fault, ...]:
    with pytest.raises(BadParameters) as caught:
        read(pairs)
    return caught.value.faults


def test_nothing_given_means_the_defaults() -> None:
    parameters = read_search([])
    request = parameters.request
    assert (request.q, request.sort, request.offset, request.limit) == ("", None, 0, 10)
    assert (request.snippets, request.snippet_length) == (2, 120)
    assert parameters.fields == ("id", "title", "url", "source", "published_at", "region", "topic")
    assert parameters.marks is MarkForm.BOTH
    assert parameters.pairs == ()
    assert parameters.canonical == ""


@pytest.mark.parametrize(
    ("pair", "name", "value", "default"),
    [
        pytest.param(("recency", "false"), "recency", Recency.OFF, Recency.AS_SET, id="recency"),
        pytest.param(("explain", "true"), "explaining", Explaining.SCORES, Explaining.NONE, id="explain"),
        pytest.param(("synonyms", "false"), "wording", Wording.AS_TYPED, Wording.ANY, id="synonyms"),
        pytest.param(("repair", "false"), "reading", Reading.STRICT, Reading.FORGIVING, id="repair"),
    ],
)
def test_a_switch_arrives_in_the_request(pair: Pair, name: str, value: object, default: object) -> None:
    given, other = read_search([pair]), read_search([(pair[0], "true" if pair[1] == "false" else "false")])
    assert (getattr(given.request, name), given.pairs) == (value, (pair,))
    assert (getattr(other.request, name), other.pairs) == (default, ())
    assert [fault.parameter for fault in faults_of([(pair[0], "yes")])] == [pair[0]]


def test_everything_given_arrives_in_the_request() -> None:
    query = (
        "q=招商&source=甲&source=乙&exclude_source=丙&published_after=2024-03&published_before=2025"
        "&sort=oldest&page=3&per_page=20&fields=body,id&fields=tags&snippets=5&snippet_length=400&highlight=html"
    )
    parameters = read_search(read_pairs(query.encode()))
    request = parameters.request
    assert (request.q, request.sort, request.offset, request.limit) == ("招商", Sort.OLDEST, 40, 20)
    assert request.filters.source == ("甲", "乙")
    assert request.filters.exclude_source == ("丙",)
    assert request.filters.published_after == datetime(2024, 3, 1, tzinfo=CHINA)
    assert request.filters.published_before == datetime(2026, 1, 1, tzinfo=CHINA)
    assert (request.snippets, request.snippet_length) == (5, 400)
    assert parameters.fields == ("id", "body", "tags")
    assert parameters.marks is MarkForm.HTML


@pytest.mark.parametrize(
    ("good", "bad", "kind"),
    [
        pytest.param(("q", "字" * 512), ("q", "字" * 513), FaultKind.TOO_LONG, id="q: 512 code points"),
        pytest.param(("q", "𠮷" * 512), ("q", "𠮷" * 513), FaultKind.TOO_LONG, id="q: beyond the BMP"),
        pytest.param(("page", "1"), ("page", "0"), FaultKind.INVALID, id="page: at least 1"),
        pytest.param(("page", "1000"), ("page", "10001"), FaultKind.INVALID, id="page: at most 10,000"),
        pytest.param(("page", "1000"), ("page", "1001"), FaultKind.WINDOW, id="window: 10,000 hits"),
        pytest.param(("page", "9"), ("page", "-1"), FaultKind.INVALID, id="page: no sign"),
        pytest.param(("page", "1"), ("page", "１"), FaultKind.INVALID, id="page: ASCII digits"),
        pytest.param(("page", "1"), ("page", "1e3"), FaultKind.INVALID, id="page: no exponent"),
        pytest.param(("page", "1"), ("page", "9" * 5000), FaultKind.INVALID, id="page: huge"),
        pytest.param(("per_page", "0"), ("per_page", "-1"), FaultKind.INVALID, id="per_page: at least 0"),
        pytest.param(("per_page", "100"), ("per_page", "101"), FaultKind.INVALID, id="per_page: at most 100"),
        pytest.param(("snippets", "0"), ("snippets", "x"), FaultKind.INVALID, id="snippets: a number"),
        pytest.param(("snippets", "5"), ("snippets", "6"), FaultKind.INVALID, id="snippets: at most 5"),
        pytest.param(("snippet_length", "40"), ("snippet_length", "39"), FaultKind.INVALID, id="shortest"),
        pytest.param(("snippet_length", "400"), ("snippet_length", "401"), FaultKind.INVALID, id="longest"),
        pytest.param(("sort", "newest"), ("sort", "Newest"), FaultKind.INVALID, id="sort: a known order"),
        pytest.param(("highlight", "none"), ("highlight", "no"), FaultKind.INVALID, id="highlight"),
        pytest.param(("fields", "id,body"), ("fields", "id,nope"), FaultKind.INVALID, id="fields"),
        pytest.param(
            ("published_after", "2024-03"), ("published_after", "2024-13"), FaultKind.INVALID, id="date"
        ),
    ],
)
def test_each_bound_holds_on_both_sides(good: Pair, bad: Pair, kind: FaultKind) -> None:
    read_search([good])
    (fault,) = faults_of([bad])
    assert (fault.kind, fault.parameter) == (kind, bad[0])


@pytest.mark.parametrize("name", ["source", "exclude_source"])
def test_a_repeatable_parameter_takes_fifty_values(name: str) -> None:
    pairs = [(name, str(number)) for number in range(50)]
    read_search(pairs)
    (fault,) = faults_of([*pairs, (name, "50")])
    assert (fault.kind, fault.parameter) == (FaultKind.INVALID, name)


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("pag", "page"),
        ("Q", "q"),
        ("per-page", "per_page"),
        ("published_befor", "published_before"),
        ("sources", "source"),
        ("exclude_sources", "exclude_source"),
        ("province", "region"),
        ("Keyword", "q"),
        ("reposts", "collapse"),
        ("format", None),
        ("zzzzzz", None),
        ("", None),
    ],
)
def test_an_unknown_parameter_is_named_with_the_nearest_known_one(name: str, suggestion: str | None) -> None:
    (fault,) = faults_of([(name, "1")])
    assert (fault.kind, fault.parameter, fault.suggestion) == (FaultKind.UNKNOWN, name, suggestion)


def test_what_is_guessed_is_the_name_of_no_parameter_and_means_one() -> None:
    names = {parameter.name for parameter in SEARCH_PARAMETERS}
    assert not names & MEANT.keys()
    assert set(MEANT.values()) <= names


def test_where_a_guess_means_nothing_the_nearest_name_is_told() -> None:
    faults = faults_of([("q", "a"), ("province", "3"), ("limits", "3")], read_suggestion)
    assert [fault.suggestion for fault in faults] == [None, "limit"]


def test_a_format_is_chosen_by_the_address() -> None:
    (fault,) = faults_of([("format", "csv")])
    assert "/api/v1/search.csv" in HANS.tell(fault.detail)


def test_a_bad_choice_comes_with_the_nearest_good_one() -> None:
    (fault,) = faults_of([("sort", "newst")])
    assert fault.suggestion == "newest"
    (fault,) = faults_of([("fields", "id,titel")])
    assert fault.suggestion == "title"


def test_a_single_valued_parameter_is_not_given_twice() -> None:
    (fault,) = faults_of([("q", "a"), ("q", "a")])
    assert (fault.kind, fault.parameter) == (FaultKind.REPEATED, "q")


def test_an_empty_value_is_not_given() -> None:
    assert read_search([("q", ""), ("q", "a"), ("page", ""), ("published_after", "")]).pairs == (("q", "a"),)


@pytest.mark.parametrize(
    ("after", "before"),
    [("2024", "2024"), ("2024-12-31", "2024"), ("2024-03", "2024-03-01"), ("2024", "2025")],
)
def test_after_and_before_may_name_overlapping_periods(after: str, before: str) -> None:
    filters = read_search([("published_after", after), ("published_before", before)]).request.filters
    assert filters.published_after is not None
    assert filters.published_before is not None
    assert filters.published_after < filters.published_before


@pytest.mark.parametrize(("after", "before"), [("2025", "2024"), ("2024-03-02", "2024-03-01")])
def test_after_and_before_that_leave_no_time_conflict(after: str, before: str) -> None:
    faults = faults_of([("published_after", after), ("published_before", before)])
    assert {fault.kind for fault in faults} == {FaultKind.CONFLICTING}
    assert [fault.parameter for fault in faults] == ["published_after", "published_before"]


def test_all_faults_are_reported_at_once() -> None:
    pairs = read_pairs(b"pag=2&sort=x&page=0&per_page=x&published_after=x&q=%FF&snippets=1&snippets=2")
    kinds = [(fault.kind, fault.parameter) for fault in faults_of(list(pairs))]
    assert kinds == [
        (FaultKind.UNKNOWN, "pag"),
        (FaultKind.INVALID, "q"),
        (FaultKind.REPEATED, "snippets"),
        (FaultKind.INVALID, "published_after"),
        (FaultKind.INVALID, "sort"),
        (FaultKind.INVALID, "page"),
        (FaultKind.INVALID, "per_page"),
    ]


def test_too_many_pairs_are_refused_without_looking_at_all_of_them() -> None:
    read_search([("q", "")] * MAX_PAIRS)
    faults = faults_of([("q", "")] * MAX_PAIRS + [("x", "1")] * 5000)
    assert [fault.kind for fault in faults] == [FaultKind.INVALID]


def test_a_query_that_is_too_long_has_the_span_of_the_surplus() -> None:
    (fault,) = faults_of([("q", "字" * 520)])
    assert fault.span == (512, 8)


@pytest.mark.parametrize("query", ["highlight=none&snippets=1", "highlight=html&snippets=0", "snippets=0"])
def test_matches_are_looked_for_where_something_shows_them(query: str) -> None:
    assert read_search(read_pairs(query.encode())).request.needs_places


def test_matches_are_not_looked_for_where_nothing_shows_them() -> None:
    assert not read_search(read_pairs(b"highlight=none&snippets=0")).request.needs_places


def test_controls_in_the_query_are_passed_on() -> None:
    assert read_search([("q", "招\x00商\u202e")]).request.q == "招\x00商\u202e"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("q=a&page=1&per_page=10", "q=a", id="defaults are dropped"),
        pytest.param("source=b&source=a&q=x", "q=x&source=a&source=b&source=a", id="order, doubles"),
        pytest.param("fields=title,id", "fields=id&fields=title", id="spelling of a list"),
        pytest.param("page=002", "page=2", id="leading zeros"),
        pytest.param("fields=id,title,url,source,published_at,region,topic", "", id="default list"),
        pytest.param("q=a&sort=relevance", "q=a", id="the order of a query"),
        pytest.param("sort=newest", "", id="the order without a query"),
        pytest.param("q=+&sort=newest", "q=+", id="the order of white space"),
    ],
)
def test_requests_for_the_same_have_one_canonical_form(first: str, second: str) -> None:
    canonical = read_search(read_pairs(first.encode())).canonical
    assert canonical == read_search(read_pairs(second.encode())).canonical


@pytest.mark.parametrize("query", ["q=a&sort=newest", "sort=relevance", "q=a&sort=oldest"])
def test_an_order_that_does_not_hold_anyway_is_kept(query: str) -> None:
    assert read_search(read_pairs(query.encode())).canonical == query


ORDERS = st.sampled_from([("sort", sort.value) for sort in Sort])


@given(
    st.lists(
        st.sampled_from([("q", "招商"), ("source", "甲"), ("page", "2")]) | ORDERS,
        unique_by=lambda pair: pair[0],
    )
)
def test_the_pairs_lead_back_to_the_same_request(pairs: list[Pair]) -> None:
    parameters = read_search(pairs)
    assert read_search(parameters.pairs) == parameters


@given(st.binary(max_size=300))
def test_any_bytes_are_a_request_or_faults_that_can_be_told(data: bytes) -> None:
    texts = []
    try:
        texts.append(read_search(read_pairs(data)).canonical)
    except BadParameters as error:
        texts.extend(
            f"{fault.parameter}{HANS.tell(fault.detail)}{fault.suggestion}" for fault in error.faults
        )
    assert texts
    assert "".join(texts).encode().decode() == "".join(texts)


def test_an_article_is_asked_for_with_its_own_defaults() -> None:
    parameters = read_article([])
    assert (parameters.q, parameters.text, parameters.marks) == ("", TextForm.REPAIRED, MarkForm.OFFSETS)
    assert parameters.fields == FIELDS


def test_an_article_takes_no_parameters_of_a_search() -> None:
    faults = faults_of([("page", "1"), ("text", "raw")], read_article)
    assert [(fault.kind, fault.parameter) for fault in faults] == [
        (FaultKind.UNKNOWN, "page"),
        (FaultKind.INVALID, "text"),
    ]

"""Regions that people ask for: read in every form, refused with advice, and kept as they were written."""

from dataclasses import replace
from urllib.parse import unquote

import pytest
from starlette.testclient import TestClient

from index.article import RegionTag, Relation
from tests.both_engines import LibraryFactory
from tests.engines import make_article
from tests.web.conftest import ClientFactory
from tests.web.fake_service import FakeService
from tests.web.known_regions import REGIONS
from tests.web.reading import items, page_at, sent_by
from web.errors import BadParameters, Fault, FaultKind
from web.parameters.query_string import Pair
from web.parameters.regions import MAX_REFUSED, read_regions, region_name
from web.parameters.requests import read_search
from web.texts.text import Message

GULOU = ["江苏省南京市鼓楼区", "江苏省徐州市鼓楼区", "福建省福州市鼓楼区", "河南省开封市鼓楼区"]


def codes(*pairs: Pair) -> tuple[str, ...]:
    return read_search(pairs, REGIONS).request.filters.region


def faults_of(*pairs: Pair) -> tuple[Fault, ...]:
    with pytest.raises(BadParameters) as caught:
        read_search(pairs, REGIONS)
    return caught.value.faults


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        pytest.param("420000", ("420000",), id="a code"),
        pytest.param("4207", ("420700",), id="a short code"),
        pytest.param("湖北省", ("420000",), id="a name"),
        pytest.param("湖北", ("420000",), id="a short name"),
        pytest.param("鄂", ("420000",), id="a letter"),
        pytest.param("廣東", ("440000",), id="the other script"),
        pytest.param("襄樊", ("420600",), id="a former name"),
        pytest.param("南京市鼓楼区", ("320106",), id="a name with the unit above"),
        pytest.param("长三角", ("310000", "320000", "330000", "340000"), id="an area"),
    ],
)
def test_a_region_is_read_in_every_form(value: str, meant: tuple[str, ...]) -> None:
    assert codes(("region", value)) == meant
    excluded = read_search([("exclude_region", value)], REGIONS).request.filters.exclude_region
    assert excluded == meant


def test_regions_are_joined_each_once() -> None:
    assert codes(("region", "浙"), ("region", "浙江省"), ("region", "江苏")) == ("330000", "320000")


def test_the_pairs_keep_what_the_caller_wrote() -> None:
    pairs = (("region", "浙"), ("region", "长三角"), ("exclude_region", "杭州"))
    assert read_search(pairs, REGIONS).pairs == pairs


def test_the_full_name_of_every_unit_is_read_as_this_unit() -> None:
    """So that links can name a region in words."""
    paths = {unit.code: region_name(REGIONS.regions.path(unit.code)) for unit in REGIONS.regions}
    wrong = [name for code, name in paths.items() if read_regions("region", [name], REGIONS).codes != (code,)]
    assert wrong == []


def test_an_unknown_region_comes_with_the_nearest() -> None:
    [fault] = faults_of(("region", "湖北"), ("region", "湖备"))
    assert (fault.kind, fault.parameter, fault.value) == (FaultKind.UNKNOWN_REGION, "region", "湖备")
    assert fault.detail == Message("fault.unknown_region", {"value": "湖备"})
    assert fault.suggestion == fault.alternatives[0].value
    assert "湖北省" in [alternative.value for alternative in fault.alternatives]


def test_a_name_of_several_regions_comes_with_all_of_them() -> None:
    [fault] = faults_of(("exclude_region", "鼓楼区"))
    assert (fault.kind, fault.parameter) == (FaultKind.AMBIGUOUS_REGION, "exclude_region")
    assert [alternative.label for alternative in fault.alternatives] == GULOU
    assert fault.alternatives[0].value == "320106"


def test_the_advice_on_wrong_names_is_bounded() -> None:
    faults = faults_of(*(("region", f"没有的地方{number}") for number in range(MAX_REFUSED + 20)))
    assert len(faults) == MAX_REFUSED


def test_regions_filter(client: TestClient) -> None:
    def found(query: str) -> list[str]:
        answer = client.get(f"/api/v1/search?q=鄂州&fields=id&sort=oldest&{query}")
        return [hit["id"] for hit in answer.json()["results"]]

    assert found("") == ["a18", "described"]
    assert found("region=鄂") == found("region=420700") == found("region=湖北鄂州") == ["described"]
    assert found("region=浙江") == []
    assert found("exclude_region=湖北") == ["a18"]


def test_a_region_finds_what_lies_in_it(library_of: LibraryFactory, client_of: ClientFactory) -> None:
    """With the real search and its index."""
    places = {"province": "420000", "city": "420700", "district": "420704", "far": "330100"}
    library = library_of()
    library.build(
        replace(make_article(name, "货运补贴"), regions=(RegionTag(code, Relation.ABOUT, 1.0),))
        for name, code in places.items()
    )
    client = client_of(library.service())

    def found(query: str) -> set[str]:
        return {hit["id"] for hit in client.get(f"/api/v1/search?q=货运&{query}").json()["results"]}

    assert found("region=鄂") == {"province", "city", "district"}
    assert found("region=鄂州") == {"city", "district"}
    assert found("region=鄂州&region=长三角") == {"city", "district", "far"}
    assert found("region=湖北&exclude_region=鄂州市鄂城区") == {"province", "city"}


@pytest.mark.parametrize(
    ("value", "kind", "first"),
    [
        pytest.param("鼓楼区", "ambiguous-region", {"value": "320106", "label": GULOU[0]}, id="ambiguous"),
        pytest.param("鄂州是", "unknown-region", {"value": "鄂州市", "label": "鄂州市"}, id="unknown"),
    ],
)
def test_the_problem_lists_what_to_choose_from(
    client: TestClient, value: str, kind: str, first: dict[str, str]
) -> None:
    answer = client.get(f"/api/v1/search?region={value}")
    assert (answer.status_code, answer.json()["type"]) == (400, f"/problems/{kind}")
    [error] = answer.json()["errors"]
    assert error["parameter"] == "region"
    assert error["alternatives"][0] == first


def test_the_page_offers_what_to_choose_from_and_keeps_the_rest(client: TestClient) -> None:
    page = page_at(client, "/search?q=养老&region=浙江&region=鼓楼区", 400)
    choices = page.find("div", id="faults").links()
    assert list(choices) == GULOU
    assert unquote(choices[GULOU[0]]) == f"/search?q=养老&region=浙江&region={GULOU[0]}"
    field = page.find("input", id="region")
    assert (field.attributes["value"], field.attributes["aria-invalid"]) == ("鼓楼区", "true")
    filters = page.find("form", class_="filters-form")
    kept = [field.attributes["value"] for field in filters.find_all("input", type="hidden", name="region")]
    assert kept == ["浙江"]
    assert page_at(client, choices[GULOU[0]]).find("h2", class_="count").text == "没有找到相关文章"


def test_a_region_that_nothing_is_like_is_refused_without_advice(client: TestClient) -> None:
    page = page_at(client, "/search?region=qqqq", 400)
    assert page.find("div", id="faults").links() == {}


def test_chips_and_forms_hold_the_regions(client: TestClient) -> None:
    page = page_at(client, "/search?region=鄂&region=长三角&exclude_region=杭州&q=鄂州")
    chips = page.find_all("a", class_="chip")
    labels = [chip.find("bdi").text for chip in chips]
    assert labels == ["地区：鄂", "地区：长三角", "不含地区：杭州"]
    assert [joint.text for joint in page.find_all("span", class_="joint")] == ["或", "且"]
    assert unquote(chips[0].attributes["href"]) == "/search?q=鄂州&region=长三角&exclude_region=杭州"
    for form in (page.find("form", role="search"), page.find("form", class_="filters-form")):
        sent = {pair for pair in sent_by(form) if pair[0].endswith("region")}
        assert sent == {("region", "鄂"), ("region", "长三角"), ("exclude_region", "杭州")}


def test_a_result_shows_its_region_and_filters_by_it(client: TestClient) -> None:
    [item] = items(page_at(client, "/search?q=航空货运"))
    facts = item.find_all("ul", class_="facts")[0]
    assert facts.links()["湖北省"] == "/search?q=航空货运&region=湖北省"
    shown = [fact.text.strip() for fact in facts.find_all("li")]
    assert shown == ["湖北省人民政府网", "湖北省", "2024年10月14日", "鄂政发〔2024〕12号", "通知"]
    [narrowed] = items(page_at(client, facts.links()["湖北省"]))
    assert "湖北省" not in narrowed.find_all("ul", class_="facts")[0].links()


def test_where_nothing_is_found_a_region_can_be_left_out(client_of: ClientFactory) -> None:
    page = page_at(client_of(FakeService()), "/search?q=航空货运&region=浙江")
    assert "不限“地区：浙江”" in page.find("div", class_="advice").text

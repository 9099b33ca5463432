"""The regions beside a list, as a tree."""

from collections.abc import Iterator
from urllib.parse import unquote

import pytest

from search.results import FacetResult, FacetValue
from tests.web.known_regions import LABELS, REGIONS
from tests.web.spoken import EN, HANS
from web.parameters.query_string import Pair
from web.presenters.region_tree import RegionNode, RegionTree, named_regions, region_tree

COUNTS = {
    "330000": 9,
    "330100": 5,
    "330106": 2,
    "330200": 3,
    "420000": 7,
    "420600": 4,
    "320000": 6,
    "320100": 6,
    "320106": 6,
}


def counted(counts: dict[str, int], other: int = 0, missing: int = 0) -> FacetResult:
    return FacetResult(
        field="region",
        values=tuple(FacetValue(code, count, selected=False) for code, count in counts.items()),
        distinct=len(counts),
        other=other,
        missing=missing,
        missing_selected=False,
    )


def tree_of(*pairs: Pair, counts: dict[str, int] = COUNTS, most: int = 10) -> RegionTree:
    return region_tree(counted(counts), pairs, LABELS, HANS, most=most)


def walk(nodes: tuple[RegionNode, ...]) -> Iterator[RegionNode]:
    for node in nodes:
        yield node
        yield from walk(node.children)


def by_label(tree: RegionTree) -> dict[str, RegionNode]:
    return {node.choice.label: node for node in walk(tree.nodes)}


def test_units_stand_in_those_above_them_the_commonest_first() -> None:
    tree = tree_of()
    assert [node.choice.label for node in tree.nodes] == ["浙江省", "湖北省", "江苏省"]
    zhejiang = tree.nodes[0]
    assert [(node.choice.label, node.choice.count) for node in zhejiang.children] == [
        ("杭州市", "5"),
        ("宁波市", "3"),
    ]
    assert zhejiang.choice.value == "浙江省"
    assert zhejiang.children[0].choice.value == "浙江省杭州市"
    assert not tree.has_more
    assert not any(node.is_open or node.choice.checked or node.only_href for node in walk(tree.nodes))


@pytest.mark.parametrize(("name", "label"), [("320106", "鼓楼区（南京市）"), ("330106", "西湖区（杭州市）")])
def test_a_district_whose_name_others_have_shows_its_city(name: str, label: str) -> None:
    assert by_label(tree_of())[label].code == name
    english = region_tree(counted(COUNTS), (), LABELS, EN, most=10)
    assert label.replace("（", " (").replace("）", ")") in by_label(english)


@pytest.mark.parametrize("typed", ["湖北省", "鄂", "湖北", "420000", "42"])
def test_a_chosen_unit_comes_first_as_it_was_written(typed: str) -> None:
    tree = tree_of(("q", "a"), ("region", typed))
    first = tree.nodes[0]
    assert (first.choice.label, first.choice.value, first.choice.checked) == ("湖北省", typed, True)
    assert first.is_open
    assert unquote(first.only_href or "") == "/search?q=a&region=420000!"


def test_what_is_above_a_chosen_unit_is_open_and_not_chosen() -> None:
    tree = tree_of(("region", "襄樊"))
    first = tree.nodes[0]
    assert (first.choice.label, first.is_open, first.choice.checked) == ("湖北省", True, False)
    [city] = first.children
    assert (city.choice.label, city.choice.value, city.choice.checked) == ("襄阳市", "襄樊", True)


def test_a_chosen_unit_without_articles_is_there_and_others_are_not() -> None:
    tree = tree_of(("region", "西藏"), counts={**COUNTS, "540000": 0, "650000": 0})
    assert tree.nodes[0].choice.label == "西藏自治区"
    assert "新疆维吾尔自治区" not in by_label(tree)


def test_areas_and_units_alone_stand_before_the_tree() -> None:
    tree = tree_of(("region", "长三角"), ("region", "浙!"), ("region", "330000!"), ("region", "_missing"))
    assert [(own.choice.value, own.choice.label) for own in tree.own] == [
        ("长三角", "长三角"),
        ("浙!", "浙（仅本级）"),
        ("330000!", "浙江省（仅本级）"),
    ]
    hrefs = [own.wide_href for own in tree.own]
    assert hrefs[0] is None
    assert unquote(hrefs[1] or "").endswith("region=浙")
    assert not any(node.choice.checked for node in walk(tree.nodes))


def test_of_each_unit_so_many_are_shown_and_what_is_chosen_beside() -> None:
    tree = tree_of(most=1)
    assert [node.choice.label for node in walk(tree.nodes)] == ["浙江省", "杭州市", "西湖区（杭州市）"]
    assert tree.has_more
    chosen = tree_of(("region", "江苏"), ("region", "湖北"), most=1)
    assert [node.choice.label for node in chosen.nodes] == ["湖北省", "江苏省"]
    assert region_tree(counted({"330000": 1}, other=1), (), LABELS, HANS, most=9).has_more


def test_articles_of_no_region_can_be_chosen() -> None:
    tree = region_tree(counted(COUNTS, missing=3), (), LABELS, HANS, most=10)
    assert [(one.value, one.count, one.checked) for one in tree.missing] == [("_missing", "3", False)]


def test_codes_of_units_that_are_no_more_are_left_out() -> None:
    assert [node.code for node in tree_of(counts={"330000": 2, "339999": 1}).nodes] == ["330000"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("杭州",), {"330000", "330100", *REGIONS.regions.children("330100")}),
        (("长三角",), set()),
        (("浙!", "_missing"), set()),
        ((), set()),
    ],
)
def test_what_is_above_and_below_the_chosen_ones_is_counted(
    typed: tuple[str, ...], expected: set[str]
) -> None:
    assert set(named_regions(typed, LABELS)) == expected

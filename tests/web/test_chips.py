"""The filters of a search as chips."""

from urllib.parse import unquote_plus

import pytest

from search.request import Filters
from tests.web.known_regions import LABELS
from tests.web.spoken import EN, HANS, HANT
from web.parameters.query_string import Pair
from web.presenters.chips import FILTER_NAMES, chips
from web.texts.texts import Texts


def labels_of(*pairs: Pair) -> list[str]:
    return [chip.label for chip in chips(pairs, LABELS, HANS).chips]


@pytest.mark.parametrize(
    ("pair", "label"),
    [
        (("region", "330000"), "地区：浙江省"),
        (("region", "浙"), "地区：浙"),
        (("region", "330000!"), "地区：浙江省（仅本级）"),
        (("exclude_region", "杭州!"), "不含地区：杭州（仅本级）"),
        (("topic", "_missing"), "专题：未标明"),
        (("exclude_level", "county"), "不含层级：县级"),
        (("year", "2024"), "年份：2024年"),
        (("year", "2019..2022"), "年份：2019—2022年"),
        (("document_number", "鄂政发〔2024〕12号"), "文号：鄂政发〔2024〕12号"),
        (("effective_before", "2024-05"), "施行不晚于 2024-05"),
    ],
)
def test_a_filter_is_said_in_words(pair: Pair, label: str) -> None:
    assert labels_of(pair) == [label]


@pytest.mark.parametrize("texts", [HANS, HANT, EN])
def test_every_filter_there_is_has_a_chip(texts: Texts) -> None:
    assert set(FILTER_NAMES) == set(Filters.__dataclass_fields__)
    pairs = tuple((name, "2024") for name in FILTER_NAMES)
    assert len(chips(pairs, LABELS, texts).chips) == len(FILTER_NAMES)


def test_a_chip_takes_itself_away_and_says_how_it_goes_with_the_one_before() -> None:
    pairs: tuple[Pair, ...] = (
        ("q", "a"),
        ("source", "甲"),
        ("region", "浙"),
        ("source", "乙"),
        ("exclude_source", "丙"),
        ("exclude_source", "丁"),
        ("sort", "newest"),
        ("page", "3"),
    )
    found = chips(pairs, LABELS, HANS)
    assert [(chip.joint, chip.label) for chip in found.chips] == [
        ("", "地区：浙"),
        ("且", "来源：甲"),
        ("或", "来源：乙"),
        ("且", "不含来源：丙"),
        ("且", "不含来源：丁"),
    ]
    assert found.chips[2].remove_label == "移除筛选：来源：乙"
    assert unquote_plus(found.chips[2].href) == (
        "/search?q=a&source=甲&region=浙&exclude_source=丙&exclude_source=丁&sort=newest"
    )
    assert found.clear_href == "/search?q=a&sort=newest"


def test_without_filters_there_are_no_chips() -> None:
    assert labels_of(("q", "a"), ("match", "all")) == []

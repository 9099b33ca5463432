"""The page of regions: which rows it has, with which numbers, and what names stand for."""

import pytest

from tests.web.known_regions import REGIONS
from web.presenters.regions_page import RegionRow, country_page, region_page
from web.texts.text import Language
from web.texts.texts import Texts

CHINESE = Texts(Language.HANS)
COUNTS = {"420000": 1_234, "420600": 40, "420602": 3, "330000": 7, "320106": 2, "320000": 2, "320100": 2}


def names(rows: tuple[RegionRow, ...]) -> list[str]:
    return [row.name for row in rows]


def row_of(rows: tuple[RegionRow, ...], name: str) -> RegionRow:
    (row,) = (row for row in rows if row.name == name)
    return row


def test_the_country_has_all_provinces_and_the_prefectures_with_articles() -> None:
    page = country_page(REGIONS, COUNTS, "", CHINESE, ())
    assert len(page.rows) == 34
    hubei = row_of(page.rows, "湖北省")
    assert (hubei.count, hubei.inside_href) == ("1,234", "/regions/420000")
    assert hubei.href == "/search?region=420000"
    assert names(hubei.inside) == ["襄阳市"]
    assert hubei.summary == "有文章的下级 1 个"
    assert hubei.inside_text == f"下辖 {len(REGIONS.regions.children('420000'))} 个"
    assert page.search is None


def test_a_region_without_articles_leads_to_no_empty_list() -> None:
    row = row_of(country_page(REGIONS, COUNTS, "", CHINESE, ()).rows, "山东省")
    assert (row.count, row.href, row.inside) == ("0", None, ())
    assert row.inside_href == "/regions/370000"


def test_a_province_has_all_that_lies_in_it_two_levels_deep() -> None:
    page = region_page("420000", REGIONS, COUNTS, CHINESE, ())
    assert page.name == "湖北省"
    assert page.trail == ()
    assert names(page.rows) == [
        REGIONS.regions.unit(code).name for code in REGIONS.regions.children("420000")
    ]
    counties = row_of(page.rows, "襄阳市").inside
    assert names(counties) == [REGIONS.regions.unit(code).name for code in REGIONS.regions.children("420600")]
    assert row_of(counties, "襄城区").count == "3"
    assert row_of(counties, "襄城区").inside_href is None


def test_a_prefecture_knows_its_province() -> None:
    page = region_page("420600", REGIONS, COUNTS, CHINESE, ())
    assert page.trail == (("湖北省", "/regions/420000"),)
    assert page.articles is not None
    assert page.articles.count == "40"


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("浙", [("浙江省", "")]),
        ("杭", [("杭州市", "浙江省")]),
        ("襄樊", [("襄阳市", "湖北省")]),
        ("4206", [("襄阳市", "湖北省")]),
        ("武漢", [("武汉市", "湖北省")]),
        ("长三角", [("上海市", ""), ("江苏省", ""), ("浙江省", ""), ("安徽省", "")]),
        (
            "鼓楼区",
            [
                ("鼓楼区", "江苏省南京市"),
                ("鼓楼区", "江苏省徐州市"),
                ("鼓楼区", "福建省福州市"),
                ("鼓楼区", "河南省开封市"),
            ],
        ),
        ("南京鼓楼区", [("鼓楼区", "江苏省南京市")]),
        ("没有这个地方", []),
    ],
)
def test_names_letters_former_names_and_areas_find_regions(q: str, found: list[tuple[str, str]]) -> None:
    search = country_page(REGIONS, COUNTS, q, CHINESE, ()).search
    assert search is not None
    assert [(region.row.name, region.within) for region in search.found] == found


@pytest.mark.parametrize(
    ("q", "message", "nearest"),
    [
        ("襄樊", "“襄樊”指的是：", []),
        ("鼓楼区", "几个地区都叫“鼓楼区”：", []),
        ("湖南北省", "没有名为“湖南北省”的地区。相近的名称：", ["湖南省", "湖北省"]),
        ("xyz", "没有名为“xyz”的地区，请换一个写法。", []),
    ],
)
def test_it_says_how_a_name_was_understood(q: str, message: str, nearest: list[str]) -> None:
    search = country_page(REGIONS, COUNTS, q, CHINESE, ()).search
    assert search is not None
    assert search.message == message
    assert set(nearest) <= {name for name, _ in search.nearest}
    assert bool(nearest) == bool(search.nearest)


def test_former_names_stand_beside_the_region() -> None:
    search = country_page(REGIONS, COUNTS, "襄樊", CHINESE, ()).search
    assert search is not None
    assert "襄樊市" in search.found[0].aliases

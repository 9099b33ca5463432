"""Agencies by name: the first of several, and their levels."""

import pytest

from index.article import Level
from index.describe.agencies import Agencies
from index.regions.tree import Regions
from index.text.folding import Folding

FOLDING = Folding.load()
AGENCIES = Agencies.load(FOLDING, Regions.load())


@pytest.mark.parametrize(
    ("names", "first"),
    [
        ("湖北省人民政府办公厅", "湖北省人民政府办公厅"),
        ("财政部税务总局科技部", "财政部"),
        ("财政部、税务总局", "财政部"),
        ("财政部\n税务总局", "财政部"),
        ("工业和信息化部国家互联网信息办公室公安部", "工业和信息化部"),
        ("自然资源部办公厅国家林业和草原局办公室", "自然资源部办公厅"),
        ("中共中央办公厅国务院办公厅", "中共中央办公厅"),
        ("中共湖北省委湖北省人民政府", "中共湖北省委"),
        ("湖北省委办公厅省政府办公厅", "湖北省委办公厅"),
        ("湖北省教育厅湖北省财政厅国家税务总局湖北省税务局", "湖北省教育厅"),
        ("国家税务总局湖北省税务局", "国家税务总局湖北省税务局"),
        ("科技部等六部门", "科技部"),
        ("中国银保监会湖北监管局湖北省财政厅", "中国银保监会湖北监管局"),
        ("中国证监会湖北监管局", "中国证监会湖北监管局"),
        ("国家外汇管理局湖北省分局", "国家外汇管理局湖北省分局"),
        ("国家邮政局湖北省邮政管理局", "国家邮政局湖北省邮政管理局"),
        ("中国人民银行武汉分行湖北省财政厅", "中国人民银行武汉分行"),
        ("审计署驻武汉特派员办事处", "审计署驻武汉特派员办事处"),
        ("财政部湖北省市场监督管理局", "财政部"),
        ("中国人民银行湖北省财政厅湖北省税务局", "中国人民银行"),
        ("政协湖北省委员会", "政协湖北省委员会"),
        ("湖北省政协湖北省水利厅", "湖北省政协"),
        ("湖北省教育厅等九部门", "湖北省教育厅"),
        ("湖北省农民工工作领导小组办公室", "湖北省农民工工作领导小组办公室"),
        ("北京市人民代表大会常务委员会", "北京市人民代表大会常务委员会"),
        ("新疆生产建设兵团办公厅", "新疆生产建设兵团办公厅"),
    ],
)
def test_the_first_of_a_row(names: str, first: str) -> None:
    assert AGENCIES.first(names) == first


@pytest.mark.parametrize(
    "text",
    ["", "三部门", "办公厅", "武汉市", "根据省人民政府", "湖北省水利厅关于", "附件:1.某表", "水利发展规划"],
    ids=repr,
)
def test_what_is_no_row_of_agencies(text: str) -> None:
    assert AGENCIES.first(text) is None


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("号湖北省水利厅湖北省财政厅", "湖北省水利厅"),
        ("管理办法水利部", "水利部"),
        ("经请示省委", None),
        ("没有机关", None),
    ],
)
def test_agencies_that_a_text_ends_with(text: str, agency: str | None) -> None:
    assert AGENCIES.first_at_end(text) == agency


@pytest.mark.parametrize(
    ("agency", "level"),
    [
        ("国务院办公厅", Level.NATIONAL),
        ("中共中央", Level.NATIONAL),
        ("财政部", Level.NATIONAL),
        ("中华人民共和国商务部", Level.NATIONAL),
        ("国家某某新设局", Level.NATIONAL),
        ("交通运输部水运局", Level.NATIONAL),
        ("国家税务总局", Level.NATIONAL),
        ("国家税务总局湖北省税务局", Level.PROVINCIAL),
        ("中国银保监会湖北监管局", Level.PROVINCIAL),
        ("国家外汇管理局湖北省分局", Level.PROVINCIAL),
        ("国家邮政局湖北省邮政管理局", Level.PROVINCIAL),
        ("政协湖北省委员会", Level.PROVINCIAL),
        ("中国银保监会襄阳监管分局", Level.PREFECTURAL),
        ("国家税务总局武汉市洪山区税务局", Level.COUNTY),
        ("国家外汇管理局", Level.NATIONAL),
        ("政协全国委员会", Level.NATIONAL),
        ("湖北省人民政府", Level.PROVINCIAL),
        ("中共湖北省委组织部", Level.PROVINCIAL),
        ("湖北省市场监督管理局", Level.PROVINCIAL),
        ("北京市教育委员会", Level.PROVINCIAL),
        ("内蒙古自治区人民政府", Level.PROVINCIAL),
        ("新疆生产建设兵团", Level.PROVINCIAL),
        ("省政府办公厅", Level.PROVINCIAL),
        ("武汉市人民政府", Level.PREFECTURAL),
        ("湖北省鄂州市水利局", Level.PREFECTURAL),
        ("洛阳市城市管理局", Level.PREFECTURAL),
        ("恩施土家族苗族自治州人民政府", Level.PREFECTURAL),
        ("襄樊市人民政府", Level.PREFECTURAL),
        ("雄安新区管委会", Level.PREFECTURAL),
        ("北京市丰台区人民政府", Level.COUNTY),
        ("武汉市洪山区教育局", Level.COUNTY),
        ("义乌市人民政府", Level.COUNTY),
        ("浠水县人民政府", Level.COUNTY),
        ("浠水县清泉镇人民政府", Level.TOWNSHIP),
        ("武汉市洪山区珞南街道办事处", Level.TOWNSHIP),
        ("某某大学", None),
        ("法制司", None),
    ],
    ids=str,
)
def test_level(agency: str, level: Level | None) -> None:
    assert AGENCIES.level(FOLDING.fold(agency)) is level


def test_places_that_a_title_begins_with() -> None:
    assert AGENCIES.levels_of_places("鹤壁市浚县古城保护条例") == (Level.PREFECTURAL, Level.COUNTY)
    assert AGENCIES.levels_of_places("古城保护条例") == ()

"""Where regions are named in a text, and where something only looks like one."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.regions.mentions import MentionFinder, MentionKind
from index.regions.names import RegionNames
from index.regions.tree import Regions
from index.text.folding import Folding

FOLDING = Folding.load()
REGIONS = Regions.load()
FINDER = MentionFinder.over(RegionNames.load(FOLDING, REGIONS), REGIONS)

PIECES = [
    "湖北省",
    "鄂州市",
    "鄂州",
    "鼓楼区",
    "长江",
    "苏州",
    "江苏",
    "和平",
    "朝阳",
    "朝阳区",
    "长三角",
    "中山",
    "市中区",
    "路",
    "大学",
    "，",
    "的",
    "发展",
]


def named(text: str) -> list[tuple[str, set[str]]]:
    """The text of each mention that counts by itself, with the codes it can stand for."""
    return [
        (text[each.start : each.end], {code for reading in each.readings for code in reading})
        for each in FINDER.find(text)
        if each.kind is not MentionKind.WORD
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("湖北省鄂州市鄂城区", [("湖北省鄂州市鄂城区", {"420704"})], id="a path is one mention"),
        pytest.param("湖北鄂州鄂城", [("湖北鄂州鄂城", {"420704"})], id="a path of short names"),
        pytest.param("江苏、安徽", [("江苏", {"320000"}), ("安徽", {"340000"})], id="two provinces"),
        pytest.param(
            "江苏安徽", [("江苏", {"320000"}), ("安徽", {"340000"})], id="two provinces without a mark"
        ),
        pytest.param("北京朝阳", [("北京朝阳", {"110105"})], id="an ordinary word behind its city"),
        pytest.param("长春朝阳", [("长春朝阳", {"220104"})], id="the same behind another"),
        pytest.param("邯郸魏县", [("邯郸魏县", {"130434"})], id="short county behind its city"),
        pytest.param("朝阳产业和县域", [], id="words"),
        pytest.param("上海鼓楼区", [("上海", {"310000"})], id="a district behind a city that has none"),
        pytest.param("长江苏州段", [("苏州", {"320500"})], id="a river takes its characters"),
        pytest.param("黄浦江苏州河", [], id="two rivers"),
        pytest.param(
            "济南市中区", [("济南市中区", {"370103"})], id="district whose first character is dropped"
        ),
        pytest.param("北京路", [], id="a street"),
        pytest.param("西安区域中心", [("西安", {"610100"})], id="a region is no district"),
        pytest.param("北京路网", [("北京", {"110000"})], id="a network of roads is no street"),
        pytest.param("武汉大学", [("武汉大学", {"420100"})], id="a university is named with its place"),
        pytest.param("粤港澳大湾区", [("粤港澳大湾区", {"440000", "810000", "820000"})], id="an area"),
        pytest.param("重庆市江北区", [("重庆市江北区", {"500157"})], id="a former district"),
        pytest.param("恩施州", [("恩施州", {"422800"})], id="an autonomous prefecture in short"),
        pytest.param("巴里坤县", [("巴里坤县", {"650521"})], id="an autonomous county in short"),
        pytest.param(
            "西藏、内蒙古、广西",
            [("西藏", {"540000"}), ("内蒙古", {"150000"}), ("广西", {"450000"})],
            id="autonomous regions",
        ),
        pytest.param("", [], id="nothing"),
        pytest.param("鄂", [], id="one character"),
    ],
)
def test_what_a_text_names(text: str, expected: list[tuple[str, set[str]]]) -> None:
    assert named(text) == expected


def test_what_stands_before_a_unit_and_holds_it_is_kept() -> None:
    (mention,) = FINDER.find("湖北省鄂州市鄂城区")
    assert mention.within == ("420000", "420700")


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_mentions_come_in_order_and_never_overlap(text: str) -> None:
    mentions = FINDER.find(text)
    assert all(0 <= each.start < each.end <= len(text) for each in mentions)
    assert all(one.end <= other.start for one, other in pairwise(mentions))
    assert all(each.readings for each in mentions)


@given(st.lists(st.sampled_from(PIECES), max_size=6).map("".join), st.text(max_size=20))
def test_what_stands_before_a_full_stop_does_not_change_by_what_comes_after(text: str, after: str) -> None:
    whole = FINDER.find(f"{text}。\n{FOLDING.fold(after)}")
    assert tuple(each for each in whole if each.end <= len(text)) == FINDER.find(text)


@pytest.mark.parametrize(
    "piece", ["湖北省", "北京路", "市中", "中华", "江苏州", "武汉师范理工交通", "新疆生产建设兵团"]
)
def test_time_grows_with_the_length_alone(piece: str) -> None:
    def seconds(text: str) -> float:
        started = time.process_time()
        FINDER.find(text)
        return time.process_time() - started

    short, long = piece * 4_000, piece * 32_000
    FINDER.find(short)
    assert min(seconds(long) for _ in range(3)) < 40 * max(min(seconds(short) for _ in range(3)), 0.001)

"""Which regions an article gets: the hard titles, the laws, and what each text adds."""

import time
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import RegionTag, Relation
from index.regions.tagger import RegionTagger
from index.regions.tree import Regions
from index.text.folding import Folding
from tests.strategies import respell

HARD_TITLES = Path(__file__).resolve().parents[2] / "data" / "hard_region_titles.tsv"
TAGGER = RegionTagger.load(Folding.load(), Regions.load())
LINES = [line.split("\t") for line in HARD_TITLES.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
TITLES = [title for _, title, _, _, _ in LINES]


def tags(
    title: str = "", *, lead: str = "", source: str = "", body: str = "", **more: str
) -> tuple[RegionTag, ...]:
    return TAGGER.tag(title=title, lead=lead, source=source, body=body, **more)


def codes(found: tuple[RegionTag, ...], relation: Relation) -> set[str]:
    return {tag.code for tag in found if tag.relation is relation}


def listed(cell: str) -> set[str]:
    return set() if cell == "-" else set(cell.split())


def test_there_are_at_least_60_hard_titles_with_a_name_of_their_own() -> None:
    assert len({name for name, _, _, _, _ in LINES}) == len(LINES) >= 60


@pytest.mark.parametrize(
    ("title", "source", "issued", "about"), [line[1:] for line in LINES], ids=[line[0] for line in LINES]
)
def test_a_hard_title(title: str, source: str, issued: str, about: str) -> None:
    found = tags(title, source="" if source == "-" else source)
    assert codes(found, Relation.ISSUED_BY) == listed(issued)
    assert codes(found, Relation.ABOUT) == listed(about)


@given(
    title=st.sampled_from(TITLES),
    lead=st.sampled_from(TITLES),
    body=st.lists(st.sampled_from(TITLES), max_size=3).map("\n".join),
    source=st.sampled_from(["湖北省人民政府", "广东省科学技术厅", "南京日报", "长江日报", ""]),
    seed=st.integers(0, 1_000),
)
def test_another_spelling_of_a_page_has_the_same_tags(
    title: str, lead: str, body: str, source: str, seed: int
) -> None:
    random = Random(seed)
    written = [respell(text, random) for text in (title, lead, source, body)]
    assert tags(written[0], lead=written[1], source=written[2], body=written[3]) == tags(
        title, lead=lead, source=source, body=body
    )


@given(
    title=st.sampled_from(TITLES),
    body=st.lists(st.sampled_from(TITLES), max_size=4).map("，".join),
    source=st.sampled_from(["湖北省人民政府", "武汉晚报", ""]),
)
def test_tags_come_strongest_first_and_once_per_relation(title: str, body: str, source: str) -> None:
    found = tags(title, source=source, body=body)
    assert [tag.weight for tag in found] == sorted((tag.weight for tag in found), reverse=True)
    assert len({(tag.code, tag.relation) for tag in found}) == len(found)
    assert all(TAGGER.regions.find(tag.code) is not None and tag.weight > 0 for tag in found)


class TestIssuer:
    def test_an_agency_goes_before_the_title(self) -> None:
        found = tags("关于开展创建工作的通知", source="襄阳市人民政府", agency="湖北省教育厅")
        assert codes(found, Relation.ISSUED_BY) == {"420000"}

    def test_a_national_agency_is_no_region_s(self) -> None:
        found = tags("关于开展创建工作的通知", source="湖北省教育厅", agency="教育部办公厅")
        assert codes(found, Relation.ISSUED_BY) == set()
        assert codes(found, Relation.ABOUT) == {"420000"}

    def test_an_agency_of_the_province_is_that_of_the_source(self) -> None:
        found = tags("关于开展创建工作的通知", source="湖北省教育厅", agency="省教育厅")
        assert codes(found, Relation.ISSUED_BY) == {"420000"}

    def test_a_signature_names_the_issuer_where_nothing_else_does(self) -> None:
        body = "各有关单位：请认真执行。\n河北省科学技术厅\n2023年5月8日"
        assert codes(tags("关于征集指南建议的通知", body=body), Relation.ISSUED_BY) == {"130000"}

    @pytest.mark.parametrize(
        ("number", "issued"),
        [
            pytest.param("鄂政发〔2024〕12号", {"420000"}, id="hubei"),
            pytest.param("黑农委函〔2016〕365号", {"230000"}, id="heilongjiang"),
            pytest.param("新政办发〔2020〕1号", {"650000"}, id="xinjiang"),
            pytest.param("新出政发〔2011〕1号", set(), id="the press office, not xinjiang"),
            pytest.param("宁政发〔2020〕1号", set(), id="nanjing or ningxia"),
            pytest.param("国办发〔2024〕12号", set(), id="the nation"),
        ],
    )
    def test_a_document_number_names_its_province(self, number: str, issued: set[str]) -> None:
        body = f"{number}\n各有关单位：请认真执行。"
        assert codes(tags("关于做好有关工作的通知", body=body), Relation.ISSUED_BY) == issued

    def test_a_law_of_the_nation_on_a_local_page_is_not_issued_there(self) -> None:
        found = tags("中华人民共和国就业促进法", source="河北省人力资源和社会保障厅")
        assert codes(found, Relation.ISSUED_BY) == set()
        assert codes(found, Relation.ABOUT) == {"130000"}

    def test_a_circular_passed_on_is_issued_by_who_passes_it_on(self) -> None:
        found = tags("关于转发《教育部等五部门关于加强管理的意见》的通知", source="河北省教育厅")
        assert codes(found, Relation.ISSUED_BY) == {"130000"}


class TestEvidence:
    def test_a_body_alone_needs_four_mentions(self) -> None:
        assert tags("招商动态", body="武汉的企业来访。" * 3) == ()
        assert codes(tags("招商动态", body="武汉的企业来访。" * 4), Relation.ABOUT) == {"420100"}

    def test_many_places_of_one_province_are_the_province(self) -> None:
        body = "来自武汉、宜昌、襄阳、荆州、黄石的企业参会。"
        assert tags("项目推介会", body=body) == (RegionTag("420000", Relation.ABOUT, 2.5),)

    def test_a_paper_decides_a_namesake_but_is_no_evidence_alone(self) -> None:
        assert tags("全国统计数据发布", source="武汉晚报") == ()
        assert codes(tags("鼓楼区新闻", source="福州日报"), Relation.ABOUT) == {"350102"}

    def test_a_hint_is_evidence(self) -> None:
        assert tags("全国统计数据发布", hint="湖北") == (RegionTag("420000", Relation.ABOUT, 2.0),)
        found = tags("广东省人民政府关于稳外贸的意见", hint="湖北")
        assert found[0].code == "440000"

    def test_the_office_of_a_news_agency_is_no_place_of_the_news(self) -> None:
        body = "新华社北京7月12日电 国家统计局今日发布数据。" * 5
        assert tags("经济运行总体平稳", body=body) == ()

    def test_those_whom_a_circular_is_addressed_to_are_no_place(self) -> None:
        body = "各省、自治区、直辖市人民政府，新疆生产建设兵团：" * 5
        assert tags("关于做好有关工作的通知", body=body) == ()

    def test_a_tag_for_the_city_needs_none_for_its_province(self) -> None:
        found = tags("湖北省鄂州市临空经济区建设提速", body="湖北省鄂州市推进机场建设。" * 4)
        assert codes(found, Relation.ABOUT) == {"420700"}


HOSTILE = [
    "湖北省",
    "关于",
    "条例（",
    "厅关于",
    "市",
    "新疆生产建设兵团",
    "官方微信",
    "鼓楼区",
    "\n \n",
    "国发〔",
    "浙江大学",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_takes_long(piece: str) -> None:
    text = piece * (400_000 // len(piece))
    started = time.process_time()
    tags(text, lead=text, source=text, body=text, agency=text, hint=text)
    assert time.process_time() - started < 10


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_taken(title: str, body: str) -> None:
    assert isinstance(tags(title, lead=body, source=title, body=body), tuple)

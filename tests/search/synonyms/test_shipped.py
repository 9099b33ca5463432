"""The synonyms that come with the program: names lead to each other, and no rule says what others say."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from itertools import permutations

import pytest

from index.analysis.analyzer import Analyzer
from index.text.folding import Folding
from search.expansion.expander import Expander
from search.expansion.folded_run import FoldedRun
from search.expansion.source import Found
from search.expansion.words import word_spans
from search.language.query import Span
from search.rules.expansion_setup import load_expander
from search.synonyms.rules import Group, OneWay, SetAside, SynonymFile
from search.synonyms.shipped import NAMES, shipped_synonyms
from search.synonyms.thesaurus import Thesaurus

NOTHING_OWN = SynonymFile("synonyms.txt")


@pytest.fixture(scope="module")
def shipped(folding: Folding) -> tuple[SynonymFile, ...]:
    return shipped_synonyms(folding)


@pytest.fixture(scope="module")
def expander(folding: Folding) -> Expander:
    return load_expander(folding, NOTHING_OWN)


def texts(expander: Expander, run: str, words: tuple[Span, ...] = ()) -> list[str]:
    return [alternative.text for alternative in expander.expand(run, words).alternatives()]


def groups(shipped: Iterable[SynonymFile]) -> Iterator[tuple[SynonymFile, Group]]:
    for file in shipped:
        for rule in file.rules:
            if isinstance(rule, Group):
                yield file, rule


def is_quoted(form: str) -> bool:
    return "“" in form


def test_there_are_at_least_300_groups_with_full_names(shipped: tuple[SynonymFile, ...]) -> None:
    full = [rule for _, rule in groups(shipped) if sum(not is_quoted(form) for form in rule.forms) > 1]
    assert len(full) >= 300


def test_every_file_is_loaded() -> None:
    folder = files("search").joinpath("synonyms/data")
    assert sorted(NAMES) == sorted(path.name for path in folder.iterdir())


def test_no_form_stands_in_two_groups_or_before_two_arrows(
    shipped: tuple[SynonymFile, ...], folding: Folding
) -> None:
    in_groups = Counter(folding.fold(form) for _, rule in groups(shipped) for form in rule.forms)
    before_arrows = Counter(
        folding.fold(form)
        for file in shipped
        for rule in file.rules
        if isinstance(rule, OneWay)
        for form in rule.sources
    )
    assert [form for form, times in in_groups.items() if times > 1] == []
    assert [form for form, times in before_arrows.items() if times > 1] == []


def test_forms_are_simplified_and_without_white_space(
    shipped: tuple[SynonymFile, ...], folding: Folding
) -> None:
    forms = [
        form
        for file in shipped
        for rule in file.rules
        for form in (
            rule.forms
            if isinstance(rule, Group)
            else (rule.form,)
            if isinstance(rule, SetAside)
            else (*rule.sources, *rule.targets)
        )
    ]
    marks = str.maketrans("，（）著", ",()着")
    assert [form for form in forms if folding.fold(form) != form.translate(marks).lower()] == []
    assert [form for form in forms if any(char.isspace() for char in form)] == []


def test_none_of_them_is_set_aside(shipped: tuple[SynonymFile, ...]) -> None:
    assert [rule for file in shipped for rule in file.rules if isinstance(rule, SetAside)] == []


def test_a_line_behind_an_arrow_names_all_forms_of_a_group(shipped: tuple[SynonymFile, ...]) -> None:
    """One step leads to every name: nobody has to follow a chain."""
    group_of = {form: rule.forms for _, rule in groups(shipped) for form in rule.forms}
    missing = [
        (source, form)
        for file in shipped
        for rule in file.rules
        if isinstance(rule, OneWay)
        for source in rule.sources
        for target in rule.targets
        for form in group_of.get(target, ())
        if form not in rule.targets
        and source not in form
        and not is_quoted(form)
        and source not in group_of.get(target, ())
    ]
    assert missing == []


@dataclass(frozen=True, slots=True)
class Without:
    """A thesaurus with the readings of one rule left out."""

    thesaurus: Thesaurus
    by: str

    def found(self, run: FoldedRun) -> Iterator[Found]:
        for part in self.thesaurus.found(run):
            readings = tuple(reading for reading in part.readings if reading.by != self.by)
            if readings:
                yield Found(part.start, part.end, readings)


def test_no_group_says_what_follows_from_the_others(
    shipped: tuple[SynonymFile, ...], folding: Folding
) -> None:
    thesaurus = Thesaurus.of(NOTHING_OWN, shipped, folding)
    idle = []
    for file, rule in groups(shipped):
        others = Expander(folding, (Without(thesaurus, file.place(rule)),))
        if all(to in texts(others, form) for form, to in permutations(rule.forms, 2)):
            idle.append(rule.forms)
    assert idle == []


PAIRS = [
    ("发改委", "发展和改革委员会"),
    ("国家发改委", "国家发展改革委"),
    ("浙江省科技厅", "浙江省科学技术厅"),
    ("杭州市人社局", "杭州市人力资源和社会保障局"),
    ("省住建厅", "省住房和城乡建设厅"),
    ("工信部", "工业和信息化部"),
    ("武汉市经信局", "武汉市经济和信息化局"),
    ("国家卫健委", "国家卫生健康委员会"),
    ("湖北省文旅厅", "湖北省文化和旅游厅"),
    ("市监局", "市场监督管理局"),
    ("国家金融监管总局", "国家金融监督管理总局"),
    ("证监会", "证券监督管理委员会"),
    ("国办", "国务院办公厅"),
    ("省人大常委会", "省人民代表大会常务委员会"),
    ("全国政协", "中国人民政治协商会议全国委员会"),
    ("中央纪委", "中央纪律检查委员会"),
    ("最高法", "最高人民法院"),
    ("市残联", "市残疾人联合会"),
    ("省供销社", "省供销合作社"),
    ("十四五规划", "第十四个五年规划"),
    ("双碳", "碳达峰碳中和"),
    ("双碳目标", "碳达峰、碳中和目标"),
    ("专精特新", "专业化、精细化、特色化、新颖化"),
    ("放管服改革", "“放管服”改革"),
    ("三农工作", "农业农村农民工作"),
    ("新冠肺炎", "新型冠状病毒肺炎"),
    ("自贸区", "自由贸易试验区"),
    ("国家高新区", "国家高新技术产业开发区"),
    ("长三角一体化", "长江三角洲一体化"),
    ("央企改革", "中央企业改革"),
    ("规上工业", "规模以上工业"),
    ("小微企业贷款", "小型微型企业贷款"),
    ("公租房", "公共租赁住房"),
    ("低保标准", "最低生活保障标准"),
    ("网约车", "网络预约出租汽车"),
    ("刑诉法", "刑事诉讼法"),
    ("个税", "个人所得税"),
    ("GDP", "国内生产总值"),
    ("PM2.5浓度", "细颗粒物浓度"),
    ("跨境电商", "跨境电子商务"),
    ("二十届三中全会", "第二十届中央委员会第三次全体会议"),
    ("RCEP", "区域全面经济伙伴关系协定"),
    ("非遗保护", "非物质文化遗产保护"),
]  # fmt: skip


@pytest.mark.parametrize(("short", "full"), PAIRS, ids=[short for short, _ in PAIRS])
def test_short_and_full_names_lead_to_each_other(
    short: str, full: str, expander: Expander, analyzer: Analyzer
) -> None:
    assert full in texts(expander, short, word_spans(short, analyzer))
    assert short in texts(expander, full, word_spans(full, analyzer))


@pytest.mark.parametrize(
    ("run", "text"),
    [
        ("十四五", "第十四个五年规划"),
        ("市环保局", "市生态环境局"),
        ("市环保局", "市环境保护局"),
        ("卫计委", "卫健委"),
        ("医保", "医疗保险"),
        ("GDP", "地区生产总值"),
    ],
)
def test_one_way_rules_lead_one_way(run: str, text: str, expander: Expander) -> None:
    assert text in texts(expander, run)


@pytest.mark.parametrize(
    ("run", "text"), [("生态环境局", "环保局"), ("医疗保险", "医保"), ("地区生产总值", "GDP")]
)
def test_and_not_back(run: str, text: str, expander: Expander) -> None:
    assert text not in texts(expander, run)


CHANCE = """
提高铁路运力 全国办公用品 工人大会 提高校园安全 对外企业 成交行情 预防指南 提高院线收入 对外办学 人民革命党
"""


@pytest.mark.parametrize("run", CHANCE.split())
def test_a_short_name_is_not_found_across_two_words(run: str, expander: Expander, analyzer: Analyzer) -> None:
    assert texts(expander, run, word_spans(run, analyzer)) == []


ORDINARY = """
五一 万一 一些 招商引资 人才政策 营商环境 乡村振兴 安全生产 财政部 民政厅 教育局 浙江 武汉市 湖北省人民政府
"""


@pytest.mark.parametrize("run", ORDINARY.split())
def test_ordinary_runs_have_no_alternatives(run: str, expander: Expander, analyzer: Analyzer) -> None:
    assert texts(expander, run, word_spans(run, analyzer)) == []


def test_forty_characters_are_looked_up_at_once(expander: Expander, analyzer: Analyzer) -> None:
    """.18 ms on the team's machine; the bound is for what would go through all entries."""
    run = "浙江省科技厅2024年12月关于发改委双碳工作专精特新企业补贴100亿元第十二批"
    words = word_spans(run, analyzer)
    assert len(run) == 40
    assert expander.expand(run, words).alternatives()
    started = time.thread_time()
    for _ in range(50):
        expander.expand(run, words).alternatives()
    assert (time.thread_time() - started) / 50 < 0.01

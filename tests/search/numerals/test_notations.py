"""Numbers, dates and units in a run: which are written otherwise, and which stay as they are."""

import pytest

from index.text.folding import Folding
from search.expansion.alternative import AlternativeKind
from search.expansion.expander import Expander
from search.numerals.notations import Notations
from search.numerals.units import UNITS


@pytest.fixture(scope="module")
def numerals(folding: Folding) -> Expander:
    return Expander(folding, (Notations(),))


def texts(numerals: Expander, run: str) -> tuple[str, ...]:
    return tuple(alternative.text for alternative in numerals.expand(run).alternatives())


BOTH_WAYS = {
    "amounts": [
        ("一百亿元", "100亿元"),
        ("三千五百万元", "3500万元"),
        ("一亿五千万元", "1.5亿元"),
        ("1.5亿元", "15000万元"),
        ("一万五千元", "15000元"),
        ("1.5万元", "15,000元"),
        ("1000元", "1,000元"),
        ("两千元", "2000元"),
        ("二千元", "2000元"),
        ("一万二千亿元", "1.2万亿元"),
        ("1.2万亿元", "12000亿元"),
        ("五百万美元", "500万美元"),
        ("两亿元", "2亿元"),
        ("十元", "10元"),
        ("十万", "10万"),
        ("一百亿", "100亿"),
        ("四万亿投资", "4万亿投资"),
    ],
    "measures": [
        ("120㎡", "120平方米"),
        ("120㎡", "120m2"),
        ("120㎡", "120m²"),
        ("一百二十平方米", "120㎡"),
        ("㎡", "平方米"),
        ("元/㎡", "元/平方米"),
        ("30km2", "30平方公里"),
        ("5公里", "5千米"),
        ("五公里", "5km"),
        ("二十五万千瓦", "25万千瓦"),
        ("25万千瓦", "25万kW"),
        ("三百万千瓦时", "300万kWh"),
        ("二十摄氏度", "20℃"),
        ("75微克/立方米", "75μg/m3"),
        ("500万吨", "五百万吨"),
        ("一百五十万亩", "150万亩"),
        ("三十公斤", "30kg"),
        ("2.5倍", "二点五倍"),
        ("两倍", "2倍"),
        ("0.5米", "零点五米"),
    ],
    "times": [
        ("三年行动计划", "3年行动计划"),
        ("两年", "2年"),
        ("十五年", "15年"),
        ("七十周年", "70周年"),
        ("三个月", "3个月"),
        ("两个月", "2个月"),
        ("二十四小时", "24小时"),
        ("十五个工作日", "15个工作日"),
        ("六十岁", "60岁"),
        ("三十日内", "30日内"),
        ("五天", "5天"),
    ],
    "counts": [
        ("三十条措施", "30条措施"),
        ("十件民生实事", "10件民生实事"),
        ("一百家企业", "100家企业"),
        ("世界五百强", "世界500强"),
        ("二百户", "200户"),
        ("两百户", "200户"),
        ("一百零五个", "105个"),
        ("中央一号文件", "中央1号文件"),
        ("三点五个百分点", "3.5个百分点"),
    ],
    "dates": [
        ("二〇二四年", "2024年"),
        ("二零二四年", "2024年"),
        ("二〇二四年", "二零二四年"),
        ("一九九八年", "1998年"),
        ("2024年度", "二〇二四年度"),
        ("十二月", "12月"),
        ("3月份", "三月份"),
        ("2024年5月", "2024年05月"),
        ("2024年5月1日", "二〇二四年五月一日"),
        ("二〇二四年十二月三十一日", "2024年12月31日"),
        ("2024年05月01日", "2024年5月1日"),
        ("十月一日", "10月1日"),
        ("2021—2025年", "二〇二一—二〇二五年"),
        ("2021-2025年", "二零二一-二零二五年"),
    ],
    "ordinals": [
        ("第十二", "第12"),
        ("第十四届", "第14届"),
        ("第一批", "第1批"),
        ("第三季度", "第3季度"),
        ("第五条", "第5条"),
        ("第一百二十条", "第120条"),
        ("第十五次会议", "第15次会议"),
    ],
    "shares": [
        ("百分之六", "6%"),
        ("百分之六点五", "6.5%"),
        ("增长百分之十以上", "增长10%以上"),
        ("百分之百", "100%"),
        ("百分之一百", "100%"),
        ("千分之三", "3‰"),
        ("百分之零点五", "0.5%"),
    ],
}  # fmt: skip
assert sum(map(len, BOTH_WAYS.values())) >= 80


@pytest.mark.parametrize(
    ("one", "other"),
    [pytest.param(*pair, id="-".join((name, *pair))) for name, pairs in BOTH_WAYS.items() for pair in pairs],
)
def test_each_is_an_alternative_of_the_other(one: str, other: str, numerals: Expander) -> None:
    assert other in texts(numerals, one)
    assert one in texts(numerals, other)


@pytest.mark.parametrize(
    ("run", "text"),
    [
        pytest.param("一百億元", "100亿元", id="Traditional"),
        pytest.param("１２月", "十二月", id="full width"),
        pytest.param("6％", "百分之六", id="full-width sign"),
        pytest.param("二○二四年", "2024年", id="another circle"),
        pytest.param("二〇二四年12月", "2024年12月", id="two notations in a date"),
        pytest.param("3千万元", "三千万元", id="digit and two units"),
        pytest.param("5百万元", "500万元", id="digit and two others"),
        pytest.param("百分之6", "6%", id="digit in words"),
        pytest.param("一点五亿元", "1.5亿元", id="decimals in words"),
        pytest.param("1,500万元", "1500万元", id="thousands parted"),
        pytest.param("30-50m2", "30-50㎡", id="a unit behind a range"),
        pytest.param("每平方米", "每㎡", id="a unit behind 每"),
        pytest.param("120M2", "120平方米", id="capital letters"),
    ],
)
def test_other_ways_to_write_are_read_too(run: str, text: str, numerals: Expander) -> None:
    assert text in texts(numerals, run)


STAY = """
万一 一些 三农 五一 十一 六一儿童节 七一 八一 双十一 十分 千万 百万 亿万 万万 百年大计 千家万户 一带一路
三公经费 四个自信 三个代表 五位一体 八项规定 一个 三项 两家 一体化 统一年度
第一书记 第一时间 十四五 二十大 十九大
数十万元 几十万元 十几万 一万五 二三十年 三四百元 三分之二 一二三产业 二十四节气 九三学社 三八妇女节
5G C919 PD1728 GB/T2260 3.15 12345 110 2035远景 H7N9 AI2 IPv6 10:30 2024-05-01 V1.0 007号 M2 m2 公里数 米 平方
四川 九江市 三亚 五家渠市 六安市 百色 千岛湖 六盘水 万州 十堰市 三元里 二元结构 一元化
鄂政发〔2024〕12号 鲁政字（2023）5号 30—50万元 1至3月 11-12月 第1 第2023.5 第十几 百分之几 百分之十几
三百六十五 一千零一夜 2024 二〇三五 12.5 1,000 六百六十六 5m 3M公司 10t 两会 两岸 两江新区
2024届 第一 第二 第一产业 千分 百分 点 零 〇 年 月 日 元 %
"""


@pytest.mark.parametrize("run", STAY.split())
def test_what_is_no_number_or_means_something_else_stays(run: str, numerals: Expander) -> None:
    assert texts(numerals, run) == ()


@pytest.mark.parametrize(
    ("run", "alternatives"),
    [
        pytest.param("100亿元", ("一百亿元",), id="amount"),
        pytest.param("1.5万元", ("一万五千元", "15000元", "15,000元"), id="four ways"),
        pytest.param("2倍", ("二倍", "两倍"), id="two"),
        pytest.param("2号", ("二号",), id="a label is never 两"),
        pytest.param("120㎡", ("120平方米", "一百二十平方米", "120m2", "120m²"), id="unit"),
        pytest.param("2024年5月", ("二〇二四年五月", "2024年05月", "二零二四年五月"), id="date"),
        pytest.param("12月", ("十二月",), id="month"),
        pytest.param("100%", ("百分之一百", "百分之百"), id="all of it"),
        pytest.param(
            "12345678元", ("1234.5678万元", "一千二百三十四万五千六百七十八元", "12,345,678元"), id="long"
        ),
    ],
)
def test_all_alternatives(run: str, alternatives: tuple[str, ...], numerals: Expander) -> None:
    assert texts(numerals, run) == alternatives


@pytest.mark.parametrize(
    ("run", "part", "by"),
    [
        ("今年3月份", "3月", "date"),
        ("规划（2021—2025年）", "2021—2025年", "years"),
        ("增长6%以上", "6%", "percentage"),
        ("第十二个", "第十二", "ordinal"),
        ("投资100亿元", "100亿元", "quantity"),
        ("单价每㎡", "㎡", "unit"),
    ],
)
def test_the_part_and_the_notation_are_said(run: str, part: str, by: str, numerals: Expander) -> None:
    (change,) = numerals.expand(run).alternatives()[0].changes
    start, length = change.span
    assert (change.part, change.by, change.kind) == (part, by, AlternativeKind.NUMERAL)
    assert run[start : start + length] == part


@pytest.mark.parametrize(
    ("run", "word", "found"),
    [
        ("满十年", (0, 2), False),
        ("满一年", (0, 2), False),
        ("满一年度", (1, 3), True),
        ("满一年", (1, 2), True),
    ],
)
def test_a_word_that_ends_inside_the_number_forbids_it(
    numerals: Expander, run: str, word: tuple[int, int], *, found: bool
) -> None:
    assert bool(numerals.expand(run, (word,)).alternatives()) is found


def test_signs_are_found_in_the_folded_run_as_they_stand(folding: Folding) -> None:
    signs = [sign for unit in UNITS for sign in unit.signs]
    assert [sign for sign in signs if folding.fold(sign) != sign.lower()] == []
    assert len({sign.lower() for sign in signs}) == len(signs)

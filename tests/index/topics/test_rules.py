"""The rules that come with the program: their shape, titles of every topic, titles of none."""

from pathlib import Path

import pytest

from index.text.folding import Folding
from index.topics.tagger import TopicTagger

ROOT = Path(__file__).resolve().parents[3]

TITLES = {
    "科技创新": ["关于支持重点实验室建设的若干措施", "全省科技成果转化大会召开"],
    "知识产权": ["发明专利申请资助办法", "知识产权保护专项行动启动"],
    "数字经济": ["大数据与人工智能产业三年行动计划", "5G基站与算力中心同步开工"],
    "产业发展": ["培育专精特新中小企业实施方案", "先进制造业集群招商引资推介会举行"],
    "能源": ["分布式光伏与储能电站并网管理办法", "天然气保供和电网调度会议召开"],
    "商贸消费": ["发放消费券促进汽车以旧换新", "步行街夜间经济活动方案"],
    "财税金融": ["地方政府专项债券管理办法", "预算绩效管理与决算公开工作通知"],
    "财政补贴": ["种业补贴资金申领指南", "首台套奖补资金管理办法"],
    "税收": ["小规模纳税人增值税减免公告", "税务局开展个人所得税汇算"],
    "金融": ["银行降低小微企业贷款利率", "防范非法集资宣传月启动"],
    "就业民生": ["提高最低工资标准的通知", "治理拖欠农民工工资工作会议"],
    "人才": ["高层次人才引进与职称评审办法", "职业技能大赛选手选拔公告"],
    "就业创业": ["高校毕业生就业招聘会公告", "创业担保贷款与稳岗返还办法"],
    "社会保障": ["基本养老保险转移接续办法", "失业保险费征缴标准公布"],
    "养老救助": ["居家养老服务条例", "特困人员与低保对象认定办法"],
    "政府治理": ["政府信息公开年度报告", "信访工作条例实施细则"],
    "营商环境": ["行政审批一网通办改革方案", "推行证照分离优化营商环境"],
    "市场监管": ["食品安全与产品质量抽查结果", "双随机一公开监管实施意见"],
    "法治建设": ["法律援助与人民调解工作会", "检察院开展普法宣传"],
    "生态环境": ["碳达峰行动方案", "生态保护补偿条例"],
    "污染防治": ["大气污染防治攻坚行动计划", "黑臭水体与污水处理设施整治方案"],
    "自然资源": ["国土空间规划与建设用地审批办法", "造林绿化与湿地保护通知"],
    "农业农村": ["小麦播种与春耕备耕工作通知", "生猪养殖和畜禽防疫办法"],
    "乡村振兴": ["脱贫攻坚成果巩固与乡村振兴衔接资金公告", "驻村第一书记帮扶建档立卡贫困户"],
    "水利": ["水库除险加固与灌区改造方案", "河长制与水资源管理考核"],
    "教育": ["义务教育学校招生工作意见", "中小学教师队伍建设改革方案"],
    "医疗卫生": ["公立医院分级诊疗实施办法", "基层医疗机构中医药服务规范"],
    "医疗保障": ["城乡居民基本医疗保险与大病保险办法", "医保药品集中采购通知"],
    "疾病防控": ["流感疫苗接种工作方案", "新冠肺炎疫情防控指挥部公告"],
    "城乡建设": ["城市更新与市政设施建设条例", "市容和环境卫生管理办法"],
    "住房": ["住房公积金提取办法", "老旧小区改造与物业管理条例"],
    "交通运输": ["高速公路收费站撤并方案", "轨道交通与公交线路接驳规划"],
    "物流邮政": ["冷链物流与快递业发展意见", "邮政寄递渠道物流管理办法"],
    "安全应急": ["突发事件应急预案", "公安机关破获电信网络诈骗案件"],
    "安全生产": ["危险化学品安全生产隐患排查通知", "安委会部署安全生产责任考核"],
    "防灾减灾": ["防汛抗旱与地质灾害防御通知", "台风暴雨橙色预警发布"],
    "文旅体育": ["非物质文化遗产名录公布", "全民健身运动会开幕"],
    "旅游": ["旅游景区与民宿等级评定办法", "乡村旅游游客接待规范"],
    "对外开放": ["自由贸易试验区总体方案", "海关口岸通关便利化措施"],
    "外贸外资": ["外商投资与跨境电商扶持办法", "外贸进出口稳增长措施"],
}

NO_TOPIC = {
    "state-visit": "国家主席会见来访的外国总统，两国元首举行会谈",
    "congratulations": "致电祝贺新任总统就职，愿推动双边关系发展",
    "war-abroad": "乌克兰与俄罗斯继续交战，多地遭空袭",
    "armed-forces": "中央军委举行晋升上将军衔仪式",
    "party-life": "机关党支部召开专题民主生活会",
    "editorial": "人民日报评论员文章：不忘初心，牢记使命",
    "nothing-at-all": "关于召开会议的通知",
    "training-campaign": "主题教育实践活动动员大会",
}

NOT_MEANT = {
    "教育实践活动-is-no-education": ("党的群众路线教育实践活动总结", "教育"),
    "农业银行-is-no-farming": ("农业银行下调存款利率", "农业农村"),
    "环境卫生-is-no-medicine": ("环境卫生条例", "医疗卫生"),
    "网络安全-is-no-emergency": ("网络安全宣传周", "安全应急"),
    "食品安全-is-no-emergency": ("食品安全抽检公告", "安全应急"),
    "营商环境-is-no-ecology": ("优化营商环境条例", "生态环境"),
    "公开赛-is-no-open-government": ("网球公开赛开幕", "政府治理"),
    "禽流感疫情-is-no-human-epidemic": ("禽流感疫情处置", "医疗卫生"),
}


@pytest.fixture(scope="module")
def tagger(folding: Folding) -> TopicTagger:
    return TopicTagger.load(folding)


def names(tagger: TopicTagger, title: str, body: str = "") -> list[str]:
    return [tag.name for tag in tagger.tag(title=title, lead="", body=body, tags=())]


def in_traditional(folding: Folding, text: str) -> str:
    """Every character written as another that folds to it, where there is one."""
    table: dict[int, str] = {}
    for code in range(0x4E00, 0xA000):
        table.setdefault(ord(folding.fold(chr(code))), chr(code))
        if folding.fold(chr(code)) != chr(code):
            table[ord(folding.fold(chr(code)))] = chr(code)
    return text.translate(table)


def test_two_levels_of_25_to_40_topics(tagger: TopicTagger) -> None:
    assert 25 <= len(tagger.taxonomy.names) <= 40
    assert 10 <= len(tagger.taxonomy.upper) <= 14


def test_every_topic_has_titles_of_its_own(tagger: TopicTagger) -> None:
    assert set(TITLES) == set(tagger.taxonomy.names)
    assert all(len(titles) >= 2 for titles in TITLES.values())


@pytest.mark.parametrize(
    ("topic", "title"),
    [(topic, title) for topic, titles in TITLES.items() for title in titles],
    ids=[f"{topic}-{number}" for topic, titles in TITLES.items() for number in range(len(titles))],
)
def test_a_title_has_its_topic_also_in_traditional(
    tagger: TopicTagger, folding: Folding, topic: str, title: str
) -> None:
    given = tagger.tag(title=title, lead="", body="", tags=())
    assert topic in [tag.name for tag in given]
    other = in_traditional(folding, title)
    assert other != title
    assert tagger.tag(title=other, lead="", body="", tags=()) == given


@pytest.mark.parametrize("title", NO_TOPIC.values(), ids=NO_TOPIC.keys())
def test_what_is_no_policy_has_no_topic(tagger: TopicTagger, title: str) -> None:
    assert names(tagger, title, body=title) == []


@pytest.mark.parametrize(("title", "topic"), NOT_MEANT.values(), ids=NOT_MEANT.keys())
def test_a_phrase_inside_another_is_not_meant(tagger: TopicTagger, title: str, topic: str) -> None:
    assert topic not in names(tagger, title, body=title)


def test_a_page_says_by_what_it_was_decided(tagger: TopicTagger) -> None:
    (first, *_) = tagger.tag(
        title="关于加快冷链物流发展的意见", lead="", body="建设仓储和物流枢纽。", tags=()
    )
    assert (first.name, first.evidence) == ("交通运输", ("冷链物流", "仓储", "物流枢纽"))


@pytest.mark.shared
def test_the_seed_is_about_technology_and_industry(tagger: TopicTagger) -> None:
    (page,) = (ROOT / "../shared/data/seed").glob("*.txt")
    text = page.read_text(encoding="utf-8")
    assert names(tagger, title="", body=text)[0] in {"科技创新", "产业发展"}


def test_rules_do_not_name_the_regions_of_one_data_set(tagger: TopicTagger) -> None:
    phrases = {phrase.text for topic in tagger.taxonomy.topics for phrase in topic.phrases}
    assert not [phrase for phrase in phrases if phrase.startswith(("河北", "福建", "重庆", "广东"))]

"""About thirty short articles of our own writing, for a search service that needs no index."""

from datetime import date, datetime, timedelta

from index.article import (
    Article,
    Certainty,
    DocumentFacts,
    Level,
    Original,
    Part,
    RegionTag,
    Relation,
    Repair,
    Script,
    TopicTag,
)
from index.describe.times import CHINA

_FIRST = datetime(2019, 3, 4, 9, 0, tzinfo=CHINA)

_ROWS: tuple[tuple[str, str, str], ...] = (
    (
        "浙江日报",
        "浙江发布科技创新三年行动计划",
        "全省将新建实验室二十家，支持企业牵头科技创新，推动成果转化。",
    ),
    (
        "杭州市政府网",
        "杭州优化营商环境再出新规",
        "企业开办一日办结，营商环境评价按季公布，接受监督。",
    ),
    ("宁波日报", "宁波港口数字化改造通过验收", "码头作业效率提高两成，单箱能耗下降。"),
    ("湖州发布", "湖州试点绿色金融服务乡村振兴", "银行为农户提供低息贷款，用于乡村振兴项目和民宿改造。"),
    ("江苏经济报", "苏州出台专精特新企业培育办法", "对首次认定的企业给予一次性奖励，并提供上市辅导。"),
    (
        "南京市鼓楼区",
        "鼓楼区新增社区养老服务站十二处",
        "服务站提供助餐、助浴和日间照料，老人免费办卡。",
    ),
    ("安徽日报", "合肥集成电路产业园二期开工", "总投资超过120亿元，预计两年后投产。"),
    ("合肥发布", "合肥公布托育机构补贴标准", "每个托位每月补贴三百元，社区用房优先安排养老和托育。"),
    ("福建日报", "福州启动老旧小区加装电梯工作", "业主意见一致的楼栋可以随时申请，资金分三方承担。"),
    ("厦门市发展改革委", "厦门推进跨境电商综合试验区建设", "通关时间压缩三成，退税当日到账。"),
    ("江西日报", "赣州脐橙产业链招商签约", "现场签约项目十八个，招商团队赴三省推介。"),
    ("招商证券股份有限公司", "招商证券发布区域经济研究报告", "公司认为中部城市群的消费潜力仍待释放。"),
    ("山东商报", "青岛发布海洋经济发展条例", "条例明确深海装备、海水淡化等重点领域。"),
    (
        "济南市政务服务中心",
        "济南不动产登记实现全程网办",
        "市民在家提交材料，证书寄送到户，减少跑动百万次。",
    ),
    ("河南日报", "郑州都市圈城际铁路再添新线", "新线全长六十公里，设站九座，预计2027年通车。"),
    ("洛阳文旅", "洛阳夜间文旅消费券开始发放", "首批五万张，覆盖剧场、书店和博物馆夜场。"),
    ("湖北省科技厅", "武汉高校科研仪器向企业开放共享", "入网仪器三千台套，使用费由创新券抵扣。"),
    ("鄂州发布", "鄂州花湖机场货运航线增至四十条", "货运枢纽带动周边电子信息企业聚集。"),
    ("湖南日报", "长沙工程机械企业抱团出海", "海外仓建到港口，配件七十二小时送达。"),
    ("广东省政府网", "大湾区职业资格互认清单扩围", "清单新增建筑、旅游两类，港澳专业人士备案即可执业。"),
    ("深圳市市场监督管理局", "深圳市市场监督管理局局长会见客商", "双方就标准互认交换意见，并签署备忘录。"),
    ("海南日报", "海口发布自贸港人才落户办法", "取消社保年限要求，随迁家属一并办理。"),
    ("四川日报", "成都发布低空经济三年方案", "开通城市无人机配送航线，建设起降点三百个。"),
    ("重庆市渝中区", "渝中区母城更新保留老街风貌", "修旧如旧，居民回迁率超过八成。"),
    ("贵州日报", "贵阳算力中心接入全国调度平台", "机架规模居全国前列，绿电占比逐年提高。"),
    ("云南日报", "昆明斗南花卉拍卖引入新交易系统", "日均成交鲜切花八百万枝，系统支持远程竞价。"),
    ("陕西日报", "西安高新区设立科技创新母基金", "基金规模100亿元，重点投向硬科技，鼓励科技创新人才创业。"),
)

_LONG = (
    "各区人民政府、市各有关部门："
    "为进一步提升社区服务水平，现就有关事项通知如下。\n"
    + "\n".join(
        f"{number}、各单位要结合实际制定工作方案，明确责任分工和完成时限，定期报告社区服务进展。"
        for number in range(1, 13)
    )
    + "\n附件：任务分工表"
)

DAMAGED_PAGE = (
    "台北市推動創(chuàng)新計劃\n本府今日宣布，將以科技創(chuàng)新帶動產業(yè)發展，並擴大社區服務。\n"
)


def _simple(number: int, row: tuple[str, str, str]) -> Article:
    source, title, body = row
    return Article(
        id=f"a{number}",
        title=title,
        lead="",
        body=body,
        tags=(),
        url=f"https://news.example/{number}",
        source=source,
        origin=None,
        category=("地方", "政策"),
        notice="",
        related=(),
        published=_FIRST + timedelta(days=97 * (number - 1), hours=number % 9),
        script=Script.HANS,
        region_hint=None,
    )


def _long() -> Article:
    return Article(
        id="long",
        title="关于加强社区服务工作的通知",
        lead="市政府办公室印发通知，部署社区服务重点任务。",
        body=_LONG,
        tags=("社区服务", "通知"),
        url="https://news.example/long",
        source="市政府办公室",
        origin="市民政局",
        category=("政务公开", "通知"),
        notice="本文仅供参考，以正式文件为准。",
        related=("关于印发社区服务规范的通知",),
        published=datetime(2025, 6, 1, 15, 46, 51, tzinfo=CHINA),
        script=Script.HANS,
        region_hint=None,
    )


def _traditional() -> Article:
    return Article(
        id="hant:1",
        title="台北市推動創新計劃",
        lead="",
        body="本府今日宣布，將以科技創新帶動產業發展，並擴大社區服務。",
        tags=("創新",),
        url="https://news.example/hant/1",
        source="臺北新聞網",
        origin="市府新聞處",
        category=("地方",),
        notice="",
        related=(),
        published=datetime(2026, 2, 10, 8, 30, tzinfo=CHINA),
        script=Script.HANT,
        region_hint=None,
        repairs=(
            _pinyin(Part.TITLE, start=6, original_start=6, before="(chuàng)"),
            _pinyin(Part.BODY, start=12, original_start=30, before="(chuàng)"),
            _pinyin(Part.BODY, start=17, original_start=43, before="(yè)"),
        ),
    )


def _pinyin(part: Part, *, start: int, original_start: int, before: str) -> Repair:
    return Repair(
        part=part,
        start=start,
        length=0,
        original_start=original_start,
        original_length=len(before),
        before=before,
        after="",
        rule="pinyin",
        certainty=Certainty.EVIDENT,
    )


def _undated() -> Article:
    return Article(
        id="undated",
        title="城市更新项目公示",
        lead="",
        body="公示期为七个工作日，𠮷祥里片区列入名单。",
        tags=(),
        url=None,
        source=None,
        origin=None,
        category=(),
        notice="",
        related=(),
        published=None,
        script=Script.HANS,
        region_hint=None,
    )


def _described() -> Article:
    """A document with everything that can be known of one."""
    return Article(
        id="described",
        title="省人民政府关于支持鄂州航空货运发展的通知",
        lead="",
        body="各市人民政府：花湖机场货运补贴自下月起发放。",
        tags=(),
        url="https://news.example/described",
        source="湖北省人民政府网",
        origin=None,
        category=(),
        notice="",
        related=(),
        published=datetime(2024, 10, 14, 9, 0, tzinfo=CHINA),
        script=Script.HANS,
        region_hint="湖北",
        document=DocumentFacts(
            number="鄂政发〔2024〕12号",
            agency="湖北省人民政府",
            level=Level.PROVINCIAL,
            type="通知",
            signed=date(2024, 10, 9),
            effective=date(2024, 11, 1),
        ),
        regions=(
            RegionTag("420000", Relation.ISSUED_BY, 12.5),
            RegionTag("420700", Relation.ABOUT, 8.0),
        ),
        topics=(
            TopicTag("交通运输", 9.0, ("货运", "机场", "航空", "物流")),
            TopicTag("财政补贴", 3.5, ()),
        ),
    )


ARTICLES: tuple[Article, ...] = (
    *(_simple(number, row) for number, row in enumerate(_ROWS, start=1)),
    _long(),
    _traditional(),
    _undated(),
    _described(),
)


def original_of(article: Article) -> Original:
    """What came in for an article: a damaged page for the one that was repaired, a record for others."""
    if article.repairs:
        return Original(DAMAGED_PAGE.encode(), "text/plain", "utf-8")
    record = f'{{"id":"{article.id}","title":"{article.title}"}}'
    return Original(record.encode(), "application/json", "utf-8")

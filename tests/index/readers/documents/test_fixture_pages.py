"""Pages of many sites, each with a layout of its own: every field that a reader of the page would name."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from index.article import Original, Part
from index.describe.lines import Span
from index.describe.meta import hints_of
from index.describe.page import page_parts
from index.readers.documents.parse import parse_document
from index.readers.encodings import decode
from index.readers.media import HTML
from index.text.edits import RepairedText
from index.text.folding import Folding

PAGES = Path(__file__).resolve().parents[3] / "data" / "pages"
FOLDING = Folding.load()


@dataclass(frozen=True, kw_only=True)
class Read:
    """The parts of a page as text; of a body, the beginning of each paragraph, `|` between them."""

    title: str
    published: str | None
    body: str
    source: str | None = None
    origin: str | None = None
    category: str = ""
    lead: str = ""
    tags: str = ""
    stated: str = ""
    notice: int = 0
    related: int = 0


EXPECTED = {
    "state_portal": Read(
        title="某省人民政府办公厅关于推进灯塔工厂建设的意见",
        published="2024-04-09 10:20:31+08:00",
        source="某省人民政府办公厅",
        category="政务公开|政策文件",
        body="发文字号：\t|各市、州人民|为推动制造业|一、总体要求|某省人民政府|2024年4",
        tags="灯塔工厂|制造业",
        stated="主题分类=工业、交通\\机械制造与重工业|发布日期=2024年04月09日|发文字号=某政办发〔2024〕17号"
        "|发文机关=某省人民政府办公厅|成文日期=2024年04月01日|有效性=有效"
        "|标题=某省人民政府办公厅关于推进灯塔工厂建设的意见|索引号=00123456/2024-00017",
        notice=1,
        related=3,
    ),
    "provincial": Read(
        title="某省扎实推进河湖长制",
        published="2024-06-18 17:05:00+08:00",
        source="某省水利厅",
        category="水利要闻",
        body="入汛以来，某|巡河现场（资|下一步，某省",
        related=4,
    ),
    "news_portal": Read(
        title="城市更新让老街区“活”起来",
        published="2024-10-14 15:46:00+08:00",
        source="某某日报",
        category="房产|城市更新",
        body="——某市旧城|傍晚时分，走|“以前一下雨|改造后的街区|据介绍，今年",
        related=4,
    ),
    "plain_divs": Read(
        title="兩湖協作結出新果實",
        published="2023-11-02 09:08:07+08:00",
        source="華中產業網",
        origin="湖北省科技廳",
        category="創新園地",
        lead="今年以來，兩湖地區以協作為紐帶，共建平臺、共享成果，一批項目先後落地。",
        body="一是平臺共建|二是成果轉化",
        tags="協作|創新",
        notice=2,
        related=2,
    ),
    "layout_tables": Read(
        title="某市二〇〇九年普通高中招生工作安排",
        published="2009-05-08 00:00:00+08:00",
        source="某市教育局",
        category="招生信息",
        body="为做好今年普|一、报名时间|二、志愿分两|批次\t学校数|第一批\t2\t",
        notice=1,
    ),
    "terms_big5": Read(
        title="市府推動社區托育公共化",
        published="2024-05-06 00:00:00+08:00",
        source="某某市政府社會局",
        category="市政新聞|社會福利",
        body="為減輕家長負|社會局表示，",
        stated="发布日期=民國113年5月6日|发布机构=某某市政府社會局",
    ),
    "open_information": Read(
        title="某县灵活就业人员社会保险补贴办法",
        published="2022-03-15 00:00:00+08:00",
        source="某县人力资源和社会保障局",
        category="信息公开|政府信息公开目录",
        body="文 号：某人|第一条 为促|第二条 本办",
        stated="发布日期=2022-03-15|发布机构=某县人力资源和社会保障局|发文字号=某人社规〔2022〕3号"
        "|成文日期=2022-03-10|标题=某县灵活就业人员社会保险补贴办法|索引号=XX003-0302-2022-0008",
    ),
    "head_only": Read(
        title="某县三项措施保障春耕用水",
        published="2023-03-02 08:00:00+08:00",
        source="某县农业农村局",
        category="部门动态",
        body="连日来，某县|截至目前，全",
        tags="春耕|灌溉",
    ),
    "word_export": Read(
        title="关于公布第三批“专精特新”企业名单的通知",
        published=None,
        body="某经信发﹝2|各县（市、区|经企业申报、|序号\t企业名|1\t某某轴承|某市经济和信|2021年9",
    ),
    "public_account": Read(
        title="人才公寓怎么申请？一文看懂",
        published="2025-01-06 01:30:00+00:00",
        source="某市人社",
        body="近期，不少朋|01申请条件|在某市就业创",
    ),
    "labels_above_values": Read(
        title="关于调整公交线路的公告",
        published="2020-12-02 11:11:00+08:00",
        source="某区交通运输局",
        body="因道路施工，|给您带来的不",
        stated="发文机关=某区交通运输局|成文日期=2020年12月1日|索引号=11500000/2020-0031",
    ),
    "schema_org": Read(
        title="綠色建築條例修訂草案公開諮詢",
        published="2024-07-09 00:00:00+08:00",
        body="城市規劃署今|發言人表示，",
        related=1,
    ),
    "tag_soup": Read(
        title='某乡举办“村晚"',
        published="2024-02-09 19:30:00+08:00",
        source="某乡融媒体中心",
        body="锣鼓喧天，笑|小品《分红》|节目\t演员|舞龙\t青年队",
    ),
    "sidebar": Read(
        title="某市建成千兆光网城市",
        published="2024-08-30 14:02:15+08:00",
        source="某某晚报",
        category="通信频道",
        body="记者从市通信|目前全市万兆|声明不少于三",
        related=2,
    ),
    "address_date": Read(
        title="某州实施草原生态修复工程",
        published="2023-08-17 00:00:00+08:00",
        category="图片新闻",
        body="今年以来，某",
    ),
}


def read(data: bytes) -> Read:
    parsed = parse_document(Original(data, HTML, ""), decode)
    page = parsed.text
    parts = page_parts(FOLDING.fold(page), hints_of(parsed.meta, RepairedText(page)))

    def joined(spans: tuple[Span, ...]) -> str:
        return "|".join(span.of(page) for span in spans)

    def given(span: Span | None) -> str | None:
        return None if span is None else span.of(page)

    def moment(published: datetime | None) -> str | None:
        return None if published is None else str(published)

    return Read(
        title=joined(parts.spans[Part.TITLE]),
        lead=joined(parts.spans[Part.LEAD]),
        body="|".join(span.of(page)[:6] for span in parts.spans[Part.BODY]),
        tags=joined(parts.spans[Part.TAGS]),
        source=given(parts.source),
        origin=given(parts.origin),
        category=joined(parts.category),
        stated="|".join(sorted(f"{key}={value.of(page)}" for key, value in parts.stated.items())),
        notice=len(parts.notice),
        related=len(parts.related),
        published=moment(parts.published),
    )


@pytest.mark.parametrize("name", EXPECTED)
def test_every_field(name: str) -> None:
    assert read((PAGES / f"{name}.html").read_bytes()) == EXPECTED[name]


def test_every_page_is_expected() -> None:
    assert {path.stem for path in PAGES.glob("*.html")} == EXPECTED.keys()


@pytest.mark.parametrize("name", EXPECTED)
def test_the_names_of_elements_help_but_are_not_needed_for_the_text(name: str) -> None:
    """A page whose site gives its elements other names still shows its paragraphs and its title."""
    data = (PAGES / f"{name}.html").read_bytes()
    for attribute in (b"class=", b"id=", b"itemprop=", b"role="):
        data = data.replace(attribute, b"data-x=")
    found, expected = read(data), EXPECTED[name]
    assert found.title == expected.title
    assert set(expected.body.split("|")) <= set(found.body.split("|"))

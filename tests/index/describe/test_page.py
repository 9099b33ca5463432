"""Pages of many shapes: which line is what."""

from dataclasses import dataclass
from datetime import datetime

import pytest

from index.article import Part
from index.describe.page import page_parts
from index.text.folding import Folding

FOLDING = Folding.load()

LONG = (
    "近日，省政府召开专题会议，研究部署下一阶段科技创新重点工作，要求各地各部门压实责任、细化举措、确保实效。"
)
OTHER = (
    "会议指出，要聚焦主导产业，加快建设高水平创新平台，推动更多科技成果就地转化，为高质量发展提供有力支撑。"
)


@dataclass(frozen=True, kw_only=True)
class Read:
    """The parts of a page as text."""

    title: str = ""
    lead: str = ""
    body: tuple[str, ...] = (LONG,)
    tags: tuple[str, ...] = ()
    source: str | None = None
    origin: str | None = None
    category: tuple[str, ...] = ()
    notice: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    published: str | None = None


def read(page: str) -> Read:
    parts = page_parts(FOLDING.fold(page))

    def texts(part: Part) -> tuple[str, ...]:
        return tuple(span.of(page) for span in parts.spans[part])

    def moment(published: datetime | None) -> str | None:
        return None if published is None else published.replace(tzinfo=None).isoformat(" ")

    return Read(
        title="".join(texts(Part.TITLE)),
        lead="".join(texts(Part.LEAD)),
        body=texts(Part.BODY),
        tags=texts(Part.TAGS),
        source=None if parts.source is None else parts.source.of(page),
        origin=None if parts.origin is None else parts.origin.of(page),
        category=tuple(span.of(page) for span in parts.category),
        notice=tuple(span.of(page) for span in parts.notice),
        related=tuple(span.of(page) for span in parts.related),
        published=moment(parts.published),
    )


SHAPES = {
    "breadcrumb, lead that repeats the first paragraph, origin, notice, tags, links": (
        f"""創新園地
首頁 > 創新園地 > 詳細內容
兩地協同創新再上台階
2024/10/14 15:46:51 來源:華中產業新聞網
導言:{LONG}
{LONG}
{OTHER}
來源:湖北省科技廳
免責聲明:
※ 以上內容來自轉載，版權歸原作者所有。
請讀者自行核實。
標簽 :科技 創新
相關網文
某市召開會議""",
        Read(
            title="兩地協同創新再上台階",
            lead=LONG,
            body=(OTHER,),
            tags=("科技", "創新"),
            source="華中產業新聞網",
            origin="湖北省科技廳",
            category=("創新園地",),
            notice=("免責聲明:", "※ 以上內容來自轉載，版權歸原作者所有。", "請讀者自行核實。"),
            related=("相關網文", "某市召開會議"),
            published="2024-10-14 15:46:51",
        ),
    ),
    "position instead of home, label before the date, editor": (
        f"""当前位置：网站首页 > 新闻中心 > 要闻 > 正文
我省出台人才新政
发布时间：2024年3月5日 09:30  来源：省人社厅  浏览次数：128
{LONG}
责任编辑：王某某""",
        Read(
            title="我省出台人才新政",
            source="省人社厅",
            category=("新闻中心", "要闻"),
            published="2024-03-05 09:30:00",
        ),
    ),
    "no breadcrumb, source on a line of its own, previous and next page": (
        f"""某市推进营商环境改革
日期：2023-07-01
来源：某市日报
{LONG}
{OTHER}
上一篇：某市召开经济工作会议
下一篇：关于开展专项检查的通知，各单位请认真组织实施并按期报送""",
        Read(
            title="某市推进营商环境改革",
            body=(LONG, OTHER),
            source="某市日报",
            related=(
                "上一篇：某市召开经济工作会议",
                "下一篇：关于开展专项检查的通知，各单位请认真组织实施并按期报送",
            ),
            published="2023-07-01 00:00:00",
        ),
    ),
    "publisher without a label, buttons": (
        f"""某县夏粮丰收
2022-06-18 08:15 某县融媒体中心
字号：大 中 小
分享到：微信 微博
{LONG}
打印本页 关闭窗口""",
        Read(title="某县夏粮丰收", source="某县融媒体中心", published="2022-06-18 08:15:00"),
    ),
    "keywords at the head do not end the article": (
        f"""绿色低碳转型试点启动
2021.09.10 10:00
关键词：低碳、试点；能源
{LONG}
{OTHER}""",
        Read(
            title="绿色低碳转型试点启动",
            body=(LONG, OTHER),
            tags=("低碳", "试点", "能源"),
            published="2021-09-10 10:00:00",
        ),
    ),
    "table of facts with a labelled title": (
        f"""索引号：00123456/2024-00017
发文机关：某省人民政府办公厅
发文字号：某政办发〔2024〕17号
标题：某省人民政府办公厅关于加快数字经济发展的意见
成文日期：2024年4月1日
发布日期：2024年4月9日
{LONG}""",
        Read(
            title="某省人民政府办公厅关于加快数字经济发展的意见",
            body=("发文字号：某政办发〔2024〕17号", LONG),
            source="某省人民政府办公厅",
            published="2024-04-09 00:00:00",
        ),
    ),
    "notice and subtitle between title and date": (
        f"""山乡巨变
声明：本文为转载
——某县乡村振兴纪实
二〇二〇年五月六日
{LONG}""",
        Read(
            title="山乡巨变",
            body=("——某县乡村振兴纪实", LONG),
            notice=("声明：本文为转载",),
            published="2020-05-06 00:00:00",
        ),
    ),
    "lead on the line below its label": (
        f"""港口吞吐量创新高
2024-02-03
【核心提示】
{OTHER}
{LONG}""",
        Read(title="港口吞吐量创新高", lead=OTHER, published="2024-02-03 00:00:00"),
    ),
    "title said twice": (
        f"""首页 » 政策 » 解读
一图读懂住房新政
一图读懂住房新政
{LONG}""",
        Read(title="一图读懂住房新政", category=("政策", "解读")),
    ),
    "origin in brackets at the end of the body": (
        f"""某市地铁新线开通
2024-01-01 来源：某市发布
{LONG}
（来源：某市交通运输局）
版权所有 某市人民政府""",
        Read(
            title="某市地铁新线开通",
            source="某市发布",
            origin="某市交通运输局",
            notice=("版权所有 某市人民政府",),
            published="2024-01-01 00:00:00",
        ),
    ),
    "title and text only": (
        f"""关于做好防汛工作的通知
发文字号：某汛办〔2024〕3号
各县（市、区）人民政府：
{LONG}
某省防汛办
2024年6月1日""",
        Read(
            title="关于做好防汛工作的通知",
            body=(
                "发文字号：某汛办〔2024〕3号",
                "各县（市、区）人民政府：",
                LONG,
                "某省防汛办",
                "2024年6月1日",
            ),
            published=None,
        ),
    ),
    "text only": (f"{LONG}\n{OTHER}", Read(body=(LONG, OTHER))),
    "one short line": ("某市今日晴", Read(title="某市今日晴", body=())),
    "site name and title above the breadcrumb": (
        f"""某某新闻网
某市举办招聘会
首页 > 民生
2024-08-08 12:00:00 来源：某市晚报 作者：李某
{LONG}""",
        Read(
            title="某市举办招聘会",
            source="某市晚报",
            category=("民生",),
            published="2024-08-08 12:00:00",
        ),
    ),
    "traditional with full-width digits": (
        f"""市府公布年度預算
發布時間：２０２４年１２月３１日　１４：０５
資料來源：市府新聞處
{LONG}
相關新聞
明年度預算審議""",
        Read(
            title="市府公布年度預算",
            body=("資料來源：市府新聞處", LONG),
            related=("相關新聞", "明年度預算審議"),
            published="2024-12-31 14:05:00",
        ),
    ),
    "a date in a headline is not the page's": (
        f"""2024年10月14日全省天气预报
发布时间：2024-10-13 17:00
{LONG}""",
        Read(title="2024年10月14日全省天气预报", published="2024-10-13 17:00:00"),
    ),
    "a sentence with a date and a time is text": (
        f"""某省召开新闻发布会
2024年10月14日15:30，某省召开新闻发布会。
{LONG}""",
        Read(title="某省召开新闻发布会", body=("2024年10月14日15:30，某省召开新闻发布会。", LONG)),
    ),
    "body lines that look a little like the frame of a page": (
        f"""保护古城的十年
2024-05-05
{LONG}
收藏在博物馆里的文物
返回故乡创业的人越来越多
声明指出，双方将深化合作。
上篇 总则
相关政策解读正在编写
标签化管理不可取
{OTHER}""",
        Read(
            title="保护古城的十年",
            body=(
                LONG,
                "收藏在博物馆里的文物",
                "返回故乡创业的人越来越多",
                "声明指出，双方将深化合作。",
                "上篇 总则",
                "相关政策解读正在编写",
                "标签化管理不可取",
                OTHER,
            ),
            published="2024-05-05 00:00:00",
        ),
    ),
    "crumbs without a home page": (
        f"""新闻中心 > 部门动态 > 正文
某市水利局开展巡查
2024-07-07 07:07
{LONG}""",
        Read(title="某市水利局开展巡查", category=("新闻中心", "部门动态"), published="2024-07-07 07:07:00"),
    ),
}


@pytest.mark.parametrize(("page", "expected"), SHAPES.values(), ids=SHAPES.keys())
def test_shapes(page: str, expected: Read) -> None:
    assert read(page) == expected


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\n\n\n", "\n\u3000\u3000", " \n\t", "\u2028"], ids=repr)
def test_line_ends_and_indents_do_not_matter(line_end: str) -> None:
    page, expected = next(iter(SHAPES.values()))
    assert read(page.replace("\n", line_end)) == expected


def test_the_script_of_a_page_does_not_matter() -> None:
    page = SHAPES["table of facts with a labelled title"][0].replace("发", "發").replace("标题", "標題")
    as_it_is, folded = read(page), read(FOLDING.fold(page))
    assert as_it_is.published == folded.published == "2024-04-09 00:00:00"
    assert FOLDING.fold(as_it_is.title) == folded.title == "某省人民政府办公厅关于加快数字经济发展的意见"


@pytest.mark.parametrize(
    "page", ["", " \n ", ">", "首页 >", "来源：", "导言：", "标签：", "2024-10-14", "※"], ids=repr
)
def test_scraps_of_pages_are_no_trouble(page: str) -> None:
    found = read(page)
    assert "".join(found.body) in page

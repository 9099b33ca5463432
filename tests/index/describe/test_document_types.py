"""Document types, by title and by what else a page shows."""

import pytest

from index.describe.closed_up import ClosedUp
from index.describe.document_types import DOCUMENT_TYPES, is_explanation, type_of
from index.describe.newsroom import Sign, newsroom_sign
from index.text.folding import Folding

FOLDING = Folding.load()


def kind(title: str, text: str = "", source: str = "") -> str | None:
    return type_of(
        ClosedUp.line(title, FOLDING).folded, ClosedUp.of(text, FOLDING).folded, FOLDING.fold(source)
    )


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("湖北省人民政府办公厅关于做好防汛工作的通知", "通知"),
        ("关于印发《湖北省河道管理办法》的通知", "通知"),
        ("省水利厅转发关于规范取水意见的通知", "通知"),
        ("关于印发《湖北省河道管理办法（试行）》", "通知"),
        ("關於促進數字經濟發展的若干意見", "意见"),
        ("国务院关于武汉市国土空间总体规划的批复", "批复"),
        ("省人民政府办公厅关于同意设立收费站的复函", "函"),
        ("关于修改《取水办法》的决定（水利部令2024年第3号）", "决定"),
        ("关于召开听证会的公告", "公告"),
        ("关于武汉市某路段交通管制的通告", "通告"),
        ("拟录用人员名单公示", "公示"),
        ("关于表扬先进单位的通报", "通报"),
        ("湖北省水利厅2023年政府信息公开工作年度报告", "报告"),
        ("湖北省河道管理条例", "条例"),
        ("湖北省河道管理规定", "规定"),
        ("湖北省实施《中华人民共和国水法》办法", "办法"),
        ("湖北省取水许可实施细则", "细则"),
        ("湖北省人民代表大会议事规则", "规则"),
        ("湖北省水网建设实施方案（2024—2026年）", "方案"),
        ("湖北省防汛应急预案（2023年修订）", "预案"),
        ("湖北省“十四五”水利发展规划", "规划"),
        ("湖北省县域数字化行动计划(2024-2026)", "计划"),
        ("湖北省质量强省建设纲要", "纲要"),
        ("2024年全省水利工作要点", "要点"),
        ("关于促进餐饮业恢复发展的十条措施", "措施"),
        ("2024年水利项目申报指南", "指南"),
        ("湖北省重点项目清单", "清单"),
        ("中华人民共和国水法", "法律"),
        ("中华人民共和国国务院令 第700号", "令"),
        ("国家林业和草原局公告（2023年第5号）", "公告"),
        ("《湖北省河道管理办法》解读", "解读"),
        ("《关于做好防汛工作的通知》政策解读", "解读"),
        ("解读《关于做好防汛工作的通知》", "解读"),
        ("一图读懂：湖北省河道管理办法", "解读"),
        ("省水利厅负责人就《湖北省河道管理办法》答记者问", "解读"),
        ("在全省水利工作会议上的讲话", "讲话"),
        ("[视频]各地加强河道管理办法", "新闻"),
        ("关于做好政策解读工作的通知", "通知"),
        ("湖北省信息发布管理办法", "办法"),
        ("武汉市制定地方性法规条例", "条例"),
    ],
    ids=lambda value: value,
)
def test_the_title_decides(title: str, expected: str) -> None:
    assert kind(title) == expected


@pytest.mark.parametrize(
    ("title", "text", "source", "expected"),
    [
        pytest.param("江城换新颜", "", "湖北日报", "新闻", id="a paper published it"),
        pytest.param("江城换新颜", "", "中国政府网", None, id="a government site did"),
        pytest.param("江城换新颜", "本报武汉8月1日讯（记者 张三）昨日…", "", "新闻", id="dateline"),
        pytest.param("江城换新颜", "修好一条路。\n摘自　《某某日报》　2024.08.01", "", "新闻", id="imprint"),
        pytest.param("江城换新颜", "近日，武汉市修好了一条路。", "", "新闻", id="tells of these days"),
        pytest.param("江城换新颜", "修路的学问有很多。", "", None, id="nothing says it"),
        pytest.param("湖北出台水网建设方案", "", "", "新闻", id="headline"),
        pytest.param(
            "四部门实施创新担保计划",
            "某某社北京8月1日电（记者李四）",
            "",
            "新闻",
            id="headline with dateline",
        ),
        pytest.param("湖北省水网建设方案", "近日，我省印发…", "", "方案", id="no verb, no reporter"),
        pytest.param(
            "省委办公厅印发《关于治水的若干措施》",
            "湖北日报讯 全文如下。",
            "湖北日报",
            "措施",
            id="printed in full",
        ),
        pytest.param(
            "省委办公厅印发《关于治水的若干措施》",
            "湖北日报讯 措施提出，",
            "湖北日报",
            "新闻",
            id="report of it",
        ),
        pytest.param(
            "湖北省河道管理条例",
            "第一条　为了治水，制定本条例。",
            "湖北日报",
            "条例",
            id="paper prints the rule",
        ),
        pytest.param(
            "湖北省水利厅关于印发河道管理、取水管理",
            "湖北省水利厅关于印发河道管理、取水管理\n实施方案的通知\n各市：",
            "",
            "通知",
            id="cut title, whole in the text",
        ),
        pytest.param("关于建立长效机制的指导意...", "", "", "意见", id="cut within the type"),
        pytest.param("2024年项目征集", "现就项目征集通知如下：", "", "通知", id="the letter says it"),
        pytest.param("同意建站", "现函复如下：", "", "函", id="the letter is an answer"),
    ],
)
def test_what_else_the_page_shows(title: str, text: str, source: str, expected: str | None) -> None:
    assert kind(title, text, source) == expected


@pytest.mark.parametrize(
    ("title", "explains"),
    [
        ("《科技创新办法》解读", True),
        ("解读《科技创新办法》", True),
        ("科技创新办法问答", True),
        ("关于印发《科技创新办法》的通知", False),
        ("", False),
    ],
)
def test_titles_of_explanations(title: str, explains: bool) -> None:  # noqa: FBT001
    assert is_explanation(title) is explains


def test_the_list_is_closed_and_without_repeats() -> None:
    assert len(set(DOCUMENT_TYPES)) == len(DOCUMENT_TYPES)
    assert {"通知", "意见", "办法", "条例", "解读", "新闻"} <= set(DOCUMENT_TYPES)


@pytest.mark.parametrize(
    ("text", "source", "sign"),
    [
        ("", "湖北日报", Sign.STRONG),
        ("", "云南网、云南发布", Sign.STRONG),
        ("", "某省人民政府门户网站", Sign.NONE),
        ("", "湖北省水利厅", Sign.NONE),
        ("记者从省水利厅获悉,", "", Sign.STRONG),
        ("日前,省水利厅", "", Sign.WEAK),
        ("8月1日,省水利厅", "", Sign.WEAK),
        ("2024年8月1日,省水利厅", "", Sign.NONE),
        ("为加强管理,制定本办法。", "", Sign.NONE),
    ],
)
def test_signs_of_a_newsroom(text: str, source: str, sign: Sign) -> None:
    assert newsroom_sign(text, source) is sign

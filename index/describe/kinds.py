"""How the lines of a news page are told apart.

All patterns are for folded lines. A line may have two million code points, so none of them may read a stretch
in two ways: the time of each grows with the length of the line, not faster.
"""

import re
from typing import Final

from index.describe.lines import Line

_SOURCE_LABELS = "来源|来自|转自|稿源|信息源|发布机[构关]|发文机[构关]|发布单位|发文单位"
_NEXT_LABEL = (
    "(?:作者|记者|责任编辑|编辑|责编|审核|校对|(?:发布|发表|更新)?(?:时间|日期)"
    r"|(?:浏览|阅读|点击|访问)(?:次数|量|数)?|字[号体]|分享到?)\s*:"
)

SOURCE = re.compile(
    rf"(?:文章|信息|稿件|新闻|内容)?(?:{_SOURCE_LABELS})\s*:\s*"
    rf"(?P<name>(?:(?!{_NEXT_LABEL})[^\s|()【】\[\]]){{2,40}})"
)
"""来源：湖北日报, anywhere in a line; the name ends at white space, a bar, a bracket or the next label."""

ORIGIN = re.compile(rf"(?:[(\[【]\s*)?{SOURCE.pattern}")
"""A line that begins so."""

OWN_SITE = re.compile("(?:本|我|网|官|原)(?:网站?|站|创|网站原创)|网络|互联网|转载|其他|原创")
"""Who published a page, in words that name nobody."""

TITLE = re.compile(r"(?:标题|题目|文件名称|名称)\s*:\s*(?P<title>\S.*)")
LEAD = re.compile(r"[【\[]?(?:导言|导语|导读|摘要|内容提要|核心提示|内容摘要)(?:[】\]]\s*:?|\s*:)\s*")
TAGS = re.compile(r"(?:本文|文章)?(?:标签|关键词|关键字|主题词|tags?|keywords?)\s*:\s*")
TAG = re.compile(r"[^\s,;、|/#]+")

DOCUMENT_NUMBER = re.compile(r".{1,20}[〔\[(](?:19|20)[0-9]{2}[〕\])]\s*第?[0-9]+号")
"""鄂政办发〔2024〕5号: people search for it, so it is never dropped with the table that it stands in."""

_NOTICE = re.compile(
    r"[【\[(]?(?:免责声明|版权声明|特别声明|郑重声明|声明)[】\])]?\s*(?::|$)|版权所有|凡.{0,8}注明.{0,12}来源"
    r"|※.*(?:版权|转载|侵权|本网|原创)|.*本(?:网站?|站|文)(?:不作|未经).{0,12}(?:保证|证实)"
    r"|.{0,60}(?:icp备|公网安备|网站标识码).{0,2}[0-9]"
)

_RELATED = re.compile(
    r"[【\[]?[上下]一[篇条页][】\]]?\s*(?::|$)"
    r"|[【\[]?(?:相关(?:网文|新闻|文章|阅读|链接|报道|推荐|资讯|稿件)|延伸阅读|推荐阅读|猜你喜欢"
    r"|热门(?:文章|新闻|推荐|资讯)|热点(?:新闻|推荐)|友情链接|.{0,8}(?:点击|阅读)排行榜?)[】\]]?\s*(?::|>|更多|$)"
)

_BUTTON = (
    "打印(?:本页)?|关闭(?:窗口|本页)?|收藏(?:本页)?|保存(?:本页)?|返回(?:顶部|首页|列表)|我要纠错"
    "|无障碍(?:浏览|阅读)?|繁体|简体|登录|注册|朗读|语音播报|下载(?:本页|文件)?|加入收藏|设为首页|返回(?:上一?页|上级)"
)
_FURNITURE = re.compile(
    r"[\[【(]?(?:字[号体](?:\s*+:)?\s*+[特超大中小]?|[特超大中小](?=[\s|/\[\]【】]|$)"
    r"|(?:浏览|阅读|点击|访问)(?:次数|人次|人数|量|数)?\s*+(?::\s*+)?[0-9]++(?:\s*+次)?"
    rf"|(?:分享(?:到|至|:)|扫一扫|视力保护色|保护视力色)(?:(?!{_BUTTON}).){{0,20}}+|{_BUTTON})[\s|/\[\]【】()]*+"
)
"""One button or counter around an article, with what parts it from the next."""

_FACT = re.compile(
    r"(?:[(\[【]\s*)?(?:索引号|文号|发文字号|主题分类|体裁|公文种类|有效性|效力状态|组配分类|所属主题|信息分类"
    r"|责任编辑|编辑|责编|审核|审签|校对|监制|作者|记者|通讯员|撰稿|摄影|签发|供稿"
    rf"|{_SOURCE_LABELS}|(?:发布|成文|更新|修改|印发|实施)(?:时间|日期))\s*:.{{0,60}}"
)
"""A label with its value, as tables above an article and bylines below it have them."""

RUNNING_TEXT: Final = 120
"""Code points from which a line is running text, whatever it begins with."""

_SENTENCE = 30
"""Code points from which a line that ends like a sentence is running text."""


def is_paragraph(line: Line) -> bool:
    """True for running text, which neither a title nor a line of facts is."""
    text = line.folded
    return len(text) >= RUNNING_TEXT or (len(text) >= _SENTENCE and text[-1] in "。!?;…”」")


def is_furniture(line: Line) -> bool:
    """True for buttons and counters and for facts that have no field of their own."""
    text = line.folded
    if len(text) >= RUNNING_TEXT or DOCUMENT_NUMBER.fullmatch(text):
        return False
    return _is_row_of_buttons(text) or _FACT.fullmatch(text) is not None


def _is_row_of_buttons(text: str) -> bool:
    at = 0
    while at < len(text):
        button = _FURNITURE.match(text, at)
        if button is None:
            return False
        at = button.end()
    return True


def is_notice(line: Line) -> bool:
    """True where a disclaimer or a copyright notice begins."""
    return _NOTICE.match(line.folded) is not None


def is_related(line: Line) -> bool:
    """True where links to other articles begin."""
    return _RELATED.match(line.folded) is not None

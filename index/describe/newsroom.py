"""Signs that a newsroom wrote a text: who published it, its dateline, its foot."""

import re
from enum import IntEnum

_HEAD = 300
"""Code points in which a report says where and when it was written."""

_FOOT = 200
"""Code points in which a report names its writers and editors."""

_PAPER = re.compile(
    r"[日晚早时商快周]报|建设报|青年报|参考报|法[治制]报|报社|通讯社|新华社|中新社|电视台|广播|电台|融媒|客户端|公众号"
    r"|新闻(?:网|频道|中心)?$|新华网|人民网|光明网|央视|央广|CNTV|cntv|澎湃|网络台"
    r"|(?<!政府)(?<!政务)(?<!信息)(?<!门户)网$"
)
_BULLETIN = re.compile(r"^[\[【(]视频[\]】)]")
_DATELINE = re.compile(
    r"原标题:|[0-9]{1,2}月[0-9]{1,2}日(?:电|讯|消息)|(?:日报|晚报|网|新闻|本报|央视网)(?:讯|消息)|本报记者|记者[^大者]"
    r"|来源:[^\n]{0,8}[网报社]|据[^,。]{2,20}报道|获悉|(?:综合)?报道】|新华社|中新社|中新网|央视网|央广网|通讯员|全文转自"
)
_IMPRINT = re.compile(
    r"摘自|《[^》]{2,12}报》\(|(?:记者|通讯员|实习生)[\u3400-\u9fff]{2,4}\)?|返回搜狐|\(完\)|编辑:|责编|来源:[^\n]{2,12}报"
    r"|更多精彩|查看更多|新闻线索|供图\)"
)
_RECENT = re.compile(
    r"近日|日前|据悉|据介绍|昨[天日]|今天|今晨|当天|本周|上月"
    r"|^[^。]{0,60}?(?<!年)(?<![0-9])[0-9]{1,2}月[0-9]{1,2}日(?![0-9])"
)
"""Words of reports, and an opening that tells the day and not the year."""


class Sign(IntEnum):
    """How much speaks for a newsroom."""

    NONE = 0
    WEAK = 1
    """It tells of these days, as a report does and some documents do."""
    STRONG = 2
    """A paper published it, or a reporter or editor is named where reports name them."""


def is_bulletin(title: str) -> bool:
    """True for the title of an item of a televised bulletin."""
    return _BULLETIN.match(title) is not None


def newsroom_sign(text: str, source: str) -> Sign:
    """What the folded text and its publisher show; gaps of the text are closed."""
    head = text[:_HEAD]
    published_by = any(_PAPER.search(name) for name in re.split("[、,;/ ]", source))
    if published_by or _DATELINE.search(head) or _IMPRINT.search(text[-_FOOT:]):
        return Sign.STRONG
    return Sign.WEAK if _RECENT.search(head) else Sign.NONE

"""What kind of text an article is: one of a closed list of document types.

The title decides, by its end. Of 关于印发《某某办法》的通知 the type is 通知: the notice is what has the
number, the signature and the date, and the method is attached to it. What has no such title is news where the
page shows that a newsroom wrote it, and nothing otherwise.
"""

import re
from typing import Final

from index.describe.newsroom import Sign, is_bulletin, newsroom_sign

NEWS: Final = "新闻"
EXPLANATION: Final = "解读"
SPEECH: Final = "讲话"

_ENDINGS: Final = {
    "通知": "通知",
    "意见": "意见",
    "决定": "决定",
    "决议": "决议",
    "令": "令",
    "公告": "公告",
    "通告": "通告",
    "公示": "公示",
    "通报": "通报",
    "批复": "批复",
    "函": "函",
    "报告": "报告",
    "年报": "报告",
    "纪要": "纪要",
    "条例": "条例",
    "规定": "规定",
    "办法": "办法",
    "细则": "细则",
    "规则": "规则",
    "守则": "规则",
    "章程": "章程",
    "准则": "准则",
    "标准": "标准",
    "方案": "方案",
    "预案": "预案",
    "规划": "规划",
    "计划": "计划",
    "纲要": "纲要",
    "要点": "要点",
    "措施": "措施",
    "举措": "措施",
    "若干政策": "措施",
    "指南": "指南",
    "指引": "指南",
    "目录": "目录",
    "清单": "清单",
}
LAW: Final = "法律"

DOCUMENT_TYPES: Final = tuple(dict.fromkeys((*_ENDINGS.values(), LAW, SPEECH, EXPLANATION, NEWS)))
"""Every type that an article can have, the official ones first."""

_ANY = "|".join(sorted(_ENDINGS, key=len, reverse=True))
_END = re.compile(rf"(?:{_ANY})$")
_ISSUING = re.compile("印发|转发|批转|公布|发布|下达|贯彻|同意|废止|修改")
"""Verbs of titles that only offices write (印发…的通知), as 关于 is a mark of them (关于…的意见)."""

_BEFORE = re.compile(r"^(?:\[[^\]]{1,6}\]|【[^】]{1,6}】)")
_BEHIND = re.compile(
    r"(?:\([^()]{0,60}\)|〔[^〕]{0,60}〕|\[[^\]]{0,60}\]|\([^()]{0,60}|<br/?>|(?<![.…。!\ue000-\uf8ff])[.…。!\ue000-\uf8ff]++"
    r"|全文|(?:[0-9]{4}年)?第[0-9]{1,5}号|[0-9]{4}-[0-9:-]{4,16})$"
)
_MOST_BEHIND = 4
"""Brackets and dates that are taken off the end of a title."""

_EXPLAINS = re.compile(
    r"^(?:[【\[]?(?:图解|政策解读|一图读懂|图说)|解读|问答)|[—-]解读|(?:解读|详解|解答)《|负责人(?:就|谈|解读)"
    r"|(?:解读|图解|问答|解答|答记者问|起草说明)$"
)
_SPOKEN = re.compile("的(?:重要|特别|主旨|书面)?(?:讲话|致辞|演讲)$")
_LAW_TITLE = re.compile("^中华人民共和国[\u3400-\u9fff]{1,30}法(?:修正案)?$")
_QUOTED = re.compile("(?P<before>[^《》]{0,40})《(?P<inner>.{2,100})》$")
_WHOLE = re.compile("全文如下|全文公布|第一条|总体要求|指导思想|现予(?:公布|发布|印发)")
_REPORTED = re.compile(
    "^[\u3400-\u9fff0-9“”]{2,20}?(?:出台|推出|印发|下发|发出|发布|公布|编制|启动|实施|部署|明确|通过|审议|推行|建立|完善"
    "|(?<=[部厅局委办省市县区门])制定)"
)
"""A headline says who did what; 发布 and others are also part of names (信息发布管理办法)."""

_REPORTED_FOR_SURE = re.compile("^[\u3400-\u9fff0-9“”]{2,20}?(?:出台|推出|印发|下发|发出)(?!的|和|与|工作)")

_NOTICE = re.compile("^[^《》]{0,60}关于(?:印发|转发)")
"""What is issued or passed on with a letter has a notice for it, even where its title does not say so."""

_RULE_TEXT = re.compile("第一条|制定本(?:条例|规定|办法|细则|规则)")

_BEGINNINGS: Final = (("的指导意", "意见"), ("实施意", "意见"), ("的意", "意见"), ("年度报", "报告"))
_REST_OF_TITLE = re.compile(rf"[^。:]{{0,80}}?的(?P<type>{_ANY})(?![\u3400-\u9fff])")

_LETTERS: Final = (
    ("通知", re.compile("通知如下|特此通知|(?:印发|转发)给?你们|请(?:认真)?(?:遵照|贯彻|组织)(?:执行|实施)")),
    ("函", re.compile("函复如下|现复函如下|特此函[告复]")),
    ("批复", re.compile("批复如下")),
    ("公告", re.compile("公告如下|特此公告")),
    ("通告", re.compile("通告如下|特此通告")),
    ("公示", re.compile("公示如下|予以公示|特此公示")),
)
_LETTER = 1500
"""Code points in which a letter says what it is."""

_TEXT_HEAD = 600
"""Code points at the head of a text in which its whole title stands."""


def is_explanation(title: str) -> bool:
    """Whether this (folded, without gaps) is the title of a text that explains a document."""
    return _EXPLAINS.search(title) is not None


def type_of(title: str, text: str, source: str) -> str | None:
    """The document type, one of DOCUMENT_TYPES; None where nothing says it.

    All three are folded; the title has no gaps, those of the text are closed (see `closed_up`).
    """
    if is_bulletin(title):
        return NEWS
    plain = _plain(title)
    ending = _END.search(plain)
    if ending is not None and _is_formal(plain, ending.start()):
        return _ENDINGS[ending[0]]
    if is_explanation(title) or is_explanation(plain):
        return EXPLANATION
    if _SPOKEN.search(plain):
        return SPEECH
    if _LAW_TITLE.search(plain):
        return LAW
    if _NOTICE.search(plain):
        return "通知"
    headline = _REPORTED_FOR_SURE.search(plain) is not None
    if ending is not None and not headline and _RULE_TEXT.search(text[:_LETTER]):
        return _ENDINGS[ending[0]]
    sign = newsroom_sign(text, source)
    if quoted := _QUOTED.fullmatch(plain):
        return _of_quoted(quoted, text, sign)
    if sign is Sign.STRONG:
        return NEWS
    if ending is not None:
        reported = headline or (sign is not Sign.NONE and _REPORTED.search(plain))
        return NEWS if reported else _ENDINGS[ending[0]]
    return _of_cut_title(title, plain, text) or _of_letter(text) or (NEWS if sign is Sign.WEAK else None)


def _plain(title: str) -> str:
    """The title without what is put before and behind it."""
    plain = _BEFORE.sub("", title)
    for _ in range(_MOST_BEHIND):
        plain, taken = _BEHIND.subn("", plain)
        if not taken:
            break
    return plain


def _is_formal(plain: str, end: int) -> bool:
    """True for a title that only an office writes; `end` is where the type in it begins."""
    before = plain[:end]
    if "近日" in before or "日前" in before or plain.count("《") != plain.count("》"):
        return False
    return "关于" in before or (before.endswith("的") and _ISSUING.search(before) is not None)


def _of_quoted(quoted: re.Match[str], text: str, sign: Sign) -> str | None:
    """Of a title that ends with another: a report of it, or that itself."""
    if sign is not Sign.NONE and _WHOLE.search(text[:_TEXT_HEAD]) is None:
        return NEWS
    ending = _END.search(_plain(quoted["inner"]))
    return None if ending is None else _ENDINGS[ending[0]]


def _of_cut_title(title: str, plain: str, text: str) -> str | None:
    """The type of a title of which a page shows only the beginning, by its rest at the head of the text."""
    if title.endswith(("..", "…")):
        for beginning, kind in _BEGINNINGS:
            if plain.endswith(beginning):
                return kind
    head = text[:_TEXT_HEAD].replace("\n", "")
    at = head.find(plain) if plain else -1
    if at < 0:
        return None
    rest = _REST_OF_TITLE.match(head, at + len(plain))
    return None if rest is None else _ENDINGS[rest["type"]]


def _of_letter(text: str) -> str | None:
    head = text[:_LETTER]
    return next((kind for kind, words in _LETTERS if words.search(head)), None)

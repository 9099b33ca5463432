"""The line that says when, and often by whom, a page was published."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from index.describe.kinds import SOURCE
from index.describe.lines import Line, Span
from index.describe.times import find_dates

_HAN = "\u3400-\u9fff"
_PUBLISHING = "发布|发表|发稿|刊发|刊登|刊载|见报|出版|播出|上传|公开|公布|录入|添加"
_PUBLISHED = re.compile(
    rf"(?:(?:{_PUBLISHING})(?:时间|日期|于)|(?<![{_HAN}])(?:时间|日期)|(?<!\S)于"
    r"|(?<![a-z])(?:(?:published|posted)(?: (?:on|at))?|date|time))\s*(?::\s*)?$"
)
_OTHERWISE = re.compile(
    r"(?:(?:成文|发文|更新|修改|印发)(?:时间|日期)"
    r"|(?<![a-z])(?:updated|modified)(?: (?:on|at))?)\s*(?::\s*)?$"
)
_FOREIGN = re.compile(rf"[{_HAN}](?:时间|日期)\s*(?::\s*)?$")
"""Any other label: when a meeting is held, an application closes, or a rule comes into force."""

_KNOWN = re.compile(
    rf"{SOURCE.pattern}"
    rf"|(?:{_PUBLISHING}|成文|发文|更新|修改|实施|施行|生效|印发|截止)?(?:时间|日期|于)\s*+:?"
    r"|(?:浏览|阅读|点击|访问|关注)(?:次数|人数|量|数|率)?\s*+:?\s*+[0-9]*+次?"
    r"|字[号体]\s*+:?\s*+[\[【]?[特超大中小\s/|]*+[\]】]?"
    r"|(?<![a-z])(?:published|posted|updated|modified|date|time)(?: (?:on|at))?\s*+:?"
    r"|(?:责任编辑|作者|记者|编辑|责编|审核|校对)\s*+:\s*+[^\s|]++|分享到?:?|打印(?:本页)?|关闭(?:窗口)?|收藏"
)
_WORD = re.compile(r"[^\s|,;:()【】\[\]_—-]+")
_PUBLISHER = re.compile(
    r".{1,20}(?:网|[日晚早时商导周快都学邮]报|报社|通讯社|杂志社|新华社|中新社|电视台|电台|总台|融媒体中心|融媒体"
    r"|厅|局|委|委员会|部|办公室|政府|频道|新闻|客户端|公众号|发布)"
    r"|新华社|中新社|央视"
)

_LONGEST = 120
"""Code points of the longest line of this kind."""

_MOST_REST = 40
"""Code points that may be left of such a line when all that is known was taken from it."""


class Rank(IntEnum):
    """How sure it is that a date is that of publishing; the lowest wins."""

    LABELLED = 0
    ALONE = 1
    OTHER_LABEL = 2
    """When the page was changed, or its document written or printed."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """`source` is who the line says published the page, as a stretch of it."""

    rank: Rank
    published: datetime
    source: Span | None


def stamp_of(line: Line) -> Stamp | None:
    """What the line says; None where it holds no date, or a sentence or a headline around it.

    A line is none either where what is dated in it is another thing (会议时间, 报名时间, 施行日期).
    """
    text = line.folded
    dates = list(find_dates(text)) if len(text) <= _LONGEST else []
    if not dates:
        return None
    date = min(dates, key=lambda found: _rank(text, found.start))
    rank = _rank(text, date.start)
    if rank is Rank.ALONE and any(_FOREIGN.search(text[: found.start]) for found in dates):
        return None
    rest = _KNOWN.sub(_blank, text)
    for found in dates:
        rest = rest[: found.start] + " " * (found.end - found.start) + rest[found.end :]
    words = list(_WORD.finditer(rest))
    publisher = next((word for word in words if _PUBLISHER.fullmatch(word[0])), None)
    if any(mark in rest for mark in "。!?") or sum(len(word[0]) for word in words) > _MOST_REST:
        return None
    if rank is Rank.ALONE and not date.has_time and len(words) > (publisher is not None):
        return None
    labelled = SOURCE.search(text)
    if labelled:
        return Stamp(rank, date.moment, line.group(labelled, "name"))
    return Stamp(rank, date.moment, line.part(*publisher.span()) if publisher else None)


def _rank(text: str, start: int) -> Rank:
    before = text[:start]
    if _OTHERWISE.search(before):
        return Rank.OTHER_LABEL
    return Rank.LABELLED if _PUBLISHED.search(before) else Rank.ALONE


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])

"""The line that says where in its site a page lies: 首頁 > 創新創業 > 詳細內容."""

import re

from index.describe.kinds import RUNNING_TEXT
from index.describe.lines import Line, Span, trimmed

_LABEL = re.compile(r"[您你]?(?:当前|现在|目前)?(?:的|所在|所处)?位置\s*(?::\s*)?")
_HOME = re.compile(r"(?:网站|本站)?(?:首页|主页)")
_SEPARATOR = re.compile(r"-{0,2}>+|[»›→/]|--+|::|(?<=\s)-(?=\s)")
_NAVIGATION = re.compile(
    r"(?:网站|本站)?(?:首页|主页)"
    r"|(?:文章|新闻|阅读|查看|信息|浏览)?(?:正文|内容|详情|全文|文章|详细内容|详细信息|详细)|正文内容"
)

_MAX_ENTRY = 20
"""Code points of an entry; a longer one is the title, which some sites repeat there."""


def breadcrumb(line: Line) -> tuple[Span, ...] | None:
    """The entries of a breadcrumb without its navigation; None if the line is no breadcrumb.

    A line is one if it begins with the home page and has a separator, or says 当前位置, or has three entries
    parted by arrows and no sentence in it. White space around an entry is no part of it.
    """
    text = line.folded
    if len(text) >= RUNNING_TEXT:
        return None
    label = _LABEL.match(text)
    start = label.end() if label else 0
    entries: list[Span] = []
    for separator in _SEPARATOR.finditer(text, start):
        entries.append(trimmed(text, Span(start, separator.start())))
        start = separator.end()
    entries.append(trimmed(text, Span(start, len(text))))
    texts = [entry.of(text) for entry in entries]
    arrows = ">" in text or "»" in text or "›" in text or "→" in text
    short = all(len(entry) <= _MAX_ENTRY for entry in texts[:-1])
    at_home = _HOME.fullmatch(texts[0]) is not None
    if len(entries) < 2 or not short or not (label or at_home or (arrows and len(entries) > 2)):
        return None
    return tuple(
        line.part(entry.start, entry.end)
        for entry, name in zip(entries, texts, strict=True)
        if 0 < len(name) <= _MAX_ENTRY and not _NAVIGATION.fullmatch(name)
    )

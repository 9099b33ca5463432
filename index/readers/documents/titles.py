"""Which line of a web page its markup proves to be the title."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from index.readers.documents.html_head import HeadFacts
from index.readers.documents.line_builder import PageLine

_SHORTEST: Final = 6
"""Characters of a title that is taken for one because the page's title begins with it (as in
index.describe.head); a shorter line may be the name of a column."""

_MOST_LINES: Final = 3
"""Lines that one title may be broken into."""

_HEAD: Final = 15
"""Lines above the text in which such a line has to stand, unless it is a heading (the same)."""

_BELOW: Final = 10**6
"""More lines than a page may have: what stands below the beginning of the text comes last."""

_WHITE = re.compile(r"\s+")
_BREAK = re.compile(r"[\s_|｜\-—–·»>(（【\[:：]")
"""What stands between the title of an article and the names of column and site behind it."""

_SITE = re.compile(
    r"[_|｜].*"
    r"|(?:--?|—{1,2}|–|·|»|>)\s{0,4}[^_|｜—–·»>-]{0,24}"
    r"(?:网站?|政府|门户|厅|局|委|委员会|部|[日晚]报|在线|频道|新闻|網站?|廳|門戶|委員會|報|頻道|新聞)$"
)
"""Column and site behind a title."""


@dataclass(frozen=True, slots=True)
class FoundTitle:
    """The lines from `first` to `last`, both of them included, are the title; `line` is all of it."""

    first: int
    last: int
    line: PageLine


def find_title(lines: Sequence[PageLine], head: HeadFacts, text_start: int) -> FoundTitle | None:
    """The line, or the few in a row, that the head of the page says are the title.

    Else the only heading of the first level, unless it names the site. `text_start` is the first line of
    running text: of several equal lines the last above it is taken.
    """
    stated = tuple(filter(None, (head.article_title, *head.page_titles)))
    equal = [_spaceless(title) for title in stated]
    candidates = [found for found in _candidates(lines, equal) if not found.line.place.framed]
    for title in equal:
        if whole := [found for found in candidates if _spaceless(found.line.text) == title]:
            return min(whole, key=lambda found: _distance(found, text_start))
    begun = [
        found
        for found in candidates
        if any(_begins(title, found.line.text) for title in stated)
        and (found.line.place.heading or text_start - _HEAD <= found.first < text_start)
    ]
    if begun:
        return max(begun, key=lambda found: (len(found.line.text), -_distance(found, text_start)[1]))
    return _only_heading(lines, head, text_start)


def without_site(title: str, site: str | None) -> str:
    """The title of a page without the names of column and site behind it, as far as that is sure."""
    if site and title.endswith(site):
        title = title.removesuffix(site).rstrip(" _|｜-—–·»>") or title
    behind = _SITE.search(title, _SHORTEST)
    return title if behind is None else title[: behind.start()].rstrip()


def _candidates(lines: Sequence[PageLine], stated: Sequence[str]) -> Iterator[FoundTitle]:
    """Lines, and few lines in a row, that a stated title begins with; white space does not count."""
    for first, line in enumerate(lines):
        text = _spaceless(line.text)
        if not text or not any(title.startswith(text) for title in stated):
            continue
        yield FoundTitle(first, first, line)
        for last in range(first + 1, min(first + _MOST_LINES, len(lines))):
            text += _spaceless(lines[last].text)
            if not any(title.startswith(text) for title in stated):
                break
            joined = PageLine(" ".join(piece.text for piece in lines[first : last + 1]), line.place)
            yield FoundTitle(first, last, joined)


def _begins(stated: str, line: str) -> bool:
    """True if the page's title is this line and then the names of column or site."""
    text, title = _spaceless(line), stated.strip()
    if len(text) < _SHORTEST:
        return False
    at = 0
    for char in text:
        while at < len(title) and title[at].isspace():
            at += 1
        if at == len(title) or title[at] != char:
            return False
        at += 1
    return at == len(title) or _BREAK.match(title, at) is not None


def _distance(found: FoundTitle, text_start: int) -> tuple[bool, int]:
    """Headings first, then the nearest above the text, then what stands below."""
    away = text_start - found.first
    return not found.line.place.heading, away if away > 0 else _BELOW - away


def _only_heading(lines: Sequence[PageLine], head: HeadFacts, text_start: int) -> FoundTitle | None:
    headings = [index for index, line in enumerate(lines) if line.place.heading == 1]
    if len(headings) != 1 or headings[0] >= text_start:
        return None
    line = lines[headings[0]]
    names_site = line.text == head.site or any(title.endswith(line.text) for title in head.page_titles)
    if len(line.text) < _SHORTEST or names_site or line.place.framed:
        return None
    return FoundTitle(headings[0], headings[0], line)


def _spaceless(text: str) -> str:
    return _WHITE.sub("", text)

"""Joins the lines of paragraphs that were broken at a fixed width, as PDF files and old plain pages do.

Evidence: 898 of 107,344 articles are broken so, nearly all of them at 96 to 100 columns; of 11,617 joins 330
were read, drawn at random and those with the least evidence: all of them right. What is left alone: a break
behind a full line that ends a sentence (it can end the paragraph, too), headings, lists, numbered paragraphs,
indented lines, signatures.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from index.article import Certainty
from index.text.edits import Edit, RepairedText

RULE: Final = "line-break"

_NARROWEST: Final = 40
"""Columns (a Chinese character has two): shorter lines may be lists, tables, verses and headings."""

_SLACK: Final = 3
"""By how many columns a full line may be shorter than the widest: a mark that may not begin a line takes the
character before it along."""

_FEWEST: Final = 4
"""How many full lines that do not end a sentence prove the width of a page."""

_LONGER: Final = 4
"""A page with a longer line for every so many full ones is not broken at that width."""

_HEAD_LINES: Final = 3
"""So many first lines can be source, title and lead: of them only one that is indented is joined."""

_HAN = "\u3400-\u9fff\uf900-\ufaff"
_LINE = re.compile("^.*$", re.MULTILINE)
_ENDS_SENTENCE = re.compile("(?:[。！？；：.!?;:…][”’」』）)》]*|[\\s/][^\\s，。]{1,8}\\s?摄)$")
"""The second form is the name of a photographer."""

_ENDS_PARAGRAPH = re.compile("[。！？；：.!?;:…”’」』）)》，、]$")
_GOES_ON = re.compile(f"[{_HAN}，、（）(《》“”‘’〔〕\\]\\[)0-9A-Za-z%％—~～·]$")
_BEGINS = re.compile(f"[{_HAN}，。、；：？！（《》“”）0-9A-Za-z]")
_BEGINS_ANEW = re.compile(
    "第[一二三四五六七八九十百零〇0-9]+[章节条款部分编]"
    "|[一二三四五六七八九十]+[、．.是]|[（(][一二三四五六七八九十0-9]+[）)]|[0-9]+[、．.)）](?![0-9])"
    "|附件|附表|附图|注[:：]|来源|编辑|责任编辑|摘自|联系|地址|电话|抄送"
)
_STOP = re.compile("[，。；？！]")
_ASCII_WORD = re.compile("[0-9A-Za-z]")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without its end; `width` in columns, white space behind it not counted."""

    start: int
    text: str
    width: int

    @property
    def is_indented(self) -> bool:
        return self.text[:1].isspace()

    @property
    def end(self) -> int:
        """Where the white space behind the line begins."""
        return self.start + len(self.text)


class LineBreakRule:
    """Judges whole pages: the width must be proved by many lines before one is joined with the next."""

    def find(self, page: str) -> tuple[Edit, ...]:
        """The edits that join lines, each of them a line break with the white space before it, in order."""
        repaired = RepairedText(page)
        while edits := _joins(repaired.text):  # a page made of two can have two widths
            repaired = repaired.then(edits)
        return tuple(change.edit for change in repaired.changes)


def _joins(page: str) -> tuple[Edit, ...]:
    lines = [_line(match) for match in _LINE.finditer(page)]
    breaks = [number for number in range(len(lines) - 1) if _runs_on(lines[number], lines[number + 1])]
    width = _wrap_width(lines, breaks)
    if width is None:
        return ()
    head = _end_of_head(lines)
    joined: set[int] = set()
    for number in breaks:
        line, following = lines[number : number + 2]
        is_text = number - 1 in joined or line.is_indented or (number >= head and _STOP.search(line.text))
        if (
            is_text
            and _is_full(line, width)
            and (_is_full(following, width) or _ends_paragraph(following, width))
        ):
            joined.add(number)
    return tuple(
        _edit(page, lines[number], lines[number + 1])
        for number in sorted(joined)
        if number - 1 in joined or number + 1 in joined
    )


def _line(match: re.Match[str]) -> _Line:
    text = match[0].rstrip()
    return _Line(match.start(), text, len(text) + sum(map(_is_wide, text)))


def _is_wide(char: str) -> bool:
    return (char >= "\u1100" and unicodedata.east_asian_width(char) in "WFA") or char in "“”‘’—…·"


def _runs_on(line: _Line, following: _Line) -> bool:
    """Whether the line can go on in the one that follows, by how it ends and how that begins."""
    if line.width < _NARROWEST or not _GOES_ON.search(line.text) or _ENDS_SENTENCE.search(line.text):
        return False
    if not _BEGINS.match(following.text) or _BEGINS_ANEW.match(following.text):
        return False
    return not (_ASCII_WORD.match(line.text[-1]) and _ASCII_WORD.match(following.text))


def _wrap_width(lines: Sequence[_Line], breaks: Sequence[int]) -> int | None:
    """The width at which the page was broken; None for a page that was not, or not for sure."""
    widths = Counter(lines[number].width for number in breaks)
    full = {width: sum(widths[width - less] for less in range(_SLACK + 1)) for width in widths}
    width = max(full, key=lambda width: (full[width], width), default=0)
    longer = sum(line.width > width for line in lines)
    if full.get(width, 0) < _FEWEST or longer * _LONGER > full[width]:
        return None
    return width


def _is_full(line: _Line, width: int) -> bool:
    return width - _SLACK <= line.width <= width


def _ends_paragraph(line: _Line, width: int) -> bool:
    """Whether a shorter line is the last of a paragraph, not a heading or a signature behind it."""
    return line.width <= width and _ENDS_PARAGRAPH.search(line.text) is not None


def _end_of_head(lines: Sequence[_Line]) -> int:
    """The number of the line behind the first few that are not empty."""
    written = [number for number, line in enumerate(lines) if line.text]
    return written[_HEAD_LINES] if len(written) > _HEAD_LINES else len(lines)


def _edit(page: str, line: _Line, following: _Line) -> Edit:
    return Edit(line.end, page[line.end : following.start], "", RULE, Certainty.EVIDENT)

"""The signature of a document: who signed it and on which day."""

import re
from dataclasses import dataclass
from datetime import date

from index.describe.agencies import Agencies
from index.describe.times import find_dates

_LONGEST = 120
"""Code points before a date in which the agencies that sign stand."""

_LINES = 12
"""Lines above a date on which agencies may sign together."""

_MOST = 300
"""Dates that are looked at for agencies before them; a text with more is no document but a table."""

_AGENCY_ENDS = re.compile("[府会委厅局部署办室院社处队心团司行学组挥班制议区法站所馆党政]$")
"""The last characters of names of agencies: a quick look that spares a long one."""

_LETTER = 2000
"""Code points in which a letter that other texts are attached to ends."""

_FOOT = 400
"""Code points at the end of a text in which a date alone is that of signing."""

_GOES_ON = re.compile(
    r"[起前后以至到内的期止间,、.。;:)~—-]|\((?:星期|周)|印发|发布|公布|颁布|下发|施行|实施|实行|执行|开始|修订|修正|修改|通过|审议"
    r"|批准|召开|上午|下午|晚|第|经|在|为止|为基准|作出|出台|签订|签署|成立|举行|当日|当天|到期"
)
"""What follows a date that belongs to a sentence or says when a copy was printed."""

_BORDER = re.compile(r"[。;:!?)”\"》】\]]")
_PERSON = re.compile(
    r"(?:部长|主任|局长|署长|行长|省长|市长|州长|县长|区长|主席|总理|审计长)\n?[\u3400-\u9fff·]{0,6}\n?$"
)
_OPENS = re.compile(r"\n?(?:第一[条章]|[\u3400-\u9fff]{2,12}[〔\[(](?:19|20)[0-9]{2})")
"""What follows a date that stands under the title of a rule, or above its number."""

_LABELLED = re.compile(r"(?:日期|时间)\n?:?\n?$")
_LABEL = 6
"""Code points before a date in which the end of its label stands."""

_MADE_PUBLIC = re.compile(r"\n?\((?:此件|此文|本文|公开方式|信息公开)")
"""The mark below a letter's date (此件主动公开)."""

_ENDS = re.compile(r"\n|\(|附件|$")
_PASSED = re.compile(
    r"[^,。;()《》\n]{2,40}?"
    r"(?=第?[0-9一二三四五六七八九十百]{1,6}次[^,。;()《》\n]{0,14}通过|令(?:第[0-9一二三四五六七八九十百]{1,6}号)?[公发颁]布)"
)
"""Behind the date in the note under the title of a regulation: who passed it, or whose decree it was."""

_SESSION = re.compile("第[0-9一二三四五六七八九十]+届")
_NOTE = 300
"""Code points at the head of a text in which such a note begins."""


@dataclass(frozen=True, slots=True)
class Signature:
    """`agency` is the first of those that sign, None where a date stands alone or a person signs."""

    signed: date
    agency: str | None


def signature_of(text: str, agencies: Agencies) -> Signature | None:
    """The first signature of a folded text whose gaps are closed; None where nobody signs it.

    That is a date behind the agencies or the person who signs, or the note of who passed a regulation; else,
    where a letter or the whole text ends, a date that stands alone. What others signed comes behind: it is
    attached.
    """
    bare: Signature | None = None
    tried = 0
    for found in find_dates(text):
        if found.has_time or _LABELLED.search(text, max(0, found.start - _LABEL), found.start):
            continue
        signed = found.moment.date()
        before = text[max(0, found.start - _LONGEST) : found.start].rstrip("\n(")
        if found.start < _NOTE and (note := _note(text, found.start, found.end, agencies)):
            return Signature(signed, note)
        if _OPENS.match(text, found.end) and found.start < _LETTER:
            return Signature(signed, None)
        if _GOES_ON.match(text, found.end):
            continue
        if tried < _MOST and _AGENCY_ENDS.search(before):
            tried += 1
            if agency := _agency_before(before, agencies):
                return Signature(signed, agency)
        if _PERSON.search(before) or _MADE_PUBLIC.match(text, found.end):
            return Signature(signed, None)
        if bare is None and _stands_alone(text, found.start, found.end):
            bare = Signature(signed, None)
    return bare


def _note(text: str, start: int, end: int, agencies: Agencies) -> str | None:
    """Who passed a regulation on the day that stands in the text there."""
    in_note = start == 0 or text[start - 1] in "(\n"
    passed = _PASSED.match(text, end) if in_note else None
    return None if passed is None else agencies.first(_SESSION.sub("", passed[0]))


def _agency_before(before: str, agencies: Agencies) -> str | None:
    """The first of the agencies that a text ends with, one on a line or all in a row."""
    borders = list(_BORDER.finditer(before))
    lines = before[borders[-1].end() if borders else 0 :].split("\n")[-_LINES:]
    first: str | None = None
    for line in reversed(lines):
        agency = agencies.first(line) if line else None
        if agency is None:
            return first or agencies.first_at_end(line)
        first = agency
    return first


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a date stands between the end of a sentence or line and the end of a line."""
    in_place = start < _LETTER or end > len(text) - _FOOT
    behind_sentence = (
        start > 0 and text[start - 1] in "。\n" and "。" in text[max(0, start - _LETTER) : start]
    )
    return in_place and behind_sentence and _ENDS.match(text, end) is not None

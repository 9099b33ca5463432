"""The number that an office gives a document: 鄂政发〔2024〕12号, 国务院令第700号, 公告2024年第5号.

All functions read folded text whose gaps are closed (see `closed_up`), and all write a number in one way: the
name, the year in 〔〕 and a serial number without zeros before it; of decrees and announcements that count by
year or from the first on, 令2021年第31号 and 令第700号, without the name of the state before the office.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from index.describe.numerals import NUMERAL, number

_HAN = "\u3400-\u9fff"
_OPEN, _CLOSE = r"〔\[【(〖「『{<〈《❲", r"〕\]】)〗」』}>〉》❳"
_YEAR = "(?P<year>(?:19|20)[0-9]{2})"
_KINDS = "令|公告|通告"

_SERIAL = re.compile(
    rf"(?<![0-9])(?P<th>第?)(?P<serial>[0-9]{{1,5}}|[{NUMERAL}百]{{1,5}})号(?P<kind>{_KINDS})?"
)
_BRACKETED = re.compile(rf"(?P<name>[{_HAN}]{{1,40}})[{_OPEN}]{_YEAR}年?[{_CLOSE}]$")
_BY_YEAR = re.compile(rf"(?P<name>[{_HAN}、]{{0,40}}(?:{_KINDS}))\n?\(?{_YEAR}年$")
_RUNNING = re.compile(rf"(?P<name>[{_HAN}、]{{0,40}}(?:{_KINDS}))\n?\(?$")
_INVERTED = re.compile(rf"(?P<name>[{_HAN}]{{0,40}})(?:{_YEAR}年)?$")
_LOOSE = re.compile(
    rf"(?P<name>[{_HAN}]{{1,11}}[发函字办规文电政批任议复法]) ?{_YEAR}"
    r"(?:年第?| ?第| |-)(?P<serial>[0-9]{1,5})号?"
)
_UNFINISHED = re.compile(rf"[{_HAN}]{{2,40}}[{_OPEN}](?:19|20)[0-9]{{2}}年?[{_CLOSE}]第?[0-9]{{1,5}}")

_WINDOW = 60
"""Code points before a serial number in which its name and year stand."""

_TITLE_BEFORE = re.compile(
    rf"(?:通知|意见|决定|批复|的复?函|办法|条例|细则|方案|文件|的公告|[文字]号|[日号])(?=[{_HAN}]{{2}})"
)
"""What stands before a name without anything between them: the end of a title, a label, a date."""

_STATE = "中华人民共和国"
_LONGEST_NAME = 12
"""Code points of the name of a number (国食药监察): in a longer one a sentence runs into it."""

_SENTENCE = re.compile("[的及和与为以见参]|根据|按照|依据|贯彻|落实|执行|转发|印发|关于|废止")

_HEAD = 1500
"""Code points in which the head of a document ends, tables of facts above it included."""

NUMBER_LABELS: Final = ("发文字号", "发文文号", "公文字号", "文件字号", "文件编号", "文件号", "文号")
"""What pages write before a document's number."""

_LABEL = re.compile(rf"(?:{'|'.join(NUMBER_LABELS)})\n?:\n?$")
_FACT = re.compile(
    r"(?:日期|时间|来源|机构|机关|部门|分类|索引号|体裁|类型|层级|状态|有效性|编号|主题词|关键[词字]|标题|名称|次数|字[体号])"
    r"\n?:[^\n]*"
)
_LETTER = re.compile("[。;!?:]")
_TITLE_BEFORE_LINE = re.compile(
    r"(?:通知|意见|决定|批复|的复?函|办法|条例|规定|细则|方案|文件|公告|通告|公报|通报|规划|计划|纲要|措施|━|[0-9]日)\)?$"
)
_CITED_AS = re.compile(r"\)?(?:文(?![化物旅体史])|通知|精神|规定|要求|》|收悉|的|等)")

_MADE_KNOWN = re.compile("公布|发布|颁布")
"""Behind the number of a decree in the note on how a regulation came about."""

_QUOTING = re.compile("的|根据|按照|依据|贯彻|转发|印发|关于|废止")


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A document number in a text: its span in code points, half open, and how it is written here."""

    start: int
    end: int
    number: str


def find_numbers(folded: str) -> Iterator[FoundNumber]:
    """Every document number of a text in order, whoever's it is."""
    for match in _SERIAL.finditer(folded):
        found = _read(folded, match)
        if found is not None:
            yield found


def normalised(folded: str) -> str | None:
    """The number that a whole text is, in any way of writing it; None for other text.

    White space may part its pieces here, so brackets and 号 may be left out: 鄂政发 2024 12. A number without
    a year that is not of a decree is none, nor is one whose year and serial number cannot be told apart.
    """
    closed = "".join(folded.split())
    if _UNFINISHED.fullmatch(closed):
        closed += "号"
    for found in find_numbers(closed):
        if found.start == 0 and found.end == len(closed):
            return found.number
    loose = _LOOSE.fullmatch(" ".join(folded.split()))
    if loose is None or (name := _plain_name(loose["name"])) is None:
        return None
    return f"{name}〔{loose['year']}〕{int(loose['serial'])}号"


def own_number(title: str, text: str) -> str | None:
    """The number that a document has itself, from its title or its head; None where those cite others only.

    The head ends where the letter begins: with its first sentence, or with those whom it addresses. There a
    number of its own stands behind a label, at the start of a line, or right behind the title. Numbers that
    follow a title in 《》 or belong to a sentence are citations.
    """
    head = text[:_HEAD]
    for found in find_numbers(head):
        before = head[: found.start]
        if _LABEL.search(before):
            return found.number
        if _letter_begins(before, title):
            break
        if _stands_alone(head, found, title) or _MADE_KNOWN.match(head, found.end):
            return found.number
    for found in find_numbers(title):
        if _is_of_title(title, found):
            return found.number
    return None


def _letter_begins(before: str, title: str) -> bool:
    without_title = before.replace(title, "") if title else before
    return _LETTER.search(_FACT.sub("", without_title)) is not None


def _stands_alone(head: str, found: FoundNumber, title: str) -> bool:
    before = head[: found.start].removesuffix("(")
    in_brackets = len(before) < found.start
    if _CITED_AS.match(head, found.end) or (in_brackets and head[found.end : found.end + 1] != ")"):
        return False
    if before == "" or before.endswith(("\n", title or "\n")):
        return True
    return _TITLE_BEFORE_LINE.search(before) is not None


def _is_of_title(title: str, found: FoundNumber) -> bool:
    """True for a number that the title begins or ends with, outside of 《》."""
    before, behind = title[: found.start], title[found.end :]
    if before.count("《") > before.count("》"):
        return False
    return before == "" or (before.endswith("(") and behind.strip(")") == "")


def _read(folded: str, match: re.Match[str]) -> FoundNumber | None:
    """The number that ends with this serial number."""
    first = max(0, match.start() - _WINDOW)
    window = folded[first : match.start()]
    serial = _value(match["serial"])
    if serial is None:
        return None
    end = match.end() if match["kind"] is None else match.start("kind")
    if before := _BRACKETED.search(window):
        name, rest = _name(before["name"]), f"〔{before['year']}〕{serial}号"
    elif not match["th"]:
        return None
    elif before := _BY_YEAR.search(window):
        name, rest = _decree_name(before["name"]), f"{before['year']}年第{serial}号"
    elif before := _RUNNING.search(window):
        name, rest = _decree_name(before["name"]), f"第{serial}号"
    elif match["kind"] is not None and (before := _INVERTED.search(window)):
        end = match.end()
        name = _decree_name(before["name"] + match["kind"])
        rest = f"第{serial}号" if before["year"] is None else f"{before['year']}年第{serial}号"
    else:
        return None
    if name is None:
        return None
    kind = len(match["kind"] or "") if end == match.end() and match["kind"] else 0
    start = first + before.end("name") - len(name) + kind
    if folded.endswith(_STATE, 0, start):
        start -= len(_STATE)
    if folded[end : end + 1] == ")" and folded[start - 1 : start] != "(" and "(" in before[0]:
        end += 1
    return FoundNumber(start, end, name.replace("、", "").replace(_STATE, "") + rest)


def _name(run: str) -> str | None:
    """The name in a run of characters that ends with it; None where no name can be told from a sentence."""
    return _decree_name(run) if run.endswith(tuple(_KINDS.split("|"))) else _plain_name(run)


def _plain_name(run: str) -> str | None:
    name = _behind_title(run)
    return name if 2 <= len(name) <= _LONGEST_NAME and _SENTENCE.search(name) is None else None


def _decree_name(run: str) -> str | None:
    name = _behind_title(run).lstrip("、").removeprefix(_STATE)
    return None if _QUOTING.search(name) else name


def _behind_title(run: str) -> str:
    end = 0
    for match in _TITLE_BEFORE.finditer(run):
        end = match.end()
    return run[end:]


def _value(text: str) -> int | None:
    try:
        return number(text)
    except ValueError:
        return None

"""The day from which a document is in force."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from index.describe.numerals import NUMERAL, number
from index.describe.times import find_dates

_FORCE = re.compile(
    "(?:正式)?(?:施行|实施|执行|生效)(?!的|以来|以后|前|后|细则|办法|方案|情况|意见|之日|过程)"
)
_BEFORE_FORCE = frozenset("起日后始时,")
_MOST = 5000
"""Places where something comes into force that are looked at; of 9,935 real documents none has over 238."""

_WINDOW = 90
"""Code points before 施行 in which the day and what comes into force stand."""

_EVENT = re.compile(
    "(?:自|从|于)(?:本[\u3400-\u9fff]{2,4}|文件)?(?:印发|发布|公布|颁布|发文|下发|签发|签署)(?:之?[日时])?起?"
    rf"(?:满?(?P<later>[0-9]{{1,3}}|[{NUMERAL}]{{1,3}})(?P<unit>日|天|个月)之?后?起?)?(?:开始)?$"
)
"""自发布之日起30日后: a day that is counted from another."""

_FROM = re.compile("起?(?:开始)?$")
_OWN = re.compile(
    "本(?P<kind>条例|办法|规定|决定|决议|细则|规则|意见|通知|方案|规划|计划|公告|通告|措施|政策|标准|准则|章程|目录|规程|制度)"
)
_NOW = re.compile("(?:现|予以?|联合)(?:公布|发布|印发|颁布)[^,。;]{0,6},")
"""In the letter or decree that something is made known with."""

_CLAUSE = re.compile(r"[。;\n(]")


@dataclass(frozen=True, slots=True)
class _Statement:
    weight: int
    """The higher the surer it is the document that comes into force."""
    effective: date


def effective_of(text: str, kind: str | None, known: date | None) -> date | None:
    """The day from which a folded text, whose gaps are closed, says that it is in force; None if it does not.

    `kind` is the document's type: of a decision that changes a method, the day of the decision counts. Of
    several days the last one stated counts, before it one that the letter states. `known` is the day on which
    it was signed or published, for what counts from that day; without it such a day is not known.
    """
    best: _Statement | None = None
    for force in islice(_FORCE.finditer(text), _MOST):
        if text[force.start() - 1 : force.start()] not in _BEFORE_FORCE:
            continue
        statement = _statement(text[max(0, force.start() - _WINDOW) : force.start()], kind, known)
        if statement is not None and (best is None or statement.weight >= best.weight):
            best = statement
    return None if best is None else best.effective


def _statement(window: str, kind: str | None, known: date | None) -> _Statement | None:
    clause = _CLAUSE.split(window)[-1]
    own = _OWN.search(clause)
    if own is None and _NOW.search(clause) is None:
        return None
    effective = _day(clause, known)
    if effective is None:
        return None
    if own is None:
        return _Statement(2, effective)
    return _Statement(3 if own["kind"] == kind else 1, effective)


def _day(clause: str, known: date | None) -> date | None:
    for found in find_dates(clause):
        if _FROM.fullmatch(clause, found.end):
            return found.moment.date()
    event = _EVENT.search(clause)
    if event is None or known is None:
        return None
    if event["later"] is None:
        return known
    try:
        count = number(event["later"])
    except ValueError:  # 十十日 is no number of days
        return None
    return _months_later(known, count) if event["unit"] == "个月" else known + timedelta(days=count)


def _months_later(day: date, count: int) -> date | None:
    month = day.month - 1 + count
    try:
        return day.replace(year=day.year + month // 12, month=month % 12 + 1)
    except ValueError:
        return None

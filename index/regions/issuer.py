"""Who issued a document, as far as its title and its source say."""

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from index.regions.branches import BRANCHED
from index.regions.letters import province_letter
from index.regions.mentions import Mention, MentionKind

_BEFORE: Final = re.compile(
    r"(?:[\s\[【(《<“\"]|视频\]|原标题:|"
    f"中共|中国共产党|共青团|政协|{BRANCHED.pattern})*"
)
"""Stands before the region in an office's name: marks, and authorities with branches in every province."""

_OFFICE: Final = (
    "(?:政府|人大|人民代表大会|常务委员会|常委会|委员会|委|厅|局|办|办公厅|办公室|部|法院|检察院|署|总队|支队|中心|"
    "总工会|联合会|协会|指挥部|公司)"
)
_ISSUES: Final = "(?:关于|印发|转发|批转|令|公告|通告|的?通知|决定|批复)"
_JOINED: Final = r"(?:等[^,。;]{1,8}(?:部门|单位|家|厅局)?|[ 、,]{0,2})"

_ISSUED_BY_OFFICE: Final = re.compile(rf"(?:[^。;:!?]{{0,60}}?{_OFFICE}{_JOINED})?{_ISSUES}")
_LEVEL: Final = re.compile("[我本全]?(?:省|市|州|县|区|自治区)")
_ISSUED_AT_LEVEL: Final = re.compile(
    rf"{_LEVEL.pattern}(?:[^。;:!?]{{0,40}}?{_OFFICE})(?:{_JOINED})?{_ISSUES}"
)
_ISSUED_ELSEWHERE: Final = re.compile(
    rf"(?!关于|转发|批转)[^。;:!?《]{{0,60}}?(?:国务院|中共中央|总局|总署|银行|{_OFFICE}){_JOINED}{_ISSUES}"
)
_REGULATION: Final = re.compile(
    "(?:条例|办法|规定|规则|规程|细则|决定|决议|通知|意见|方案|规划|计划|纲要|目录|标准|规范|公告|通告|批复|措施|预案|章程)"
    r"(?:[(\[〔【].*|[》\"”])?\s*$"
)
_NEWS: Final = re.compile(
    "(?:将|拟|已|正式|近日|今年|全面|专门|率先|首次|连续)?(?:出台|发布|推出|制定|修订|审议|通过|实施|施行|启动|召开|举行|开展|公布|部署|"
    "打造|推动|推进|加快|加强|探索|完善|落实|聚焦|力争|明确|新增|调整|拟定|解读|实行|执行|:|,|、)"
)
_MEDIA: Final = re.compile(
    "(?:报|报社|新闻|新闻网|晚报|日报|电视台|广播|客户端|网|在线|周刊|杂志|传媒|通讯社|卫视|发布|频道)$"
)
_OFFICE_IN_SOURCE: Final = re.compile(f"{_OFFICE}|政务")
_SIGNED: Final = re.compile(
    rf"[^,。;:!?]{{0,24}}?{_OFFICE}(?:[ \s][^,。;:!?]{{0,40}})?\s*[12二][09〇○零][0-9〇○零一二]{{2}}\s*年"
)
_NUMBER: Final = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<name>[\u4e00-\u9fff]{2,11})[〔\[【(]\s?(?:19|20)[0-9]{2}"
)

_NATIONAL: Final = re.compile(
    "中华人民共和国(?:[\u4e00-\u9fff]{1,8}令|主席令)|主席令第|国务院令|"
    r"(?<![\u4e00-\u9fff])(?:国发|国办发|国函|国办函|国办发明电|中发|中办发|国科发|国科办|人社部|人社厅|发改|财税|财库|财社|财教|财建|财企|财综|"
    r"教[\u4e00-\u9fff]{1,3}|工信部|建[\u4e00-\u9fff]{1,2})[\u4e00-\u9fff]{0,4}[〔\[【(]\s?(?:19|20)[0-9]{2}"
)
"""Orders and document numbers of the nation's offices."""
_ACCOUNT: Final = re.compile('(?:微信公众号|官方微信|公众号|官方微博)[:“"「《]{0,2}$')


class IssuerKind(Enum):
    """Whose office issued a document."""

    REGION = "region"
    """A named region's."""
    LEVEL = "level"
    """That of "the province" or "the city", whichever that is."""
    ELSEWHERE = "elsewhere"
    """No region's: the nation's, as a rule."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issued a document; `mention` names the region, and is None unless the kind is REGION."""

    kind: IssuerKind
    mention: Mention | None = None


def issuer_in_title(title: str, mentions: tuple[Mention, ...]) -> Issuer:
    """What the opening of a folded title says, in which these regions were found."""
    before = _BEFORE.match(title)
    start = before.end() if before else 0
    if mentions and mentions[0].start <= start < mentions[0].end:
        first = mentions[0]
        rest = title[first.end :]
        is_rule = first.kind is MentionKind.UNIT and _REGULATION.search(rest) and not _NEWS.match(rest)
        if is_rule or _ISSUED_BY_OFFICE.match(rest):
            return Issuer(IssuerKind.REGION, first)
        return Issuer(IssuerKind.UNKNOWN)
    if _ISSUED_AT_LEVEL.match(title, start):
        return Issuer(IssuerKind.LEVEL)
    if title.startswith("中华人民共和国", start):
        return Issuer(IssuerKind.ELSEWHERE)
    elsewhere = _ISSUED_ELSEWHERE.match(title)
    if elsewhere is None:
        return Issuer(IssuerKind.UNKNOWN)
    named = next((each for each in mentions if each.start < elsewhere.end()), None)
    return Issuer(IssuerKind.ELSEWHERE) if named is None else Issuer(IssuerKind.REGION, named)


def issuer_in_agency(agency: str, mentions: tuple[Mention, ...]) -> Issuer:
    """What the folded name of an issuing agency says, in which these regions were found."""
    if mentions:
        return Issuer(IssuerKind.REGION, mentions[0])
    if not agency:
        return Issuer(IssuerKind.UNKNOWN)
    return Issuer(IssuerKind.LEVEL if _LEVEL.match(agency) else IssuerKind.ELSEWHERE)


def is_office(source: str) -> bool:
    """Whether a folded source is an office, its website included, and no paper or station."""
    if "政府" in source or "政务" in source:
        return True
    return _OFFICE_IN_SOURCE.search(source) is not None and _MEDIA.search(source) is None


def signature_in(ending: str, mentions: tuple[Mention, ...]) -> Mention | None:
    """The first region whose office signs, with a date behind its name, in the folded end of a body."""
    return next((each for each in mentions if _SIGNED.match(ending, each.end)), None)


def number_letter_in(text: str) -> str | None:
    """The province's letter that the first document number in a folded text has (鄂政发〔2024〕12号)."""
    letters = (province_letter(number["name"]) for number in _NUMBER.finditer(text))
    return next(filter(None, letters), None)


def is_national(opening: str) -> bool:
    """Whether the folded opening of a body bears an order or a document number of the nation."""
    return _NATIONAL.search(opening) is not None


def account_in(ending: str, mentions: tuple[Mention, ...]) -> Mention | None:
    """The region in the account (官方微信“河北人社”) that the folded end of a body asks to follow."""
    return next((each for each in mentions if _ACCOUNT.search(ending, 0, each.start)), None)

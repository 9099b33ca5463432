"""National agencies that have branches in places, which a branch's name begins with: 中国证监会湖北监管局."""

import re
from typing import Final

_SUPERVISORS: Final = "监管局|监管分局|监管组|监督管理局|分局|局"
_BANKS: Final = "分行|支行|营业管理部|管理部|总部|营业部"
_DELEGATES: Final = "特派员办事处|特派办|专员办事处|专员办|监管办公室|监管办|办事处"

_BRANCHES: Final = (
    ("国家税务总局", "税务局|税务分局|稽查局"),
    ("国家统计局", "调查总队|总队|调查队"),
    ("国家金融监督管理总局|国家金融监管总局|金融监管总局", _SUPERVISORS),
    ("(?:中国)?(?:银保监会|银监会|证监会|保监会)", _SUPERVISORS),
    ("中国(?:银行保险|银行业|证券|保险)监督管理委员会", _SUPERVISORS),
    ("中国人民银行|人民银行|国家开发银行|中国[\u3400-\u9fff]{0,6}银行", _BANKS),
    ("国家外汇管理局", "分局|支局|外汇管理部|管理部"),
    ("国家邮政局", "邮政管理局|管理局"),
    ("国家(?:矿山|煤矿)安全监察局", "(?:(?:矿山|煤矿)安全)?监察局|分局|局"),
    ("国家能源局", f"(?:能源)?监管局|{_DELEGATES}"),
    ("中国民用航空局|中国民航局|民航局", "(?:地区)?(?:安全监督)?管理局|安全监督管理局|监管局"),
    ("国家粮食和物资储备局", "局|垂直管理局"),
    ("财政部", f"监管局|{_DELEGATES}"),
    ("审计署", _DELEGATES),
)

BRANCHED: Final = re.compile("|".join(f"(?P<a{n}>{agency})" for n, (agency, _) in enumerate(_BRANCHES)))
"""The agency, at the start of a name."""

_WORDS: Final = tuple(re.compile(words) for _, words in _BRANCHES)


def branch_words(agency: re.Match[str]) -> re.Pattern[str]:
    """What stands behind the place in the name of a branch of this agency, a match of BRANCHED."""
    return _WORDS[int((agency.lastgroup or "a0")[1:])]

"""The letter of a province that the number of a document of its offices begins with: 鄂政发〔2024〕12号."""

import re
from typing import Final

_LETTER: Final = re.compile(
    "(?:(?P<any>[川粤沪渝琼黔赣])|(?P<not_fu>[京津冀晋蒙辽吉黑苏浙皖闽鲁豫鄂湘桂滇藏陕甘])(?!府)|(?P<zheng>[云新])(?=政))"
    "(?=[\u3400-\u9fff])"
)
"""宁政发 is Nanjing's and Ningxia's, 青政发 Qingdao's and Qinghai's: these say nothing. 云府 is Yunfu's; 苏府
is Suzhou's, 吉府 Ji'an's, 鄂府 Ordos', for those provinces write 政."""

_GOVERNMENT: Final = re.compile(".政?[府办发字函规电]")


def province_letter(name: str) -> str | None:
    """The letter of the province that the folded name of a number (鄂财预发) is of; None if unsure."""
    letter = _LETTER.match(name)
    return None if letter is None else letter["any"] or letter["not_fu"] or letter["zheng"]


def is_of_province(name: str) -> bool:
    """Whether the folded name of a number is that of a province's government itself (鄂政办发)."""
    return province_letter(name) is not None and _GOVERNMENT.match(name) is not None

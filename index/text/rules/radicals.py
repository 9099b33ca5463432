"""Finds radicals in the place of ordinary characters: ⼯⼈ for 工人, ⻓ for 长.

Evidence: a PDF file whose font gives both codes to one glyph; 160 of 7,768 policy documents are such files,
with 208,474 radicals, and 44 stand in ten other articles, all of them in ordinary words (区⻓, 汽⽔, ⻋厘⼦).
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from index.text.characters import code_ranges
from index.text.edits import Edit
from index.text.rules.mapping import mapping_edits

RULE: Final = "radicals"

_KANGXI = range(0x2F00, 0x2FD6)
"""The 214 radicals of the Kangxi dictionary; Unicode maps each to its ideograph (NFKC)."""

_SUPPLEMENT = (
    "⺁厂 ⺊卜 ⺎兀 ⺐尢 ⺒巳 ⺓幺 ⺝月 ⺟母 ⺠民 ⺬示 ⺻聿 ⻁虎 ⻄西 ⻅见 ⻆角 ⻉贝 ⻋车 "
    "⻑長 ⻓长 ⻔门 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 "
    "⻪黾 ⻫斉 ⻬齐 ⻭歯 ⻮齿 ⻯竜 ⻰龙 ⻱龜 ⻲亀 ⻳龟"
)
"""Radicals of the supplement that look like an ordinary character. The pairs are Unicode's (property
Equivalent_Unified_Ideograph, 15.0), but of its 112 these only: the others are parts of characters (⺮ ⺡ ⻌),
which nobody writes but to speak of them, or look unlike the ideograph (⺌ is not written 小)."""

_ORDINARY: Mapping[int, str] = MappingProxyType(
    {ord(pair[0]): pair[1] for pair in _SUPPLEMENT.split()}
    | {code: unicodedata.normalize("NFKC", chr(code)) for code in _KANGXI}
)

_RADICALS = re.compile(f"[{code_ranges(sorted(_ORDINARY))}]+")


@dataclass(frozen=True, slots=True)
class RadicalsRule:
    """Puts the ordinary character in the place of each radical that looks like one.

    Also where a text speaks of the radical itself (“⾔”字旁): it reads the same, and is found.
    """

    def find(self, page: str) -> tuple[Edit, ...]:
        return mapping_edits(page, _RADICALS, _ORDINARY, RULE)

"""Finds full-width letters and digits: ２００４年 for 2004年, ＩＳＢＮ for ISBN.

Evidence: 810 of 107,344 real articles write them, most of them in all their numbers. Full-width marks stay:
they are ordinary in Chinese text (1,087,644 in 24.7 million characters), also the stop of ４．淘汰.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from index.text.edits import Edit
from index.text.rules.mapping import mapping_edits

RULE: Final = "full-width"

_DISTANCE = 0xFEE0
"""From an ASCII character to its full-width form, for all of them (Unicode, Halfwidth and Fullwidth
Forms)."""

_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]+")

_NARROW: Mapping[int, str] = MappingProxyType(
    {
        code + _DISTANCE: chr(code)
        for first, last in ("09", "AZ", "az")
        for code in range(ord(first), ord(last) + 1)
    }
)


@dataclass(frozen=True, slots=True)
class FullWidthRule:
    """Writes letters and digits in ASCII."""

    def find(self, page: str) -> tuple[Edit, ...]:
        return mapping_edits(page, _WIDE, _NARROW, RULE)

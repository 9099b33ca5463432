"""Finds compatibility ideographs: the 年 of U+F98E, which looks the same and is not found as 年.

They are for round trips to old Korean, Japanese and Taiwanese character sets. Evidence: 19 in two of 107,344
real articles, one of them with 18.
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

RULE: Final = "compatibility"

_BLOCKS = (range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))

_UNIFIED: Mapping[int, str] = MappingProxyType(
    {
        code: unified
        for block in _BLOCKS
        for code in block
        if (unified := unicodedata.normalize("NFC", chr(code))) != chr(code)
    }
)
"""By canonical decomposition. Twelve characters of the first block (U+FA0E, U+FA0F, U+FA11 ...) have none:
they are ordinary ideographs that stand there by mistake, and stay."""

_COMPATIBLE = re.compile(f"[{code_ranges(_UNIFIED)}]+")


@dataclass(frozen=True, slots=True)
class CompatibilityRule:
    """Puts the ordinary ideograph in the place of each compatibility ideograph."""

    def find(self, page: str) -> tuple[Edit, ...]:
        return mapping_edits(page, _COMPATIBLE, _UNIFIED, RULE)

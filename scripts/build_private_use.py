"""Makes index/data/private_use.tsv: private-use characters that once stood for characters of GB 18030.

    python -m scripts.build_private_use

GBK and the first edition of GB 18030 (2000) have characters that Unicode did not have then; the standard gave
them code points of the private use area. Later editions name the real ones.
"""

import unicodedata
from collections.abc import Iterator
from pathlib import Path

TABLE = Path(__file__).resolve().parents[1] / "index" / "data" / "private_use.tsv"

TRAIL_BYTES = [*range(0x40, 0x7F), *range(0x80, 0xFF)]

ROWS = (
    (0xE76C, b"\xa2\xe3", 1),  # the euro sign
    (0xE78D, b"\xa6\xd9", 7),
    (0xE794, b"\xa6\xec", 2),
    (0xE796, b"\xa6\xf3", 1),  # these three: marks of vertical text
    (0xE7C7, b"\xa8\xbc", 1),
    (0xE7C8, b"\xa8\xbf", 1),  # two letters of pinyin
    (0xE7E7, b"\xa9\x89", 13),  # how ideographs are put together
    (0xE815, b"\xfe\x50", 80),  # radicals and ideographs
)
"""First private-use code point, first bytes in GB 18030, how many follow each other."""

NAMED_LATER = (
    (0xE78D, "︐︒︑︓︔︕︖︗︘︙"),
    (0xE7C7, "ḿ"),
    *(
        (0xE816, "𠂇"),
        (0xE817, "𠂉"),
        (0xE818, "𠃌"),
        (0xE81E, "龴"),
        (0xE826, "龵"),
        (0xE82B, "龶龷"),
        (0xE831, "𡗗龸"),
    ),
    *((0xE83B, "𢦏"), (0xE843, "龹"), (0xE854, "龺𤇾"), (0xE864, "龻")),
)
"""What GB 18030-2022 names and the codec of Python (GB 18030-2000) still leaves in the private use area."""


def standard_characters() -> Iterator[tuple[int, str]]:
    later = {first + step: char for first, chars in NAMED_LATER for step, char in enumerate(chars)}
    for first, start, count in ROWS:
        lead, trail = start
        at = TRAIL_BYTES.index(trail)
        for step, trail_byte in enumerate(TRAIL_BYTES[at : at + count]):
            code = first + step
            yield code, later.get(code) or bytes((lead, trail_byte)).decode("gb18030")


def table_text() -> str:
    """The whole text of the table file."""
    lines = [
        "# Private-use characters of GB 18030-2000 and GBK, and the characters that they stand for.",
        "# Columns, parted by tabs: code point, code point of the character, the character (for people).",
        "# Made by scripts/build_private_use.py; do not edit by hand.",
        "# Source: GB 18030-2000 as Python's codec has it, GB 18030-2022 for what that edition left open;",
        "# a public standard, no licence applies.",
    ]
    for code, char in standard_characters():
        if unicodedata.category(char) == "Co":
            raise ValueError(f"U+{code:04X} stands for no character yet; add it to NAMED_LATER")
        lines.append(f"{code:04X}\t{ord(char):04X}\t{char}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TABLE.write_text(table_text(), encoding="utf-8")
    print(f"{TABLE.name}: {len(list(standard_characters()))} characters")

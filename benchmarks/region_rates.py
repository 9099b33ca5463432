"""How often the regions of an article are right, and what finding them costs.

    python -m benchmarks.region_rates DATA_FOLDER [ROWS]

The folder holds the collections named below as `NAME.jsonl.gz` with one article a line (title, text, source,
region). `region` is a province that the collection or its title names; on news it is often no more than the
dateline. ROWS limits how many articles of each collection are read (all).
"""

import gzip
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from index.regions.tagger import RegionTagger
from index.regions.tree import Regions, province_of
from index.text.folding import Folding

COLLECTIONS: Final = (
    ("hebei_gov", "with source"),
    ("hebei_gov", "without source"),
    ("local_regulations", "without source"),
    ("policy_cn", "with source"),
    ("policy_cn", "without source"),
    ("xwlb_1", "without source"),
    ("xwlb_2", "without source"),
    ("crud_news", "with source"),
)


def labelled(path: Path) -> Iterator[dict[str, str | None]]:
    """The articles of a collection that have a region."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from (row for line in lines if (row := json.loads(line))["region"])


def main(folder: Path, limit: int | None) -> None:
    regions = Regions.load()
    tagger = RegionTagger.load(Folding.load(), regions)
    print(
        f"{'collection':18} {'':15} {'pages':>6} {'first':>6} {'among':>6} {'none':>6} {'wrong':>6} {'ms':>6}"
    )
    for name, variant in COLLECTIONS:
        counts: Counter[str] = Counter()
        seconds = 0.0
        for row in islice(labelled(folder / f"{name}.jsonl.gz"), limit):
            source = (row["source"] or "") if variant == "with source" else ""
            started = time.perf_counter()
            tags = tagger.tag(title=row["title"] or "", lead="", source=source, body=row["text"] or "")
            seconds += time.perf_counter() - started
            provinces = [regions.unit(province_of(tag.code)).name for tag in tags]
            counts[_verdict(provinces, row["region"] or "")] += 1
        pages = counts.total()
        print(
            f"{name:18} {variant:15} {pages:6} {counts['first']:6} {counts['among']:6} {counts['none']:6} "
            f"{counts['wrong']:6} {1000 * seconds / max(pages, 1):6.2f}"
        )


def _verdict(provinces: list[str], region: str) -> str:
    """`first` where the strongest tag is right, `among` where another is."""
    if not provinces:
        return "none"
    if provinces[0].startswith(region):
        return "first"
    return "among" if any(province.startswith(region) for province in provinces) else "wrong"


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None)

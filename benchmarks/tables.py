"""How many real articles come back unchanged from tables and JSON files that were made of them.

    python -m benchmarks.tables DATA_FOLDER

DATA_FOLDER holds articles as JSON lines (`*.jsonl.gz`). Each form of file is written to a temporary folder
and read again; `mixed` has fields in UTF-8 and in GB18030, drawn at random. Ends with 1 where an article is
lost.
"""

import argparse
import csv
import gzip
import io
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from index.readers.files import read_paths
from index.readers.rows import RecordRow

SEED = 20_241_014
KEYS = ("title", "text", "source", "published", "url")
HEADER = ("标题", "正文", "来源", "发布日期", "网址")
CODECS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030")

Table = list[tuple[str, ...]]


def main() -> int:
    """Print a line for each form: bytes, seconds, articles that are right."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("data", type=Path, help="folder with *.jsonl.gz")
    arguments.add_argument("--articles", type=int, default=8_000, help="how many, drawn at random")
    given = arguments.parse_args()
    table = sample(given.data, given.articles)
    is_complete = True
    with tempfile.TemporaryDirectory() as folder:
        for name, data in forms(table):
            path = Path(folder) / name
            path.write_bytes(data)
            started = time.perf_counter()
            right = len(set(table) & set(articles(path)))
            seconds = time.perf_counter() - started
            is_complete &= right == len(set(table))
            print(
                f"{name:<22} {len(data) / 2**20:7.1f} MiB {seconds:6.2f} s {right:>7} of {len(set(table)):>7}"
            )
    return int(not is_complete)


def sample(folder: Path, count: int) -> Table:
    """Articles, drawn at random from all files, the same ones at each run."""
    lines = [
        line
        for path in sorted(folder.glob("*.jsonl.gz"))
        for line in gzip.decompress(path.read_bytes()).splitlines()
    ]
    drawn = (json.loads(line) for line in random.Random(SEED).sample(lines, count))
    return [tuple(article.get(key) or "" for key in KEYS) for article in drawn]


def forms(table: Table) -> Iterator[tuple[str, bytes]]:
    """The name of each file, and what stands in it."""
    for codec in CODECS:
        for name, delimiter in (("commas", ","), ("tabs", "\t"), ("bars", "|")):
            yield f"{name}-{codec}.csv", delimited(table, delimiter).encode(codec)
    yield "mixed.csv", b"".join(mixed(table))
    objects = [dict(zip(KEYS, row, strict=True)) for row in table]
    for codec in CODECS:
        yield f"list-{codec}.json", json.dumps({"data": objects}, ensure_ascii=False).encode(codec)


def delimited(table: Table, delimiter: str) -> str:
    """The table as text, quoted where it has to be."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([HEADER, *table])
    return text.getvalue()


def mixed(table: Table) -> Iterator[bytes]:
    """The lines of a table whose fields are each in one of two encodings."""
    drawn = random.Random(SEED)
    for row in ([*HEADER], *table):
        cells = ('"' + cell.replace('"', '""') + '"' for cell in row)
        yield b",".join(cell.encode(drawn.choice(("utf-8", "gb18030"))) for cell in cells) + b"\n"


def articles(path: Path) -> Iterator[Sequence[str]]:
    """What is read of a file."""
    for row in read_paths([path]):
        if isinstance(row, RecordRow):
            yield tuple(getattr(row.record, key) or "" for key in KEYS)


if __name__ == "__main__":
    sys.exit(main())

"""Measures our engine beside tantivy, SQLite FTS5, bm25s and stock Whoosh.

    python -m benchmarks.engines DATA [--articles N] [--json FILE] [--work FOLDER]

DATA holds a folder `bulk` with articles as JSON lines (`*.jsonl.gz`). docs/benchmarks.md says what each row
is. `--work` keeps articles, documents and the indexes of the other engines for the next run; ours is written
anew. Needs the dependency group `bench`.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from benchmarks.engines.bench import STAGES, Bench
from benchmarks.engines.catalogue import NAMES
from benchmarks.engines.report import as_json, table


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--articles", type=int, help="spread evenly over the collection; all by default")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    parser.add_argument("--work", type=Path, help="a folder to keep; a temporary one by default")
    parser.add_argument("--engines", default=",".join(NAMES), help=f"of {', '.join(NAMES)}")
    parser.add_argument("--stages", default=",".join(STAGES), help=f"of {', '.join(STAGES)}")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of queries; writing has at most 3")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        work: Path = given.work or Path(temporary)
        names = [name for name in NAMES if name in given.engines.split(",")]
        bench = Bench(work, given.data, given.articles, names, given.rounds)
        results = bench.run(given.stages.split(","))
    print(table(results, names))
    if given.json is not None:
        given.json.write_text(json.dumps(as_json(results), indent=2, ensure_ascii=False), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

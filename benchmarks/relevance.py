"""nDCG@10 of the ranking on judged sets, for the constants as they are and for others.

    python -m benchmarks.relevance DATA --work FOLDER [--sets stard,rgb_zh] [--set k1=1.2,b=0.75 …]

DATA holds the collections and development queries (`relevance/`, `known_item/`, `citations/`, `bulk/`). Each
`--set` is one line of the table: constants of `search.ranking.Ranking` in place of the product's. Under it
stand the mean difference from the product's for each of two halves of the queries, which no reading of them
has parted, and for all of them with its 95 % interval: what is only good for one half is chance. Queries are
read, planned and asked as the service does it. The indexes are made once and kept in `--work`.
"""

import argparse
import gzip
import hashlib
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from statistics import fmean

from benchmarks.engines.bench import say
from benchmarks.engines.library import Library, benchmark_analyzer
from benchmarks.engines.ours import ANALYZER, Ours
from benchmarks.engines.processes import apart
from index.analysis.analyzer import Analyzer
from index.article import Article
from index.composing import ComposingPool, Prepared
from index.readers.files import read_paths
from search.deadline import Deadline
from search.engine import Snapshot
from search.evaluation.bootstrap import estimate
from search.evaluation.judged_set import JudgedSet
from search.evaluation.measures import ndcg
from search.evaluation.set_folder import read_set
from search.expansion.expander import Expander
from search.expansion.expanding import expanded
from search.language.parser import parse
from search.plan import ByScore, Every, Plan
from search.planning.match_modes import attempts
from search.planning.relaxing import search_in_steps
from search.ranking import Ranking
from search.request import Match, Sort
from search.rules.expansion_setup import load_expander
from search.synonyms.rules import SynonymFile
from search.whoosh.engine import WhooshEngine

COLLECTIONS: Mapping[str, tuple[str, ...]] = {
    "stard": ("relevance/stard/articles.jsonl.gz",),
    "rgb_zh": ("relevance/rgb_zh/articles.jsonl.gz",),
    "crud_news": ("relevance/crud_news/articles.jsonl.gz", "bulk/crud_news.jsonl.gz"),
    "policy": ("bulk/policy_cn.jsonl.gz", "bulk/hebei_gov.jsonl.gz"),
}
SETS: Mapping[str, tuple[str, str]] = {
    "stard": ("stard", "relevance/stard"),
    "rgb_zh": ("rgb_zh", "relevance/rgb_zh"),
    "crud_news": ("crud_news", "relevance/crud_news"),
    "known_item": ("policy", "known_item"),
    "citations": ("policy", "citations"),
}
"""Collection and folder of queries."""

DEPTH = 10
Values = Mapping[str, float]
"""By the text of a query."""

ID = re.compile(r"[A-Za-z0-9._:-]{1,128}")


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE,…", dest="settings")
    given = parser.parse_args()
    names = given.sets.split(",")
    for collection in dict.fromkeys(SETS[name][0] for name in names):
        apart(_build, given.work, given.data, collection)
    analyzer = benchmark_analyzer()
    expander = load_expander(analyzer.folding, SynonymFile("none"))
    judged = {name: read_set(given.data / SETS[name][1]) for name in names}
    print(_row("nDCG@10", names))
    as_it_is: Mapping[str, Values] = {}
    for setting in ("", *given.settings):
        ranking = replace(Ranking(), **_constants(setting))
        found = {}
        for name in names:
            engine = WhooshEngine(given.work / SETS[name][0] / "ours", ANALYZER, ranking)
            found[name] = _measured(judged[name], engine.snapshot(), analyzer, expander, ranking)
            engine.close()
        print(_row(setting or "as it is", [f"{fmean(found[name].values()):.4f}" for name in names]))
        if as_it_is:
            _print_differences([_differences(found[name], as_it_is[name]) for name in names])
        as_it_is = as_it_is or found
    return 0


def _row(head: str, cells: Sequence[str]) -> str:
    return f"{head:<34}" + "".join(f"{cell:>18}" for cell in cells)


def _differences(values: Values, others: Values) -> Values:
    return {text: value - others[text] for text, value in values.items()}


def _print_differences(sets: Sequence[Values]) -> None:
    for half in (0, 1):
        means = [fmean(value for text, value in one.items() if _half(text) == half) for one in sets]
        print(_row(f"  half {half + 1}", [f"{mean:+.4f}" for mean in means]))
    whole = [estimate(tuple(one.values())) for one in sets]
    print(_row("  all", [f"{one.mean:+.4f}" for one in whole]))
    print(_row("  from, to", [f"{one.low:+.4f} {one.high:+.4f}" for one in whole]), flush=True)


def _half(text: str) -> int:
    return hashlib.sha256(text.encode()).digest()[0] % 2


def _constants(setting: str) -> dict[str, float]:
    pairs = (pair.split("=") for pair in setting.split(",") if pair)
    return {name: float(value) for name, value in pairs}


def _measured(
    judged: JudgedSet, snapshot: Snapshot, analyzer: Analyzer, expander: Expander, ranking: Ranking
) -> Values:
    page = Plan(query=Every(), filters=(), order=ByScore(), offset=0, limit=DEPTH)
    values = {}
    for query in judged.queries:
        typed = parse(query.text, analyzer.folding).query
        tree = expanded(typed, query.text, expander, analyzer).query
        asked = attempts(tree, Match.SMART, Sort.RELEVANCE, analyzer, ranking)
        found = search_in_steps(snapshot, page, asked, Deadline.never())
        hits = [hit.id for hit in found.matches.hits]
        values[query.text] = ndcg(hits, judged.grades[query.id], DEPTH)
    return values


def _build(work: Path, data: Path, collection: str) -> None:
    library = Library(work / collection)
    if library.is_whole and (library.folder / "ours").exists():
        return
    say(f"index of {collection}")
    library.folder.mkdir(parents=True, exist_ok=True)
    library.write(_articles([data / path for path in COLLECTIONS[collection]], library.folder))
    Ours().build(library.folder / "ours", library.batches())


def _articles(paths: Sequence[Path], folder: Path) -> Iterator[Article]:
    """What can be composed of the rows of files, under ids that the product takes."""
    renamed = [_with_our_ids(path, folder / f"{number}-{path.name}") for number, path in enumerate(paths)]
    with closing(ComposingPool.on_all_processors().map(read_paths(renamed))) as outcomes:
        for outcome in outcomes:
            if isinstance(outcome, Prepared):
                yield outcome.composed.article


def _with_our_ids(path: Path, copy: Path) -> Path:
    """The same rows; ids with other characters become their places: no judgement is about such articles."""
    with gzip.open(path, "rt", encoding="utf-8") as rows, gzip.open(copy, "wt", encoding="utf-8") as kept:
        for number, row in enumerate(rows):
            values = json.loads(row)
            if not ID.fullmatch(values["id"]):
                values["id"] = f"row-{number}"
            kept.write(json.dumps(values, ensure_ascii=False) + "\n")
    return copy


if __name__ == "__main__":
    sys.exit(main())

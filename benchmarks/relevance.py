"""nDCG@10 of the ranking on judged sets, for the constants as they are and for others.

    python -m benchmarks.relevance DATA --work FOLDER [--sets stard,rgb_zh] [--set k1=1.2,b=0.75 …]

DATA holds the collections and development queries (`relevance/`, `known_item/`, `citations/`, `bulk/`). Each
`--set` is one line of the table: constants of `search.ranking.Ranking` in place of the product's. Under it
stand the mean difference from the product's for each of two halves of the queries, which no reading of them
has parted, and for all of them with its 95 % interval: what is only good for one half is chance. Queries are
read, planned and asked as the service does it. The indexes are made once and kept in `--work`.
"""

import argparse
import hashlib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean

from benchmarks.engines.library import benchmark_analyzer
from benchmarks.engines.ours import ANALYZER
from benchmarks.engines.processes import apart
from benchmarks.judged_collections import OURS, SETS, build
from index.analysis.analyzer import Analyzer
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

DEPTH = 10
Values = Mapping[str, float]
"""By the text of a query."""

Hits = Mapping[str, tuple[str, ...]]
"""By the text of a query, the ids of what is found first: DEPTH of them, or all that there are."""


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
        apart(build, given.work, given.data, collection)
    analyzer = benchmark_analyzer()
    expander = load_expander(analyzer.folding, SynonymFile("none"))
    judged = {name: read_set(given.data / SETS[name][1]) for name in names}
    print(_row("nDCG@10", names))
    as_it_is: Mapping[str, Values] = {}
    for setting in ("", *given.settings):
        ranking = replace(Ranking(), **_constants(setting))
        found = {}
        for name in names:
            engine = WhooshEngine(given.work / SETS[name][0] / OURS, ANALYZER, ranking)
            found[name] = measured(judged[name], engine.snapshot(), analyzer, expander, ranking)
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


def measured(
    judged: JudgedSet, snapshot: Snapshot, analyzer: Analyzer, expander: Expander, ranking: Ranking
) -> Values:
    """nDCG@10 of each query."""
    return valued(judged, first_hits(judged, snapshot, analyzer, expander, ranking))


def first_hits(
    judged: JudgedSet, snapshot: Snapshot, analyzer: Analyzer, expander: Expander, ranking: Ranking
) -> Hits:
    """What the queries find, read, planned and asked as the service does it."""
    page = Plan(query=Every(), filters=(), order=ByScore(), offset=0, limit=DEPTH)
    hits = {}
    for query in judged.queries:
        typed = parse(query.text, analyzer.folding).query
        tree = expanded(typed, query.text, expander, analyzer).query
        asked = attempts(tree, Match.SMART, Sort.RELEVANCE, analyzer, ranking)
        found = search_in_steps(snapshot, page, asked, Deadline.never())
        hits[query.text] = tuple(hit.id for hit in found.matches.hits)
    return hits


def valued(judged: JudgedSet, hits: Hits) -> Values:
    """nDCG@10 of each query, by what it found."""
    return {query.text: ndcg(hits[query.text], judged.grades[query.id], DEPTH) for query in judged.queries}


if __name__ == "__main__":
    sys.exit(main())

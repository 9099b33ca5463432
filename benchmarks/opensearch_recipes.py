"""nDCG@10 of OpenSearch's own analyzers beside ours, on the judged sets.

    python -m benchmarks.opensearch_recipes DATA --work FOLDER [--url http://127.0.0.1:9200] [--sets stard]

DATA and `--work` as for `benchmarks.relevance`, whose indexes are used; needs a node (`scripts/opensearch
up`) and the extra `opensearch`. The recipes are what one writes who takes OpenSearch as it comes: titles and
texts under the analyzer `standard` or `cjk`, one shard, BM25 as it is set, and one of the usual ways to ask
several fields. Articles are those that the product made of the rows, repaired, for both. Beside each recipe
stands how far ours is ahead, with the 95 % interval of the mean difference. Ends with 1 where ours is behind.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any, Final

from opensearchpy import OpenSearch

from benchmarks.engines.library import Library, benchmark_analyzer
from benchmarks.engines.ours import ANALYZER
from benchmarks.engines.processes import apart
from benchmarks.judged_collections import OURS, SETS, build
from benchmarks.relevance import DEPTH, Values, measured
from search.evaluation.bootstrap import estimate
from search.evaluation.judged_set import JudgedSet
from search.evaluation.measures import ndcg
from search.evaluation.set_folder import read_set
from search.ranking import TUNED
from search.rules.expansion_setup import load_expander
from search.synonyms.rules import SynonymFile
from search.whoosh.engine import WhooshEngine
from tests.opensearch.cluster import fresh_prefix

Query = dict[str, Any]
"""A query as OpenSearch reads it; its JSON has no type of its own."""

BULK: Final = 500
"""Articles that are sent at once."""

MAY_BE_BEHIND: Final = {"known_item": 0.005, "citations": 0.005}
"""On sets whose queries are titles or runs of one; on the others ours has to be ahead."""

ANSWER_S: Final = 120
MERGE_S: Final = 3600

MAPPING: Final[Query] = {
    "settings": {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "-1"},
    "mappings": {
        "properties": {
            field: {
                "type": "text",
                "analyzer": "standard",
                "fields": {"cjk": {"type": "text", "analyzer": "cjk"}},
            }
            for field in ("title", "text")
        }
    },
}


def fields(suffix: str, title_weight: int) -> list[str]:
    return [f"title{suffix}^{title_weight}", f"text{suffix}"]


def best_fields(suffix: str, title_weight: int, **more: object) -> Callable[[str], Query]:
    """The best of the two fields; `more` goes to the query as it is."""
    return multi("best_fields", suffix, title_weight, **more)


def multi(kind: str, suffix: str, title_weight: int, **more: object) -> Callable[[str], Query]:
    return lambda text: {
        "multi_match": {"query": text, "type": kind, "fields": fields(suffix, title_weight), **more}
    }


def combined(suffix: str, title_weight: int) -> Callable[[str], Query]:
    """BM25F over both fields as one."""
    return lambda text: {"combined_fields": {"query": text, "fields": fields(suffix, title_weight)}}


def with_title_phrase(suffix: str, recipe: Callable[[str], Query]) -> Callable[[str], Query]:
    """The same, and what stands in the title in one piece three times more."""
    return lambda text: {
        "bool": {
            "should": [
                recipe(text),
                {"match_phrase": {f"title{suffix}": {"query": text, "boost": 3}}},
            ]
        }
    }


RECIPES: Final[Mapping[str, Callable[[str], Query]]] = {
    "standard, best fields, title^3": best_fields("", 3),
    "standard, the same, title phrase": with_title_phrase("", best_fields("", 3)),
    "standard, best fields, title^1": best_fields("", 1),
    "standard, title^3, all words": best_fields("", 3, operator="and"),
    "cjk, best fields, title^3": best_fields(".cjk", 3),
    "cjk, cross fields, title^3": multi("cross_fields", ".cjk", 3),
    "cjk, combined fields, title^3": combined(".cjk", 3),
    "cjk, best fields, title^1, tie .3": best_fields(".cjk", 1, tie_breaker=0.3),
    "cjk, the same, title phrase": with_title_phrase(".cjk", best_fields(".cjk", 1, tie_breaker=0.3)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """A judged set, the index that recipes search for it, and what ours is worth on its queries."""

    judged: JudgedSet
    index: str
    ours: Values

    @property
    def may_be_behind(self) -> float | None:
        """By how much ours may be behind; None where it has to be ahead."""
        return MAY_BE_BEHIND.get(self.judged.name)


def main() -> int:
    """Print the table; 1 where ours is behind on a set by more than may be."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--url", default="http://127.0.0.1:9200")
    parser.add_argument("--sets", default=",".join(SETS))
    given = parser.parse_args()
    names = given.sets.split(",")
    with closing(OpenSearch(given.url, timeout=ANSWER_S)) as client, fresh_prefix(given.url) as prefix:
        for collection in dict.fromkeys(SETS[name][0] for name in names):
            apart(build, given.work, given.data, collection)
            index(client, Library(given.work / collection), f"{prefix}-{collection}")
        contests = [contest(name, given.data, given.work, prefix) for name in names]
        print(row("nDCG@10", names))
        print(row("ours", [f"{fmean(one.ours.values()):.3f}" for one in contests]))
        behind = [print_recipe(client, recipe, contests) for recipe in RECIPES]
    return 1 if any(behind) else 0


def contest(name: str, data: Path, work: Path, prefix: str) -> Contest:
    """Of a set; ours is asked for all its queries."""
    collection, folder = SETS[name]
    judged = read_set(data / folder)
    ours = measure_ours(judged, work / collection / OURS)
    return Contest(judged=judged, index=f"{prefix}-{collection}", ours=ours)


def print_recipe(client: OpenSearch, recipe: str, contests: Sequence[Contest]) -> bool:
    """A line of the table, and whether ours is behind this recipe on a set."""
    cells, is_behind = [], False
    for one in contests:
        found = values(client, one.index, RECIPES[recipe], one.judged)
        ahead = estimate(tuple(one.ours[text] - value for text, value in found.items()))
        cells.append(f"{fmean(found.values()):.3f} {ahead.mean:+.3f} [{ahead.low:+.3f} {ahead.high:+.3f}]")
        most = one.may_be_behind
        is_behind |= ahead.mean <= 0 if most is None else ahead.mean < -most
    print(row(recipe, cells), flush=True)
    return is_behind


def values(client: OpenSearch, name: str, recipe: Callable[[str], Query], judged: JudgedSet) -> Values:
    """By query, of a recipe on an index."""
    return {
        query.text: ndcg(ids(client, name, recipe(query.text)), judged.grades[query.id], DEPTH)
        for query in judged.queries
    }


def measure_ours(judged: JudgedSet, folder: Path) -> Values:
    """By query, of the product's engine as it is set."""
    analyzer = benchmark_analyzer()
    expander = load_expander(analyzer.folding, SynonymFile("none"))
    engine = WhooshEngine(folder, ANALYZER, TUNED)
    try:
        return measured(judged, engine.snapshot(), analyzer, expander, TUNED)
    finally:
        engine.close()


def index(client: OpenSearch, library: Library, name: str) -> None:
    """Put the articles of a collection into a new index of one shard."""
    client.indices.create(index=name, body=MAPPING)
    for lines in bulks(library):
        answer = client.bulk(index=name, body=lines)
        if answer["errors"]:
            raise RuntimeError(f"{name}: OpenSearch refused an article")
    client.indices.forcemerge(index=name, params={"max_num_segments": 1}, request_timeout=MERGE_S)
    client.indices.refresh(index=name)


def bulks(library: Library) -> Iterator[str]:
    """Bodies of requests."""
    for chunk in library.articles():
        for at in range(0, len(chunk), BULK):
            lines = []
            for article in chunk[at : at + BULK]:
                source = {"title": article.title, "text": f"{article.lead}\n{article.body}"}
                lines += [{"index": {"_id": article.id}}, source]
            yield "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def ids(client: OpenSearch, name: str, query: Query) -> list[str]:
    """The first DEPTH hits."""
    body = {"query": query, "size": DEPTH, "_source": False}
    return [hit["_id"] for hit in client.search(index=name, body=body)["hits"]["hits"]]


def row(head: str, cells: list[str]) -> str:
    return f"{head:<34}" + "".join(f"{cell:>30}" for cell in cells)


if __name__ == "__main__":
    sys.exit(main())

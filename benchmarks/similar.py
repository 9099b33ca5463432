"""How often similar articles are about the same, and what they cost.

    python -m benchmarks.similar DATA_FOLDER [--count 300] [--set terms=10,needed=0.5 …]

DATA_FOLDER is a data folder of this program, with its index. `--count` random articles that have a topic are
asked about. A line says how many similar ones were found of five; how many of these have the same strongest
topic, and how many share any; and the milliseconds of one thread, median / 99th percentile. The first line is
of five random articles in their place. Copies are folded, and those of the article left out. Each `--set` is
one line more: constants of `search.similar.TermChoice` in place of the product's.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any, Final

from index.article import Article
from index.data_folder import DataFolder
from search.ranking import Ranking
from search.request import SearchRequest, SimilarRequest
from search.service import SearchService
from search.similar import SimilarFinder, TermChoice
from web.serving.opening import open_analyzer, open_search

SEED: Final = 7
FIRST: Final = 5
PAGE: Final = 1_000

Find = Callable[[Article], Sequence[Article]]


def main(folder: DataFolder, count: int, settings: Sequence[str]) -> None:
    random = Random(SEED)
    analyzer = open_analyzer(folder)
    with open_search(folder, analyzer) as opened:
        articles = with_topics(opened.service)
        asked = random.sample(articles, min(count, len(articles)))
        print(f"{len(articles):,} articles with a topic; {len(asked)} are asked about")
        print(f"{'':32} found  strongest     any  ms")
        report("at random", asked, lambda _: random.sample(articles, FIRST))
        snapshot = opened.engine.snapshot()
        for setting in ("", *settings):
            finder = SimilarFinder(opened.articles, analyzer, Ranking(), TermChoice(**constants(setting)))

            def similar(article: Article, finder: SimilarFinder = finder) -> Sequence[Article]:
                results = finder.find(article.id, SimilarRequest(limit=FIRST), snapshot).results
                return [one.article for one in results]

            report(setting or "as it is", asked, similar)


def with_topics(service: SearchService) -> Sequence[Article]:
    """All articles that have a topic, one of each text."""
    pages = service.walk(SearchRequest(limit=PAGE, snippets=0))
    return [hit.article for page in pages for hit in page.hits if hit.article.topics]


def constants(setting: str) -> dict[str, Any]:
    """The constants that `terms=10,needed=0.5` names."""
    pairs = (pair.split("=") for pair in setting.split(",") if pair)
    return {name: int(value) if value.isdigit() else float(value) for name, value in pairs}


def report(name: str, asked: Sequence[Article], find: Find) -> None:
    """Print one line."""
    pairs: list[tuple[Article, Article]] = []
    took: list[float] = []
    for article in asked:
        started = time.perf_counter()
        found = find(article)
        took.append((time.perf_counter() - started) * 1000)
        pairs += ((article, other) for other in found)
    strongest = sum(topics(article)[0] in topics(other)[:1] for article, other in pairs) / len(pairs)
    shared = sum(not set(topics(article)).isdisjoint(topics(other)) for article, other in pairs) / len(pairs)
    slow = sorted(took)[int(len(took) * 0.99)]
    print(
        f"{name:32} {len(pairs) / len(asked):5.2f} {strongest:10.1%} {shared:7.1%}  "
        f"{statistics.median(took):.1f} / {slow:.1f}",
        flush=True,
    )


def topics(article: Article) -> Sequence[str]:
    """The names of its topics, the strongest first."""
    return [tag.name for tag in article.topics]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE,…", dest="settings")
    arguments = parser.parse_args()
    main(DataFolder(arguments.folder), arguments.count, arguments.settings)

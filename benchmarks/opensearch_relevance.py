"""nDCG@10 of the ranking on OpenSearch beside that on Whoosh, on the judged sets.

    python -m benchmarks.opensearch_relevance DATA --work FOLDER [--url http://127.0.0.1:9200] [--sets stard]
        [--shards 1] [--one-in 1] [--show 0]

DATA and `--work` as for `benchmarks.relevance`, whose indexes and documents are used; needs a node
(`scripts/opensearch up`) and the extra `opensearch`. The product's writer puts the documents of each
collection into an index of their own, which is deleted at the end. Queries are read, planned and asked as the
service does it, on both engines alike. Beside the figures stands how many queries have other first ten hits,
or the same in another order; `--show` names so many of them, those with the greatest difference first. Where
time is short, `--one-in` leaves out most of the articles that no query of the sets is judged on, for both
engines alike: figures are then higher than those of the whole collection. Ends with 1 where a set differs by
more than MAY_DIFFER.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.engines.library import Library, benchmark_analyzer
from benchmarks.engines.ours import ANALYZER, Ours
from benchmarks.engines.processes import apart
from benchmarks.judged_collections import OURS, SETS, build
from benchmarks.relevance import Hits, Values, first_hits, valued
from index.averages import Averages, measure
from index.documents import IndexDocument
from index.opensearch.connection import OpenSearchSettings, connect
from index.opensearch.published import Scoring
from index.opensearch.store import OpenSearchStore, StoreSettings
from search.engine import Snapshot
from search.evaluation.judged_set import JudgedSet
from search.evaluation.set_folder import read_set
from search.opensearch.engine import OpenSearchEngine
from search.ranking import TUNED
from search.rules.expansion_setup import load_expander
from search.synonyms.rules import SynonymFile
from search.whoosh.engine import WhooshEngine
from tests.opensearch.cluster import fresh_prefix

MAY_DIFFER: Final = 0.003
"""Of the mean over the queries of a set."""

ANSWER_S: Final = 120.0
"""Seconds for one request: indexing leaves the node little time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What each engine finds for the queries of a set, and what it is worth."""

    hits: tuple[Hits, Hits]
    values: tuple[Values, Values]

    @property
    def means(self) -> tuple[float, float]:
        whoosh, opensearch = self.values
        return fmean(whoosh.values()), fmean(opensearch.values())

    @property
    def difference(self) -> float:
        """How much more OpenSearch has than Whoosh, in the mean."""
        whoosh, opensearch = self.means
        return opensearch - whoosh

    @property
    def is_alike(self) -> bool:
        return abs(self.difference) <= MAY_DIFFER

    def by_query(self, text: str) -> float:
        """How much more OpenSearch has for one query."""
        whoosh, opensearch = self.values
        return opensearch[text] - whoosh[text]

    def otherwise_found(self) -> list[str]:
        """The queries with other hits, or hits in another order; the greatest difference first."""
        whoosh, opensearch = self.hits
        others = (text for text, found in whoosh.items() if opensearch[text] != found)
        return sorted(others, key=lambda text: -abs(self.by_query(text)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The documents of a collection that are judged, and one in `one_in` of its others, told by their ids."""

    library: Library
    judged: frozenset[str]
    one_in: int

    def batches(self) -> Iterator[list[IndexDocument]]:
        for batch in self.library.batches():
            yield [document for document in batch if self._holds(document.id)]

    def documents(self) -> Iterator[IndexDocument]:
        return (document for batch in self.batches() for document in batch)

    def _holds(self, article_id: str) -> bool:
        return article_id in self.judged or _number(article_id) % self.one_in == 0


def main() -> int:
    """Print a line for each set; 1 where one differs by more than may be."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--url", default="http://127.0.0.1:9200")
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--shards", type=int, default=1)
    parser.add_argument("--one-in", type=int, default=1)
    parser.add_argument("--show", type=int, default=0)
    given = parser.parse_args()
    names = given.sets.split(",")
    print(row("nDCG@10", ("queries", "Whoosh", "OpenSearch", "difference", "other hits")))
    is_alike = True
    for collection in dict.fromkeys(SETS[name][0] for name in names):
        apart(build, given.work, given.data, collection)
        sets = {name: read_set(given.data / SETS[name][1]) for name in names if SETS[name][0] == collection}
        judged = frozenset(
            article for one in sets.values() for grades in one.grades.values() for article in grades
        )
        sample = Sample(library=Library(given.work / collection), judged=judged, one_in=given.one_in)
        with both(sample, given.url, given.shards) as snapshots:
            for name, one in sets.items():
                found = compared(one, *snapshots)
                print_comparison(name, found, given.show)
                is_alike &= found.is_alike
    return 0 if is_alike else 1


def print_comparison(name: str, found: Comparison, show: int) -> None:
    """The line of a set, and `show` of the queries that find something else."""
    whoosh, opensearch = found.means
    others = found.otherwise_found()
    figures = (f"{whoosh:.4f}", f"{opensearch:.4f}", f"{found.difference:+.4f}")
    print(row(name, (str(len(found.values[0])), *figures, str(len(others)))), flush=True)
    for text in others[:show]:
        print(f"  {found.by_query(text):+.4f}  {text}")
        for engine, hits in zip(("Whoosh", "OpenSearch"), found.hits, strict=True):
            print(f"    {engine:<12}{' '.join(hits[text])}", flush=True)


def row(head: str, cells: Iterable[str]) -> str:
    return f"{head:<12}" + "".join(f"{cell:>12}" for cell in cells)


def compared(judged: JudgedSet, whoosh: Snapshot, opensearch: Snapshot) -> Comparison:
    """All queries of a set on both."""
    analyzer = benchmark_analyzer()
    expander = load_expander(analyzer.folding, SynonymFile("none"))
    one, other = (first_hits(judged, each, analyzer, expander, TUNED) for each in (whoosh, opensearch))
    return Comparison(hits=(one, other), values=(valued(judged, one), valued(judged, other)))


@contextmanager
def both(sample: Sample, url: str, shards: int) -> Iterator[tuple[Snapshot, Snapshot]]:
    """An index in a folder, and one in the cluster with the same documents."""
    with (
        whoosh_index(sample) as folder,
        closing(WhooshEngine(folder, ANALYZER, TUNED)) as ours,
        fresh_prefix(url) as prefix,
        closing(connect(OpenSearchSettings(urls=(url,), prefix=prefix, timeout=ANSWER_S))) as client,
        closing(OpenSearchEngine(client, prefix, ANALYZER, TUNED)) as theirs,
    ):
        whoosh = ours.snapshot()
        # Both divide by the same length: the one that the build measured.
        averages = replace(measure(sample.documents()), words=whoosh.average_length)
        write(OpenSearchStore(client, prefix, store_settings(averages, shards)), sample.documents())
        yield whoosh, theirs.snapshot()


@contextmanager
def whoosh_index(sample: Sample) -> Iterator[Path]:
    """The folder of the index of a collection, or of one that is made of the sample."""
    if sample.one_in == 1:
        yield sample.library.folder / OURS
        return
    with TemporaryDirectory(dir=sample.library.folder) as folder:
        Ours().build(Path(folder), sample.batches())
        yield Path(folder)


def store_settings(averages: Averages, shards: int) -> StoreSettings:
    return StoreSettings(
        analyzer=ANALYZER,
        scoring=Scoring(k1=TUNED.k1, b=TUNED.b),
        averages=lambda: averages,
        shards=shards,
    )


def write(store: OpenSearchStore, documents: Iterable[IndexDocument]) -> None:
    """All documents, as one commit that readers are led to."""
    with closing(store.create()) as writer:
        written = 0
        for document in documents:
            written += 1
            writer.put(document, written)
        writer.commit(written, writer.average_length)
        store.make_live(writer)


def _number(article_id: str) -> int:
    return int.from_bytes(sha256(article_id.encode()).digest()[:8])


if __name__ == "__main__":
    sys.exit(main())

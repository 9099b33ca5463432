"""What a reload of the dictionary costs beside a rebuild, and whether both make the same index.

    python -m benchmarks.reload DATA_FOLDER --work FOLDER [--words FILE]

DATA_FOLDER is a data folder of this program with its index; it is copied into FOLDER, and nothing in it is
changed. The words, one a line, are added to those it has; without a file WORDS are. Which articles hold one
of them is asked of the index (the places of characters), as a reload does it, and of all stored texts.
Then the index is brought up to date with the words, and built anew. Equal means: each article has the same
words, each as often; and the same articles are found for QUERIES runs from titles and for the words.
"""

import argparse
import hashlib
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

import numpy as np

from index.analysis.analyzer import Analyzer
from index.article import Part
from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from index.generation import current
from index.upkeep import Upkeep
from index.whoosh.codec.segment_reader import SegmentReader, open_segment
from index.whoosh.holders import documents_holding
from index.whoosh.toc import read_segments
from search.request import Marking, SearchRequest
from web.serving.opening import open_analyzer, open_search

WORDS: Final = (
    *("碳汇贷", "低空经济", "新质生产力", "专精特新", "东数西算"),
    *("首店经济", "银发经济", "链长制", "拨投结合", "揭榜挂帅"),
)
"""Terms of policy that jieba's dictionary of 2012 does not have."""

QUERIES: Final = 300
SEED: Final = 33
LENGTHS: Final = (2, 6)
"""Code points of the runs that are asked for."""

Found = Mapping[str, tuple[int, frozenset[str]]]
"""By query, the total and the ids of the first hits."""


@dataclass(frozen=True, slots=True)
class Contents:
    """An index, told so that two can be compared: `words` by article, as one number made from all of them."""

    words: Mapping[str, int]
    found: Found


def main(source: DataFolder, work: Path, words: Sequence[str]) -> None:
    folder = copied(source, work)
    before = open_analyzer(folder)
    with clock("up to date before"):
        Upkeep.of(folder, before).catch_up(lambda _: None)
    written = folder.words.read_text(encoding="utf-8") if folder.words.exists() else ""
    folder.words.write_text("\n".join([written, *words]), encoding="utf-8")
    with clock("analyzer made"):
        analyzer = open_analyzer(folder)
    changed = analyzer.lexicon.changed(before.lexicon)
    if changed is None:
        raise SystemExit("the dictionaries differ in more than words")
    with clock("articles found by the index"):
        indexed = holding_by_index(folder, changed)
    with clock("articles found in all texts"):
        scanned = holding_by_texts(folder, analyzer, changed)
    print(f"articles that hold a word         {len(scanned):,}, the same: {indexed == scanned}")
    upkeep = Upkeep.of(folder, analyzer)
    with clock("reload"):
        report = upkeep.catch_up(lambda _: None)
    print(f"analysed again                    {None if report is None else report.reanalysed}")
    reloaded = contents(folder, analyzer, words)
    with clock("rebuild"):
        anew = upkeep.rebuild(lambda _: None, "measured")
    print(f"analysed again                    {anew.changes}")
    rebuilt = contents(folder, analyzer, words)
    print(f"words of all {len(rebuilt.words):,} articles equal: {reloaded.words == rebuilt.words}")
    print(f"answers to {len(rebuilt.found):,} queries equal: {reloaded.found == rebuilt.found}")


def copied(source: DataFolder, work: Path) -> DataFolder:
    """A copy of the data folder in an empty place."""
    target = DataFolder(work / "data")
    if target.root.exists():
        shutil.rmtree(target.root)
    shutil.copytree(source.root, target.root)
    return target


@contextmanager
def clock(name: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    print(f"{name:33} {time.perf_counter() - started:8.2f} s", flush=True)


def readers(folder: DataFolder) -> Iterator[tuple[SegmentReader, list[int]]]:
    """The segments of the live generation, each with its live documents."""
    generation = current(folder.index)
    for entry in read_segments(generation.folder, generation.manifest()):
        yield open_segment(entry.path(generation.folder)), entry.live().nonzero()[0].tolist()


def holding_by_index(folder: DataFolder, words: frozenset[str]) -> set[str]:
    holding: set[str] = set()
    for reader, live in readers(folder):
        held = {document for word in words for document in documents_holding(word, reader).tolist()}
        holding.update(reader.ids_of(sorted(held.intersection(live))))
    return holding


def holding_by_texts(folder: DataFolder, analyzer: Analyzer, words: frozenset[str]) -> set[str]:
    holding: set[str] = set()
    with CorpusReader.open(folder) as articles:
        for article in articles.export():
            texts = [analyzer.characters(article.text(part)) for part in Part]
            if any(word in text for word in words for text in texts):
                holding.add(article.id)
    return holding


def contents(folder: DataFolder, analyzer: Analyzer, words: Sequence[str]) -> Contents:
    return Contents(fingerprints(folder), answers(folder, analyzer, words))


def fingerprints(folder: DataFolder) -> dict[str, int]:
    """A number for each article, made of its words and how often it has them."""
    by_article: dict[str, int] = {}
    for reader, live in readers(folder):
        sums = np.zeros(reader.count, dtype=np.uint64)
        for ordinal in range(len(reader.words.terms)):
            digest = hashlib.blake2b(reader.words.terms.term(ordinal), digest_size=8).digest()
            documents = reader.words.lists.lists(ordinal, ordinal + 1).values
            weights = reader.word_frequencies(ordinal).astype(np.uint64)
            # Sums of odd multiples, so that no frequency leaves a word out.
            sums[documents] += np.uint64(int.from_bytes(digest, "little")) * (
                weights * np.uint64(2) + np.uint64(1)
            )
        by_article |= zip(reader.ids_of(live), sums[live].tolist(), strict=True)
    return by_article


def answers(folder: DataFolder, analyzer: Analyzer, words: Sequence[str]) -> Found:
    """What is found for the words and for runs from titles, from a generator that always draws the same."""
    random = Random(SEED)
    with open_search(folder, analyzer) as opened:
        titles = [title for title in opened.articles.titles(100_000) if len(title) > LENGTHS[1]]
        asked = [*words, *(_run(title, random) for title in random.sample(titles, min(QUERIES, len(titles))))]
        found: dict[str, tuple[int, frozenset[str]]] = {}
        for q in asked:
            request = SearchRequest(q=q, limit=100, snippets=0, marking=Marking.NONE)
            result = opened.service.search(request)
            ids = (
                frozenset(hit.article.id for hit in result.hits)
                if result.total <= request.limit
                else frozenset()
            )
            found[q] = result.total, ids
    return found


def _run(title: str, random: Random) -> str:
    length = random.randint(*LENGTHS)
    start = random.randrange(len(title) - length + 1)
    return title[start : start + length]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--words", type=Path)
    given = parser.parse_args()
    added = WORDS if given.words is None else given.words.read_text(encoding="utf-8").split("\n")
    main(DataFolder(given.folder), given.work, added)

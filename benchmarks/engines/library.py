"""Articles and their documents, made once and kept in a folder."""

import gzip
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeVar

from index.analysis.analyzer import Analyzer
from index.analysis.setup import load_analyzer
from index.analysis.user_words import UserWords
from index.article import Article
from index.composing import ComposingPool, Prepared
from index.documents import IndexDocument, to_document
from index.readers.files import read_paths
from index.text.folding import Folding
from index.worker_process import WorkLimits, WorkLost
from index.workers import Workers, usable_processors

CHUNK: Final = 1_000
BATCH_ARTICLES: Final = 10_000
BATCH_CHARACTERS: Final = 16_000_000
"""A commit of a whole build: as many as a rebuild of the product takes (index.indexer)."""

ADDED: Final = datetime(2026, 1, 1, tzinfo=UTC)

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Library:
    """Pickled chunks of CHUNK articles, and their documents beside them."""

    folder: Path

    @classmethod
    def prepare(cls, work: Path, data: Path, count: int | None) -> "Library":
        """`count` articles of the collection in `data`, spread evenly over it; None: all. Made once."""
        library = cls(work / f"articles-{count or 'all'}")
        if not library.is_whole:
            library.folder.mkdir(parents=True, exist_ok=True)
            library.write(evenly(data, count))
        return library

    @property
    def is_whole(self) -> bool:
        return (self.folder / "whole").exists()

    def write(self, articles: Iterable[Article]) -> None:
        """Keep these articles and what the analyzer makes of them, on all processors."""
        workers = Workers(load_document_work, usable_processors(), WorkLimits())
        with closing(workers.map(articles, _size)) as outcomes:
            for number, chunk in enumerate(chunks(outcomes, CHUNK)):
                kept = [pair for pair in chunk if not isinstance(pair[1], WorkLost)]
                _dump(self._path("articles", number), [article for article, _ in kept])
                _dump(self._path("documents", number), [document for _, document in kept])
        (self.folder / "whole").touch()

    def articles(self) -> Iterator[list[Article]]:
        return self._load("articles")

    def documents(self) -> Iterator[list[IndexDocument]]:
        return self._load("documents")

    def batches(self, most: int | None = None) -> Iterator[list[IndexDocument]]:
        """The documents, at most so many, in the batches of a build."""
        batch: list[IndexDocument] = []
        characters = 0
        for document in islice((one for chunk in self.documents() for one in chunk), most):
            batch.append(document)
            characters += sum(map(len, document.characters.values()))
            if len(batch) >= BATCH_ARTICLES or characters >= BATCH_CHARACTERS:
                yield batch
                batch, characters = [], 0
        if batch:
            yield batch

    def _path(self, kind: str, number: int) -> Path:
        return self.folder / f"{kind}-{number:05}.pickle"

    def _load(self, kind: str) -> Iterator[list[Any]]:
        for path in sorted(self.folder.glob(f"{kind}-*.pickle")):
            yield pickle.loads(path.read_bytes())  # noqa: S301  # this program wrote it


def evenly(data: Path, count: int | None) -> Iterator[Article]:
    """`count` articles of all in a folder (`*.jsonl.gz`), at equal distances; what is refused is left out."""
    paths = sorted((data / "bulk").glob("*.jsonl.gz"))
    total = sum(map(_lines, paths))
    wanted = min(count or total, total)
    rows = (
        row
        for place, row in enumerate(read_paths(paths))
        if place * wanted // total != (place - 1) * wanted // total
    )
    with closing(ComposingPool.on_all_processors().map(rows)) as outcomes:
        for outcome in outcomes:
            if isinstance(outcome, Prepared):
                yield outcome.composed.article


def benchmark_analyzer() -> Analyzer:
    """The product's, with no words added."""
    return load_analyzer(Folding.load(), UserWords(()))


def load_document_work() -> Callable[[Article], IndexDocument]:
    """What a process does with an article."""
    return partial(document_of, benchmark_analyzer())


def document_of(analyzer: Analyzer, article: Article) -> IndexDocument:
    """The document of an article that has no copies."""
    return to_document(article, analyzer, ADDED, None)


def chunks(items: Iterable[Item], size: int) -> Iterator[Sequence[Item]]:
    """The items, so many at a time."""
    waiting = iter(items)
    while chunk := list(islice(waiting, size)):
        yield chunk


def _lines(path: Path) -> int:
    with gzip.open(path) as file:
        return sum(1 for _ in file)


def _size(article: Article) -> int:
    return 3 * (len(article.title) + len(article.lead) + len(article.body))


def _dump(path: Path, items: Sequence[object]) -> None:
    path.write_bytes(pickle.dumps(items, pickle.HIGHEST_PROTOCOL))

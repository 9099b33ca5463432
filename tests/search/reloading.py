"""A data folder of many articles, searched from several threads while its dictionary is reloaded."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.analysis.analyzer import Analyzer
from index.article import Part
from index.data_folder import DataFolder
from index.indexer import never
from search.request import SearchRequest
from search.results import SearchResult
from tests.index.corpus.samples import numbered, store
from web.serving.live_search import LiveSearch
from web.serving.opening import open_live

THREADS = 4
BATCH = 450
"""Articles that are stored at a time: for more, indexing would start processes."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an answer says, without the time that it took."""

    generation: str
    total: int
    hits: tuple[tuple[str, float, tuple[tuple[int, int], ...]], ...]

    @classmethod
    def of(cls, result: SearchResult) -> "Answer":
        hits = ((hit.article.id, hit.score, tuple(hit.highlights[Part.BODY])) for hit in result.hits)
        return cls(result.generation, result.total, tuple(hits))


@contextmanager
def live_library(
    root: Path, analyzer: Analyzer, bodies: list[str]
) -> Iterator[tuple[DataFolder, LiveSearch]]:
    """A running search over articles with these bodies, numbered from 0."""
    folder = DataFolder(root)
    folder.create()
    articles = [numbered(number, body) for number, body in enumerate(bodies)]
    batches = [articles[at : at + BATCH] for at in range(0, len(articles), BATCH)]
    store(folder, *batches[0])
    with open_live(folder, analyzer) as live:
        live.tend(never)
        for batch in batches[1:]:
            store(folder, *batch)
            live.tend(never)
        yield folder, live


@contextmanager
def searching(
    live: LiveSearch, request: SearchRequest, count: int = THREADS, each: int = 0, rest_s: float = 0.0
) -> Iterator[list[Answer]]:
    """The answers of so many threads that search again and again during the block, `each` times at least;
    after these they rest between searches.

    Raises at the end of the block what any of them raised.
    """
    answers: list[Answer] = []
    raised: list[Exception] = []
    ended = threading.Event()

    def search() -> None:
        done = 0
        try:
            while done < each or not ended.is_set():
                answers.append(Answer.of(live.search(request)))
                done += 1
                if done >= each:
                    ended.wait(rest_s)
        except Exception as error:
            raised.append(error)

    threads = [threading.Thread(target=search) for _ in range(count)]
    for thread in threads:
        thread.start()
    try:
        yield answers
    finally:
        ended.set()
        for thread in threads:
            thread.join()
        if raised:
            raise raised[0]

"""A data folder of many articles, searched from several threads while its dictionary is reloaded."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.analysis.analyzer import Analyzer
from index.article import Part
from index.data_folder import DataFolder
from index.engine_settings import EngineSettings
from index.factory import IndexPlace
from index.indexer import never
from search.request import SearchRequest
from search.results import SearchResult
from tests.index.corpus.samples import numbered, store
from tests.waiting import wait_for
from web.serving.live_search import LiveSearch
from web.serving.opening import open_index, open_live

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


@dataclass(frozen=True, slots=True)
class Running:
    """A running search, the folder of its articles, and where its index lies."""

    live: LiveSearch
    folder: DataFolder
    place: IndexPlace

    def wait_for(self, request: SearchRequest, total: int) -> None:
        """Until it finds so many: of a cluster a commit is seen half a second later."""
        wait_for(lambda: self.live.search(request).total == total)

    def take_up(self, word: str) -> None:
        """Have this word, and no other of the operator's, in use."""
        before = self.live.taken_up().analyzer.version
        self.folder.words.write_text(word, encoding="utf-8")
        wait_for(lambda: self._tended().taken_up().analyzer.version != before)

    def _tended(self) -> LiveSearch:
        self.live.tend(never)
        return self.live


@contextmanager
def live_library(
    root: Path, analyzer: Analyzer, bodies: list[str], engine: EngineSettings
) -> Iterator[Running]:
    """A running search over articles with these bodies, numbered from 0."""
    folder = DataFolder(root)
    folder.create()
    articles = [numbered(number, body) for number, body in enumerate(bodies)]
    batches = [articles[at : at + BATCH] for at in range(0, len(articles), BATCH)]
    store(folder, *batches[0])
    with open_index(folder, engine) as place, open_live(folder, analyzer, place=place) as live:
        live.tend(never)
        for batch in batches[1:]:
            store(folder, *batch)
            live.tend(never)
        running = Running(live, folder, place)
        running.wait_for(SearchRequest(), len(bodies))
        yield running


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

"""P3: searches and walks go on through commits and rebuilds, and each sees one state of the index.

Processes that search beside one that writes: `test_readers_and_writer.py`.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from index.data_folder import DataFolder
from search.request import FIRST_CURSOR, Collapse, SearchRequest
from search.service import SearchService
from search.whoosh.engine import WhooshEngine
from search.whoosh.snapshot import WhooshSnapshot
from tests.index.corpus.samples import numbered, store
from tests.waiting import wait_for
from web.serving.opening import Opened, open_search

pytestmark = pytest.mark.slow

BATCH = 10
ROUNDS = 9
REBUILT_EVERY = 3
READERS = 2
WALKED = SearchRequest(q="通知", limit=7, cursor=FIRST_CURSOR, collapse=Collapse.NONE, snippets=0)


@dataclass(slots=True)
class Reader:
    """Walks through all hits by cursors, again and again; `wrong` is what should not have been."""

    service: SearchService
    ended: threading.Event
    walks: int = 0
    states: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    def run(self) -> None:
        while not self.ended.is_set():
            try:
                self._walk()
            except Exception as error:
                self.wrong.append(repr(error))

    def _walk(self) -> None:
        pages = [self.service.search(WALKED)]
        while pages[-1].next_cursor is not None:
            pages.append(self.service.search(replace(WALKED, cursor=pages[-1].next_cursor)))
        states = {page.generation for page in pages}
        found = [hit.article.id for page in pages for hit in page.hits]
        total = pages[0].total
        if len(states) != 1:
            self.wrong.append(f"pages of {sorted(states)}")
        if total % BATCH or sorted(found) != [numbered(number).id for number in range(total)]:
            self.wrong.append(f"{len(found)} hits of {total}")
        self.walks += 1
        self.states |= states


@contextmanager
def reading(service: SearchService) -> Iterator[list[Reader]]:
    """Readers that run meanwhile."""
    ended = threading.Event()
    readers = [Reader(service, ended) for _ in range(READERS)]
    threads = [threading.Thread(target=reader.run) for reader in readers]
    for thread in threads:
        thread.start()
    try:
        yield readers
    finally:
        ended.set()
        for thread in threads:
            thread.join()


def add(opened: Opened, batch: int) -> None:
    """A batch of articles, stored and indexed in one commit."""
    store(opened.upkeep.folder, *(numbered(BATCH * batch + at) for at in range(BATCH)))
    opened.upkeep.catch_up(lambda _: None)


def have_walked(readers: list[Reader], before: list[int]) -> bool:
    """Whether each has come to the end of one more walk, or failed."""
    return all(now.walks > then or now.wrong for now, then in zip(readers, before, strict=True))


def read_while_written(opened: Opened) -> list[Reader]:
    """What readers saw while batches were indexed one by one, with a rebuild now and then."""
    add(opened, 0)
    with reading(opened.service) as readers:
        for batch in range(1, ROUNDS + 1):
            walks = [reader.walks for reader in readers]
            add(opened, batch)
            if batch % REBUILT_EVERY == 0:
                opened.upkeep.rebuild(lambda _: None, "asked for")
            wait_for(partial(have_walked, readers, walks))
    return readers


@pytest.fixture
def opened(tmp_path: Path, analyzer: Analyzer) -> Iterator[Opened]:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    store(folder)
    with open_search(folder, analyzer) as opened:
        yield opened


def test_each_walk_sees_one_state_and_none_fails(opened: Opened) -> None:
    readers = read_while_written(opened)
    assert [wrong for reader in readers for wrong in reader.wrong] == []
    assert all(len(reader.states) > 2 for reader in readers)


def test_control_where_no_state_is_kept_walks_see_several(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each page of the newest state."""

    def newest(self: WhooshEngine, generation: str) -> WhooshSnapshot:
        return self.snapshot()

    monkeypatch.setattr(WhooshEngine, "pin", newest)
    assert [wrong for reader in read_while_written(opened) for wrong in reader.wrong]

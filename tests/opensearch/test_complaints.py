"""The complaint that takes a test of its own on a cluster; all others are put to both in `tests.search`."""

import sys
from collections.abc import Iterator
from random import Random
from typing import Final

import pytest

from index.opensearch.connection import OpenSearchSettings, connect
from search.opensearch.engine import OpenSearchEngine
from tests.opensearch.history_writer import store_of
from tests.opensearch.library import prompt_engine
from tests.reliability.beside import killed_after
from tests.reliability.history import ANALYZER, History, wrong_answers
from tests.reliability.history_writer import commit, opened

pytestmark = pytest.mark.opensearch

KILLS: Final = 5
"""Each takes some seconds, of which a process needs most to start."""

LONGEST_S: Final = 3.0
"""After its first commit a writer is killed within so long: ten commits or more, now and then a rebuild."""

PUBLISHING_WHAT_WAS_NOT_SENT: Final = """
import sys
from index.opensearch.bulk import BulkSender
from tests.opensearch.history_writer import write
BulkSender.flush = lambda self: None
write(*sys.argv[1:])
"""


def writer_command(url: str, prefix: str) -> list[str]:
    return [sys.executable, "-m", "tests.opensearch.history_writer", url, prefix]


def problems(url: str, prefix: str, engine: OpenSearchEngine, acknowledged: list[int]) -> Iterator[str]:
    """What a process that starts after the kill finds wrong; it makes one commit more."""
    snapshot = engine.snapshot()
    yield from (*engine.passed_over(), *wrong_answers(snapshot, History()))
    if not acknowledged[-1] <= snapshot.sequence <= acknowledged[-1] + 1:
        yield f"{snapshot.sequence} is there, {acknowledged[-1]} was acknowledged"
    history = History()
    writer = opened(store_of(url, prefix), history)
    commit(writer, history)
    writer.close()
    yield from wrong_answers(engine.snapshot(), history)


def reader(url: str, prefix: str) -> OpenSearchEngine:
    return prompt_engine(connect(OpenSearchSettings(urls=(url,), prefix=prefix)), prefix, ANALYZER)


@pytest.mark.slow
def test_36a_a_writer_that_is_killed_again_and_again_leaves_its_last_commit(
    opensearch_url: str, prefix: str
) -> None:
    random, commits = Random(KILLS), 0
    engine = reader(opensearch_url, prefix)
    for _ in range(KILLS):
        acknowledged = killed_after(writer_command(opensearch_url, prefix), random.uniform(0, LONGEST_S))
        assert list(problems(opensearch_url, prefix, engine, acknowledged)) == []
        commits += len(acknowledged)
    assert commits > KILLS, "most kills came before a second commit: the test shows too little"


def test_36a_a_writer_that_publishes_what_it_has_not_sent_is_noticed(
    opensearch_url: str, prefix: str
) -> None:
    """The control."""
    command = [sys.executable, "-c", PUBLISHING_WHAT_WAS_NOT_SENT, opensearch_url, prefix]
    acknowledged = killed_after(command, 0.0)
    assert list(problems(opensearch_url, prefix, reader(opensearch_url, prefix), acknowledged))

"""A process that commits the history of `tests.reliability.history` to a cluster, on and on.

`python -m tests.opensearch.history_writer URL PREFIX`. It goes on from what is there, and prints the number
of each commit once it has returned. Now and then it rebuilds, or opens the index anew.
"""

import sys
from itertools import count
from typing import Final

from index.averages import Averages
from index.opensearch.connection import OpenSearchSettings, connect
from index.opensearch.published import Scoring
from index.opensearch.store import OpenSearchStore, StoreSettings
from search.ranking import TUNED
from tests.reliability.history import ANALYZER, History
from tests.reliability.history_writer import commit, opened, rebuild

OPENED_EVERY: Final = 4
REBUILT_EVERY: Final = 3 * OPENED_EVERY
"""Commits. After a rebuild the index is opened anew, since this is a multiple of the first number."""


def store_of(url: str, prefix: str) -> OpenSearchStore:
    """Where the history lies."""
    settings = StoreSettings(analyzer=ANALYZER, scoring=Scoring(k1=TUNED.k1, b=TUNED.b), averages=Averages)
    return OpenSearchStore(connect(OpenSearchSettings(urls=(url,), prefix=prefix)), prefix, settings)


def write(url: str, prefix: str) -> None:
    """Commit until the process is killed."""
    store = store_of(url, prefix)
    history = History()
    writer = opened(store, history)
    for number in count(history.sequence + 1):
        commit(writer, history)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        if number % REBUILT_EVERY == 0:
            rebuild(store, history)
        if number % OPENED_EVERY == 0:
            writer.close()
            writer = opened(store, history)


if __name__ == "__main__":
    write(*sys.argv[1:])

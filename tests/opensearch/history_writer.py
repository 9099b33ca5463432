"""A process that commits the history of `tests.reliability.history` to a cluster, on and on.

`python -m tests.opensearch.history_writer URL PREFIX`. It goes on from what is there, and prints the number
of each commit once it has returned. Now and then it rebuilds, or opens the index anew.
"""

import sys
from typing import Final

from index.averages import Averages
from index.opensearch.connection import OpenSearchSettings, connect
from index.opensearch.published import Scoring
from index.opensearch.store import OpenSearchStore, StoreSettings
from search.ranking import TUNED
from tests.reliability.history import ANALYZER
from tests.reliability.history_writer import write_on

OPENED_EVERY: Final = 4
REBUILT_EVERY: Final = 3 * OPENED_EVERY
"""Commits. After a rebuild the index is opened anew, since this is a multiple of the first number."""


def store_of(url: str, prefix: str) -> OpenSearchStore:
    """Where the history lies."""
    settings = StoreSettings(analyzer=ANALYZER, scoring=Scoring(k1=TUNED.k1, b=TUNED.b), averages=Averages)
    return OpenSearchStore(connect(OpenSearchSettings(urls=(url,), prefix=prefix)), prefix, settings)


def write(url: str, prefix: str) -> None:
    """Commit to a cluster until the process is killed."""
    write_on(store_of(url, prefix), OPENED_EVERY, REBUILT_EVERY)


if __name__ == "__main__":
    write(*sys.argv[1:])

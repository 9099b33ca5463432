"""`python -m tests.reliability.first_decoding KIND TIMES`: how many processes die whose first answers come at
once.

Each has done no more than import what it needs. KIND: `answers` reads answers of a cluster as searches do,
`bare` decodes into a class that nobody has made ready.
"""

import os
import resource
import sys
import threading
from collections.abc import Callable
from typing import Final

import msgspec

from search.opensearch.answer import read_answer

THREADS: Final = 4
EAGER_S: Final = 1e-6
"""After so long a thread lets the next one on: what happens once in many days happens at once."""

ANSWER: Final = {
    "timed_out": False,
    "_shards": {"total": 3, "successful": 3, "failed": 0},
    "hits": {
        "total": {"value": 1, "relation": "eq"},
        "hits": [{"_id": "a", "_score": 1.5, "sort": [1.5, "a"], "fields": {"seq": [7]}}],
    },
}


class Inner(msgspec.Struct):
    """Has enough fields that looking at them takes a while."""

    value: int
    names: tuple[str, ...] = ()
    parts: dict[str, tuple[int, ...]] = {}


class Bare(msgspec.Struct):
    """No decoder has been made for it."""

    inner: Inner
    more: tuple[Inner, ...] = ()
    number: float | None = None
    words: tuple[str, ...] = ()


WORKS: Final[dict[str, Callable[[], object]]] = {
    "answers": lambda: read_answer(ANSWER),
    "bare": lambda: msgspec.convert({"inner": {"value": 1}, "more": [{"value": 2}]}, Bare),
}


def died(work: Callable[[], object], times: int) -> int:
    """How many of so many processes a signal ended, in each of which threads begin with this work at once."""
    pids = (_started(work) for _ in range(times))
    return sum(os.WIFSIGNALED(os.waitpid(pid, 0)[1]) for pid in pids)


def _started(work: Callable[[], object]) -> int:
    pid = os.fork()
    if pid:
        return pid
    sys.setswitchinterval(EAGER_S)
    together = threading.Barrier(THREADS)

    def begin() -> None:
        together.wait()
        work()

    threads = [threading.Thread(target=begin) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    os._exit(0)


def main() -> None:
    """Print the number."""
    kind, times = sys.argv[1:]
    # Those that die leave no image of their memory behind.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.write(f"{died(WORKS[kind], int(times))}\n")


if __name__ == "__main__":
    main()

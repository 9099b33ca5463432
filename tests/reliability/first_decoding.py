"""`python -m tests.reliability.first_decoding KIND TIMES`: how many processes die whose first answers come at
once.

Each has done no more than import what it needs, and reads answers of a cluster as searches do. KIND: `ready`
as it is, `unready` with a Converter that makes no type ready.
"""

import os
import resource
import sys
import threading
from collections.abc import Callable
from importlib import import_module
from typing import Final

import pytest

from index.decoding import Converter

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


def _as_it_comes(converter: Converter[object], kind: type[object]) -> None:
    """A Converter that leaves it to its first value to look at the type."""
    converter._kind = kind


def died(work: Callable[[], object], times: int) -> int:
    """How many of so many processes a signal ended, in each of which threads begin with this work at once.

    Raises RuntimeError where the work itself fails in one.
    """
    statuses = [os.waitpid(_started(work), 0)[1] for _ in range(times)]
    if failed := sum(os.WIFEXITED(status) and os.WEXITSTATUS(status) != 0 for status in statuses):
        raise RuntimeError(f"the work failed in {failed} processes")
    return sum(map(os.WIFSIGNALED, statuses))


def _started(work: Callable[[], object]) -> int:
    pid = os.fork()
    if pid:
        return pid
    sys.setswitchinterval(EAGER_S)
    together = threading.Barrier(THREADS)
    done: list[object] = []

    def begin() -> None:
        together.wait()
        done.append(work())

    threads = [threading.Thread(target=begin) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    os._exit(0 if len(done) == THREADS else 1)


def main() -> None:
    """Print the number."""
    kind, times = sys.argv[1:]
    # Those that die leave no image of their memory behind.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if kind == "unready":
        pytest.MonkeyPatch().setattr(Converter, "__init__", _as_it_comes)
    # Not before: it makes the types ready.
    read_answer = import_module("search.opensearch.answer").read_answer
    sys.stdout.write(f"{died(lambda: read_answer(ANSWER), int(times))}\n")


if __name__ == "__main__":
    main()

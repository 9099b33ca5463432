"""A process that commits the history of `tests.reliability.history`, on and on: `-m … FOLDER`.

It goes on from what is there, and prints the number of each commit once it has returned. Now and then it
merges all segments, rebuilds, or opens the index anew.
"""

import sys
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Final

from index.errors import GenerationMissing
from index.whoosh.store import WhooshStore
from index.writer import START_AVERAGE_LENGTH, IndexStore, IndexWriter
from tests.reliability.history import ANALYZER, History, batch, document

OPENED_EVERY: Final = 7
OPTIMISED_EVERY: Final = 50
REBUILT_EVERY: Final = 10 * OPENED_EVERY
"""Commits. After a rebuild the index is opened anew, since this is a multiple of the first number."""


def write(root: Path) -> None:
    """Commit to a folder until the process is killed."""
    write_on(WhooshStore(root, ANALYZER), OPENED_EVERY, REBUILT_EVERY)


def write_on(store: IndexStore, opened_every: int, rebuilt_every: int) -> None:
    """Commit until the process is killed; open and rebuild the index after so many commits."""
    history = History()
    writer = opened(store, history)
    for number in count(history.sequence + 1):
        commit(writer, history)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        if number % rebuilt_every == 0:
            rebuild(store, history)
        if number % opened_every == 0:
            writer.close()
            writer = opened(store, history)


def opened(store: IndexStore, history: History) -> IndexWriter:
    """A writer on what is there; `history` is advanced to it."""
    try:
        writer = store.live()
    except GenerationMissing:
        rebuild(store, history)
        writer = store.live()
    history.advance(writer.sequence)
    return writer


def commit(writer: IndexWriter, history: History) -> None:
    """The next commit of the history."""
    number = writer.sequence + 1
    step = batch(number)
    for name in step.puts:
        writer.put(document(name, number), number)
    for name in step.deletes:
        writer.delete(name, number)
    if number % OPTIMISED_EVERY == 0:
        writer.optimise()
    writer.commit(number, writer.average_length)
    history.advance(number)


def rebuild(store: IndexStore, history: History) -> None:
    """The state of the history as a new generation, in two commits."""
    documents = list(history.documents())
    with closing(store.create()) as writer:
        for half in (documents[: len(documents) // 2], documents[len(documents) // 2 :]):
            for put in half:
                writer.put(put, history.sequence)
            writer.commit(history.sequence, START_AVERAGE_LENGTH)
        store.make_live(writer)


if __name__ == "__main__":
    write(Path(sys.argv[1]))

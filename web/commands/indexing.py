"""Bringing the index up to date from the command line."""

from index.errors import WriterBusy
from index.indexer import IndexReport
from index.upkeep import Upkeep
from web.commands.progress import Bar, progress_bar

LABEL = "Indexing"


def catch_up(upkeep: Upkeep, waiting: int) -> IndexReport | None:
    """Index what was stored; None if there was nothing to do, or another process is doing it.

    `waiting` is how many changes there are, for the bar.
    """
    with progress_bar(LABEL, waiting) as bar:
        try:
            return upkeep.catch_up(lambda changes: _advance(bar, changes))
        except WriterBusy:
            return None


def rebuild(upkeep: Upkeep, articles: int) -> IndexReport:
    """Index all articles anew. Raises WriterBusy."""
    with progress_bar(LABEL, articles) as bar:
        return upkeep.rebuild(lambda changes: _advance(bar, changes), reason="asked for")


def _advance(bar: Bar, changes: int) -> None:
    bar.advance(changes)
    bar.count(changes)
